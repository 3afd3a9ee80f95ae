import FlowRuntime
import FlowSchema
import FlowValues
import Synchronization
import Testing

/// What the engine makes of scripts and their answers (semantics P), without any Python.
struct ScriptTests {
  /// Answers calls with a function, and keeps them.
  final class Answering: ScriptHost {
    private let answer: @Sendable (ScriptCall) -> ScriptOutcome
    private let kept = Mutex<[ScriptCall]>([])
    var calls: [ScriptCall] { kept.withLock { $0 } }
    var remark: String? { nil }

    init(_ answer: @escaping @Sendable (ScriptCall) -> ScriptOutcome) { self.answer = answer }

    func makeRunner() -> any ScriptRunner { Runner(self) }
    func check(_ sources: [ScriptSource]) -> [ScriptCheck] { sources.map { _ in .fine } }

    private final class Runner: ScriptRunner {
      private let host: Answering
      init(_ host: Answering) { self.host = host }
      func run(_ call: ScriptCall) -> ScriptOutcome {
        host.kept.withLock { $0.append(call) }
        return host.answer(call)
      }
    }
  }

  private static func writings(_ values: ScriptValue...) -> ScriptOutcome {
    .written(values.enumerated().map { ScriptWriting(field: $0, value: $1) })
  }

  private static func world(_ flows: String, _ host: Answering?, seed: UInt64 = 0) throws -> World {
    try World(Lab.campaign(flows), seed: seed, scripts: host)
  }

  @Test("P1: values cross with their types, and one statement fires one update")
  func valuesAndOneUpdate() throws {
    let host = Answering { _ in
      Self.writings(.integer(7), .text("x"), .text("won"), .datetime(.epoch), .text("BOB@Example.com"))
    }
    let world = try Self.world(
      """
      flow ask {
        on participant created {
          python "x.py"
            reads participant.a, participant.s, participant.d, participant.stage, profile.vip, communication.name
            writes participant.a, participant.s, participant.stage, participant.w, profile.email
            timeout 3s
        }
      }
      flow heard { on participant updated { log("updated") log(participant.a) log(participant.stage) log(profile.email) } }
      """, host)
    world.upload("c1", ["a": "3", "s": "hi", "d": "2026-11-24"])
    #expect(try world.played() == "updated 7 won bob@example.com")
    let call = try #require(host.calls.first)
    #expect(host.calls.count == 1)
    #expect(
      call.values == [
        .integer(3), .text("hi"), CivilDate(year: 2026, month: 11, day: 24).map { .date($0) } ?? .unset,
        .text("new"),
        .unset, .unset,
      ])
    #expect(call.timeoutMilliseconds == 3000)
    #expect(call.place == ScriptPlace(person: "c1", run: 1, call: 1))
  }

  @Test("E7: writing the same values is no change") func sameValuesAreNoChange() throws {
    let world = try Self.world(
      """
      flow ask { on participant created { python "x.py" writes participant.a } }
      flow heard { on participant updated { log("never") } }
      """, Answering { _ in Self.writings(.integer(3)) })
    world.upload("c1", ["a": "3"])
    #expect(try world.played() == "")
  }

  static let failures: [(String, String, ScriptValue)] = [
    ("participant.a", "python-wrong-type", .text("3")),
    ("participant.stage", "python-wrong-type", .text("gone")),
    ("profile.email", "python-wrong-type", .text("no address")),
    ("profile.phone", "python-wrong-type", .text("none")),
    ("participant.s", "python-wrong-type", .text(String(repeating: "x", count: 65_537))),
    ("participant.timezone", "unknown-timezone", .text("Madrid")),
  ]

  @Test("P2, E4: a refused value fails the run, and nothing of it remains", arguments: failures)
  func refusedValues(_ field: String, _ reason: String, _ value: ScriptValue) throws {
    let world = try Self.world(
      """
      flow ask {
        on participant created {
          update participant.b = 1
          python "x.py" writes participant.yes, \(field)
        }
      }
      flow after { on participant created { log(participant.b) log(participant.yes) } }
      """, Answering { _ in Self.writings(.boolean(true), value) })
    world.upload("c1", [:])
    #expect(try world.played() == "- -")
    #expect(world.failures == ["\(reason) 1"])
  }

  @Test("P2: a failure carries the script's own words") func failuresKeepTheirWords() throws {
    let failure = ScriptFailure(
      .pythonFailed, "ValueError: no", frames: [ScriptFrame(file: "x.py", line: 3, function: "<module>")])
    let world = try Self.world(
      "flow ask { on participant created { python \"x.py\" } }", Answering { _ in .failed(failure) })
    world.upload("c1", [:])
    try world.finish()
    #expect(world.summary?.failures.first?.count.firstScript == failure)
  }

  /// What was done before stays; the run is none that failed, and what waited behind it does not happen.
  @Test("who asks to stop while a script runs gets what was done so far") func interrupted() throws {
    let host = Answering { call in
      call.place.person == "c1" ? Self.writings(.integer(7)) : .interrupted
    }
    let world = try Self.world(
      """
      flow before { on participant created { update participant.b = 1 } }
      flow ask { on participant created { update participant.yes = true python "x.py" writes participant.a } }
      flow after { on participant created, participant updated (a) { log(participant.a) } }
      """, host)
    world.upload("c1", [:])
    world.upload("c2", [:])
    world.upload("c3", [:])
    try world.finish()
    #expect(host.calls.map(\.place.person) == ["c1", "c2"])
    #expect(world.failures.isEmpty)
    let flows = try #require(world.summary?.campaigns[0].flows)
    #expect(flows.map(\.finished) == [2, 1, 2])
    #expect(flows.allSatisfy { $0.failed == 0 })
  }

  @Test("without a host the run fails") func withoutHost() throws {
    let world = try Self.world("flow ask { on participant created { python \"x.py\" } }", nil)
    world.upload("c1", [:])
    try world.finish()
    #expect(world.failures == ["python-unavailable 1"])
  }

  @Test("C7: an unset timeout is a run error, and no call") func unsetTimeout() throws {
    let host = Answering { _ in Self.writings() }
    let world = try Self.world(
      "flow ask { on participant created { python \"x.py\" timeout 1d * participant.a } }", host)
    world.upload("c1", [:])
    try world.finish()
    #expect(world.failures == ["unset-schedule 1"])
    #expect(host.calls.isEmpty)
  }

  @Test("seeds depend on the seed, the person, the run and the call alone") func seeds() throws {
    func seeds(_ seed: UInt64) throws -> [UInt64] {
      let host = Answering { _ in Self.writings() }
      let world = try Self.world(
        "flow one { on participant created { python \"x.py\" python \"x.py\" } } flow two { on participant created { python \"x.py\" } }",
        host, seed: seed)
      world.upload("c1", [:])
      world.upload("c2", [:])
      try world.finish()
      return host.calls.map(\.seed)
    }
    let first = try seeds(1)
    #expect(Set(first).count == 6)
    #expect(try seeds(1) == first)
    #expect(Set(try seeds(2)).isDisjoint(with: first))
  }
}
