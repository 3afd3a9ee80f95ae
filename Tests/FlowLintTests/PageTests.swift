import FlowCheck
import FlowDiagnostics
import FlowLint
import FlowSyntax
import FlowText
import Testing

/// Every rule has a page, and its examples do what they say.
@Suite struct PageTests {
  @Test func rulesStandInOrder() {
    let names = Linter.rules.map { $0.name.description }
    #expect(!names.isEmpty && names == Set(names).sorted())
    #expect(Linter.rules.allSatisfy { $0.page.name == $0.name })
  }

  @Test(arguments: LintExplanations.all) func wrongExampleGivesTheFinding(_ page: Explanation) {
    let linted = LintedCampaign(page.wrong.text)
    #expect(linted.result.hasCampaign && linted.result.diagnostics.isEmpty, "\(linted.report)")
    #expect(linted.findings.map(\.name) == [page.name], "\(page.name)\n\(linted.report)")
  }

  @Test(arguments: LintExplanations.all) func rightExampleGivesNothing(_ page: Explanation) {
    let linted = LintedCampaign(page.right.text)
    #expect(linted.result.hasCampaign && linted.result.diagnostics.isEmpty, "\(linted.report)")
    #expect(linted.findings.isEmpty, "\(page.name)\n\(linted.report)")
  }

  @Test(arguments: LintExplanations.all) func fixMakesTheWrongExamplePass(_ page: Explanation) {
    let linted = LintedCampaign(page.wrong.text)
    guard linted.findings.contains(where: { !$0.fixes.isEmpty }) else { return }
    let mended = LintedCampaign(linted.mended())
    #expect(mended.result.diagnostics.isEmpty && mended.findings.isEmpty, "\(page.name)\n\(mended.report)")
  }

  /// What a fix leaves is what `flow fmt` would leave.
  @Test(arguments: LintExplanations.all) func fixKeepsTheLayout(_ page: Explanation) {
    let mended = LintedCampaign(page.wrong.text + "\n").mended()
    #expect(Self.formatted(mended) == mended)
  }

  static func formatted(_ text: String) -> String? {
    var symbols = SymbolTable()
    let bytes = format(SourceFile(name: "test.flow", text: text), symbols: &symbols).bytes
    return bytes.map { String(decoding: $0, as: UTF8.self) }
  }

  /// What, why, how it decides, and what it cannot see.
  @Test(arguments: LintExplanations.all) func pageIsWhole(_ page: Explanation) {
    #expect(!page.summary.contains("\n") && !page.summary.hasSuffix("."))
    #expect(page.meaning.hasSuffix("."))
    #expect(page.reason?.hasSuffix(".") == true, "no reason")
    #expect(page.decision?.hasSuffix(".") == true, "not said how it decides")
    #expect(page.limits?.hasSuffix(".") == true, "no limits")
  }

  @Test(arguments: LintExplanations.all) func messagesAreSentencesOfTheHouse(_ page: Explanation) {
    for finding in LintedCampaign(page.wrong.text).findings {
      #expect(finding.message.first?.isUppercase == false && !finding.message.hasSuffix("."))
      #expect(!finding.help.isEmpty && finding.primary != nil)
    }
  }
}
