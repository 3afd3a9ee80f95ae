internal import FlowRuntime
internal import FlowSchema
internal import FlowSyntax
internal import FlowValues

/// Where a scenario has got to: one person, and what its journal has told of them.
struct ScenarioState: Sendable {
  var person = PersonState()
  var now: Instant
  var nextDue: Instant?
  /// By qualified name, as stories tell them; a field that is not there is unset.
  var fields: [String: String] = [:]
  /// By number less one.
  var communications: [CommunicationChange] = []

  init(now: Instant) { self.now = now }

  var isNobody: Bool { person.isNobody }

  var hasOpenSession: Bool { communications.contains { $0.name == nil && !$0.status.isFinal } }

  /// Whether a report on a name, `nil` for the session, would find something open.
  func isOpen(_ name: String?) -> Bool {
    communications.contains { $0.name == name && !$0.status.isFinal }
  }

  /// Two states of one signature have about the same future. Which of several equal communications is meant, and
  /// times, are left out.
  var signature: String {
    var parts = fields.map { "\($0.key)=\($0.value)" }.sorted()
    var counts: [String: Int] = [:]
    for communication in communications {
      let results = communication.results.map { "\($0.source)=\($0.value)" }.joined(separator: ",")
      counts["\(communication.name ?? "session") \(communication.status.spelling) \(results)", default: 0] +=
        1
    }
    parts += counts.map { "\($0.key)×\(min($0.value, 2))" }.sorted()
    if nextDue != nil { parts.append("pending") }
    return parts.joined(separator: ";")
  }

  /// Takes in what happened; of a failed run nothing remains.
  mutating func take(_ entries: [JournalEntry]) {
    var before: (fields: [String: String], communications: [CommunicationChange])?
    for entry in entries {
      switch entry {
      case .runStarted: before = (fields, communications)
      case .runFinished: before = nil
      case .runFailed: if let before { (fields, communications) = before }
      case .fieldChanged(let level, let field, _, let to):
        fields["\(level.spelling).\(field)"] = to == "unset" ? nil : to
      case .communication(let change):
        if change.number <= communications.count {
          communications[change.number - 1] = change
        } else {
          communications.append(change)
        }
      case .event, .node, .handOver, .handOverCanceled, .scriptFailed, .modelFailed, .cascadeStopped,
        .reportIgnored, .observed:
        break
      }
    }
  }
}

/// Plays steps on the engine, one person at a time: what a test with these statements does.
final class ScenarioWorld {
  private var stepper: Stepper
  let zone: Zone
  /// How many steps were played.
  private(set) var playedCount = 0

  init(_ deployment: Deployment, _ engine: EngineConfiguration, zone: Zone) {
    stepper = Stepper(deployment, engine)
    self.zone = zone
  }

  /// Plays one step with all that is due at its instant; `nil` where it cannot happen or changes nothing.
  func play(_ step: ScenarioStep, _ state: ScenarioState) -> (state: ScenarioState, journal: [JournalEntry])?
  {
    guard let (event, now) = event(step, state) else { return nil }
    playedCount += 1
    var result = state
    result.now = now
    var journal: [JournalEntry] = []
    if let event {
      let first = stepper.step(state.person, event, at: now)
      guard case .applied = first.outcome else { return nil }
      result.person = first.state
      journal = first.journal
    }
    let settled = stepper.step(result.person, .due, at: now)
    result.person = settled.state
    result.nextDue = settled.nextDue
    journal += settled.journal
    result.take(journal)
    return (result, journal)
  }

  /// The last instant that a proposed test goes to lies so many milliseconds behind its first.
  private static let horizon: Int64 = 3 * 366 * 86_400_000

  /// What happens and when; `nil` where it cannot happen, no event where only time passes.
  private func event(_ step: ScenarioStep, _ state: ScenarioState) -> (StepEvent?, Instant)? {
    if case .upload(let cells) = step {
      let fields = cells.compactMap { cell in cell.value.cell.map { NamedScalar(cell.name, .text($0)) } }
      return (.row(keys: [], fields: fields, campaign: 0), state.now)
    }
    guard !state.isNobody else { return nil }
    switch step {
    case .upload: return nil
    case .edit(let cell):
      let scalar = NamedScalar(cell.name, cell.value.cell.map { .text($0) } ?? .null)
      return (.outside(.participantUpdated([scalar]), campaign: 0), state.now)
    case .end(let name, let status, let results):
      guard state.isOpen(name) else { return nil }
      let values = results.compactMap { cell in cell.value.cell.map { NamedScalar(cell.name, .text($0)) } }
      let report = CommunicationReport(name.map { .named($0) } ?? .session, status, results: values)
      return (.outside(.communicationEnded(report), campaign: 0), state.now)
    case .progress(let name, let status):
      guard state.isOpen(name) else { return nil }
      let report = CommunicationReport(name.map { .named($0) } ?? .session, status)
      return (.outside(.communicationUpdated(report), campaign: 0), state.now)
    case .session(let channel, let agent):
      return (.outside(.sessionIncoming(channel: channel.spelling, agent: agent), campaign: 0), state.now)
    case .advanceToDue:
      guard let due = state.nextDue, due.milliseconds - state.now.milliseconds < Self.horizon else {
        return nil
      }
      return (nil, max(due, state.now))
    case .advance(let duration): return instant(after: duration, state.now).map { (nil, $0) }
    }
  }

  /// Days by the campaign's calendar, then hours (semantics T3).
  private func instant(after duration: CalendarDuration, _ now: Instant) -> Instant? {
    var instant = now
    if duration.days != 0 {
      let local = zone.local(of: now)
      guard let day = local.date.adding(days: Int64(duration.days)),
        let moved = zone.instant(of: LocalDateTime(date: day, time: local.time))
      else { return nil }
      instant = moved
    }
    return Instant(milliseconds: instant.milliseconds + duration.milliseconds)
  }

  /// Plays a whole scenario from an empty store; `nil` where a step cannot happen.
  func play(_ steps: [ScenarioStep], from start: Instant) -> PlayedScenario? {
    var played = PlayedScenario(start: start)
    for step in steps {
      guard let (state, journal) = play(step, played.state) else { return nil }
      played.append(step, state, journal)
    }
    return played
  }
}

/// A scenario and what it did, step by step.
struct PlayedScenario: Sendable {
  private(set) var steps: [ScenarioStep] = []
  /// Behind each step; before the first there is `start`.
  private(set) var states: [ScenarioState] = []
  private(set) var journals: [[JournalEntry]] = []
  let start: Instant

  init(start: Instant) { self.start = start }

  var state: ScenarioState { states.last ?? ScenarioState(now: start) }

  mutating func append(_ step: ScenarioStep, _ state: ScenarioState, _ journal: [JournalEntry]) {
    steps.append(step)
    states.append(state)
    journals.append(journal)
  }

  /// The same without its last step.
  var withoutLast: PlayedScenario {
    var result = PlayedScenario(start: start)
    result.steps = steps.dropLast()
    result.states = states.dropLast()
    result.journals = journals.dropLast()
    return result
  }

  func counts(_ map: CoverageMap) -> CoverageCounts {
    var counts = CoverageCounts()
    for journal in journals { map.add(journal, to: &counts) }
    return counts
  }
}
