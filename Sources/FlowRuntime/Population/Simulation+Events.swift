import FlowCheck
import FlowSchema
import FlowSyntax
import FlowValues

/// What is said from outside about one person at a time (semantics E1, commands `run`).
extension Simulation {
  /// Applies an event. Events come in order of time, behind the uploads of the same instant.
  public func apply(_ event: OutsideEvent, campaign: Int) -> OutsideOutcome {
    barrier(event.at.milliseconds)
    if case .participantUploaded(let fields) = event.kind { return upload(event, fields, campaign) }
    switch find(event.keys) {
    case .failure(let reason): return .unmatched(.nobody(reason.text))
    case .success(let person): return apply(event, campaign, to: person)
    }
  }

  /// Applies an event that is no row to somebody who is known.
  public func apply(_ event: OutsideEvent, _ campaign: Int, to person: Int) -> OutsideOutcome {
    var outcome = OutsideOutcome.unmatched(.nobody("not in campaign `\(campaignName(campaign))`"))
    let results = VisitResults.allocate(1)
    defer { VisitResults.deallocate(results, count: 1) }
    // An edit may change the keys by which the person is found.
    let edits = if case .participantUpdated = event.kind { true } else { false }
    visit(person, recorded, &engines[0], &results.pointee, row: 0, changesKeys: edits) { engine, _ in
      engine.advance(to: event.at.milliseconds, inclusive: false)
      guard engine.person.participants[campaign].exists else { return true }
      outcome = outsideInputs.perform(event.kind, campaign, at: event.at, &engine)
      return true
    }
    collect(results, count: 1)
    return outcome
  }

  private func campaignName(_ campaign: Int) -> String { deployment.programs[campaign].campaign.name }

  // MARK: Whom it is about (semantics D4)

  private struct Unmatched: Error { var text: String }

  private func find(_ keys: [OutsideEvent.Key]) -> Result<Int, Unmatched> {
    let listed = keys.map { "\($0.field.name) `\($0.value)`" }.joined(separator: ", ")
    var batch = RowBatch()
    batch.beginRow()
    for key in keys { append(key, to: &batch) }
    batch.endRow(number: 0)
    switch population.identifyExisting(self.keys(of: batch.rows[0], batch.cells.base, batch.text.base)) {
    case .known(let person): return .success(person)
    case .new: return .failure(Unmatched(text: "nobody has \(listed)"))
    case .ambiguous, .contradictory: return .failure(Unmatched(text: "several people have \(listed)"))
    }
  }

  private func append(_ key: OutsideEvent.Key, to batch: inout RowBatch) {
    Array(key.value.utf8).withUnsafeBufferPointer { batch.append(slot: key.field.rawValue, text: $0) }
  }

  // MARK: Rows

  private func upload(_ event: OutsideEvent, _ fields: [NamedScalar], _ campaign: Int) -> OutsideOutcome {
    var batch = RowBatch()
    if let refusal = outsideInputs.read(
      keys: event.keys, fields, number: event.line, campaign, into: &batch)
    {
      return .rowRefused(refusal)
    }
    var outcome = UploadOutcome()
    play(&batch, campaign, event.at.milliseconds, &outcome) {}
    return outcome.refusals.first.map { .rowRefused($0) } ?? .applied
  }
}
