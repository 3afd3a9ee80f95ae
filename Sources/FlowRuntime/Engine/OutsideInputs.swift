import FlowCheck
import FlowSchema
import FlowSyntax
import FlowText
import FlowValues

/// Turns what is said from outside into what the engine plays on the person at hand (semantics E1).
///
/// Both drivers use it: the simulation, which finds out whom an event is about, and the pure step, which is told.
struct OutsideInputs {
  let deployment: Deployment
  private var cellParser: CellParser
  /// By campaign.
  private var intakes: [RowIntake]

  init(_ deployment: Deployment) {
    self.deployment = deployment
    cellParser = CellParser(zones: deployment.zones)
    intakes = deployment.inputs.map { RowIntake($0.fields, $0.names, zones: deployment.zones) }
  }

  /// Plays an event that is no row on the person in the engine, who takes part in the campaign.
  mutating func perform(
    _ kind: OutsideEvent.Kind, _ campaign: Int, at instant: Instant, _ engine: inout Engine
  ) -> OutsideOutcome {
    switch kind {
    case .communicationEnded(let report), .communicationUpdated(let report):
      perform(report, campaign, instant, &engine)
    case .sessionIncoming(let channel, let agent): openSession(channel, agent, campaign, instant, &engine)
    case .participantUpdated(let fields): edit(fields, campaign, instant, &engine)
    case .participantUploaded: .unmatched(.nobody("a row is no event of a known participant"))
    }
  }

  /// Reads a row into an empty batch.
  ///
  /// - Returns: Why it is refused, where it is.
  mutating func read(
    keys: [OutsideEvent.Key], _ fields: [NamedScalar], number: Int, _ campaign: Int,
    into batch: inout RowBatch
  ) -> RowRefusal? {
    var rejected: [RejectedRow] = []
    if intakes[campaign].takeRow(keys: keys, fields: fields, into: &batch, rejected: &rejected) {
      batch.rows[0].number = number
      return nil
    }
    let others = rejected.dropFirst().map(Self.reason)
    return RowRefusal(
      row: number, field: rejected[0].fieldName, value: rejected[0].value,
      reason: ([rejected[0].reason] + others).joined(separator: "; "))
  }

  // MARK: Reports (semantics C2, C6)

  private mutating func perform(
    _ report: CommunicationReport, _ campaign: Int, _ instant: Instant, _ engine: inout Engine
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
      position, report.status, results: results, campaign: campaign, at: instant.milliseconds)
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

  private mutating func parse(
    _ result: NamedScalar, agent: Int, _ campaign: Int
  ) -> Result<(slot: Int, value: ParsedCell), Refused> {
    let schema = deployment.programs[campaign].campaign.schema
    guard agent >= 0 else {
      return .failure(Refused(text: "result `\(result.name)` of a session without an agent"))
    }
    guard let slot = schema.agents[agent].results.index(of: result.name) else {
      return .failure(
        Refused(text: "agent `\(schema.agents[agent].name)` records no result `\(result.name)`"))
    }
    let field = schema.agents[agent].results[slot]
    let parsed = cellParser.parse(result.value, as: deployment.cellType(of: field, campaign: campaign))
    if case .invalid(let fault) = parsed {
      return .failure(Refused(text: "result `\(result.name)`: \(fault.reason)"))
    }
    return .success((slot, parsed))
  }

  // MARK: Sessions (semantics E11)

  private func openSession(
    _ channel: String?, _ agent: String?, _ campaign: Int, _ instant: Instant, _ engine: inout Engine
  ) -> OutsideOutcome {
    let limit = EngineLimits.communicationsPerParticipant
    guard engine.person.participants[campaign].communicationCount < limit else {
      return .refused(RunFailureReason.tooManyCommunications.message)
    }
    let agents = deployment.programs[campaign].campaign.schema.agents
    let position = agent.map { name in agents.firstIndex { $0.name == name } ?? -1 }
    if let agent, position == -1 {
      return .unmatched(Self.unknown("agent", agent, among: agents.map(\.name)))
    }
    let channels = position.map { agents[$0].channels } ?? agents.flatMap(\.channels)
    var kind: ChannelKind?
    if let channel {
      kind = Self.kind(of: channel, among: channels)
      let known = ChannelKind.allCases.map(\.spelling) + channels.map(\.name)
      if kind == nil { return .unmatched(Self.unknown("channel", channel, among: known)) }
    } else if position != nil, let first = channels.first, channels.allSatisfy({ $0.kind == first.kind }) {
      // An agent of one kind of channel leaves no doubt.
      kind = first.kind
    }
    engine.openSession(
      channel: kind?.rawValue ?? .max, agent: Int32(position ?? -1), campaign: campaign,
      at: instant.milliseconds)
    return .applied
  }

  /// A kind of channel, or the kind of a channel with a name of its own.
  private static func kind(of name: String, among channels: [Channel]) -> ChannelKind? {
    ChannelKind.allCases.first { $0.spelling == name } ?? channels.first { $0.name == name }?.kind
  }

  // MARK: Edits

  private mutating func edit(
    _ fields: [NamedScalar], _ campaign: Int, _ instant: Instant, _ engine: inout Engine
  ) -> OutsideOutcome {
    var batch = RowBatch()
    var rejected: [RejectedRow] = []
    if !intakes[campaign].takeEdit(fields: fields, into: &batch, rejected: &rejected) {
      return .refused(rejected.map(Self.reason).joined(separator: "; "))
    }
    let slot = engine.edit(RowContent(batch), campaign: campaign, at: instant.milliseconds)
    guard let slot else { return .applied }
    return .refused("`\(deployment.fieldName(slot))` lies outside the years 0001 to 9999")
  }

  /// Reads an edit into an empty batch.
  mutating func readEdit(_ fields: [NamedScalar], _ campaign: Int, into batch: inout RowBatch) -> Bool {
    var rejected: [RejectedRow] = []
    return intakes[campaign].takeEdit(fields: fields, into: &batch, rejected: &rejected)
  }

  private static func reason(_ mistake: RejectedRow) -> String {
    mistake.fieldName.isEmpty ? mistake.reason : "`\(mistake.fieldName)`: \(mistake.reason)"
  }

  private struct Refused: Error { var text: String }
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
