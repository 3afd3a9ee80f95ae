import FlowValues

/// Numbers by the bytes of a spelling: the cases of an enumeration, the fields of a file.
///
/// A dictionary of strings would make and hash a string for every cell; and one object is handed from cell to cell
/// at less cost than its arrays.
package final class SpellingTable: Sendable {
  private struct Entry: Sendable {
    var spelling: [UInt8]
    var number: Int64
  }

  private let entries: [Entry]
  /// Positions in `entries`, -1 where free; a power of two, at least half of them free.
  private let slots: [Int32]

  package init(_ numbers: [String: Int64]) {
    let entries = numbers.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
      .map { Entry(spelling: Array($0.key.utf8), number: $0.value) }
    var size = entries.isEmpty ? 0 : 2
    while size < entries.count * 2 { size *= 2 }
    var slots = [Int32](repeating: -1, count: size)
    for index in entries.indices {
      var slot = entries[index].spelling.withUnsafeBufferPointer { SpellingTable.hash($0, size) }
      while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Int32(truncatingIfNeeded: index)
    }
    self.entries = entries
    self.slots = slots
  }

  /// In the order of their numbers.
  package var spellings: [String] { entries.map { String(decoding: $0.spelling, as: UTF8.self) } }

  package subscript(spelling: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard !slots.isEmpty else { return nil }
    var slot = SpellingTable.hash(spelling, slots.count)
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      let isSame = entries[index].spelling.withUnsafeBufferPointer { TextFunctions.equal($0, spelling) }
      if isSame { return entries[index].number }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// FNV-1a, cut to the size of the table.
  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>, _ size: Int) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return Int(truncatingIfNeeded: hash ^ (hash >> 32)) & (size - 1)
  }
}
