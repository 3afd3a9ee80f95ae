import AnnotatedCases
import FlowCheck
import FlowDiagnostics
import FlowLint
import Testing

/// A campaign with what one rule finds in it: the rule is that of the file's name.
struct RuleCase: Sendable, CustomTestStringConvertible {
  var written: AnnotatedCase

  static let folder = AnnotatedFolder("Lint")
  static let all: [RuleCase] = folder.cases.map(RuleCase.init)

  var testDescription: String { "\(written.file): \(written.title)" }

  private var rule: String { String(written.file.dropLast(".cases".count)) }

  /// The case with comments as they would be right. An error of the checker is shown as well: a case has none.
  var annotated: [String] {
    let linted = LintedCampaign(written.source)
    let found = linted.findings.filter { $0.name.description == rule }
    return written.annotated(with: linted.result.diagnostics + found, in: linted.result.sources)
  }
}

/// What each rule finds and what it leaves. `FLOW_UPDATE_GOLDENS=1` writes down what is found; such a run fails.
@Suite struct RuleCaseTests {
  @Test(arguments: RuleCase.all) func isAsExpected(_ one: RuleCase) {
    let annotated = one.annotated
    #expect(annotated == one.written.lines, "\(annotated.joined(separator: "\n"))")
  }

  @Test(.enabled(if: AnnotatedFolder.updates)) func update() throws {
    try RuleCase.folder.rewrite { RuleCase(written: $0).annotated }
    Issue.record("the expectations were written anew: read the differences")
  }

  /// Each rule has a file, in which it finds something and leaves something.
  @Test(arguments: Linter.rules.map { $0.name.description }) func hasBothKinds(_ rule: String) {
    let cases = RuleCase.folder.read("\(rule).cases")
    let isFound = cases.map { one in one.lines.contains { $0.contains("\(rule): ") } }
    #expect(isFound.contains(true) && isFound.contains(false))
    #expect(!cases.contains { one in one.lines.contains { $0.hasPrefix("//") && $0.contains("error") } })
  }
}
