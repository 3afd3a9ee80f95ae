import FlowRuntime
import FlowSchema
import FlowValues
import Synchronization
import Testing

/// Scripts run ahead change nothing but the time it takes.
@Suite struct RehearsalTests {
  /// Answers by the call alone, and runs ahead those that a pattern takes.
  final class Foretelling: ScriptHost {
    /// Which calls it runs ahead, by their seeds; `nil` for none at all.
    private let takes: (@Sendable (UInt64) -> Bool)?
    private let counts = Mutex((ahead: 0, alone: 0, used: 0))
    var remark: String? { nil }
    var ahead: Int { counts.withLock { $0.ahead } }
    var alone: Int { counts.withLock { $0.alone } }
    var used: Int { counts.withLock { $0.used } }

    init(_ takes: (@Sendable (UInt64) -> Bool)?) { self.takes = takes }

    func makeRunner() -> any ScriptRunner { Runner(self) }
    func check(_ sources: [ScriptSource]) -> [ScriptCheck] { sources.map { _ in .fine } }

    static func answer(_ call: ScriptCall) -> ScriptOutcome {
      if call.seed % 11 == 0 { return .failed(ScriptFailure(.pythonFailed, "ValueError: \(call.seed)")) }
      guard case .integer(let number)? = call.values.first else { return .written([]) }
      return .written([ScriptWriting(field: 0, value: .integer(number + Int64(call.seed % 3)))])
    }

    private final class Runner: ForeseeingRunner {
      private let host: Foretelling
      private var answers: [ScriptCall: ScriptOutcome] = [:]
      init(_ host: Foretelling) { self.host = host }

      var foresees: Bool { host.takes != nil }

      func run(_ call: ScriptCall) -> ScriptOutcome {
        if let answer = answers[call] {
          host.counts.withLock { $0.used += 1 }
          return answer
        }
        host.counts.withLock { $0.alone += 1 }
        return Foretelling.answer(call)
      }

      func foresee(_ calls: [ScriptCall]) {
        for call in calls where host.takes?(call.seed) ?? false {
          answers[call] = Foretelling.answer(call)
          host.counts.withLock { $0.ahead += 1 }
        }
      }

      func foreseen(_ call: ScriptCall) -> ScriptOutcome? { answers[call] }
      func forget() { answers = [:] }
    }
  }

  private static let flows = """
    flow score {
      on participant created {
        python "one.py" reads participant.a writes participant.a
        check participant.a % 2 == 0 { python "two.py" reads participant.a writes participant.b }
        email MAIL by bot in 2d
      }
    }
    flow scored { on participant updated (b) { log(participant.b) } }
    flow later {
      on communication ended (MAIL, AGAIN) {
        python "three.py" reads participant.a writes participant.a
        check participant.a < 40 { email AGAIN by bot in 3d }
      }
    }
    model bot { end completed after 1h }
    """

  /// Several rows a person, some of them in one batch.
  private static func play(_ host: Foretelling, jobs: Int) throws -> [String] {
    let world = try World(Lab.campaign(flows), until: "2026-06-01T00:00:00Z", jobs: jobs, scripts: host)
    let fields = world.deployment.inputFields(campaign: 0)
    let key = try #require(fields.first { $0.name == "external_id" }?.slot)
    let number = try #require(fields.first { $0.name == "a" }?.slot)
    var next = 0
    for (day, count) in [(1, 700), (9, 300)] {
      var left = count
      _ = world.simulation.upload(campaign: 0, at: World.instant("2026-01-0\(day)T00:00:00Z")) { batch in
        for _ in 0..<min(left, 400) {
          batch.beginRow()
          Array("c\(next % 650)".utf8).withUnsafeBufferPointer { batch.append(slot: key, text: $0) }
          batch.append(slot: number, bits: Int64(next % 37))
          batch.endRow(number: next + 1)
          next += 1
          left -= 1
        }
        return left > 0
      }
    }
    try world.finish()
    return [world.participants, world.communications, world.runs]
  }

  static let patterns: [@Sendable (UInt64) -> Bool] = [
    { _ in true }, { $0 % 2 == 0 }, { $0 % 5 != 0 }, { _ in false },
  ]

  @Test("P: what is run ahead, and how much of it, changes nothing", arguments: patterns.indices, [1, 3])
  func changesNothing(_ pattern: Int, _ jobs: Int) throws {
    let plain = Foretelling(nil)
    let expected = try Self.play(plain, jobs: 1)
    #expect(expected[2].contains("python-failed"))
    let host = Foretelling(Self.patterns[pattern])
    #expect(try Self.play(host, jobs: jobs) == expected)
    #expect(host.alone + host.used == plain.alone)
  }

  /// Most calls are foreseen, the first eight of each visit, and few in vain.
  @Test func mostIsForeseen() throws {
    let host = Foretelling { _ in true }
    _ = try Self.play(host, jobs: 2)
    #expect(host.used * 2 > host.alone * 3, "\(host.used) and \(host.alone)")
    #expect(host.ahead * 10 < host.used * 11, "\(host.ahead) for \(host.used)")
  }
}
