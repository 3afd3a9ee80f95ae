internal import FlowRuntime
import Synchronization

/// Lets the tests of a run share those who run scripts: a test has an engine of its own, and an interpreter for each
/// would cost more than all else that it does.
///
/// There are never more than tests that are played at one time. Which of them runs a call changes nothing: what a script
/// sees depends on the call alone (semantics P1).
final class RunnerPool: ScriptHost {
  private let host: any ScriptHost
  /// Each is used by one thread at a time.
  private let idle = Mutex<[Unshared<any ScriptRunner>]>([])

  init(_ host: any ScriptHost) { self.host = host }

  func makeRunner() -> any ScriptRunner { Runner(self) }
  func check(_ sources: [ScriptSource]) -> [ScriptCheck] { host.check(sources) }
  var remark: String? { host.remark }

  private final class Runner: NotingRunner {
    private let pool: RunnerPool
    private var notes: [UInt8]?

    init(_ pool: RunnerPool) { self.pool = pool }

    func run(_ call: ScriptCall) -> ScriptOutcome {
      let runner = pool.idle.withLock { $0.popLast() } ?? Unshared(pool.host.makeRunner())
      defer { pool.idle.withLock { $0.append(runner) } }
      let outcome = runner.value.run(call)
      if let taken = (runner.value as? any NotingRunner)?.takeNotes() { notes = (notes ?? []) + taken }
      return outcome
    }

    func takeNotes() -> [UInt8]? {
      defer { notes = nil }
      return notes
    }
  }
}

/// Keeps what is noted of the calls of one test.
final class TestNotes: NotingHost {
  private let host: any ScriptHost
  private let notes = Mutex<[UInt8]>([])

  init(_ host: any ScriptHost) { self.host = host }

  var all: [UInt8] { notes.withLock { $0 } }
  func makeRunner() -> any ScriptRunner { host.makeRunner() }
  func check(_ sources: [ScriptSource]) -> [ScriptCheck] { host.check(sources) }
  var remark: String? { host.remark }
  func take(_ taken: [UInt8]) { notes.withLock { $0 += taken } }
}
