internal import FlowAnalysis
internal import FlowCheck
internal import FlowSyntax
internal import FlowText

/// A check that some run comes to, and the checks of whose chain it is an `else check`.
struct CheckChain {
  /// Where its flow or model stands in the analysis' graphs.
  let flow: Int
  let node: Int
  let file: FileView
  let condition: ExpressionID
  /// The checks before it in its chain, the first one first, each with its node.
  let earlier: [(node: Int, condition: ExpressionID)]

  /// What the condition can come to.
  let truths: TruthSet
  /// Whether it can never match for no other reason than the checks before it in its chain.
  let isShadowed: Bool

  /// The checks of one flow or model, in the order of its nodes.
  static func all(of reached: [ReachedNode], _ graph: FlowGraph, _ states: FlowStates) -> [CheckChain] {
    let parents = parents(reached, graph)
    var chains: [Int: CheckChain] = [:]
    return reached.compactMap { place -> CheckChain? in
      guard case .check(let condition, _, _) = place.statement.kind else { return nil }
      // A check stands before those that hang on its Else.
      let parent = parents[place.node].flatMap { chains[$0] }
      let earlier = parent.map { $0.earlier + [($0.node, $0.condition)] } ?? []
      let chain = CheckChain(place, condition, earlier, states)
      chains[place.node] = chain
      return chain
    }
  }

  private init(
    _ place: ReachedNode, _ condition: ExpressionID, _ earlier: [(node: Int, condition: ExpressionID)],
    _ states: FlowStates
  ) {
    flow = place.flow
    node = place.node
    file = place.file
    self.condition = condition
    self.earlier = earlier
    truths = states.truths(condition, at: node)
    isShadowed =
      !truths.contains(.yes)
      && earlier.first.map { states.truths(condition, at: $0.node).contains(.yes) } ?? false
  }

  /// For each `else check` the check that it belongs to.
  private static func parents(_ reached: [ReachedNode], _ graph: FlowGraph) -> [Int: Int] {
    var parents: [Int: Int] = [:]
    for place in reached {
      guard case .check(_, _, .statement) = place.statement.kind, let next = graph.nodes[place.node].otherwise
      else {
        continue
      }
      parents[next] = place.node
    }
    return parents
  }
}
