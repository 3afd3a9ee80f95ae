import FlowCheck
import FlowDiagnostics
import FlowTesting
import Testing

struct ExplanationTests {
  @Test("wrong examples fail as they should, right ones pass", arguments: TestExplanations.all.map(\.name))
  func examplesHold(_ name: DiagnosticName) throws {
    let page = try #require(TestExplanations.all.first { $0.name == name })
    #expect(try names(page.wrong, isOfCoverage: name == .uncovered) == [name])
    #expect(try names(page.right, isOfCoverage: name == .uncovered) == [])
  }

  private func names(_ example: Explanation.Example, isOfCoverage: Bool) throws -> [DiagnosticName] {
    let campaign = try TestedCampaign(example.text, observes: true)
    let results = campaign.results()
    let coverage = try Coverage(#require(campaign.run.coverage), results)
    return results.compactMap(\.failure?.diagnostic.name)
      + (isOfCoverage ? coverage.findings(campaign.check.campaign).map(\.name) : [])
  }
}
