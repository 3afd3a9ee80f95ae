import FlowCheck
import FlowDiagnostics
import FlowSyntax
import FlowTesting
import FlowText
import Foundation
import Testing

/// The rules of the semantics, as tests in the language itself: another implementation could run them.
struct ConformanceTests {
  static let files = (try? TestedCampaign.files("Tests/Spec/Conformance")) ?? []

  @Test func thereAreEnough() throws {
    let tests = try Self.files.flatMap { try TestedCampaign([$0]).check.campaign.tests }
    #expect(tests.count >= 300)
    for test in tests {
      let rule = test.name.prefix { $0 != ":" }
      let isRule = rule.wholeMatch(of: #/[DTECKP][0-9]+|language [0-9]/#) != nil
      #expect(isRule, "\(test.name) names no rule")
    }
  }

  @Test("every rule holds", arguments: files.map(\.name))
  func everyRuleHolds(_ name: String) throws {
    let file = try #require(Self.files.first { $0.name == name })
    #expect(try TestedCampaign([file]).failures() == [])
  }

  /// A test that cannot fail shows nothing: each fails when its last expectation is turned round.
  @Test("no rule holds when it is turned round", arguments: files.map(\.name))
  func noneHoldsTurnedRound(_ name: String) throws {
    let file = try #require(Self.files.first { $0.name == name })
    let turned = try TurnedRound(file)
    let results = try TestedCampaign([turned.file]).results()
    #expect(results.count > turned.count / 2 && turned.count > 0)
    let survivors = results.filter { turned.names.contains($0.test.name) && $0.failure == nil }
    #expect(survivors.map(\.test.name) == [])
  }

  @Test("neither order nor the number of threads changes anything", arguments: files.map(\.name))
  func isIsolated(_ name: String) throws {
    let file = try #require(Self.files.first { $0.name == name })
    let campaign = try TestedCampaign([file])
    let tests = campaign.check.campaign.tests
    func summary(_ results: [TestResult]) -> [String] {
      results.map { "\($0.test.name): \($0.failure?.diagnostic.message ?? "passed"), \($0.expectationCount)" }
    }
    let once = summary(campaign.run.run(tests, jobs: 1))
    #expect(summary(campaign.run.run(tests, jobs: 3)) == once)
    #expect(summary(campaign.run.run(tests.reversed(), jobs: 2)) == once.reversed())
  }
}

/// A file whose tests expect the contrary of what they did, each in its last condition.
private struct TurnedRound {
  var file: CampaignFile
  var names: Set<String> = []
  var count: Int { names.count }

  init(_ original: CampaignFile) throws {
    let campaign = try TestedCampaign([original]).check.campaign
    var edits: [(range: SourceRange, text: String)] = []
    var names: Set<String> = []
    for test in campaign.tests {
      let tree = campaign.files[test.file.index]
      guard let edit = Self.edit(test.body, tree) else { continue }
      edits.append(edit)
      names.insert(test.name)
    }
    var bytes = original.bytes
    for edit in edits.sorted(by: { $0.range.lower > $1.range.lower }) {
      bytes.replaceSubrange(edit.range.lower..<edit.range.upper, with: edit.text.utf8)
    }
    file = CampaignFile(name: original.name, bytes: bytes)
    self.names = names
  }

  private static func edit(_ block: Block, _ tree: SyntaxTree) -> (range: SourceRange, text: String)? {
    guard let last = tree[block.statements].last, case .scenario(let id) = tree[last].kind else { return nil }
    switch tree[id] {
    case .expect(let condition):
      let range = tree[condition].range
      return (range, "not (\(tree.source.text(range)))")
    case .expectCommunication(let expectation):
      return (tree[last].range, "expect no \(tree.source.text(expectation.name.range))")
    case .participant(_, let inner): return edit(inner, tree)
    case .at, .advance, .upload, .uploadFile, .progress, .end, .incomingSession, .expectNone: return nil
    }
  }
}
