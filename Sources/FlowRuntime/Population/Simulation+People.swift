import FlowCheck
public import FlowSchema
public import FlowSyntax
public import FlowValues

/// What becomes due next for somebody.
public struct DueEvent: Sendable, Equatable {
  public enum Subject: Sendable, Equatable {
    /// A communication starts, or expires before it has.
    case start(name: String)
    case expiry(name: String)
    /// A hand-over to a flow, by position.
    case handOver(flow: Int)
    /// A model reports on a communication.
    case report(name: String)
  }

  public var at: Instant
  public var subject: Subject
}

/// What is known of one person between two inputs.
extension Simulation {
  /// The person as a `Stepper` takes them; nobody where there is no such person.
  public func state(of person: Int) -> PersonState {
    guard person < population.count, let record = population.record(person) else { return PersonState() }
    return PersonState(trusted: Array(record))
  }

  /// What a `Stepper` needs to step as this simulation does.
  public var engineConfiguration: EngineConfiguration { configuration.engine }

  /// Whether somebody stands at this position: a row that was refused leaves none.
  public func exists(_ person: Int) -> Bool { person < population.count && population.record(person) != nil }

  /// What becomes due next, as far as is known by now.
  public func nextDue(of person: Int) -> DueEvent? {
    look(at: person) { engine -> DueEvent? in
      guard let due = engine.person.nextDue() else { return nil }
      let event = engine.person.pending[0]
      engine.enter(Int(event.campaign))
      let subject: DueEvent.Subject =
        switch event.kind {
        case .start: .start(name: engine.name(of: event.subject) ?? "session")
        case .expiry: .expiry(name: engine.name(of: event.subject) ?? "session")
        case .report: .report(name: engine.name(of: event.subject) ?? "session")
        case .handOver, .dropped: .handOver(flow: Int(event.subject))
        }
      return DueEvent(at: Engine.instant(due), subject: subject)
    } ?? nil
  }

  /// For whom something is due up to and at an instant.
  public func people(dueUpTo instant: Instant) -> [Int] {
    (0..<nextDue.count).filter { nextDue[$0] <= instant.milliseconds }
  }

  /// When something is due next for anybody.
  public var earliestDue: (person: Int, at: Instant)? {
    var earliest: (person: Int, at: Int64)?
    for person in 0..<nextDue.count where nextDue[person] != .max {
      if nextDue[person] < earliest?.at ?? .max { earliest = (person, nextDue[person]) }
    }
    return earliest.map { ($0.person, Engine.instant($0.at)) }
  }

  /// The zone in which a person's own times are meant (semantics T2).
  public func zone(of person: Int, campaign: Int) -> Zone {
    look(at: person) { engine in
      engine.enter(campaign)
      engine.useZone()
      return engine.clock.presentZone
    } ?? .utc
  }

  /// The fields of a participant and their profile that are set, as stories show values.
  public func fields(of person: Int, campaign: Int) -> [FieldState] {
    let schema = deployment.programs[campaign].campaign.schema
    let firstSlot = deployment.programs[campaign].firstSlot
    return look(at: person) { engine in
      engine.enter(campaign)
      engine.useZone()
      let profile = schema.profile.fields.map { field in
        let slot = deployment.profile.firstIndex { $0.name == field.name } ?? 0
        return FieldState(
          level: .profile, field: field, value: engine.described(slot, field.type))
      }
      let participant = schema.participant.fields.enumerated().map { index, field in
        FieldState(
          level: .participant, field: field, value: engine.described(firstSlot + index, field.type))
      }
      return profile + participant
    } ?? []
  }

  /// How many runs of a flow there have been, of everybody.
  public func runCounts(flow: Int, campaign: Int) -> (finished: Int, failed: Int) {
    var counts = (finished: 0, failed: 0)
    for index in engines.indices {
      let found = engines[index].totals.runs(campaign, flow)
      counts = (counts.finished + found.finished, counts.failed + found.failed)
    }
    return counts
  }

  /// Cascades that were stopped since this simulation began or followed another (semantics E6).
  public var stoppedCascades: [StoppedCascade] {
    var stops: [StoppedCascade] = []
    for index in engines.indices { stops += engines[index].journal.stops }
    return stops
  }

  /// About how much memory the people take, in bytes.
  public var byteCount: Int { population.byteCount }
}

/// A field with its value.
public struct FieldState: Sendable {
  public var level: FieldLevel
  public var field: Field
  /// As stories show it; `nil` where it is unset.
  public var value: String?
}

extension Engine {
  fileprivate mutating func described(_ slot: Int, _ type: ValueType) -> String? {
    person.values[slot].isSet ? describe(person.values[slot], type) : nil
  }
}
