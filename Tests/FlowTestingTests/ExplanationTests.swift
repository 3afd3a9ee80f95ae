import FlowCheck
import FlowDiagnostics
import FlowTesting
import Testing

struct ExplanationTests {
  @Test("wrong examples fail as they should, right ones pass", arguments: TestExplanations.all.map(\.name))
  func examplesHold(_ name: DiagnosticName) throws {
    let page = try #require(TestExplanations.all.first { $0.name == name })
    #expect(try names(page.wrong, from: name) == [name])
    #expect(try names(page.right, from: name) == [])
  }

  private func names(_ example: Explanation.Example, from page: DiagnosticName) throws -> [DiagnosticName] {
    let campaign = try TestedCampaign(example.text, observes: true)
    let results = campaign.results()
    let coverage = try Coverage(#require(campaign.run.coverage), results)
    return results.compactMap(\.failure?.diagnostic.name)
      + (page == .uncovered ? coverage.findings(campaign.check.campaign).map(\.name) : [])
      + (page == .unnoticedChange ? unnoticed(campaign) : [])
  }

  /// Each name once: a page shows that there is something, not how much.
  private func unnoticed(_ campaign: TestedCampaign) -> [DiagnosticName] {
    let results = MutationRun(campaign.run, campaign.check.campaign.tests).results(jobs: 1)
    return Array(results.diagnostics(campaign.check.sources).map(\.name).prefix(1))
  }
}
