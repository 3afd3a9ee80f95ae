/// The nodes of a flow that matter for some question, and how runs go from one to the next.
///
/// A check matters where its ports lead to different nodes that matter. Of one that does not, nothing need be known to
/// answer the question, so that eighty checks of which one matters are one check.
struct FlowSlice: Sendable {
  /// By node: the first one that matters from there on, itself perhaps.
  private let first: [Int]
  /// The checks that matter.
  let branches: [Int]

  init(_ graph: FlowGraph, _ matters: (Int) -> Bool) {
    var first = Array(repeating: FlowGraph.end, count: graph.nodes.count)
    var branches: [Int] = []
    for (index, node) in graph.nodes.enumerated() where node.statement != nil {
      let next = first[node.next]
      let otherwise = node.otherwise.map { first[$0] } ?? next
      if next != otherwise { branches.append(index) }
      first[index] = next != otherwise || matters(index) ? index : next
    }
    self.first = first
    self.branches = branches
  }

  func from(_ node: Int) -> Int { first[node] }
}
