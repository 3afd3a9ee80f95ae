internal import FlowAnalysis
internal import FlowCheck
internal import FlowSyntax
internal import FlowText

/// A check that some run comes to, and the checks of whose chain it is an `else check`.
struct CheckChain {
  let flow: Int
  let node: Int
  let file: FileView
  let condition: ExpressionID
  /// The checks before it in its chain, the first one first, each with its node.
  let earlier: [(node: Int, condition: ExpressionID)]

  /// All checks of the flows, in the order of their nodes.
  static func checks(_ context: LintContext) -> [CheckChain] {
    context.campaign.flows.indices.flatMap { flow in
      let reached = context.reached(flow)
      let parents = parents(reached, context.analysis.graphs[flow])
      let conditions = Dictionary(
        uniqueKeysWithValues: reached.compactMap { place -> (Int, ExpressionID)? in
          guard case .check(let condition, _, _) = place.statement.kind else { return nil }
          return (place.node, condition)
        })
      return reached.compactMap { place -> CheckChain? in
        guard let condition = conditions[place.node] else { return nil }
        var earlier: [(node: Int, condition: ExpressionID)] = []
        var node = place.node
        while let parent = parents[node], let condition = conditions[parent] {
          earlier.append((parent, condition))
          node = parent
        }
        return CheckChain(
          flow: flow, node: place.node, file: place.file, condition: condition, earlier: earlier.reversed())
      }
    }
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

  /// Whether it can never match for no other reason than the checks before it in its chain.
  func isShadowed(_ context: LintContext) -> Bool {
    guard let head = earlier.first, !context.states[flow].truths(condition, at: node).contains(.yes) else {
      return false
    }
    return context.states[flow].truths(condition, at: head.node).contains(.yes)
  }
}
