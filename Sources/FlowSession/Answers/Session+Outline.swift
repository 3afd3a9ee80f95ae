internal import FlowCheck
internal import FlowSyntax
internal import FlowText

/// `:graph FLOW`: the flow as an indented outline, a line a node, with the ports of checks and where it leads.
extension Session {
  func outline(of name: String) throws(SessionProblem) -> SessionReply {
    let campaign = history.present.campaign.campaign
    guard let flow = campaign.flows.first(where: { $0.name == name }) else {
      let names = campaign.flows.map(\.name)
      let near = closestName(to: name, among: names).map { ["did you mean `\($0)`?"] }
      throw SessionProblem(
        .nothingThere, "there is no flow `\(name.terminalSafe)`",
        notes: names.isEmpty
          ? [] : ["flows: \(names.prefix(SessionLimit.rowsShown).joined(separator: ", "))"],
        help: near ?? [])
    }
    var outline = FlowOutline(campaign, flow)
    return SessionReply(output: outline.draw())
  }
}

/// A flow in lines.
private struct FlowOutline {
  let campaign: CheckedCampaign
  let flow: CheckedFlow
  let tree: SyntaxTree
  private var lines: [String] = []

  init(_ campaign: CheckedCampaign, _ flow: CheckedFlow) {
    self.campaign = campaign
    self.flow = flow
    tree = campaign.files[flow.file.index]
  }

  mutating func draw() -> String {
    let title = flow.title.map { " \"\($0)\"" } ?? ""
    add(0, "flow \(flow.name)\(title)\(flow.isActive ? "" : " (inactive)")")
    for member in flow.declaration.members {
      switch member {
      case .trigger(let trigger):
        add(1, source(SourceRange(trigger.range.lower, trigger.body.range.lower)))
        draw(trigger.body, 2)
      case .step(let step):
        add(1, "step \(campaign.symbols[step.name.symbol])")
        draw(step.body, 2)
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private mutating func add(_ depth: Int, _ text: String) {
    lines.append(String(repeating: "  ", count: depth) + text.terminalSafe)
  }

  private func source(_ range: SourceRange) -> String {
    tree.source.text(range).split { $0.isWhitespace }.joined(separator: " ")
  }

  private mutating func draw(_ block: Block, _ depth: Int) {
    for id in tree[block.statements] { draw(id, depth, "") }
  }

  private mutating func draw(_ id: StatementID, _ depth: Int, _ prefix: String) {
    let statement = tree[id]
    switch statement.kind {
    case .check(let condition, let match, let otherwise):
      add(depth, prefix + "check \(source(tree[condition].range))")
      draw(match, otherwise, depth)
    case .chance(_, let match, let otherwise):
      add(depth, prefix + source(SourceRange(statement.range.lower, match.range.lower)))
      draw(match, otherwise, depth)
    case .go(let step): add(depth, prefix + "→ step \(campaign.symbols[step.symbol])")
    case .stop: add(depth, prefix + "■ stop")
    case .handOver: add(depth, prefix + "⇒ \(source(statement.range))")
    case .communication, .cancelCommunications, .update, .cancelHandOvers, .python, .progress, .end,
      .scenario:
      add(depth, prefix + source(statement.range))
    }
  }

  private mutating func draw(_ match: Block, _ otherwise: ElseBranch, _ depth: Int) {
    if !match.statements.isEmpty {
      add(depth, "├ match")
      draw(match, depth + 1)
    }
    switch otherwise {
    case .none: break
    case .block(let block):
      add(depth, "└ else")
      draw(block, depth + 1)
    case .statement(let id):
      add(depth, "└ else")
      draw(id, depth + 1, "")
    }
  }
}
