internal import FlowCheck
internal import FlowSyntax
internal import FlowText

/// How a run of a flow comes to a statement: the checks that have to go a certain way, first ones first.
///
/// Those are the checks around the statement, and those before it that end the run, or leave for a step, on one of their
/// ports. `go` is followed; steps have no cycles.
struct WayToStatement {
  struct Check {
    var statement: StatementID
    /// Whether it has to take its first block.
    var needsMatch: Bool
  }

  var flow: Int
  var file: FileID
  var checks: [Check]
  var target: StatementID

  /// More ways than this to one statement are not told apart.
  private static let maximumWays = 32

  /// All ways to the statement of a communication.
  static func toCommunication(_ name: String, in campaign: CheckedCampaign) -> [WayToStatement] {
    ways(in: campaign) { tree, id in
      guard case .communication(let communication) = tree[id].kind else { return false }
      return campaign.symbols[tree[communication].name.symbol] == name
    }
  }

  /// All ways to the statements that hand over to a flow.
  static func toHandOver(_ flow: Int, in campaign: CheckedCampaign) -> [WayToStatement] {
    let wanted = campaign.flows[flow].name
    return ways(in: campaign) { tree, id in
      guard case .handOver(let name, _) = tree[id].kind else { return false }
      return campaign.symbols[name.symbol] == wanted
    }
  }

  private static func ways(
    in campaign: CheckedCampaign, _ isTarget: @escaping (SyntaxTree, StatementID) -> Bool
  ) -> [WayToStatement] {
    var ways: [WayToStatement] = []
    for (index, flow) in campaign.flows.enumerated() {
      let tree = campaign.files[flow.file.index]
      let search = WaySearch(
        tree: tree, symbols: campaign.symbols, steps: flow.steps, isTarget: { isTarget(tree, $0) })
      var bodies: [Int] = []
      for trigger in flow.triggers where !bodies.contains(trigger.body.range.lower) {
        bodies.append(trigger.body.range.lower)
        for (checks, target) in search.find(in: trigger.body) where ways.count < maximumWays {
          ways.append(WayToStatement(flow: index, file: flow.file, checks: checks, target: target))
        }
      }
    }
    return ways
  }
}

/// Looks for statements in a flow.
private struct WaySearch {
  typealias Found = (checks: [WayToStatement.Check], target: StatementID)

  let tree: SyntaxTree
  let symbols: SymbolTable
  let steps: [CheckedStep]
  let isTarget: (StatementID) -> Bool

  func find(in block: Block) -> [Found] {
    var found: [Found] = []
    /// The checks so far whose other port does not come to what follows.
    var passed: [WayToStatement.Check] = []
    for id in tree[block.statements] {
      found += find(in: id).map { (passed + $0.checks, $0.target) }
      guard case .check(_, let match, let otherwise) = tree[id].kind else { continue }
      switch (leaves(match), leaves(otherwise)) {
      case (true, false): passed.append(.init(statement: id, needsMatch: false))
      case (false, true): passed.append(.init(statement: id, needsMatch: true))
      case (true, true): return found
      case (false, false): break
      }
    }
    return found
  }

  private func find(in id: StatementID) -> [Found] {
    if isTarget(id) { return [([], id)] }
    switch tree[id].kind {
    case .check(_, let match, let otherwise):
      let inMatch = find(in: match).map { ([.init(statement: id, needsMatch: true)] + $0.checks, $0.target) }
      let inElse = find(in: otherwise).map {
        ([.init(statement: id, needsMatch: false)] + $0.checks, $0.target)
      }
      return inMatch + inElse
    case .go(let name):
      return steps.first { $0.name == symbols[name.symbol] }.map { find(in: $0.body) } ?? []
    case .communication, .cancelCommunications, .update, .handOver, .cancelHandOvers, .python, .stop,
      .progress,
      .end, .chance, .scenario:
      return []
    }
  }

  private func find(in branch: ElseBranch) -> [Found] {
    switch branch {
    case .none: []
    case .block(let block): find(in: block)
    case .statement(let statement): find(in: statement)
    }
  }

  // MARK: Leaving

  /// Whether a run never comes to what stands behind.
  private func leaves(_ block: Block) -> Bool { tree[block.statements].contains { leaves($0) } }

  private func leaves(_ branch: ElseBranch) -> Bool {
    switch branch {
    case .none: false
    case .block(let block): leaves(block)
    case .statement(let statement): leaves(statement)
    }
  }

  private func leaves(_ id: StatementID) -> Bool {
    switch tree[id].kind {
    case .stop, .go: true
    case .check(_, let match, let otherwise): leaves(match) && leaves(otherwise)
    case .communication, .cancelCommunications, .update, .handOver, .cancelHandOvers, .python, .progress,
      .end,
      .chance, .scenario:
      false
    }
  }
}
