import FlowRuntime
import FlowSchema
import FlowValues
import Testing

/// The pure step: one person, bytes in, bytes and effects out (semantics T1).
struct StepTests {
  private static let row = StepEvent.row(
    keys: [.init(.externalID, "c1")],
    fields: [
      NamedScalar("due_date", .text("2026-01-20")), NamedScalar("amount", .text("120.50")),
      NamedScalar("phone", .text("+34 600 111 222")),
    ], campaign: 0)

  /// Steps from due to due until nothing is pending.
  private static func play(_ stepper: inout Stepper) -> [StepResult] {
    var results = [stepper.step(PersonState(), row, at: World.instant("2026-01-01T00:00:00Z"))]
    while let due = results[results.count - 1].nextDue, results.count < 100 {
      results.append(stepper.step(results[results.count - 1].state, .due, at: due))
    }
    return results
  }

  @Test func aReplayGivesTheSameStatesAndEffects() throws {
    let world = try World(PaymentReminderTests.source)
    var first = Stepper(world.deployment)
    var second = Stepper(world.deployment)
    let once = Self.play(&first)
    let again = Self.play(&first)
    let elsewhere = Self.play(&second)
    #expect(once.map(\.state) == again.map(\.state))
    #expect(once.map(\.state) == elsewhere.map(\.state))
    #expect(once.map(\.effects) == again.map(\.effects))
    #expect(once.map(\.effects) == elsewhere.map(\.effects))
    #expect(once.count > 3)
  }

  @Test func whatIsDueNextIsTheEarliest() throws {
    let world = try World(
      Lab.campaign("flow go { on participant created { email A by bot in 5d email B by bot in 1d } }"))
    var stepper = Stepper(world.deployment)
    let row = StepEvent.row(keys: [.init(.externalID, "c1")], fields: [], campaign: 0)
    let step = stepper.step(PersonState(), row, at: World.instant("2026-01-01T00:00:00Z"))
    #expect(step.nextDue == World.instant("2026-01-02T00:00:00Z"))
  }

  @Test func effectKeysAreUniqueAndSayWhatHappened() throws {
    let world = try World(PaymentReminderTests.source)
    var stepper = Stepper(world.deployment)
    let effects = Self.play(&stepper).flatMap(\.effects)
    #expect(Set(effects.map(\.key)).count == effects.count)
    #expect(
      effects.map(\.key) == [
        "payment_reminder/c1/1/planned", "payment_reminder/c1/1/started", "payment_reminder/c1/1/delivered",
        "payment_reminder/c1/1/completed", "payment_reminder/c1/2/planned", "payment_reminder/c1/2/started",
        "payment_reminder/c1/2/delivered", "payment_reminder/c1/2/no_response",
      ])
    let start = try #require(effects.first { $0.change.status == .started })
    #expect(
      start.change.payload == [
        JournalValue(source: "amount", value: "120.5"), JournalValue(source: "name", value: "unset"),
      ])
  }

  @Test func aRowIsAppliedOnceAndAReportDeliveredTwiceChangesNothing() throws {
    let world = try World(PaymentReminderTests.source, models: false)
    var stepper = Stepper(world.deployment, EngineConfiguration(usesModels: false))
    let uploaded = stepper.step(PersonState(), Self.row, at: World.instant("2026-01-01T00:00:00Z"))
    let started = stepper.step(uploaded.state, .due, at: World.instant("2026-01-19T09:00:00Z"))
    let report = StepEvent.outside(
      .communicationEnded(
        CommunicationReport(
          .named("FIRST_REMINDER"), .completed, results: [NamedScalar("outcome", .text("paid"))])),
      campaign: 0)
    let later = World.instant("2026-01-19T10:00:00Z")
    let ended = stepper.step(started.state, report, at: later)
    #expect(ended.outcome == .applied)
    let repeated = stepper.step(ended.state, report, at: later)
    #expect(repeated.outcome == .ignored)
    #expect(repeated.state == ended.state)
    #expect(repeated.effects.isEmpty)
    #expect(
      stepper.step(PersonState(), report, at: later).outcome == .unmatched(.nobody("not a participant")))
  }

  /// What a simulation makes of a person is what steps make of them.
  @Test func stepsAgreeWithTheSimulation() throws {
    let world = try World(PaymentReminderTests.source)
    world.upload("c1", ["due_date": "2026-01-20", "amount": "120.50", "phone": "+34 600 111 222"])
    try world.finish()
    var stepper = Stepper(world.deployment)
    let ends = Self.play(&stepper).flatMap(\.effects).filter(\.change.status.isFinal)
    #expect(
      ends.map { "\($0.change.name ?? "") \($0.change.status.spelling)" }
        == world.contacts.map { $0.split(separator: " ").prefix(2).joined(separator: " ") })
  }
}
