import FlowCheck
import FlowSchema
public import FlowValues

/// The pure step `(program, state, event, now) → (state, effects)` (semantics T1, E).
///
/// What a simulation does for millions of people at a time, a durable store does for one: it loads the bytes of a
/// `PersonState`, steps, and writes the new bytes and the effects in one transaction. The step reads no clock and
/// draws no randomness of its own; the same arguments give the same result on every replay, effect keys included.
///
/// A stepper reuses its memory from step to step and belongs to one thread; steppers of one deployment and
/// configuration are interchangeable.
public struct Stepper: ~Copyable {
  private var engine: Engine
  private var inputs: OutsideInputs

  public init(_ deployment: Deployment, _ configuration: EngineConfiguration = EngineConfiguration()) {
    engine = Engine(deployment, configuration)
    inputs = OutsideInputs(deployment)
  }

  /// Plays what is due before `now`, then the event with all its consequences.
  ///
  /// - Parameters:
  ///   - state: What an earlier step of a stepper of the same deployment returned, or nobody's.
  ///   - now: Not before the `now` of the step that made the state.
  public mutating func step(_ state: PersonState, _ event: StepEvent, at now: Instant) -> StepResult {
    state.load(into: &engine)
    engine.journal = Journal()
    engine.journal.isRecording = true
    var outcome = OutsideOutcome.applied
    switch event {
    case .due: engine.advance(to: now.milliseconds, inclusive: true)
    case .outside(let kind, let campaign):
      engine.advance(to: now.milliseconds, inclusive: false)
      outcome =
        engine.person.participants[campaign].exists
        ? inputs.perform(kind, campaign, at: now, &engine)
        : .unmatched(.nobody("not a participant"))
    case .row(let keys, let fields, let campaign):
      engine.advance(to: now.milliseconds, inclusive: false)
      outcome = upload(keys, fields, campaign, now, isNewPerson: state.isNobody)
    }
    let nextDue = engine.person.nextDue().map(Engine.instant)
    engine.store()
    return StepResult(
      state: PersonState(engine.writer.bytes), outcome: outcome, effects: effects(),
      journal: engine.journal.entries, nextDue: nextDue)
  }

  /// The same person with one field of another value, about which no flow hears: what might have been.
  ///
  /// - Returns: `nil` where the value is none of the field's, or nobody takes part.
  public mutating func state(
    _ state: PersonState, setting field: NamedScalar, campaign: Int, at now: Instant
  ) -> PersonState? {
    var batch = RowBatch()
    guard !state.isNobody, inputs.readEdit([field], campaign, into: &batch) else { return nil }
    state.load(into: &engine)
    engine.journal = Journal()
    guard engine.person.participants[campaign].exists,
      engine.set(RowContent(batch), campaign: campaign, at: now.milliseconds)
    else { return nil }
    engine.store()
    return PersonState(engine.writer.bytes)
  }

  private mutating func upload(
    _ keys: [OutsideEvent.Key], _ fields: [NamedScalar], _ campaign: Int, _ now: Instant, isNewPerson: Bool
  ) -> OutsideOutcome {
    var batch = RowBatch()
    if let refusal = inputs.read(keys: keys, fields, number: 1, campaign, into: &batch) {
      return .rowRefused(refusal)
    }
    let outcome = engine.upload(
      RowContent(batch), isNewPerson: isNewPerson, campaign: campaign, at: now.milliseconds)
    guard case .dateOutOfRange(let slot) = outcome else { return .applied }
    return .rowRefused(.datetimeOutOfRange(row: 1, field: engine.deployment.fieldName(slot)))
  }

  /// What the outside has to do, in order.
  private func effects() -> [Effect] {
    let key = engine.string(engine.key)
    return engine.journal.entries.compactMap { entry in
      guard case .communication(let change) = entry else { return nil }
      let campaign = engine.deployment.programs[change.campaign].campaign.name
      return Effect(
        key: "\(campaign)/\(key)/\(change.number)/\(change.status.spelling)", person: key, change: change)
    }
  }
}

/// What a step plays.
public enum StepEvent: Sendable {
  /// Everything that has become due, up to and at `now`.
  case due
  /// A report, a session or an edit, about a participant of a campaign of the deployment.
  case outside(OutsideEvent.Kind, campaign: Int)
  /// A row of an upload, whose it is having been found out (semantics D4); the keys are part of the row.
  case row(keys: [OutsideEvent.Key], fields: [NamedScalar], campaign: Int)
}

/// One person between two steps: a function of their state alone, a few hundred bytes as a rule.
public struct PersonState: Hashable, Sendable {
  /// Empty for nobody.
  public let bytes: [UInt8]

  /// Somebody of whom nothing is known yet.
  public init() { bytes = [] }

  /// Takes bytes back from a store. They must be what a step of the same deployment made: what they mean depends
  /// on its fields, flows and communications, and nothing in them says so.
  public init(trusted bytes: [UInt8]) { self.bytes = bytes }

  init(_ record: borrowing Buffer<UInt8>) { bytes = Array(record.elements) }

  public var isNobody: Bool { bytes.isEmpty }

  func load(into engine: inout Engine) {
    guard !isNobody else { return engine.person.reset() }
    bytes.withUnsafeBufferPointer { engine.load($0) }
  }
}

/// What a step gives.
public struct StepResult: Sendable {
  public var state: PersonState
  /// Whether the event was taken; what is due is.
  public var outcome: OutsideOutcome
  public var effects: [Effect]
  /// All that happened, node by node.
  public var journal: [JournalEntry]
  /// When a step is wanted next without an event from outside; `nil` when nothing is pending.
  public var nextDue: Instant?
}

/// Something the outside has to know or do: a communication was planned, is to start with its payload, was
/// canceled, was skipped, ended.
public struct Effect: Hashable, Sendable {
  /// `campaign/person/number/status`: a communication takes each status once, so a key is never used for two
  /// things, and a replay gives the same keys. Whoever has done what a key stands for does not do it again.
  public var key: String
  /// How the person is named: `external_id`, else the first other key (semantics D4).
  public var person: String
  public var change: CommunicationChange
}
