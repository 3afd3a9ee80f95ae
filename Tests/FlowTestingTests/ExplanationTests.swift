import FlowDiagnostics
import FlowTesting
import Testing

struct ExplanationTests {
  @Test("wrong examples fail as they should, right ones pass", arguments: TestExplanations.all.map(\.name))
  func examplesHold(_ name: DiagnosticName) throws {
    let page = try #require(TestExplanations.all.first { $0.name == name })
    #expect(try names(page.wrong) == [name])
    #expect(try names(page.right) == [])
  }

  private func names(_ example: Explanation.Example) throws -> [DiagnosticName] {
    try TestedCampaign(example.text).results().compactMap(\.failure?.diagnostic.name)
  }
}
