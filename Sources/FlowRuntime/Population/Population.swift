import FlowSchema
import FlowValues

/// The in-memory store: all people, packed, and who can be found by what (semantics D1, D4).
struct Population: ~Copyable {
  /// The most people one store holds: half of what a key index can number.
  static let maximumCount = 1 << 30

  let deployment: Deployment
  let profileFieldCount: Int
  private let shards: UnsafeMutablePointer<Shard>
  private let indices: UnsafeMutablePointer<KeyIndex>
  private(set) var count = 0
  /// How often an index has grown.
  private(set) var growths: Int32 = 0
  /// The keys of people whose first row is being played and who have no record yet; their texts lie in the batch.
  private var newcomers = Buffer<RowKeys>(capacity: 64)
  private var firstNewcomer = 0
  /// The keys that a new person has where their row gives none, of campaigns that declare such defaults.
  private var defaultKeys = RowKeys()
  private var hasDefaultKeys = false

  init(_ deployment: Deployment) {
    self.deployment = deployment
    profileFieldCount = deployment.profileDefaults.count
    for field in 0..<SystemField.Profile.keyCount {
      let value = deployment.profileDefaults[field]
      guard value.isSet, value.extra > 0 else { continue }
      let text = UnsafeBufferPointer<UInt8>(
        start: deployment.constantText.base + Int(~value.bits), count: Int(value.extra))
      defaultKeys.set(field, text, hash: UInt32(truncatingIfNeeded: KeyIndex.hash(text)))
      hasDefaultKeys = true
    }
    shards = .allocate(capacity: Shard.count)
    let pool = PagePool(pageBytes: RecordArena.pageBytes)
    for index in 0..<Shard.count { (shards + index).initialize(to: Shard(pool)) }
    indices = .allocate(capacity: SystemField.Profile.keyCount)
    for index in 0..<SystemField.Profile.keyCount { (indices + index).initialize(to: KeyIndex()) }
  }

  /// Another store of the same people.
  ///
  /// - Parameter deployment: One that gives fields the same slots.
  func copy(_ deployment: Deployment) -> Population { Population(copyOf: self, deployment) }

  /// About how much memory the people take.
  var byteCount: Int {
    var bytes = count * 16
    for index in 0..<Shard.count { bytes += (shards + index).pointee.byteCount }
    for index in 0..<SystemField.Profile.keyCount { bytes += (indices + index).pointee.capacity * 8 }
    return bytes
  }

  private init(copyOf other: borrowing Population, _ deployment: Deployment) {
    self.init(deployment)
    for index in 0..<Shard.count { (shards + index).pointee.fill(from: (other.shards + index).pointee) }
    for index in 0..<SystemField.Profile.keyCount {
      (indices + index).pointee = (other.indices + index).pointee.copy()
    }
    count = other.count
    firstNewcomer = other.count
  }

  deinit {
    shards.deinitialize(count: Shard.count)
    shards.deallocate()
    indices.deinitialize(count: SystemField.Profile.keyCount)
    indices.deallocate()
  }

  /// The shard a person is in, for the one thread that works on it.
  func shard(of person: Int) -> UnsafeMutablePointer<Shard> { shards + Shard.index(of: person) }
  func position(of person: Int) -> Int { Shard.position(of: person) }

  func record(_ person: Int) -> UnsafeBufferPointer<UInt8>? {
    shard(of: person).pointee.record(position(of: person))
  }

  /// How a person is named in outputs and messages.
  func name(of person: Int) -> String {
    for field in 0..<SystemField.Profile.keyCount {
      let text = key(field, of: person)
      if text.count > 0 { return String(decoding: text, as: UTF8.self) }
    }
    return ""
  }

  private func key(_ field: Int, of person: Int) -> UnsafeBufferPointer<UInt8> {
    if person >= firstNewcomer { return newcomers[person - firstNewcomer].text(field) }
    guard let record = record(person)?.baseAddress else { return UnsafeBufferPointer(start: nil, count: 0) }
    return RecordKeys.key(field, in: record, profileFieldCount: profileFieldCount)
  }

  private func isAnonymous(_ person: Int) -> Bool { key(0, of: person).count == 0 }

  // MARK: Finding

  func find(
    _ field: Int, _ text: UnsafeBufferPointer<UInt8>, _ hash: UInt64, from slot: Int?
  ) -> (holders: KeyIndex.Holders, slot: Int) {
    indices[field].find(hash, from: slot) { TextFunctions.equal(key(field, of: $0), text) }
  }

