/// Finds people by the text of one key field (semantics D4).
///
/// Open addressing over words of hash and person; texts are compared with the stored records, so the index holds
/// none. A key that several people share has a group of its own, so that a million people behind one switchboard
/// number cost no more to look up than one.
struct KeyIndex: ~Copyable {
  /// Who has a key.
  enum Holders {
    case nobody
    case one(Int)
    /// Position in the groups.
    case several(Int)
  }

  struct Group {
    /// Those with an `external_id`, and those without.
    var identified = KeyMembers()
    var anonymous = KeyMembers()
  }

  private static let empty: UInt64 = 0
  private static let removed: UInt64 = 0xFFFF_FFFF
  private static let groupBit: UInt64 = 0x8000_0000

  private var slots: Buffer<UInt64>
  private var used = 0
  private(set) var groups: [Group] = []

  init() {
    slots = Buffer(capacity: 1024)
    slots.append(repeating: Self.empty, count: 1024)
  }

  private init(copyOf other: borrowing KeyIndex) {
    slots = other.slots.copy()
    used = other.used
    groups = other.groups
  }

  func copy() -> KeyIndex { KeyIndex(copyOf: self) }

  private static func slot(_ hash: UInt64, _ count: Int) -> Int {
    Int(((hash & 0xFFFF_FFFF) &* UInt64(count)) >> 32)
  }

  /// Touches the place of a key, so that many can be on their way from memory at a time.
  @inline(__always) func warm(_ hash: UInt64) -> UInt64 { slots[Self.slot(hash, slots.count)] }

  @inline(__always) func warm(at slot: Int) -> UInt64 { slots[min(slot, slots.count - 1)] }

  /// How many places there are: a place means nothing once they have become more.
  var capacity: Int { slots.count }

  /// Whether one person has a key at a place, and nobody else.
  @inline(__always) func holds(_ person: Int, _ hash: UInt64, at slot: Int) -> Bool {
    slots[slot] == hash << 32 | UInt64(person + 1)
  }

  /// The one person who may have the key at its first place; `nil` where it takes more to tell.
  @inline(__always) func guess(_ hash: UInt64) -> Int? {
    let word = slots[Self.slot(hash, slots.count)]
    let payload = word & 0xFFFF_FFFF
    guard word & ~0xFFFF_FFFF == hash << 32, payload & Self.groupBit == 0, payload > 0 else { return nil }
    return Int(payload) - 1
  }

  /// Who has the key; `matches` compares the key with that of a person.
  ///
  /// - Parameter start: Where an earlier search for the key found the place free; `nil` for the key's first place.
  @inline(__always) func find(
    _ hash: UInt64, from start: Int?, _ matches: (Int) -> Bool
  ) -> (holders: Holders, slot: Int) {
    var index = start ?? Self.slot(hash, slots.count)
    let tag = hash << 32
    while true {
      let word = slots[index]
      if word == Self.empty { return (.nobody, index) }
      if word & 0xFFFF_FFFF_0000_0000 == tag, word & 0xFFFF_FFFF != Self.removed {
        let payload = word & 0xFFFF_FFFF
        if payload & Self.groupBit != 0 {
          let group = Int(payload & ~Self.groupBit)
          if let member = groups[group].first, matches(Int(member)) {
            // A group whose other members have left is one person again.
            return (groups[group].count == 1 ? .one(Int(member)) : .several(group), index)
          }
        } else if matches(Int(payload) - 1) {
          return (.one(Int(payload) - 1), index)
        }
      }
      index += 1
      if index == slots.count { index = 0 }
    }
  }

  func group(_ index: Int) -> Group { groups[index] }

  private func group(at slot: Int) -> Int? {
    let payload = slots[slot] & 0xFFFF_FFFF
    return payload != Self.removed && payload & Self.groupBit != 0 ? Int(payload & ~Self.groupBit) : nil
  }

