import FlowCheck
import FlowDiagnostics
import FlowText
import Testing

/// Every finding has a page, and its examples do what they say.
@Suite struct ExplanationTests {
  @Test func everyNameHasOnePage() {
    #expect(!DiagnosticName.ofCheck.isEmpty)
    #expect(
      CheckExplanations.all.map(\.name.description).sorted()
        == DiagnosticName.ofCheck.map(\.description).sorted())
  }

  @Test(arguments: CheckExplanations.all) func wrongExampleGivesTheFinding(_ page: Explanation) {
    let result = Self.check(page.wrong)
    #expect(result.diagnostics.map(\.name) == [page.name], "\(FullRendererText.text(result))")
  }

  @Test(arguments: CheckExplanations.all) func rightExampleGivesNothing(_ page: Explanation) {
    let result = Self.check(page.right)
    #expect(result.hasCampaign)
    #expect(result.diagnostics.isEmpty, "\(FullRendererText.text(result))")
  }

  @Test(arguments: CheckExplanations.all) func summaryIsALine(_ page: Explanation) {
    #expect(!page.summary.contains("\n") && !page.summary.hasSuffix("."))
    #expect(page.meaning.hasSuffix(".") || page.meaning.contains("- `"))
  }

  private static func check(_ example: Explanation.Example) -> CheckResult {
    CampaignLoader.load(
      [CampaignFile(name: "campaign.flow", bytes: Array(example.text.utf8))], zones: TestZones.all
    ) { path in
      SpecCase.used[path].map { .success(Array($0.utf8)) } ?? .failure(FileReadFailure("no such file"))
    }
  }
}