  private func find(_ field: Int, _ keys: RowKeys) -> KeyIndex.Holders {
    find(field, keys.text(field), keys.hash(field), from: nil).holders
  }

  /// Whether the `external_id` of a hash is that of one person, at a place of its index.
  func holds(_ person: Int, _ hash: UInt64, at slot: Int) -> Bool { indices[0].holds(person, hash, at: slot) }

  /// Everybody who has a text as one of their keys, in order of creation.
  func people(withKey text: UnsafeBufferPointer<UInt8>) -> [Int] {
    let hash = KeyIndex.hash(text)
    var people: Set<Int> = []
    for field in 0..<SystemField.Profile.keyCount {
      switch find(field, text, hash, from: nil).holders {
      case .nobody: break
      case .one(let person): people.insert(person)
      case .several(let group): people.formUnion(indices[field].group(group).prefix(.max).map(Int.init))
      }
    }
    return people.sorted()
  }

  /// Whom keys belong to (semantics D4).
  func identify(_ keys: RowKeys) -> Identity {
    keys.has(0) ? identifyByID(keys) : identifyByKeys(keys)
  }

  /// Whom keys name that must exist already: the id alone where it is said.
  func identifyExisting(_ keys: RowKeys) -> Identity {
    guard keys.has(0) else { return identifyByKeys(keys) }
    return identifyByIDAlone(keys) ?? .new
  }

  private func identifyByID(_ keys: RowKeys) -> Identity {
    if let identity = identifyByIDAlone(keys) { return identity }
    for field in 1..<SystemField.Profile.keyCount where keys.has(field) {
      switch find(field, keys) {
      case .nobody: continue
      case .one(let person): return isAnonymous(person) ? .known(person) : .new
      case .several(let group):
        let anonymous = indices[field].group(group).anonymous
        if anonymous.count > 1 {
          return .ambiguous(
            field: field, count: anonymous.count, first: anonymous.people.prefix(3).map(Int.init))
        }
        return anonymous.first.map { .known(Int($0)) } ?? .new
      }
    }
    return .new
  }

  /// `nil` where nobody has the id. Flows and edits may have given it to several.
  private func identifyByIDAlone(_ keys: RowKeys) -> Identity? {
    switch find(0, keys) {
    case .nobody: return nil
    case .one(let person): return .known(person)
    case .several(let group):
      let group = indices[0].group(group)
      return .ambiguous(field: 0, count: group.count, first: group.prefix(3).map(Int.init))
    }
  }

  private func identifyByKeys(_ keys: RowKeys) -> Identity {
    var candidate: Int?
    var firstField = 0
    for field in 1..<SystemField.Profile.keyCount where keys.has(field) {
      switch find(field, keys) {
      case .nobody: continue
      case .one(let person):
        guard let earlier = candidate, earlier != person else {
          if candidate == nil { firstField = field }
          candidate = person
          continue
        }
        return .contradictory(fields: (firstField, field), people: (earlier, person))
      case .several(let group):
        let group = indices[field].group(group)
        return .ambiguous(field: field, count: group.count, first: group.prefix(3).map(Int.init))
      }
    }
    return candidate.map { .known($0) } ?? .new
  }

  // MARK: Adding and changing keys

  /// Makes a person with these keys, whom the engine then fills and stores; until `settle` the texts must stay.
  ///
  /// - Parameter lookup: Where nobody was found to have any of the keys, what `identify` has made of it.
  mutating func add(_ given: RowKeys, _ lookup: RowLookup) -> Int {
    let keys = hasDefaultKeys ? defaultKeys.merged(with: given) : given
    let person = count
    count += 1
    shard(of: person).pointee.ensure(position(of: person))
    newcomers.append(keys)
    let isKnownPlace = lookup.finding == .nobody
    for field in 0..<SystemField.Profile.keyCount where keys.has(field) {
      if isKnownPlace && given.has(field) {
        let place = (holders: KeyIndex.Holders.nobody, slot: Int(lookup.slots[field]))
        enter(person, field, keys.hash(field), place, isAnonymous: !keys.has(0), isOtherAnonymous: false)
      } else {
        enter(person, field, keys.text(field), keys.hash(field), isAnonymous: !keys.has(0))
      }
    }
    return person
  }

