import FlowValues

/// Texts that were found good before, a few hundred at most: the names of time zones.
struct KnownTexts {
  /// Open addressing; an empty array is an empty place.
  private var slots: [[UInt8]] = Array(repeating: [], count: 64)
  private var count = 0

  func contains(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var slot = Int(truncatingIfNeeded: KeyIndex.hash(text)) & (slots.count - 1)
    while true {
      let known = slots[slot].withUnsafeBufferPointer { $0.isEmpty ? nil : TextFunctions.equal($0, text) }
      guard let known else { return false }
      if known { return true }
      slot = (slot + 1) & (slots.count - 1)
    }
  }

  /// - Precondition: The text is not empty and not yet known.
  mutating func insert(_ text: UnsafeBufferPointer<UInt8>) {
    count += 1
    if count * 2 > slots.count {
      let old = slots
      slots = Array(repeating: [], count: old.count * 2)
      for known in old where !known.isEmpty { place(known) }
    }
    place(Array(text))
  }

  private mutating func place(_ text: [UInt8]) {
    var slot = text.withUnsafeBufferPointer { Int(truncatingIfNeeded: KeyIndex.hash($0)) } & (slots.count - 1)
    while !slots[slot].isEmpty { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = text
  }
}
