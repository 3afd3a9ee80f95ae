/// Numbers by the bytes of a spelling: the cases of an enumeration, the fields of a file.
///
/// A dictionary of strings would make and hash a string for every cell.
package struct SpellingTable: Sendable {
  private struct Entry: Sendable {
    var spelling: [UInt8]
    var number: Int64
  }

  private var entries: [Entry] = []
  /// Positions in `entries`, -1 where free; a power of two, at least half of them free.
  private var slots: [Int32] = []

  package init(_ numbers: [String: Int64]) {
    guard !numbers.isEmpty else { return }
    entries = numbers.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
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
  package var spellings: [String] { entries.map { String(decoding: $0.spelling, as: UTF8.self) } }

  package subscript(spelling: UnsafeBufferPointer<UInt8>) -> Int64? {
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
