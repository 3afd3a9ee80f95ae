internal import FlowCheck
internal import FlowDiagnostics
internal import FlowTesting
internal import FlowText

/// The changes of one campaign that no test notices, and the score.
struct MutationReport {
  var suite: TestSuite
  var results: MutationResults

  init?(_ suite: TestSuite) {
    guard let results = suite.mutation else { return nil }
    self.suite = suite
    self.results = results
  }

  var diagnostics: [Diagnostic] { results.diagnostics(suite.check.sources) }

  func text(_ console: Console) -> String {
    let renderer = FullRenderer(files: suite.check.sources, palette: console.outputPalette)
    let shown = diagnostics.map { renderer.render($0) + "\n" }.joined()
    return shown + summary + "\n"
  }

  private var summary: String {
    let name = suite.check.campaign.name.terminalSafe
    guard results.count > 0 else { return "\(name): no change to notice" }
    return "\(name): \(Counted.number(results.noticed)) of \(Counted.noun(results.count, "change")) noticed, "
      + "a mutation score of \(results.score) %"
  }

  func write(to json: inout JSONText) {
    json.member("campaign", suite.check.campaign.name)
    json.member("mutants", results.count)
    json.member("noticed", results.noticed)
    json.member("score", results.score)
    json.member("complete", results.isComplete)
    json.array("unnoticed") { json in
      for survivor in results.survivors {
        json.object { write(survivor.mutation, isReached: survivor.isReached, to: &$0) }
      }
    }
  }

  private func write(_ mutation: Mutation, isReached: Bool, to json: inout JSONText) {
    let source = suite.check.sources[mutation.file.index]
    let place = source.position(at: mutation.place.lower)
    json.member("kind", mutation.kind.rawValue)
    json.member("file", source.name)
    json.member("line", place.line)
    json.member("column", place.column)
    json.member("original", mutation.original(in: source))
    json.member("change", mutation.change.name)
    if case .replaced(let text) = mutation.change { json.member("replacement", text) }
    json.member("reached", isReached)
  }
}
