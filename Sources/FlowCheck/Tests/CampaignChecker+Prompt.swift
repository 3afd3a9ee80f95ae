internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// What is typed at a prompt: statements as a test has them, or an expression of which nothing is expected.
extension CampaignChecker {
  mutating func check(_ prompt: CheckedPrompt) {
    guard campaign != nil else { return }
    place = Place()
    place.isScenario = true
    place.flow = -1
    place.lastValue = prompt.lastValue
    scenario = ScenarioFacts()
    switch prompt.content {
    case .statements(let statements):
      let whole = SourceRange(0, tree.source.bytes.count)
      check(Block(whole, statements))
    case .expression(let expression): check(expression, .none)
    }
    place = Place()
  }
}
