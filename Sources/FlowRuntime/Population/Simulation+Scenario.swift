import FlowCheck
public import FlowSchema
public import FlowSyntax
public import FlowText
public import FlowValues

/// A communication as a test asks for it.
public struct CommunicationState: Sendable {
  /// From 1, in order of creation, for each participant.
  public let number: Int
  /// `nil` for an incoming session.
  public let name: String?
  public let status: CommunicationStatus
  public let plannedAt: Instant?
  public let startedAt: Instant?
  public let endedAt: Instant?
}

/// What a scenario needs beyond uploads and events: to look at one person between them, at the very rules that
/// `run` plays by (language 6).
extension Simulation {
  public var peopleCount: Int { population.count }

  /// After how many things that have become due it is asked whether to go on.
  private static let duesBetweenQuestions = 256

  /// Plays everybody for whom something is due up to and at an instant.
  ///
  /// - Precondition: The configuration says that somebody settles.
  /// - Parameter goesOn: Asked now and then; after the first no, nobody is played on.
  public func settle(at instant: Instant, while goesOn: () -> Bool = { true }) {
    let results = VisitResults.allocate(1)
    defer { VisitResults.deallocate(results, count: 1) }
    let limit = instant.milliseconds
    var count = 0
    for person in 0..<nextDue.count where nextDue[person] <= limit {
      visit(person, recorded, &engines[0], &results.pointee, row: person) { engine, _ in
        while let due = engine.person.nextDue(), due <= limit {
          count += 1
          if count % Self.duesBetweenQuestions == 0, !goesOn() { break }
          engine.advance(to: due, inclusive: true)
        }
        return true
      }
      if count >= Self.duesBetweenQuestions, !goesOn() { break }
    }
    collect(results, count: 1)
  }

  /// Who has a key with this value, in order of creation.
  public func people(withKey value: String) -> [Int] {
    guard !value.isEmpty else { return [] }
    var value = value
    return value.withUTF8 { population.people(withKey: $0) }
  }

  /// How a person is named in messages.
  public func name(of person: Int) -> String { population.name(of: person) }

  /// What happened to a person so far.
  public func story(of person: Int) -> Story? { told.story(of: person) }

  public func communications(of person: Int, campaign: Int) -> [CommunicationState] {
    let names = deployment.programs[campaign].campaign.schema.communications
    return look(at: person) { engine in
      (0..<engine.person.communications.count).map { engine.person.communications[$0] }
        .filter { Int($0.campaign) == campaign }
        .map { found in
          CommunicationState(
            number: Int(found.number), name: found.name < 0 ? nil : names[Int(found.name)].name,
            status: found.status, plannedAt: Self.time(found.plannedAt),
            startedAt: Self.time(found.startedAt),
            endedAt: Self.time(found.endedAt))
        }
    } ?? []
  }

  private static func time(_ milliseconds: Int64) -> Instant? {
    milliseconds == Communication.unsetTime ? nil : Engine.instant(milliseconds)
  }

  /// What an expression of a test gives for a person, or for nobody; `nil` where it was not compiled.
  public func evaluate(
    _ expression: ExpressionID, in file: FileID, of person: Int?, campaign: Int, at instant: Instant,
    zone: ProbeZone = .participant, counting count: (TestCount) -> Int
  ) -> ProbeAnswer? {
    let program = deployment.programs[campaign]
    guard let probe = program.probes[ProbeKey(file: file, expression: expression)] else { return nil }
    let counts = program.counts.map { Int64(count($0)) }
    return look(at: person) { engine in
      let (value, failure) = engine.evaluate(
        probe, campaign: campaign, at: instant.milliseconds, zone, counts: counts)
      return failure.map { .failed($0) } ?? .value(engine.probeValue(value, probe.type))
    }
  }

  /// The instant that a duration of a test leads to, days by the campaign's calendar; `nil` where there is none.
  public func instant(
    after expression: ExpressionID, in file: FileID, of person: Int?, campaign: Int, from instant: Instant,
    counting count: (TestCount) -> Int
  ) -> Instant? {
    let program = deployment.programs[campaign]
    guard let probe = program.probes[ProbeKey(file: file, expression: expression)] else { return nil }
    let counts = program.counts.map { Int64(count($0)) }
    return look(at: person) { engine -> Instant? in
      let (value, failure) = engine.evaluate(
        probe, campaign: campaign, at: instant.milliseconds, .campaign, counts: counts)
      guard failure == nil, value.isSet else { return nil }
      return engine.instant(instant.milliseconds, plus: value).flatMap { Instant(milliseconds: $0) }
    } ?? nil
  }

  /// Loads a person, or nobody, and lets `body` read; `nil` where there is no such person.
  func look<Result>(at person: Int?, _ body: (inout Engine) -> Result) -> Result? {
    if let person {
      guard let record = population.record(person) else { return nil }
      engines[0].load(record)
    } else {
      engines[0].person.reset()
    }
    engines[0].journal.isRecording = false
    return body(&engines[0])
  }
}

extension Simulation {
  /// Plays the rows of a batch that has been read.
  ///
  /// - Returns: The rows that the store refused.
  public func upload(_ batch: inout RowBatch, campaign: Int, at instant: Instant) -> [RowRefusal] {
    var outcome = UploadOutcome()
    play(&batch, campaign, instant.milliseconds, &outcome) {}
    return outcome.refusals
  }
}
