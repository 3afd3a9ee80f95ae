import FlowCheck
import FlowSchema
public import FlowValues
import Synchronization

/// What became of an upload.
public struct UploadOutcome: Sendable {
  public var created = 0
  public var updated = 0
  /// Rows the store refused, in order.
  public var refusals: [RowRefusal] = []
}

extension Simulation {
  /// How many rows are best read at a time.
  public static let rowsPerBatch = 4096

  /// Reads and plays all rows of an upload at an instant (semantics D5).
  ///
  /// - Parameter read: Fills the emptied batch, with `rowsPerBatch` rows or so, and says whether more may
  ///   follow. It is called on another thread while the rows read before are played.
  /// - Parameter refused: Told what the store has refused, in order of the rows, and up to which row nothing more can
  ///   come. It may take the refusals away; what it leaves is in the outcome.
  public func upload(
    campaign: Int, at instant: Instant, reading read: (inout RowBatch) -> Bool,
    refused: (_ refusals: inout [RowRefusal], _ row: Int) -> Void = { _, _ in }
  ) -> UploadOutcome {
    let batches = UnsafeMutablePointer<RowBatch>.allocate(capacity: 2)
    for index in 0..<2 { (batches + index).initialize(to: RowBatch()) }
    defer {
      batches.deinitialize(count: 2)
      batches.deallocate()
    }
    var outcome = UploadOutcome()
    let before = rowCounts(campaign)
    var playing = 0
    var hasMore = read(&batches[0])
    while batches[playing].rowCount > 0 || hasMore {
      let next = Unshared(batches + (1 - playing))
      next.value.pointee.removeAll()
      let wasMore = hasMore && !isInterrupted
      hasMore = false
      play(&batches[playing], campaign, instant.milliseconds, &outcome) {
        if wasMore { hasMore = read(&next.value.pointee) }
      }
      outcome.refusals.sort { $0.row < $1.row }
      // Rows before the first of the next batch are done with; without one, all that have been read are.
      let hasNext = next.value.pointee.rowCount > 0
      refused(&outcome.refusals, hasNext ? next.value.pointee.rows[0].number - 1 : .max)
      playing = 1 - playing
    }
    refused(&outcome.refusals, .max)
    let after = rowCounts(campaign)
    outcome.created = after.created - before.created
    outcome.updated = after.updated - before.updated
    return outcome
  }

  var isInterrupted: Bool { counters.isInterrupted.load(ordering: .relaxed) }

  private func rowCounts(_ campaign: Int) -> (created: Int, updated: Int) {
    var created = 0
    var updated = 0
    for index in engines.indices {
      created += engines[index].totals.rowsCreated(campaign)
      updated += engines[index].totals.rowsUpdated(campaign)
    }
    return (created, updated)
  }

  /// Plays the rows of a batch; `meanwhile` is done by whichever thread comes to it first.
  func play(
    _ batch: inout RowBatch, _ campaign: Int, _ instant: Int64, _ outcome: inout UploadOutcome,
    meanwhile: () -> Void
  ) {
    if writesKeys {
      // Every row may find somebody by a key that the row before has made a flow write.
      for row in 0..<batch.rowCount {
        barrier(instant)
        let changes = resolve(&batch, row..<row + 1, campaign, &outcome)
        playResolved(&batch, row..<row + 1, changes, campaign, instant, &outcome) {}
      }
      meanwhile()
    } else {
      let changes = resolve(&batch, 0..<batch.rowCount, campaign, &outcome)
      playResolved(&batch, 0..<batch.rowCount, changes, campaign, instant, &outcome, meanwhile: meanwhile)
    }
    counters.rows.add(batch.rowCount, ordering: .relaxed)
    counters.people.store(population.count, ordering: .relaxed)
  }

  /// Deals the rows out by shard and plays the shards side by side.
  private func playResolved(
    _ batch: inout RowBatch, _ rows: Range<Int>, _ changes: [Int: [KeyChange]], _ campaign: Int,
    _ instant: Int64, _ outcome: inout UploadOutcome, meanwhile: () -> Void
  ) {
    let deal = ShardDeal(batch, rows)
    let visits = VisitResults.allocate(Shard.count)
    defer { VisitResults.deallocate(visits) }
    let upload = Unshared(
      (
        rows: UnsafePointer(batch.rows.base), cells: UnsafePointer(batch.cells.base),
        text: UnsafePointer(batch.text.base), simulation: self, visits: visits, deal: deal,
        changes: changes
      ))
    workers.run(tasks: Shard.count, meanwhile: meanwhile) { job, task in
      let upload = upload.value
      for row in upload.deal.rows(task) {
        let person = Int(upload.rows[Int(row)].person)
        upload.simulation.play(
          upload.rows[Int(row)], Int(row), upload.cells, upload.text,
          upload.changes.isEmpty ? [] : upload.changes[person] ?? [], campaign, instant,
          &upload.simulation.engines[job], &upload.visits[task])
      }
    }
    finish(visits, rows, &outcome)
  }

