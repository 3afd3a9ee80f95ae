import FlowCheck
import FlowSchema
import FlowSyntax
import FlowText
import FlowValues

/// Writing the journal. Nothing here runs for people nobody is curious about, except when a run fails.
extension Engine {
  mutating func noteRun(_ event: QueuedEvent) {
    if let reason = run.failure {
      noteFailure(flow: Int(run.flow), model: nil, reason)
      if journal.isRecording { journal.entries.append(.runFailed(flow: Int(run.flow), reason)) }
    } else if journal.isRecording {
      journal.entries.append(.runFinished(flow: Int(run.flow)))
    }
    guard journal.logsRuns else { return }
    let number = event.communication < 0 ? 0 : person.communications[Int(event.communication)].number
    if let failure = scriptFailure { journal.scriptFailures[journal.runs.count] = failure }
    journal.runs.append(
      RunRecord(
        at: now, campaign: campaign, flow: Int(run.flow), trigger: event.kind, communication: Int(number),
        failure: run.failure, node: Int(run.node)))
  }

  mutating func noteModelFailure(agent: Int) {
    guard let reason = run.failure else { return }
    noteFailure(flow: nil, model: agent, reason)
    if journal.isRecording { journal.entries.append(.modelFailed(agent: agent, reason)) }
  }

  /// What the script of the run at hand had to say, where it is one that failed it.
  private var scriptFailure: ScriptFailure? {
    run.failure?.isOfScript == true ? scripting.failure : nil
  }

  private mutating func noteFailure(flow: Int?, model: Int?, _ reason: RunFailureReason) {
    let script = scriptFailure
    let place = FailurePlace(
      campaign: campaign, flow: flow, model: model, span: span(ofNode: Int(run.node)), reason: reason,
      fault: script.map(ScriptFault.init))
    journal.failures.add(
      place,
      FailureCount(
        count: 1, firstPerson: journal.personIndex, firstKey: string(key), firstAt: now,
        firstRun: Int(person.participants[campaign].runsAtInstant), firstScript: script))
  }

  private func span(ofNode node: Int) -> SourceSpan? {
    let program = deployment.programs[campaign]
    guard node >= 0 else { return nil }
    let file = program.nodes[node].file
    return SourceSpan(file, program.campaign.files[file.index][program.nodes[node].statement].range)
  }

  // MARK: Recording

  mutating func record(_ event: QueuedEvent) {
    let fields = deployment.programs[campaign].campaign.schema.participant.fields
    let number = event.communication < 0 ? 0 : Int(person.communications[Int(event.communication)].number)
    let recorded: JournalEvent =
      switch event.kind {
      case .participantCreated: .participantCreated
      case .participantUpdated:
        .participantUpdated(
          fields: fields.indices.filter { event.fields.contains($0) }.map { fields[$0].name })
      case .communicationEnded:
        .communicationEnded(name: name(of: event.communication), number: number, event.status)
      case .communicationUpdated:
        .communicationUpdated(name: name(of: event.communication), number: number, event.status)
      case .incomingSession: .incomingSession(number: number)
      case .fromFlow: .fromFlow(flow: Int(event.flow))
      }
    journal.entries.append(.event(Self.instant(now), campaign: campaign, recorded))
  }

  /// A report that comes too late (semantics C2).
  mutating func recordIgnored(_ position: Int32, _ status: CommunicationStatus) {
    let campaign = Int(person.communications[Int(position)].campaign)
    journal.entries.append(
      .reportIgnored(Self.instant(now), campaign: campaign, name: name(of: position), status))
  }

  mutating func recordNode(_ index: Int) {
    let program = deployment.programs[campaign]
    let node = program.nodes[index]
    let values =
      NodeReads.expressions(of: node, in: program).map { read in
        JournalValue(source: read.source, value: describe(value(of: read), read.type))
      } + scriptReads(of: node)
    journal.entries.append(
      .node(
        JournalNode(
          flow: node.flow, model: node.model, file: node.file, statement: node.statement, values: values)))
  }

