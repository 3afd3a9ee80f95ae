internal import FlowCheck
internal import FlowSchema
internal import FlowSyntax

/// Goes round a cycle with sets of values, beginning with new counters, until nothing is left that goes on, or until a
/// round leaves what an earlier one has left: then some field state keeps it going.
///
/// Only what happens without anybody's help counts: nobody answers, so that results are unset; and where the analysis
/// cannot follow a turn, it does not go on.
final class CyclePlayer {
  /// How many rounds are played at most; a cycle that is not decided by then is not shown to go on.
  static let maximumRounds = 100
  /// With how many rounds before it a round is compared: statuses may take turns.
  static let maximumPeriod = 4

  let analysis: CampaignAnalysis
  let links: [CycleLink]
  let scope: CycleScope
  let interpreter: Interpreter
  let isAtOnce: Bool

  /// `nil` where the cycle starts more than can be looked at.
  init?(_ analysis: CampaignAnalysis, _ links: [CycleLink]) {
    self.analysis = analysis
    self.links = links
    let waiting = Set(links.filter { !Self.isAtOnce($0, analysis) }.map(\.event))
    isAtOnce = waiting.isEmpty
    guard let scope = CycleScope(analysis, links, waiting: waiting) else { return nil }
    self.scope = scope
    let own = Set(links.map(\.trigger.flow))
    let flows = own.sorted() + scope.effects.keys.filter { !own.contains($0) }.sorted()
    interpreter = Interpreter(
      analysis,
      AnalysisScope(
        following: scope.followed, naming: flows.map { analysis.facts[$0] }, doesTimePass: !isAtOnce))
  }

  private static func isAtOnce(_ link: CycleLink, _ analysis: CampaignAnalysis) -> Bool {
    switch link.event {
    case .changed, .canceled: return true
    case .created: return false
    case .handedOver:
      let flow = link.trigger.flow
      return (analysis.events.causes[link.event] ?? []).filter { $0.flow == flow }.allSatisfy { cause in
        let graph = analysis.graphs[flow]
        guard let id = graph.nodes[cause.node].statement,
          case .handOver(_, let schedule) = analysis.files[graph.file].statements[Int(id.index)].kind
        else { return false }
        if case .now = schedule.kind { return true }
        return false
      }
    }
  }

  // MARK: Rounds

  func play() -> FeedbackCycle? {
    let counters = CycleCounters(scope, interpreter)
    var states = counters.beginnings
    var earlier: [[AbstractState]] = []
    for _ in 0..<Self.maximumRounds {
      earlier.insert(states, at: 0)
      earlier.removeLast(max(0, earlier.count - Self.maximumPeriod))
      guard let (nodes, ends) = round(states) else { return nil }
      states = ends
      if earlier.contains(where: { Set($0) == Set(states) }) { return cycle(nodes, states, counting: []) }
      for (index, before) in earlier.enumerated() {
        switch counters.ahead(from: before, to: states, rounds: index + 1) {
        case .nothing: return cycle(nodes, states, counting: counters.shifted(from: before, to: states))
        case .later(let jumped):
          states = jumped
          earlier = []
        case .unknown: continue
        }
        break
      }
    }
    return nil
  }

  private func cycle(
    _ nodes: [Int], _ states: [AbstractState], counting counted: Set<Variable>
  ) -> FeedbackCycle? {
    // What happens at one instant is over before anything that comes later.
    guard let state = isAtOnce ? states.first : lasting(states, counting: counted).first else { return nil }
    return FeedbackCycle(
      links: zip(links, nodes).map { .init(trigger: $0.trigger, node: $1, event: $0.event) },
      fields: fields(state, without: counted), isAtOnce: isAtOnce)
  }

  private func fields(
    _ state: AbstractState, without counted: Set<Variable>
  ) -> [(level: FieldLevel, slot: Int, value: ValueSet)] {
    state.entries.compactMap { entry in
      guard let field = analysis.table.fieldOf(entry.variable), !entry.set.isVague,
        entry.set != analysis.table.top(entry.variable), !counted.contains(entry.variable)
      else { return nil }
      return (field.level, field.slot, entry.set)
    }
  }

