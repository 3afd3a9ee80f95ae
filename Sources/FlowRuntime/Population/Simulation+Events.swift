import FlowCheck
import FlowSchema
import FlowSyntax
import FlowText
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

  private func apply(_ event: OutsideEvent, _ campaign: Int, to person: Int) -> OutsideOutcome {
    var outcome = OutsideOutcome.unmatched(.nobody("not in campaign `\(campaignName(campaign))`"))
    let results = VisitResults.allocate(1)
    defer { VisitResults.deallocate(results, count: 1) }
    // An edit may change the keys by which the person is found.
    let edits = if case .participantUpdated = event.kind { true } else { false }
    visit(person, &engines[0], &results.pointee, row: 0, changesKeys: edits) { engine, _ in
      engine.advance(to: event.at.milliseconds, inclusive: false)
      guard engine.person.participants[campaign].exists else { return true }
      outcome = perform(event, campaign, &engine)
      return true
    }
    collect(results, count: 1)
    return outcome
  }

  private func perform(_ event: OutsideEvent, _ campaign: Int, _ engine: inout Engine) -> OutsideOutcome {
    switch event.kind {
    case .communicationEnded(let report), .communicationUpdated(let report):
      perform(report, event, campaign, &engine)
    case .sessionIncoming(let channel, let agent):
      openSession(channel, agent, event, campaign, &engine)
    case .participantUpdated(let fields): edit(fields, event, campaign, &engine)
    case .participantUploaded: .unmatched(.nobody(""))
    }
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

  // MARK: Reports (semantics C2, C6)

  private func perform(
    _ report: CommunicationReport, _ event: OutsideEvent, _ campaign: Int, _ engine: inout Engine
  ) -> OutsideOutcome {
    guard let position = position(report.target, campaign, engine) else {
      return .unmatched(mismatch(report.target, campaign))
    }
    let agent = Int(engine.person.communications[Int(position)].agent)
    var slots: [(slot: Int, value: ParsedCell)] = []
    for result in report.results {
      switch parse(result, agent: agent, campaign) {
      case .failure(let reason): return .refused(reason.text)
      case .success(let parsed): slots.append(parsed)
      }
    }
    engine.enter(campaign)
    engine.useZone()
    guard let results = engine.appendResults(slots, agent: agent) else {
      return .refused("a datetime lies outside the years 0001 to 9999 in the participant's time zone")
    }
    let changed = engine.outsideReport(
      position, report.status, results: results, campaign: campaign, at: event.at.milliseconds)
    return changed ? .applied : .ignored
  }

  private func position(
    _ target: CommunicationReport.Target, _ campaign: Int, _ engine: borrowing Engine
  ) -> Int32? {
    let names = deployment.programs[campaign].campaign.schema.communications
    var last: Int32?
    for index in 0..<engine.person.communications.count {
      let communication = engine.person.communications[index]
      guard Int(communication.campaign) == campaign else { continue }
      let name = communication.name < 0 ? nil : names[Int(communication.name)].name
      switch target {
      case .named(let wanted): if name == wanted { last = Self.better(last, index, engine) }
      case .session: if name == nil { last = Self.better(last, index, engine) }
      case .numbered(let number, let wanted):
        if Int(communication.number) == number, wanted == nil || wanted == name { return Int32(index) }
      }
    }
    return last
  }

  /// The latest that is not final, else the latest: a report delivered twice then changes nothing.
  private static func better(_ last: Int32?, _ index: Int, _ engine: borrowing Engine) -> Int32 {
    guard let last else { return Int32(index) }
    let isOpen = !engine.person.communications[index].status.isFinal
    let wasOpen = !engine.person.communications[Int(last)].status.isFinal
    return isOpen || !wasOpen ? Int32(index) : last
  }

  private func mismatch(_ target: CommunicationReport.Target, _ campaign: Int) -> Mismatch {
    if case .named(let name) = target {
      let names = deployment.programs[campaign].campaign.schema.communications.map(\.name)
      if !names.contains(name) { return Self.unknown("communication", name, among: names) }
    }
    return .noCommunication("no open communication \(Self.describe(target))")
  }

  private static func unknown(_ noun: String, _ name: String, among names: [String]) -> Mismatch {
    let hint = closestName(to: name, among: names).map { ": did you mean `\($0)`?" } ?? ""
    return .unknownName("there is no \(noun) `\(name)`\(hint)")
  }

  private static func describe(_ target: CommunicationReport.Target) -> String {
    switch target {
    case .named(let name): "`\(name)`"
    case .session: "without a name (an incoming session)"
    case .numbered(let number, let name): name.map { "`\($0)` number \(number)" } ?? "number \(number)"
    }
  }

  private func parse(
    _ result: NamedScalar, agent: Int, _ campaign: Int
  ) -> Result<(slot: Int, value: ParsedCell), Unmatched> {
    let schema = deployment.programs[campaign].campaign.schema
    guard agent >= 0 else {
      return .failure(Unmatched(text: "result `\(result.name)` of a session without an agent"))
    }
    guard let slot = schema.agents[agent].results.index(of: result.name) else {
      return .failure(
        Unmatched(text: "agent `\(schema.agents[agent].name)` records no result `\(result.name)`"))
    }
    let field = schema.agents[agent].results[slot]
    let parsed = cellParser.parse(result.value, as: deployment.cellType(of: field, campaign: campaign))
    if case .invalid(let fault) = parsed {
      return .failure(Unmatched(text: "result `\(result.name)`: \(fault.reason)"))
    }
    return .success((slot, parsed))
  }

  // MARK: Sessions (semantics E11)

  private func openSession(
    _ channel: String?, _ agent: String?, _ event: OutsideEvent, _ campaign: Int, _ engine: inout Engine
  ) -> OutsideOutcome {
    let agents = deployment.programs[campaign].campaign.schema.agents
    let position = agent.map { name in agents.firstIndex { $0.name == name } ?? -1 }
    if let agent, position == -1 {
      return .unmatched(Self.unknown("agent", agent, among: agents.map(\.name)))
    }
    var kind = channel.flatMap { name in ChannelKind.allCases.first { $0.spelling == name } }
    if let channel, kind == nil {
      let channels = position.map { agents[$0].channels } ?? agents.flatMap(\.channels)
      kind = channels.first { $0.name == channel }?.kind
      let known = ChannelKind.allCases.map(\.spelling) + channels.map(\.name)
      if kind == nil { return .unmatched(Self.unknown("channel", channel, among: known)) }
    }
    if kind == nil, let position, let only = Set(agents[position].channels.map(\.kind)).first,
      Set(agents[position].channels.map(\.kind)).count == 1
    {
      kind = only
    }
    engine.openSession(
      channel: kind?.rawValue ?? .max, agent: Int32(position ?? -1), campaign: campaign,
      at: event.at.milliseconds)
    return .applied
  }

  // MARK: Edits and rows

  private func edit(
    _ fields: [NamedScalar], _ event: OutsideEvent, _ campaign: Int, _ engine: inout Engine
  ) -> OutsideOutcome {
    var batch = RowBatch()
    var rejected: [RejectedRow] = []
    if !intakes[campaign].takeEdit(fields: fields, into: &batch, rejected: &rejected) {
      return .refused(rejected.map(Self.reason).joined(separator: "; "))
    }
    let cells = UnsafeBufferPointer(batch.cells.elements)
    let slot = engine.edit(
      cells, text: UnsafePointer(batch.text.base), campaign: campaign, at: event.at.milliseconds)
    return slot.map { .refused("`\(fieldName($0))` lies outside the years 0001 to 9999") } ?? .applied
  }

  private func upload(_ event: OutsideEvent, _ fields: [NamedScalar], _ campaign: Int) -> OutsideOutcome {
    var batch = RowBatch()
    var rejected: [RejectedRow] = []
    if !intakes[campaign].takeRow(keys: event.keys, fields: fields, into: &batch, rejected: &rejected) {
      return .rowRefused(
        RowRefusal(
          row: event.line, field: rejected[0].fieldName, value: rejected[0].value,
          reason: ([rejected[0].reason] + rejected.dropFirst().map(Self.reason)).joined(separator: "; ")))
    }
    batch.rows[0].number = event.line
    var outcome = UploadOutcome()
    play(&batch, campaign, event.at.milliseconds, &outcome) {}
    return outcome.refusals.first.map { .rowRefused($0) } ?? .applied
  }

  private static func reason(_ mistake: RejectedRow) -> String {
    mistake.fieldName.isEmpty ? mistake.reason : "`\(mistake.fieldName)`: \(mistake.reason)"
  }
}

extension Engine {
  /// Keeps the results of a report from outside; `nil` where one has no instant in the person's zone.
  mutating func appendResults(_ results: [(slot: Int, value: ParsedCell)], agent: Int) -> Int32? {
    guard agent >= 0, !results.isEmpty else { return -1 }
    let first = person.results.count
    person.results.append(repeating: .unset, count: Int(image.resultCounts[agent]))
    for (slot, cell) in results {
      switch cell {
      case .empty, .invalid: continue
      case .bits(let bits): person.results[first + slot] = Value(bits: bits)
      case .text(let text):
        person.results[first + slot] = text.withUnsafeBufferPointer { person.appendText($0) }
      case .local(let local):
        guard let instant = clock.instant(local) else { return nil }
        person.results[first + slot] = Value(bits: instant)
      }
    }
    return Int32(first)
  }
}
