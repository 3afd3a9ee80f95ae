import FlowCheck
import FlowDiagnostics
import FlowRuntime
import FlowTesting
import Testing

struct ExplanationTests {
  @Test("wrong examples fail as they should, right ones pass", arguments: TestExplanations.all.map(\.name))
  func examplesHold(_ name: DiagnosticName) throws {
    let page = try #require(TestExplanations.all.first { $0.name == name })
    #expect(try names(page.wrong, name) == [name])
    #expect(try names(page.right, name) == [])
  }

  private func names(_ example: Explanation.Example, _ name: DiagnosticName) throws -> [DiagnosticName] {
    let campaign = try TestedCampaign(example.text, observes: true)
    let results = campaign.results()
    let coverage = try Coverage(#require(campaign.run.coverage), results)
    let failures = results.compactMap(\.failure?.diagnostic.name)
    switch name {
    case .uncovered: return failures + coverage.findings(campaign.check.campaign).map(\.name)
    case .unreached:
      let deployment = try Deployment([campaign.check.campaign], zones: TestedCampaign.zones, observes: true)
      let proposed = TestProposal(campaign.check, deployment, limit: 2_000).propose(beside: coverage)
      return proposed.findings(campaign.check.campaign).map(\.name)
    case .unnoticedChange: return failures + unnoticed(campaign)
    case _: return failures
    }
  }

  /// Each name once: a page shows that there is something, not how much.
  private func unnoticed(_ campaign: TestedCampaign) -> [DiagnosticName] {
    let results = MutationRun(campaign.run, campaign.check.campaign.tests).results(jobs: 1)
    return Array(results.diagnostics(campaign.check.sources).map(\.name).prefix(1))
  }
}
