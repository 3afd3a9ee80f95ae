internal import FlowCheck
internal import FlowRuntime
internal import FlowSyntax
internal import FlowText

/// Why a communication is not there: the run that came nearest to it, and what stopped that.
extension ScenarioPlayer {
  func explain(missing name: String, _ person: Int, _ failure: inout ScenarioFailure) {
    guard let way = WayToStatement.find(name, in: run.campaign) else { return }
    let runs = nodes(ofRunsOf: way.flow, person)
    let flow = run.campaign.flows[way.flow]
    guard let nearest = runs.max(by: { way.depth($0.nodes) < way.depth($1.nodes) }) else {
      let kinds = flow.triggers.map { "`on \($0.kind.spelling)`" }.joined(separator: ", ")
      failure.notes.append(
        flow.isActive
          ? "no run of `\(flow.name)` began, which plans it \(kinds)"
          : "`\(flow.name)`, which plans it, is inactive")
      return
    }
    if let reason = nearest.failure {
      failure.notes.append("the run of `\(flow.name)` that comes nearest failed: \(reason.message)")
    }
    guard let stop = way.stop(nearest.nodes) else {
      if nearest.failure == nil {
        failure.notes.append("a run of `\(flow.name)` ended before it came there")
      }
      return
    }
    explain(stop, way, &failure)
  }

  private func explain(
    _ stop: (check: WayToStatement.Check, values: [JournalValue]), _ way: WayToStatement,
    _ failure: inout ScenarioFailure
  ) {
    let tree = run.campaign.files[way.file.index]
    guard case .check(let condition, _, _) = tree[stop.check.statement].kind else { return }
    let values = stop.values.map { "\($0.source) = \($0.value)" }.joined(separator: ", ")
    failure.secondary.append(
      (
        SourceSpan(way.file, tree[condition].range),
        "this check stopped it" + (values.isEmpty ? "" : ": \(values)")
      ))
    let (wanted, taken) = stop.check.needsMatch ? ("Match", "Else") : ("Else", "Match")
    failure.notes.append(
      "`\(run.campaign.flows[way.flow].name)` plans it at the \(wanted) port of a check that took \(taken)")
  }

  private struct PastRun {
    var nodes: [(statement: StatementID, values: [JournalValue])] = []
    var failure: RunFailureReason?
  }

  private func nodes(ofRunsOf flow: Int, _ person: Int) -> [PastRun] {
    var runs: [PastRun] = []
    var present: PastRun?
    for entry in simulation.story(of: person)?.entries ?? [] {
      switch entry {
      case .runStarted(let started): present = started == flow ? PastRun() : nil
      case .node(let node):
        if node.model < 0 { present?.nodes.append((node.statement, node.values)) }
      case .runFinished:
        if let ended = present { runs.append(ended) }
        present = nil
      case .runFailed(_, let reason):
        if var ended = present {
          ended.failure = reason
          runs.append(ended)
        }
        present = nil
      case .event, .fieldChanged, .communication, .handOver, .handOverCanceled, .modelFailed, .cascadeStopped,
        .scriptFailed, .reportIgnored, .observed:
        break
      }
    }
    return runs
  }
}

/// The checks around a communication's statement, outermost first.
struct WayToStatement {
  struct Check {
    var statement: StatementID
    /// Whether the statement stands in the first block.
    var needsMatch: Bool
  }

  var flow: Int
  var file: FileID
  var checks: [Check] = []
  var target: StatementID

  static func find(_ name: String, in campaign: CheckedCampaign) -> WayToStatement? {
    for (index, flow) in campaign.flows.enumerated() {
      let bodies = flow.triggers.map(\.body) + flow.steps.map(\.body)
      let search = Search(tree: campaign.files[flow.file.index], name: name, symbols: campaign.symbols)
      for body in bodies {
        guard let (checks, target) = search.find(in: body) else { continue }
        return WayToStatement(flow: index, file: flow.file, checks: checks, target: target)
      }
    }
    return nil
  }

  /// How many of the checks a run has come to.
  func depth(_ nodes: [(statement: StatementID, values: [JournalValue])]) -> Int {
    checks.count { check in nodes.contains { $0.statement == check.statement } }
  }

  /// The last check of the way that a run came to, with what it saw; `nil` where no check stopped it.
  func stop(
    _ nodes: [(statement: StatementID, values: [JournalValue])]
  ) -> (check: Check, values: [JournalValue])? {
    if nodes.contains(where: { $0.statement == target }) { return nil }
    for check in checks.reversed() {
      if let node = nodes.last(where: { $0.statement == check.statement }) { return (check, node.values) }
    }
    return nil
  }

  private struct Search {
    let tree: SyntaxTree
    let name: String
    let symbols: SymbolTable

    func find(in block: Block) -> (checks: [Check], target: StatementID)? {
      for id in tree[block.statements] {
        if let found = find(in: id) { return found }
      }
      return nil
    }

    private func find(in id: StatementID) -> (checks: [Check], target: StatementID)? {
      switch tree[id].kind {
      case .communication(let communication):
        return symbols[tree[communication].name.symbol] == name ? ([], id) : nil
      case .check(_, let match, let otherwise):
        if let found = find(in: match) {
          return ([Check(statement: id, needsMatch: true)] + found.checks, found.target)
        }
        return find(in: otherwise).map {
          ([Check(statement: id, needsMatch: false)] + $0.checks, $0.target)
        }
      case .cancelCommunications, .update, .handOver, .cancelHandOvers, .python, .stop, .go, .progress, .end,
        .chance, .scenario:
        return nil
      }
    }

    private func find(in branch: ElseBranch) -> (checks: [Check], target: StatementID)? {
      switch branch {
      case .none: nil
      case .block(let block): find(in: block)
      case .statement(let statement): find(in: statement)
      }
    }
  }
}
