/// A set of ASCII scalars.
struct ASCIITable: Sendable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  static let all = ASCIITable(low: .max, high: .max)

  init() {}

  init(_ members: String) {
    for scalar in members.unicodeScalars { insert(scalar.value) }
  }

  private init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  /// - Precondition: `value` is below 128.
  func contains(_ value: UInt32) -> Bool {
    (value < 64 ? low : high) >> UInt64(value & 63) & 1 == 1
  }

  /// Ignores what is not ASCII.
  mutating func insert(_ value: UInt32) {
    guard value < 128 else { return }
    if value < 64 { low |= 1 << UInt64(value) } else { high |= 1 << UInt64(value - 64) }
  }

  mutating func formUnion(_ other: ASCIITable) {
    low |= other.low
    high |= other.high
  }
}