  /// Once through all links: the nodes that cause their events, and the states after it.
  private func round(_ states: [AbstractState]) -> (nodes: [Int], states: [AbstractState])? {
    var states = states
    var nodes: [Int] = []
    for index in links.indices {
      let event = links[(index + links.count - 1) % links.count].event
      var found: Int?
      var ends = StateSet()
      for arrival in arrivals(of: event, at: links[index].trigger) {
        guard let (node, after) = turn(links[index], arrival, states) else { continue }
        found = found ?? node
        for state in after { ends.add(state, analysis.table) }
      }
      guard let found, !ends.isEmpty else { return nil }
      nodes.append(found)
      states = ends.states
    }
    return (nodes, states)
  }

  /// One run of the cycle, with what others do at the same event, in the order of their declaration (semantics E3).
  private func turn(
    _ link: CycleLink, _ arrival: Arrival, _ states: [AbstractState]
  ) -> (node: Int, states: [AbstractState])? {
    var here = states.flatMap { enter($0, arrival) }
    for other in arrival.others where other < link.trigger {
      here = here.flatMap { run(other, arrival, from: $0) }
    }
    guard let (node, ends) = pass(link, here.map { inContext($0, arrival) }) else { return nil }
    var after = ends
    for other in arrival.others where link.trigger < other {
      after = after.flatMap { run(other, arrival, from: $0) }
    }
    return after.isEmpty ? nil : (node, after)
  }

  // MARK: Runs

  /// The states after a run that causes the link's event, and the node that causes it. If there is a way on which nobody
  /// else is started who matters, it is taken.
  private func pass(_ link: CycleLink, _ states: [AbstractState]) -> (node: Int, states: [AbstractState])? {
    let effects = scope.effects[link.trigger.flow] ?? []
    let risks = effects.filter { $0.events.contains { $0 != link.event && scope.meddlers[$0] != nil } }
    if risks.isEmpty { return pass(link, states, by: [:]) }
    let nodes = Dictionary(uniqueKeysWithValues: risks.map { ($0.node, $0) })
    return pass(link, states, avoiding: nodes) ?? pass(link, states, by: nodes)
  }

  private func pass(
    _ link: CycleLink, _ states: [AbstractState], avoiding avoided: [Int: FlowEffects.Effect] = [:],
    by risks: [Int: FlowEffects.Effect] = [:]
  ) -> (node: Int, states: [AbstractState])? {
    let flow = link.trigger.flow
    let graph = analysis.graphs[flow]
    let causes = Set((analysis.events.causes[link.event] ?? []).filter { $0.flow == flow }.map(\.node))
    let takingAway = Set(
      (scope.effects[flow] ?? []).filter { scope.waiting.contains(link.event) && $0.cancels(link.event) }
        .map(\.node))
    func isAvoided(_ node: Int) -> Bool { avoided[node] != nil && !causes.contains(node) }
    let before = interpreter.run(
      flow, from: [(graph.entries[link.trigger.trigger], states)], along: scope.slices[flow],
      avoiding: isAvoided)
    var found: Int?
    var ends = StateSet()
    for node in causes.sorted(by: >) {
      let after = caused(link.event, before[node].states, graph.nodes[node], analysis.files[graph.file])
      if after.isEmpty { continue }
      let behind = interpreter.run(
        flow, from: [(graph.nodes[node].next, after)], along: scope.slices[flow],
        avoiding: { isAvoided($0) || takingAway.contains($0) })
      var last = behind[FlowGraph.end].states.filter { !$0.isUncertain }
      for risk in risks.keys.sorted(by: >) where !last.isEmpty {
        let isMet =
          before[risk].isEmpty ? !behind[risk].isEmpty : graph.reachable(from: [risk])[node]
        for event in risks[risk]?.events ?? [] where isMet && event != link.event {
          last = last.flatMap { settle(event, $0) }
        }
      }
      if last.isEmpty { continue }
      found = found ?? node
      for state in last { ends.add(state, analysis.table) }
    }
    return found.map { ($0, ends.states) }
  }

  private func caused(
    _ event: CausedEvent, _ states: [AbstractState], _ node: FlowNode, _ file: FileView
  ) -> [AbstractState] {
    guard let statement = node.statement else { return [] }
    return states.filter { !$0.isUncertain }
      .compactMap { interpreter.causing(event, $0, statement, file) }
      .map { interpreter.after(statement, $0, file) }
  }
}
