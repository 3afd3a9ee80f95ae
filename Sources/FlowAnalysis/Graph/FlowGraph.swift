internal import FlowCheck
public import FlowSyntax
internal import FlowText

/// The nodes of one flow, or of one model, and where a run goes from each.
///
/// A statement is a node; a check has two ports. What follows a block is what follows its statement, so that joins need
/// no nodes of their own. The language knows no way back, and every node stands behind its successors in
/// `nodes`: going through them from the last to the first meets each after all that lead to it.
public struct FlowGraph: Sendable {
  /// The end of a run that has gone through all its statements, or met `stop`.
  public static let end = 0

  /// Which of the campaign's files it stands in.
  public private(set) var file: Int
  public private(set) var nodes: [FlowNode] = [FlowNode(statement: nil, next: FlowGraph.end)]
  /// The first node of each trigger's body, in the order of `CheckedFlow.triggers`; of a model that of its body.
  public private(set) var entries: [Int] = []
  /// The first node of each step, in the order of `CheckedFlow.steps`.
  public private(set) var stepEntries: [Int] = []

  init(_ flow: CheckedFlow, _ view: FileView) {
    file = view.index
    var stepNumbers: [Symbol: Int] = [:]
    for member in flow.declaration.members {
      guard case .step(let step) = member else { continue }
      stepNumbers[step.name.symbol] = stepNumbers.count
    }
    stepEntries = Array(repeating: -1, count: flow.steps.count)
    let builder = Builder(view: view, bodies: flow.steps.map(\.body), steps: stepNumbers)
    for step in flow.steps.indices { _ = builder.entry(ofStep: step, in: &self) }
    var bodies: [Int: Int] = [:]
    for trigger in flow.triggers {
      // Kinds that share a body share its nodes.
      let place = trigger.body.range.lower
      let entry = bodies[place] ?? builder.block(trigger.body, then: FlowGraph.end, in: &self)
      bodies[place] = entry
      entries.append(entry)
    }
  }

  init(_ model: CheckedModel, _ view: FileView) {
    file = view.index
    entries = [Builder(view: view, bodies: [], steps: [:]).block(model.body, then: FlowGraph.end, in: &self)]
  }

  /// Which nodes some run may come to, whatever its checks say.
  public func reachable(from starts: [Int]) -> [Bool] {
    var reached = Array(repeating: false, count: nodes.count)
    for start in starts { reached[start] = true }
    for index in nodes.indices.reversed() where reached[index] {
      reached[nodes[index].next] = true
      if let otherwise = nodes[index].otherwise { reached[otherwise] = true }
    }
    return reached
  }

  private struct Builder {
    let view: FileView
    /// Of the flow's steps.
    let bodies: [Block]
    let steps: [Symbol: Int]

    /// Statements are taken from the last to the first, since each has to know where it leads.
    func block(_ block: Block, then next: Int, in graph: inout FlowGraph) -> Int {
      var next = next
      for statement in view.tree[block.statements].reversed() {
        next = node(statement, then: next, in: &graph)
      }
      return next
    }

    private func node(_ id: StatementID, then next: Int, in graph: inout FlowGraph) -> Int {
      var node = FlowNode(statement: id, next: next)
      switch view.statements[Int(id.index)].kind {
      case .check(_, let match, let otherwise), .chance(_, let match, let otherwise):
        node.next = block(match, then: next, in: &graph)
        switch otherwise {
        case .none: node.otherwise = next
        case .block(let body): node.otherwise = block(body, then: next, in: &graph)
        case .statement(let statement): node.otherwise = self.node(statement, then: next, in: &graph)
        }
        if passes(id) { node.join = next }
      case .stop: node.next = FlowGraph.end
      case .go(let step): node.next = steps[step.symbol].map { entry(ofStep: $0, in: &graph) } ?? next
      case .communication, .cancelCommunications, .update, .handOver, .cancelHandOvers, .python, .progress,
        .end, .scenario:
        break
      }
      graph.nodes.append(node)
      return graph.nodes.count - 1
    }

    /// Whether every run that comes to a statement comes to what follows it.
    private func passes(_ id: StatementID) -> Bool {
      switch view.statements[Int(id.index)].kind {
      case .stop, .go: false
      case .check(_, let match, let otherwise), .chance(_, let match, let otherwise):
        view.tree[match.statements].allSatisfy(passes)
          && {
            switch otherwise {
            case .none: true
            case .block(let block): view.tree[block.statements].allSatisfy(passes)
            case .statement(let statement): passes(statement)
            }
          }()
      case .communication, .cancelCommunications, .update, .handOver, .cancelHandOvers, .python, .progress,
        .end, .scenario:
        true
      }
    }

    /// Builds a step when it is first asked for: before whatever leads to it.
    func entry(ofStep step: Int, in graph: inout FlowGraph) -> Int {
      if graph.stepEntries[step] >= 0 { return graph.stepEntries[step] }
      let entry = block(bodies[step], then: FlowGraph.end, in: &graph)
      graph.stepEntries[step] = entry
      return entry
    }
  }
}

/// A statement, and where a run goes from it.
public struct FlowNode: Sendable {
  /// `nil` for the end.
  public let statement: StatementID?
  /// What follows; of a check what follows at its Match port.
  public fileprivate(set) var next: Int
  /// What follows at a check's Else port.
  public fileprivate(set) var otherwise: Int?

  /// What follows a check none of whose blocks ends the run: there every run comes, whichever port it takes.
  public fileprivate(set) var join: Int?

  fileprivate init(statement: StatementID?, next: Int) {
    self.statement = statement
    self.next = next
  }
}
