internal import FlowCheck
internal import FlowDiagnostics
internal import FlowStory
internal import FlowTesting
internal import FlowText

/// The results of all tests, in the order of the text.
struct TestReport {
  static let schemaVersion = 1

  var suites: [TestSuite]
  var files: FoundCampaigns

  private var testCount: Int { suites.reduce(0) { $0 + $1.results.count } }
  private var failures: Int { suites.reduce(0) { $0 + $1.failures } }

  func render(_ format: TestFormat, _ environment: CommandEnvironment, _ console: Console) -> [UInt8] {
    switch format {
    case .text: return Array(text(console).utf8)
    case .json: return json()
    case .github:
      let paths = RepositoryPaths(environment, root: nil)
      let renderer = GitHubRenderer(files: files.files, relativePath: paths.table(files.files))
      return Array(renderer.render(DiagnosticReport(renumberedFindings)).utf8)
    }
  }

  private var mutations: [MutationReport] { suites.compactMap(MutationReport.init) }

  /// What failed, with the numbers that files have over all campaigns and the test's name in the message, and what
  /// nobody noticed.
  private var renumberedFindings: [Diagnostic] {
    suites.flatMap { suite in
      let ids = suite.check.sources.map { files.number(of: $0) }
      let failures = suite.results.compactMap { result -> Diagnostic? in
        guard var diagnostic = result.failure?.diagnostic else { return nil }
        diagnostic.notes.append("in the test \"\(result.test.name)\"")
        return diagnostic
      }
      let unnoticed = MutationReport(suite)?.diagnostics ?? []
      return (failures + unnoticed).map { $0.renumbered(ids) }
    }
  }

  // MARK: Text

  private func text(_ console: Console) -> String {
    var text = ""
    for suite in suites {
      for result in suite.results {
        if let failure = result.failure {
          text += describe(failure, of: result, in: suite, console)
        } else if console.settings.isVerbose {
          text += "passed: \(result.test.name.terminalSafe)\n"
        }
      }
    }
    text += summary + "\n"
    for report in mutations { text += "\n" + report.text(console) }
    return text
  }

  private func describe(
    _ failure: TestFailure, of result: TestResult, in suite: TestSuite, _ console: Console
  ) -> String {
    let style = console.outputStyle
    let renderer = FullRenderer(files: suite.check.sources, palette: console.outputPalette)
    var text = style.bold("failed: \(result.test.name.terminalSafe)") + "\n\n"
    text += renderer.render(failure.diagnostic) + "\n"
    if let story = failure.story {
      text += StoryTrace.render(story, suite.cast.story, start: failure.start, style: style) + "\n"
    }
    return text
  }

  private var summary: String {
    let passed = testCount - failures
    let campaigns = suites.count > 1 ? " in \(Counted.noun(suites.count, "campaign"))" : ""
    let failed = failures > 0 ? ", \(Counted.number(failures)) failed" : ""
    return "\(Counted.noun(testCount, "test"))\(campaigns): \(Counted.number(passed)) passed\(failed)"
  }

  // MARK: JSON

  private func json() -> [UInt8] {
    var json = JSONText(.pretty)
    json.object { json in
      json.member("schemaVersion", Self.schemaVersion)
      json.array("tests") { json in
        for suite in suites {
          for result in suite.results { json.object { write(result, of: suite, to: &$0) } }
        }
      }
      json.member("passed", testCount - failures)
      json.member("failed", failures)
      if !mutations.isEmpty {
        json.array("mutation") { json in for report in mutations { json.object { report.write(to: &$0) } } }
      }
    }
    json.endLine()
    return json.bytes
  }

  private func write(_ result: TestResult, of suite: TestSuite, to json: inout JSONText) {
    let source = suite.check.sources[result.test.file.index]
    json.member("campaign", suite.check.campaign.name)
    json.member("name", result.test.name)
    json.member("file", source.name)
    json.member("line", source.position(at: result.test.range.lower).line)
    json.member("status", result.failure == nil ? "passed" : "failed")
    guard let diagnostic = result.failure?.diagnostic, let label = diagnostic.primary else { return }
    let place = suite.check.sources[label.span.file.index].position(at: label.span.range.lower)
    json.object("failure") { json in
      json.member("name", diagnostic.name.description)
      json.member("message", diagnostic.message)
      json.member("line", place.line)
      json.member("column", place.column)
      json.array("values") { json in
        for value in diagnostic.secondary {
          json.object { json in
            json.member("source", suite.check.sources[value.span.file.index].text(value.span.range))
            json.member("value", value.text)
          }
        }
      }
      json.array("notes") { json in for note in diagnostic.notes { json.value(note) } }
    }
  }
}