  /// Adds a person under a key that `find` answered with `holders` at `slot`.
  mutating func add(
    _ person: Int, isAnonymous: Bool, _ hash: UInt64, _ found: (holders: Holders, slot: Int),
    isOtherAnonymous: Bool
  ) {
    if let group = group(at: found.slot) { return groups[group].insert(person, isAnonymous: isAnonymous) }
    switch found.holders {
    case .nobody:
      slots[found.slot] = hash << 32 | UInt64(person + 1)
      used += 1
      if used * 5 > slots.count * 4 { grow() }
    case .one(let other):
      var group = Group()
      group.insert(other, isAnonymous: isOtherAnonymous)
      group.insert(person, isAnonymous: isAnonymous)
      groups.append(group)
      slots[found.slot] = hash << 32 | Self.groupBit | UInt64(groups.count - 1)
    case .several: break
    }
  }

  /// Takes a person away from a key that `find` answered with `found`.
  mutating func remove(_ person: Int, _ found: (holders: Holders, slot: Int)) {
    if let group = group(at: found.slot) {
      return groups[group].remove(person, slots: &slots, slot: found.slot)
    }
    switch found.holders {
    case .nobody: break
    case .one(let holder):
      // The place stays taken, so that keys behind it are still found.
      if holder == person { slots[found.slot] = slots[found.slot] | Self.removed }
    case .several: break
    }
  }

  @inline(never) private mutating func grow() {
    var wider = Buffer<UInt64>(capacity: slots.count * 3 / 2)
    wider.append(repeating: Self.empty, count: slots.count * 3 / 2)
    used = 0
    for old in 0..<slots.count {
      let word = slots[old]
      guard word != Self.empty, word & 0xFFFF_FFFF != Self.removed else { continue }
      var index = Self.slot(word >> 32, wider.count)
      while wider[index] != Self.empty {
        index += 1
        if index == wider.count { index = 0 }
      }
      wider[index] = word
      used += 1
    }
    slots = wider
  }

  /// Over eight bytes at a time with a strong last mix.
  @inline(__always) static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    let count = text.count
    var hash: UInt64 = 0x9e37_79b9_7f4a_7c15 ^ UInt64(count)
    guard let start = text.baseAddress, count > 0 else { return hash }
    let raw = UnsafeRawPointer(start)
    var rest: UInt64
    if count >= 8 {
      var offset = 0
      while offset + 8 < count {
        hash = (hash ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* 0xbf58_476d_1ce4_e5b9
        hash ^= hash >> 32
        offset += 8
      }
      // The last word overlaps the one before: the length, which is mixed in, tells such texts apart.
      rest = raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
    } else if count >= 4 {
      rest = UInt64(raw.loadUnaligned(as: UInt32.self)) << 32
      rest |= UInt64(raw.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
    } else {
      rest = UInt64(start[0]) << 16 | UInt64(start[count >> 1]) << 8 | UInt64(start[count - 1])
    }
    hash = (hash ^ rest) &* 0x94d0_49bb_1331_11eb
    hash = (hash ^ (hash >> 29)) &* 0xbf58_476d_1ce4_e5b9
    return hash ^ (hash >> 32)
  }
}

extension KeyIndex.Group {
  var count: Int { identified.count + anonymous.count }
  var first: Int32? { identified.first ?? anonymous.first }

  /// The first few, those with an `external_id` before the others.
  func prefix(_ length: Int) -> [Int32] {
    Array((identified.people.prefix(length) + anonymous.people.prefix(length)).prefix(length))
  }

  mutating func insert(_ person: Int, isAnonymous: Bool) {
    if isAnonymous { anonymous.insert(Int32(person)) } else { identified.insert(Int32(person)) }
  }

  fileprivate mutating func remove(_ person: Int, slots: inout Buffer<UInt64>, slot: Int) {
    identified.remove(Int32(person))
    anonymous.remove(Int32(person))
    if count == 0 { slots[slot] = slots[slot] | 0xFFFF_FFFF }
  }
}
