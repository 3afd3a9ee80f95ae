internal import FlowCheck
internal import FlowSyntax

/// From a row to communications.
extension RepeatSearch {
  /// How many hand-overs and events in a row are followed.
  static let maximumHandOvers = 4

  /// All ways from the trigger to communications. Ways with a turn that could not be followed are left out.
  func ways(from states: [AbstractState]) -> [Way] {
    ways(trigger, undisturbed(before.reduce(states) { after($1, $0) }), chain: [])
  }

  private func ways(
    _ trigger: TriggerID, _ states: [AbstractState], chain: [(flow: Int, node: Int)]
  ) -> [Way] {
    let graph = analysis.graphs[trigger.flow]
    let file = analysis.files[graph.file]
    let sets = interpreter.run(trigger.flow, from: [(graph.entries[trigger.trigger], states)])
    var result: [Way] = []
    for node in graph.nodes.indices.reversed() {
      guard let statement = graph.nodes[node].statement else { continue }
      let here = sets[node].states.filter { !$0.isUncertain }
      if here.isEmpty { continue }
      let chain = chain + [(trigger.flow, node)]
      switch file.statements[Int(statement.index)].kind {
      case .communication(let communication):
        let ends = ends(chain, here)
        if !ends.isEmpty {
          result.append(Way(chain: chain, communication: file.tree[communication], ends: ends))
        }
      case .handOver(let target, _): result += handOver(target, chain, here)
      case .update(let assignments): result += changes(file.tree[assignments], chain, statement, here)
      case .check, .cancelCommunications, .cancelHandOvers, .python, .stop, .go, .progress, .end,
        .chance, .scenario:
        break
      }
    }
    return result
  }

  /// Ways that go on in a flow that was handed over to.
  private func handOver(
    _ target: Name, _ chain: [(flow: Int, node: Int)], _ states: [AbstractState]
  ) -> [Way] {
    guard let flow = analysis.names.flow(target), analysis.campaign.flows[flow].isActive,
      let number = analysis.campaign.flows[flow].triggers.firstIndex(where: { $0.kind == .fromFlow })
    else { return [] }
    return follow(TriggerID(flow, number), chain) { ends(chain, states) }
  }

  /// Ways that go on where somebody listens to a counter.
  private func changes(
    _ assignments: ArraySlice<Assignment>, _ chain: [(flow: Int, node: Int)], _ statement: StatementID,
    _ states: [AbstractState]
  ) -> [Way] {
    guard let flow = chain.last?.flow else { return [] }
    let file = analysis.files[analysis.graphs[flow].file]
    return assignments.flatMap { assignment -> [Way] in
      guard let field = analysis.names.field(assignment.target), field.level == .participant,
        analysis.facts[flow].counters.contains(analysis.table.field(field.level, field.slot))
      else { return [] }
      let event = CausedEvent.changed(slot: field.slot)
      let causing = states.compactMap { interpreter.causing(event, $0, statement, file) }
      if causing.isEmpty { return [] }
      let ends = ends(chain, causing).map(forgettingContext)
      return analysis.events.takers(of: event).flatMap { taker in follow(taker, chain) { ends } }
    }
  }

  private func follow(
    _ next: TriggerID, _ chain: [(flow: Int, node: Int)], _ states: () -> [AbstractState]
  ) -> [Way] {
    guard chain.count <= Self.maximumHandOvers, scope.flows.contains(next.flow),
      !chain.contains(where: { $0.flow == next.flow }), next.flow != trigger.flow
    else { return [] }
    let states = states()
    return states.isEmpty ? [] : ways(next, states, chain: chain)
  }

  /// The states at the end of a run from one of its nodes. Behind the first run come those of the other flows that the row
  /// has started, before anything that it has caused (semantics E3, E5).
  private func ends(_ chain: [(flow: Int, node: Int)], _ states: [AbstractState]) -> [AbstractState] {
    guard let (flow, node) = chain.last, let statement = analysis.graphs[flow].nodes[node].statement else {
      return []
    }
    let file = analysis.files[analysis.graphs[flow].file]
    let next = analysis.graphs[flow].nodes[node].next
    let after = states.map { interpreter.after(statement, $0, file) }
    let ends = interpreter.run(flow, from: [(next, after)])[FlowGraph.end].states.filter { !$0.isUncertain }
    return chain.count == 1 ? undisturbed(behind.reduce(ends) { self.after($1, $0) }) : ends
  }
}