  /// All newcomers have records now, or were refused.
  mutating func settle() {
    newcomers.truncate(to: 0)
    firstNewcomer = count
  }

  /// Gives a known person the keys of a row, so that the rows behind it find them by these.
  ///
  /// - Returns: What changed; until the row is played, the person is to be seen without it (`KeyChange`).
  mutating func update(
    _ person: Int, _ keys: RowKeys, _ engine: inout Engine, row: Int
  ) -> [KeyChange] {
    if person >= firstNewcomer {
      // Nobody plays a newcomer without a row of theirs, which brings its own keys.
      updateNewcomer(person, keys)
      return []
    }
    guard let record = record(person), let start = record.baseAddress else { return [] }
    let changed = RecordKeys.changes(keys, start, profileFieldCount: profileFieldCount)
    guard changed != 0 else { return [] }
    var changes: [KeyChange] = []
    for field in 0..<SystemField.Profile.keyCount where changed >> UInt8(field) & 1 == 1 {
      changes.append(
        KeyChange(row: row, field: field, old: Array(key(field, of: person)), new: Array(keys.text(field))))
    }
    engine.load(record)
    change(person, &engine) { engine in
      for change in changes { engine.person.set(key: change.field, change.new) }
    }
    return changes
  }

  private mutating func updateNewcomer(_ person: Int, _ keys: RowKeys) {
    let old = newcomers[person - firstNewcomer]
    let isIdentified = !old.has(0) && keys.has(0)
    var changed: [Int] = []
    for field in 0..<SystemField.Profile.keyCount {
      let differs = keys.has(field) && !TextFunctions.equal(old.text(field), keys.text(field))
      guard differs || (isIdentified && old.has(field)) else { continue }
      changed.append(field)
      if old.has(field) { leave(person, field) }
    }
    let merged = old.merged(with: keys)
    newcomers[person - firstNewcomer] = merged
    for field in changed {
      enter(person, field, merged.text(field), merged.hash(field), isAnonymous: !merged.has(0))
    }
  }

  /// Stores the person in the engine, whose keys `edit` may change: the indices follow.
  mutating func change(_ person: Int, _ engine: inout Engine, _ edit: (inout Engine) -> Void) {
    let wasAnonymous = isAnonymous(person)
    var old: [[UInt8]] = []
    for field in 0..<SystemField.Profile.keyCount { old.append(Array(key(field, of: person))) }
    edit(&engine)
    let isAnonymous = !engine.person.values[0].isSet
    for field in 0..<SystemField.Profile.keyCount {
      let value = engine.person.values[field]
      let isSame = old[field].elementsEqual(
        value.isSet ? engine.bytes(value) : UnsafeBufferPointer(start: nil, count: 0))
      if !old[field].isEmpty, !isSame || wasAnonymous != isAnonymous { leave(person, field) }
    }
    store(person, &engine)
    // Only a row that is played alone comes here with somebody new: from now on the record has the keys.
    if person >= firstNewcomer { settle() }
    for field in 0..<SystemField.Profile.keyCount {
      let text = key(field, of: person)
      let isSame = old[field].elementsEqual(text)
      if text.count > 0, !isSame || wasAnonymous != isAnonymous {
        enter(person, field, text, KeyIndex.hash(text), isAnonymous: isAnonymous)
      }
    }
  }

  /// Takes a person away altogether: the row that made them turned out to be refused.
  mutating func remove(_ person: Int) {
    for field in 0..<SystemField.Profile.keyCount where key(field, of: person).count > 0 {
      leave(person, field)
    }
    shard(of: person).pointee.remove(position(of: person))
  }

  /// Stores the person in the engine. Of somebody whom nothing has changed since they were loaded, only the
  /// budgets are written.
  func store(_ person: Int, _ engine: inout Engine) {
    let shard = shard(of: person)
    let position = position(of: person)
    if !engine.person.hasChanged, let record = shard.pointee.mutableRecord(position) {
      engine.storeBudgets(atEndOf: record)
      assert(engine.isPacked(in: UnsafeBufferPointer(record)), "a change was not said to be one")
    } else {
      engine.store()
      shard.pointee.store(position, engine.writer.bytes)
    }
  }

  private mutating func enter(
    _ person: Int, _ field: Int, _ text: UnsafeBufferPointer<UInt8>, _ hash: UInt64, isAnonymous: Bool
  ) {
    let found = find(field, text, hash, from: nil)
    let otherIsAnonymous: Bool =
      if case .one(let other) = found.holders { self.isAnonymous(other) } else { false }
    enter(person, field, hash, found, isAnonymous: isAnonymous, isOtherAnonymous: otherIsAnonymous)
  }

