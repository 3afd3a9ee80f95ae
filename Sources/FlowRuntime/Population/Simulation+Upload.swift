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
    gatherKeys(&batches[0])
    while batches[playing].rowCount > 0 || hasMore {
      let next = Unshared(batches + (1 - playing))
      next.value.pointee.removeAll()
      let wasMore = hasMore && !isInterrupted
      hasMore = false
      play(&batches[playing], campaign, instant.milliseconds, &outcome) {
        guard wasMore else { return }
        hasMore = read(&next.value.pointee)
        gatherKeys(&next.value.pointee)
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
    if batch.keys.count < batch.rowCount { gatherKeys(&batch) }
    if writesKeys {
      // Every row may find somebody by a key that the row before has made a flow write.
      for row in 0..<batch.rowCount {
        barrier(instant)
        play(&batch, row..<row + 1, campaign, instant, &outcome) {}
      }
      meanwhile()
    } else if batch.hasDoubtfulRow {
      playDoubtful(&batch, campaign, instant, &outcome)
      meanwhile()
    } else {
      lookUp(&batch)
      play(&batch, 0..<batch.rowCount, campaign, instant, &outcome, meanwhile: meanwhile)
    }
    counters.rows.add(batch.rowCount, ordering: .relaxed)
    counters.people.store(population.count, ordering: .relaxed)
  }

  /// Plays the rows of a batch some of which may be refused when they are played. Nothing of a refused row may stay,
  /// so each of these has its turn alone: the rows behind it find nobody by what it says before that has come true.
  private func playDoubtful(
    _ batch: inout RowBatch, _ campaign: Int, _ instant: Int64, _ outcome: inout UploadOutcome
  ) {
    var first = 0
    for row in 0..<batch.rowCount where batch.rows[row].isDoubtful {
      play(&batch, first..<row, campaign, instant, &outcome) {}
      play(&batch, row..<row + 1, campaign, instant, &outcome) {}
      first = row + 1
    }
    play(&batch, first..<batch.rowCount, campaign, instant, &outcome) {}
  }

  /// Finds out whose the rows are, deals them out by shard and plays the shards side by side.
  private func play(
    _ batch: inout RowBatch, _ rows: Range<Int>, _ campaign: Int, _ instant: Int64,
    _ outcome: inout UploadOutcome, meanwhile: () -> Void
  ) {
    let followed = told.followed
    let visits = VisitResults.allocate(Shard.count)
    defer { VisitResults.deallocate(visits) }
    let place = UnsafeMutablePointer<RowsAtPlay>.allocate(capacity: 1)
    let shared = Unshared((simulation: self, visits: visits, upload: place))
    // The next batch is read while it is found out whose the rows of this one are.
    workers.run(tasks: Shard.count) {
      let changes = resolve(&batch, rows, campaign, &outcome)
      place.initialize(
        to: RowsAtPlay(
          deal: ShardDeal(batch, rows), rows: batch.rows.base, cells: batch.cells.base, text: batch.text.base,
          changes: changes, isAlone: rows.count == 1, campaign: campaign, instant: instant, recorded: recorded
        ))
    } meanwhile: {
      meanwhile()
    } _: { job, task in
      let (simulation, visits, upload) = shared.value
      simulation.play(task, upload.pointee, &simulation.engines[job], &visits[task])
    }
    place.deinitialize(count: 1)
    place.deallocate()
    let refusedBefore = outcome.refusals.count
    finish(visits, rows, &outcome)
    // Whoever was found by the key of a row that is refused is not found by it any more.
    if rows.count == 1, outcome.refusals.count > refusedBefore { told.followed = followed }
  }

  /// The rows of a batch, whose people are known, and what happens to them.
  private struct RowsAtPlay {
    let deal: ShardDeal
    let rows: UnsafePointer<RowBatch.Row>
    let cells: UnsafePointer<RowBatch.Cell>
    let text: UnsafePointer<UInt8>
    /// The keys that rows give to known people, by person.
    let changes: [Int: [KeyChange]]
    /// Whether it is one row, so that whoever plays it may change the store.
    let isAlone: Bool
    let campaign: Int
    let instant: Int64
    let recorded: RecordedPeople
  }

  /// Plays the rows of a shard.
  private func play(
    _ shard: Int, _ upload: RowsAtPlay, _ engine: inout Engine, _ results: inout VisitResults
  ) {
    rehearse(upload.deal.rows(shard), upload, &engine)
    for row in upload.deal.rows(shard) {
      if upload.changes.isEmpty {
        play(Int(row), upload, [], &engine, &results)
      } else {
        let person = Int(upload.rows[Int(row)].person)
        play(Int(row), upload, upload.changes[person] ?? [], &engine, &results)
      }
    }
  }

  /// Has the scripts run that rows will come to. Where a person has several rows, the later ones may come to others.
  private func rehearse(_ rows: ArraySlice<Int32>, _ upload: RowsAtPlay, _ engine: inout Engine) {
    engine.rehearse(visits: rows.count) { visit, engine in
      let index = Int(rows[rows.startIndex + visit])
      let row = upload.rows[index]
      let record = store.pointee.record(Int(row.person))
      if let record { engine.load(record) } else { engine.person.reset() }
      engine.person.takeBack(upload.changes[Int(row.person)] ?? [], from: index)
      engine.advance(to: upload.instant, inclusive: false)
      _ = engine.upload(
        RowContent(row, cells: upload.cells, text: upload.text), isNewPerson: record == nil,
        campaign: upload.campaign, at: upload.instant)
    }
  }

  /// Plays one row on its person.
  private func play(
    _ index: Int, _ upload: RowsAtPlay, _ changes: [KeyChange], _ engine: inout Engine,
    _ results: inout VisitResults
  ) {
    let row = upload.rows[index]
    let person = Int(row.person)
    let isNewPerson = store.pointee.record(person) == nil
    let changesKeys = upload.isAlone && !changes.isEmpty
    visit(
      person, upload.recorded, &engine, &results, row: index, isNewPerson: isNewPerson,
      changesKeys: changesKeys
    ) { engine, results in
      engine.person.takeBack(changes, from: index)
      engine.advance(to: upload.instant, inclusive: false)
      let outcome = engine.upload(
        RowContent(row, cells: upload.cells, text: upload.text), isNewPerson: isNewPerson,
        campaign: upload.campaign, at: upload.instant)
      guard case .dateOutOfRange(let slot) = outcome else {
        engine.person.bringBack(changes, behind: index)
        return true
      }
      assert(upload.isAlone, "a row that may be refused has its turn alone")
      results.refusals.append(
        .datetimeOutOfRange(row: row.number, field: deployment.fieldName(slot)))
      if isNewPerson { results.removed.append(person) }
      return !isNewPerson
    }
  }

  /// Loads a person, lets `body` play, and stores what became of them if it says so.
  func visit(
    _ person: Int, _ recorded: RecordedPeople, _ engine: inout Engine, _ results: inout VisitResults,
    row: Int,
    isNewPerson: Bool = false, changesKeys: Bool = false, _ body: (inout Engine, inout VisitResults) -> Bool
  ) {
    if let record = store.pointee.record(person) {
      engine.load(record)
    } else if isNewPerson {
      engine.person.reset()
    } else {
      return
    }
    engine.journal.personIndex = person
    engine.journal.isRecording = recorded.contains(person)
    if body(&engine, &results) {
      if keepsDue { noteDue(person, &engine) }
      if writesKeys || changesKeys {
        store.pointee.change(person, &engine) { _ in }
      } else {
        store.pointee.store(person, &engine)
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
}

/// The rows of a batch by the shard of their person, each shard's in order.
final class ShardDeal: Sendable {
  private let order: [Int32]
  private let starts: [Int]

  init(_ batch: borrowing RowBatch, _ rows: Range<Int>) {
    var counts = Array(repeating: 0, count: Shard.count + 1)
    for row in rows where batch.rows[row].person >= 0 {
      counts[Shard.index(of: Int(batch.rows[row].person)) + 1] += 1
    }
    for shard in 1...Shard.count { counts[shard] += counts[shard - 1] }
    starts = counts
    var order = Array(repeating: Int32(0), count: counts[Shard.count])
    for row in rows where batch.rows[row].person >= 0 {
      let shard = Shard.index(of: Int(batch.rows[row].person))
      order[counts[shard]] = Int32(row)
      counts[shard] += 1
    }
    self.order = order
  }

  func rows(_ shard: Int) -> ArraySlice<Int32> { order[starts[shard]..<starts[shard + 1]] }
}
