internal import FlowRuntime

/// Fails every call for one reason.
final class RefusingHost: ScriptHost {
  private let failure: ScriptFailure

  init(_ failure: ScriptFailure) { self.failure = failure }

  func makeRunner() -> any ScriptRunner { Runner(failure) }
  func check(_ sources: [ScriptSource]) -> [ScriptCheck] { sources.map { _ in .unknown(failure.summary) } }
  var remark: String? { nil }

  private final class Runner: ScriptRunner {
    private let failure: ScriptFailure

    init(_ failure: ScriptFailure) { self.failure = failure }

    func run(_ call: ScriptCall) -> ScriptOutcome { .failed(failure) }
  }
}