  private mutating func enter(
    _ person: Int, _ field: Int, _ hash: UInt64, _ found: (holders: KeyIndex.Holders, slot: Int),
    isAnonymous: Bool, isOtherAnonymous: Bool
  ) {
    let index = indices + field
    let capacity = index.pointee.capacity
    index.pointee.add(person, isAnonymous: isAnonymous, hash, found, isOtherAnonymous: isOtherAnonymous)
    if index.pointee.capacity != capacity { growths += 1 }
  }

  /// Takes a person from the index of a key, while the record still has it.
  private func leave(_ person: Int, _ field: Int) {
    let text = key(field, of: person)
    indices[field].remove(person, find(field, text, KeyIndex.hash(text), from: nil))
  }

  // MARK: Memory

  /// Touches the place of a key in its index, so that those of many rows come from memory at a time.
  @inline(__always) func warm(_ field: Int, _ hash: UInt64) -> UInt64 { indices[field].warm(hash) }

  /// Touches a place of an index, which may be one of before it grew.
  @inline(__always) func warm(_ field: Int, at slot: Int) -> UInt64 { indices[field].warm(at: slot) }

  /// Touches the record of whoever is likely to have a key.
  @inline(__always) func warmRecord(_ field: Int, _ hash: UInt64) -> UInt64 {
    guard let person = indices[field].guess(hash), let record = record(person) else { return 0 }
    return UInt64(record[0])
  }
}

/// Whose a row is.
enum Identity {
  case known(Int)
  case new
  /// One key finds several people, of whom a few are named, and nothing says which is meant.
  case ambiguous(field: Int, count: Int, first: [Int])
  /// Two keys find two people.
  case contradictory(fields: (Int, Int), people: (Int, Int))
}

/// A key that a row gives to a known person.
///
/// It is in the store from the moment the row is read, so that later rows find the person by it; but whoever
/// plays what comes before the row must not see it (semantics E2): neither what was due before the upload, nor the
/// rows that stand before it.
struct KeyChange {
  /// The position of the row in its batch.
  var row: Int
  var field: Int
  /// Empty where there was none.
  var old: [UInt8]
  var new: [UInt8]
}

extension Person {
  mutating func set(key field: Int, _ text: [UInt8]) {
    hasChanged = true
    values[field] = text.isEmpty ? .unset : text.withUnsafeBufferPointer { appendText($0) }
  }

  /// Makes the keys those that the person had before a row.
  mutating func takeBack(_ changes: [KeyChange], from row: Int) {
    for change in changes.reversed() where change.row >= row { set(key: change.field, change.old) }
  }

  /// Makes the keys those that the person has behind all rows.
  mutating func bringBack(_ changes: [KeyChange], behind row: Int) {
    for change in changes where change.row > row { set(key: change.field, change.new) }
  }
}

/// The keys that a row brings, by the slot of their field, with their hashes. Small: four copies are made of each.
struct RowKeys: BitwiseCopyable {
  private var starts = InlineArray<6, UnsafePointer<UInt8>?>(repeating: nil)
  private var counts = InlineArray<6, UInt32>(repeating: 0)
  private var hashes = InlineArray<6, UInt32>(repeating: 0)

  init() {}

  /// - Parameter hash: The lower half of `KeyIndex.hash`, which is all that the index looks at.
  @inline(__always) mutating func set(_ field: Int, _ text: UnsafeBufferPointer<UInt8>, hash: UInt32) {
    starts[field] = text.baseAddress
    counts[field] = UInt32(truncatingIfNeeded: text.count)
    hashes[field] = hash
  }

  /// These keys where the other has none, else the other's.
  func merged(with other: RowKeys) -> RowKeys {
    var merged = self
    for field in 0..<SystemField.Profile.keyCount where other.has(field) {
      merged.starts[field] = other.starts[field]
      merged.counts[field] = other.counts[field]
      merged.hashes[field] = other.hashes[field]
    }
    return merged
  }

  @inline(__always) func has(_ field: Int) -> Bool { counts[field] > 0 }
  @inline(__always) func text(_ field: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: starts[field], count: Int(counts[field]))
  }
  @inline(__always) func hash(_ field: Int) -> UInt64 { UInt64(hashes[field]) }
}
