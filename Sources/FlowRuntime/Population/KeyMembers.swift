/// People who share a key, where each can leave at any time.
///
/// A few are searched; of many the positions are kept, so that a million people leaving one switchboard number cost no
/// more each than one. Whoever leaves is replaced by the last, so the order depends on who came and went, never on a hash.
struct KeyMembers {
  private static let searchedCount = 32

  private(set) var people: [Int32] = []
  /// Where each person stands in `people`; kept from the first removal among many on.
  private var positions: [Int32: Int] = [:]

  var count: Int { people.count }
  var first: Int32? { people.first }

  mutating func insert(_ person: Int32) {
    if !positions.isEmpty { positions[person] = people.count }
    people.append(person)
  }

  /// Takes a person out; nothing happens where they are not there.
  mutating func remove(_ person: Int32) {
    if positions.isEmpty, people.count > Self.searchedCount {
      for (position, other) in people.enumerated() { positions[other] = position }
    }
    guard let position = positions.isEmpty ? people.firstIndex(of: person) : positions[person] else { return }
    positions[person] = nil
    let last = people.removeLast()
    guard last != person else { return }
    people[position] = last
    if !positions.isEmpty { positions[last] = position }
  }
}