  /// Tells of the check that was reached last which way it goes: evaluating a condition leaves nothing but observations.
  mutating func recordPort(_ isMatch: Bool) {
    guard let last = journal.entries.lastIndex(where: \.isNode),
      case .node(var node) = journal.entries[last]
    else { return }
    node.port = isMatch ? .match : .otherwise
    journal.entries[last] = .node(node)
  }

  private mutating func value(of read: NodeReads.Read) -> Value {
    let program = deployment.programs[campaign]
    switch read.source {
    case "now": return Value(bits: now)
    case "today": return today()
    default: break
    }
    switch read.reference {
    case .field(.profile, let index):
      let name = program.campaign.schema.profile[index].name
      return deployment.profile.firstIndex { $0.name == name }.map { person.values[$0] } ?? .unset
    case .field(.participant, let index): return person.values[image.firstSlot + index]
    case .result(let name): return result(name)
    case .communication(let property): return self.property(RuntimeProperty(property))
    case .none, .lastValue, .campaignName, .enumerationCase, .function, .communicationName, .channel, .status,
      .flow,
      .runOutcome:
      return .unset
    }
  }

  mutating func recordChange(slot: Int, from old: Value, to new: Value) {
    let isProfile = slot < deployment.profile.count
    let schema = deployment.programs[campaign].campaign.schema
    let field = isProfile ? deployment.profile[slot] : schema.participant[slot - image.firstSlot]
    journal.entries.append(
      .fieldChanged(
        level: isProfile ? .profile : .participant, field: field.name, from: describe(old, field.type),
        to: describe(new, field.type)))
  }

  mutating func recordHandOver(_ flow: Int, at instant: Int64?) {
    journal.entries.append(.handOver(flow: flow, at: instant.map(Self.instant)))
  }

  /// Notes where a communication has got to.
  mutating func record(_ position: Int32, skipped reason: SkipReason? = nil) {
    let communication = person.communications[Int(position)]
    let program = deployment.programs[campaign]
    let agent = communication.agent < 0 ? nil : program.campaign.schema.agents[Int(communication.agent)]
    var change = CommunicationChange(
      campaign: campaign, number: Int(communication.number), name: name(of: position),
      channel: ChannelKind(rawValue: communication.channel), agent: agent?.name, status: communication.status,
      plannedAt: communication.plannedAt == Communication.unsetTime
        ? nil : Self.instant(communication.plannedAt), payload: [], results: [], skipReason: reason)
    if communication.payload >= 0, communication.plan >= 0 {
      change.payload = program.plans[Int(communication.plan)].payload.enumerated().map { offset, entry in
        let value = person.payloads[Int(communication.payload) + offset]
        return JournalValue(source: entry.key, value: describe(value, entry.type))
      }
    }
    if communication.results >= 0, let agent {
      change.results = agent.results.fields.enumerated().compactMap { offset, field in
        let value = person.results[Int(communication.results) + offset]
        return value.isSet ? JournalValue(source: field.name, value: describe(value, field.type)) : nil
      }
    }
    journal.entries.append(.communication(change))
  }

  func name(of position: Int32) -> String? {
    let name = person.communications[Int(position)].name
    return name < 0 ? nil : deployment.programs[campaign].campaign.schema.communications[Int(name)].name
  }

  static func instant(_ milliseconds: Int64) -> Instant {
    Instant(milliseconds: milliseconds) ?? (milliseconds < 0 ? .minimum : .maximum)
  }

  /// A value as the text of a campaign would have it, datetimes local.
  mutating func describe(_ value: Value, _ type: ValueType) -> String {
    guard value.isSet else { return "unset" }
    switch type {
    case .string, .email, .phone: return "\"\(string(value))\""
    case .integer: return String(value.bits)
    case .numeric: return value.numeric.description
    case .boolean: return value.isTrue ? "true" : "false"
    case .date: return value.date.description
    case .datetime: return clock.local(value.bits).preciseDescription
    case .time: return value.time.description
    case .duration: return value.duration.description
    case .enumeration: return deployment.caseNames[Int(value.bits)]
    }
  }
}
