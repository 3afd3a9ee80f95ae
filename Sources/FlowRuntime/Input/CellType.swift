public import FlowSchema

/// What a cell must be: the type of its field, prepared for reading many cells.
public struct CellType: Sendable {
  public let type: ValueType
  /// The cases of an enumeration.
  let cases: CaseTable
  /// Whether the text must name a time zone (semantics T2).
  let isTimezone: Bool

  /// - Parameter cases: The numbers of an enumeration's cases by their spelling.
  public init(_ type: ValueType, cases: [String: Int64] = [:], isTimezone: Bool = false) {
    self.type = type
    self.cases = CaseTable(cases)
    self.isTimezone = isTimezone
  }

  public init(_ field: InputField) {
    self.init(field.type, cases: field.cases, isTimezone: field.isTimezone)
  }
}

/// The case numbers of an enumeration by the bytes of their spelling.
///
/// A dictionary of strings would make and hash a string for every cell.
struct CaseTable: Sendable {
  private struct Entry: Sendable {
    var spelling: [UInt8]
    var number: Int64
  }

  private var entries: [Entry] = []
  /// Positions in `entries`, -1 where free; a power of two, at least half of them free.
  private var slots: [Int32] = []

  init(_ cases: [String: Int64]) {
    guard !cases.isEmpty else { return }
    entries = cases.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
      .map { Entry(spelling: Array($0.key.utf8), number: $0.value) }
    var size = 2
    while size < entries.count * 2 { size *= 2 }
    slots = Array(repeating: -1, count: size)
    for index in entries.indices {
      var slot = entries[index].spelling.withUnsafeBufferPointer { hash($0) }
      while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Int32(truncatingIfNeeded: index)
    }
  }

  /// In the order of their numbers.
  var spellings: [String] { entries.map { String(decoding: $0.spelling, as: UTF8.self) } }

  subscript(spelling: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard !slots.isEmpty else { return nil }
    var slot = hash(spelling)
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      if entries[index].spelling.elementsEqual(spelling) { return entries[index].number }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// FNV-1a, cut to the size of the table.
  private func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return Int(truncatingIfNeeded: hash ^ (hash >> 32)) & (slots.count - 1)
  }
}
