import FlowSchema

/// Finding out whose rows they are (semantics D4).
extension Simulation {
  /// How many rows a task looks up, and how many have their places in the indices touched together, so that memory
  /// brings them side by side and not one after another.
  private static let rowsInTask = 128
  private static let rowsTouchedTogether = 64

  /// Collects the keys of all rows of a batch that has been read.
  func gatherKeys(_ batch: inout RowBatch) {
    batch.keys.truncate(to: 0)
    batch.keys.reserve(batch.rowCount)
    for row in 0..<batch.rowCount {
      batch.keys.append(keys(of: batch.rows[row], batch.cells.base, batch.text.base))
    }
  }

  /// Looks up all rows of a batch side by side, before any of them has its turn (`RowLookup`).
  func lookUp(_ batch: inout RowBatch) {
    let count = batch.rowCount
    batch.lookups.truncate(to: 0)
    batch.lookups.append(repeating: RowLookup(), count: count)
    let shared = Unshared(
      (store: store, touched: touched, keys: UnsafePointer(batch.keys.base), lookups: batch.lookups.base))
    workers.run(tasks: (count + Self.rowsInTask - 1) / Self.rowsInTask) { job, task in
      let (store, touched, keys, lookups) = shared.value
      let last = min((task + 1) * Self.rowsInTask, count)
      var first = task * Self.rowsInTask
      while first < last {
        let rows = first..<min(first + Self.rowsTouchedTogether, last)
        touched[job] &+= Self.touch(store, keys, rows)
        for row in rows { lookups[row] = store.pointee.lookUp(keys[row]) }
        first = rows.upperBound
      }
    }
  }

  /// Touches the places of keys in the indices, then the records of those that the first keys are likely to find.
  private static func touch(
    _ store: UnsafeMutablePointer<Population>, _ keys: UnsafePointer<RowKeys>, _ rows: Range<Int>
  ) -> UInt64 {
    var touched: UInt64 = 0
    for row in rows {
      for field in 0..<SystemField.Profile.keyCount where keys[row].has(field) {
        touched &+= store.pointee.warm(field, keys[row].hash(field))
      }
    }
    for row in rows where keys[row].has(0) { touched &+= store.pointee.warmRecord(0, keys[row].hash(0)) }
    return touched
  }

  /// Touches the places where looking up rows has ended: by now others may have pushed them out of the near memory.
  private func touchPlaces(_ batch: borrowing RowBatch, from first: Int) {
    var sum: UInt64 = 0
    for row in first..<min(first + Self.rowsTouchedTogether, batch.rowCount) {
      for field in 0..<SystemField.Profile.keyCount where batch.keys.pointer[row].has(field) {
        sum &+= store.pointee.warm(field, at: Int(batch.lookups.pointer[row].slots[field]))
      }
    }
    touched[0] &+= sum
  }

  /// - Returns: The keys that rows give to known people, by person.
  func resolve(
    _ batch: inout RowBatch, _ rows: Range<Int>, _ campaign: Int, _ outcome: inout UploadOutcome
  ) -> [Int: [KeyChange]] {
    var changes: [Int: [KeyChange]] = [:]
    let isLookedUp = batch.lookups.count == batch.rowCount
    let follows = configuration.followedKey != nil && told.followed == nil
    for row in rows {
      if isLookedUp, row % Self.rowsTouchedTogether == 0 { touchPlaces(batch, from: row) }
      var lookup = isLookedUp ? batch.lookups[row] : RowLookup()
      let keys = batch.keys.pointer + row
      let person = resolve(&batch, row, keys.pointee, &lookup, &changes, &outcome)
      batch.rows.pointer[row].person = Int32(person ?? -1)
      if follows, let person { noteFollowed(person, keys.pointee) }
    }
    return changes
  }

  /// Whose a row is; `nil` where it is refused.
  private func resolve(
    _ batch: inout RowBatch, _ row: Int, _ keys: RowKeys, _ lookup: inout RowLookup,
    _ changes: inout [Int: [KeyChange]], _ outcome: inout UploadOutcome
  ) -> Int? {
    let identity = store.pointee.identify(keys, &lookup)
    switch identity {
    case .known(let person):
      // A row before this one may have changed the keys that were looked at.
      if lookup.finding == .unchanged, changes.isEmpty { return person }
      let changed = store.pointee.update(person, keys, &engines[0], row: row)
      if !changed.isEmpty { changes[person, default: []] += changed }
      return person
    case .new where store.pointee.count == Population.maximumCount:
      outcome.refusals.append(
        RowRefusal(
          row: batch.rows[row].number, field: "", value: "",
          reason: "the store is full: it holds \(Population.maximumCount) people"))
      return nil
    case .new: return store.pointee.add(keys, lookup)
    case .ambiguous, .contradictory:
      outcome.refusals.append(refusal(identity, keys, row: batch.rows[row].number))
      return nil
    }
  }

  func keys(
    of row: RowBatch.Row, _ cells: UnsafePointer<RowBatch.Cell>, _ text: UnsafePointer<UInt8>
  ) -> RowKeys {
    var keys = RowKeys()
    for index in Int(row.firstCell)..<Int(row.firstCell + row.cellCount) {
      let cell = cells[index]
      if Int(cell.slot) < SystemField.Profile.keyCount, cell.value.isSet {
        let bytes = UnsafeBufferPointer(start: text + Int(cell.value.bits), count: Int(cell.value.extra))
        keys.set(Int(cell.slot), bytes, hash: cell.keyHash)
      }
    }
    return keys
  }

  private func noteFollowed(_ person: Int, _ keys: RowKeys) {
    guard let wanted = configuration.followedKey, told.followed == nil else { return }
    for field in 0..<SystemField.Profile.keyCount
    where keys.has(field) && keys.text(field).elementsEqual(wanted.utf8) {
      told.followed = person
    }
  }

  func refusal(_ identity: Identity, _ keys: RowKeys, row: Int) -> RowRefusal {
    func name(_ field: Int) -> String { SystemField.Profile(rawValue: field)?.name ?? "" }
    func text(_ field: Int) -> String { String(decoding: keys.text(field), as: UTF8.self) }
    switch identity {
    case .ambiguous(let field, let count, let first):
      let names = first.map { "`\(population.name(of: $0))`" }.joined(separator: ", ")
      let more = count > first.count ? " and \(count - first.count) more" : ""
      return RowRefusal(
        row: row, field: name(field), value: text(field),
        reason: "finds \(count) people: \(names)\(more)")
    case .contradictory(let fields, let people):
      return RowRefusal(
        row: row, field: name(fields.1), value: text(fields.1),
        reason:
          "finds `\(population.name(of: people.1))`, but `\(name(fields.0))` finds `\(population.name(of: people.0))`"
      )
    case .known, .new: return RowRefusal(row: row, field: "", value: "", reason: "")
    }
  }
}
