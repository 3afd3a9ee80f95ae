import FlowRuntime

/// Runs no Python: a score is ten for each visit, and every other field stays as it is.
final class AnsweringHost: ScriptHost {
  private let sources: [ScriptSource]
  var remark: String? { nil }

  init(sources: [ScriptSource]) { self.sources = sources }

  func makeRunner() -> any ScriptRunner { Runner(sources) }
  func check(_ sources: [ScriptSource]) -> [ScriptCheck] { sources.map { _ in .fine } }

  private final class Runner: ScriptRunner {
    private let sources: [ScriptSource]

    init(_ sources: [ScriptSource]) { self.sources = sources }

    func run(_ call: ScriptCall) -> ScriptOutcome {
      let source = sources[call.script.index]
      guard let visits = source.reads.firstIndex(where: { $0.field == "visits" }),
        let score = source.writes.firstIndex(where: { $0.keys.contains("score") }),
        case .integer(let count) = call.values[visits]
      else { return .written([]) }
      return .written([ScriptWriting(field: score, value: .integer(10 * count))])
    }
  }
}
