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

  private final class Runner: ScriptRunner {
    private let pool: RunnerPool

    init(_ pool: RunnerPool) { self.pool = pool }

    func run(_ call: ScriptCall) -> ScriptOutcome {
      let runner = pool.idle.withLock { $0.popLast() } ?? Unshared(pool.host.makeRunner())
      defer { pool.idle.withLock { $0.append(runner) } }
      return runner.value.run(call)
    }
  }
}
