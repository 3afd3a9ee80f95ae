/// A value that a worker sent.
enum MarshalValue: Equatable {
  case none
  case boolean(Bool)
  case integer(Int64)
  case text(String)
  case tuple([MarshalValue])

  var integer: Int64? { if case .integer(let number) = self { number } else { nil } }
  var text: String? { if case .text(let text) = self { text } else { nil } }
  var elements: [MarshalValue]? { if case .tuple(let elements) = self { elements } else { nil } }
}

/// Reads what `marshal.dumps(…, 2)` writes of tuples, texts, numbers, truth and nothing.
///
/// The bytes may be garbage: a script can write to every descriptor of its process. What cannot be read is `nil`.
struct MarshalReader {
  /// How deep tuples stand within one another; the frames need three.
  private static let maximumDepth = 8

  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  /// The one value of a frame's body.
  static func value(_ bytes: UnsafeBufferPointer<UInt8>) -> MarshalValue? {
    var reader = MarshalReader(bytes: bytes)
    guard let value = reader.value(depth: 0), reader.position == bytes.count else { return nil }
    return value
  }

  private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private mutating func value(depth: Int) -> MarshalValue? {
    guard depth < Self.maximumDepth, let code = byte() else { return nil }
    // The highest bit asks to remember the value, which later versions use; we need not.
    switch Unicode.Scalar(code & 0x7f) {
    case "N": return MarshalValue.none
    case "T": return .boolean(true)
    case "F": return .boolean(false)
    case "i": return word().map { .integer(Int64(Int32(bitPattern: $0))) }
    case "l": return long()
    case "u", "t", "a", "A": return word().flatMap { text(count: Int($0)) }
    case "z", "Z": return byte().flatMap { text(count: Int($0)) }
    case "(": return word().flatMap { tuple(count: Int($0), depth: depth) }
    case ")": return byte().flatMap { tuple(count: Int($0), depth: depth) }
    default: return nil
    }
  }

  private mutating func tuple(count: Int, depth: Int) -> MarshalValue? {
    // Every element takes a byte at least.
    guard count <= bytes.count - position else { return nil }
    var elements: [MarshalValue] = []
    elements.reserveCapacity(count)
    for _ in 0..<count {
      guard let element = value(depth: depth + 1) else { return nil }
      elements.append(element)
    }
    return .tuple(elements)
  }

  private mutating func text(count: Int) -> MarshalValue? {
    guard count <= bytes.count - position else { return nil }
    let run = UnsafeBufferPointer(rebasing: bytes[position..<position + count])
    position += count
    return String(validating: run, as: UTF8.self).map { .text($0) }
  }

  private mutating func long() -> MarshalValue? {
    guard let raw = word() else { return nil }
    let count = Int32(bitPattern: raw)
    guard count.magnitude <= 5 else { return nil }
    var magnitude: UInt64 = 0
    for digit in 0..<UInt64(count.magnitude) {
      guard let low = byte(), let high = byte(), high < 0x80 else { return nil }
      let value = UInt64(low) | UInt64(high) << 8
      guard digit < 4 || value < 16 else { return nil }
      magnitude |= value << (15 * digit)
    }
    if count >= 0 { return Int64(exactly: magnitude).map { .integer($0) } }
    return magnitude <= UInt64(1) << 63 ? .integer(Int64(truncatingIfNeeded: 0 &- magnitude)) : nil
  }

  private mutating func byte() -> UInt8? {
    guard position < bytes.count else { return nil }
    defer { position += 1 }
    return bytes[position]
  }

  private mutating func word() -> UInt32? {
    guard bytes.count - position >= 4 else { return nil }
    var value: UInt32 = 0
    for index in 0..<4 { value |= UInt32(bytes[position + index]) << UInt32(8 * index) }
    position += 4
    return value
  }
}