  /// Plays one row on its person.
  private func play(
    _ row: RowBatch.Row, _ index: Int, _ cells: UnsafePointer<RowBatch.Cell>, _ text: UnsafePointer<UInt8>,
    _ changes: [KeyChange], _ campaign: Int, _ instant: Int64, _ engine: inout Engine,
    _ results: inout VisitResults
  ) {
    let person = Int(row.person)
    let isNewPerson = population.record(person) == nil
    visit(person, &engine, &results, row: index, isNewPerson: isNewPerson) { engine, results in
      engine.person.takeBack(changes, from: index)
      engine.advance(to: instant, inclusive: false)
      let outcome = engine.upload(
        UnsafeBufferPointer(start: cells + Int(row.firstCell), count: Int(row.cellCount)), text: text,
        isNewPerson: isNewPerson, campaign: campaign, at: instant)
      guard case .dateOutOfRange(let slot) = outcome else {
        engine.person.bringBack(changes, behind: index)
        return true
      }
      // The indices know the keys of a refused row already, so it keeps them.
      engine.person.bringBack(changes, behind: index - 1)
      results.refusals.append(
        .datetimeOutOfRange(row: row.number, field: deployment.fieldName(slot)))
      if isNewPerson { results.removed.append(person) }
      return !isNewPerson
    }
  }

  /// Loads a person, lets `body` play, and stores what became of them if it says so.
  func visit(
    _ person: Int, _ engine: inout Engine, _ results: inout VisitResults, row: Int,
    isNewPerson: Bool = false, changesKeys: Bool = false, _ body: (inout Engine, inout VisitResults) -> Bool
  ) {
    if let record = population.record(person) {
      engine.load(record)
    } else if isNewPerson {
      engine.person.reset()
    } else {
      return
    }
    engine.journal.personIndex = person
    engine.journal.isRecording = told.isFollowed(person, first: configuration.storyCount)
    if body(&engine, &results) {
      if writesKeys || changesKeys {
        population.change(person, &engine) { _ in }
        if writesKeys { noteDue(person, &engine) }
      } else {
        population.store(person, &engine)
      }
    }
    results.collect(person, row: row, &engine)
  }

  private func finish(
    _ visits: UnsafeMutablePointer<VisitResults>, _ rows: Range<Int>, _ outcome: inout UploadOutcome
  ) {
    for index in 0..<Shard.count {
      outcome.refusals += visits[index].refusals
      for person in visits[index].removed where population.record(person) == nil { population.remove(person) }
    }
    population.settle()
    collect(visits, count: Shard.count)
  }

  // MARK: Whose rows they are (semantics D4)

  /// - Returns: The keys that rows give to known people, by person.
  private func resolve(
    _ batch: inout RowBatch, _ rows: Range<Int>, _ campaign: Int, _ outcome: inout UploadOutcome
  ) -> [Int: [KeyChange]] {
    var changes: [Int: [KeyChange]] = [:]
    if batch.keys.count < batch.rowCount { gatherKeys(&batch) }
    var first = rows.lowerBound
    while first < rows.upperBound {
      let group = first..<min(first + Self.rowsLookedUpTogether, rows.upperBound)
      touched &+= touch(batch, group)
      for row in group { resolve(&batch, row, batch.keys[row], &changes, &outcome) }
      first = group.upperBound
    }
    return changes
  }

  /// How many rows have their places in the indices touched together, so that memory brings them side by side and
  /// not one after another.
  private static let rowsLookedUpTogether = 64

  /// Collects the keys of all rows of a batch that has been read.
  private func gatherKeys(_ batch: inout RowBatch) {
    batch.keys.truncate(to: 0)
    for row in 0..<batch.rowCount {
      batch.keys.append(keys(of: batch.rows[row], batch.cells.base, batch.text.base))
    }
  }

  /// Touches the places of keys in the indices.
  private func touch(_ batch: borrowing RowBatch, _ rows: Range<Int>) -> UInt64 {
    var touched: UInt64 = 0
    for row in rows {
      let keys = batch.keys[row]
      for field in 0..<SystemField.Profile.keyCount where keys.has(field) {
        touched &+= population.warm(field, keys.hash(field))
      }
    }
    return touched
  }

  private func resolve(
    _ batch: inout RowBatch, _ row: Int, _ keys: RowKeys, _ changes: inout [Int: [KeyChange]],
    _ outcome: inout UploadOutcome
  ) {
    var resolved = batch.rows[row]
    let identity = population.identify(keys)
    switch identity {
    case .known(let person):
      resolved.person = Int32(person)
      let changed = population.update(person, keys, &engines[0], row: row)
      if !changed.isEmpty { changes[person, default: []] += changed }
      noteFollowed(person, keys)
    case .new where population.count == Population.maximumCount:
      outcome.refusals.append(
        RowRefusal(
          row: resolved.number, field: "", value: "",
          reason: "the store is full: it holds \(Population.maximumCount) people"))
    case .new:
      resolved.person = Int32(population.add(keys))
      noteFollowed(Int(resolved.person), keys)
    case .ambiguous, .contradictory:
      outcome.refusals.append(refusal(identity, keys, row: resolved.number))
    }
    batch.rows[row] = resolved
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

/// The rows of a batch by the shard of their person, each shard's in order.
final class ShardDeal: Sendable {
  private let order: [Int32]
  private let starts: [Int]

  init(_ batch: borrowing RowBatch, _ rows: Range<Int>) {
    var counts = Array(repeating: 0, count: Shard.count + 1)
    for row in rows where batch.rows[row].person >= 0 {
      counts[Int(batch.rows[row].person) & (Shard.count - 1) + 1] += 1
    }
    for shard in 1...Shard.count { counts[shard] += counts[shard - 1] }
    starts = counts
    var order = Array(repeating: Int32(0), count: counts[Shard.count])
    for row in rows where batch.rows[row].person >= 0 {
      let shard = Int(batch.rows[row].person) & (Shard.count - 1)
      order[counts[shard]] = Int32(row)
      counts[shard] += 1
    }
    self.order = order
  }

  func rows(_ shard: Int) -> ArraySlice<Int32> { order[starts[shard]..<starts[shard + 1]] }
}
