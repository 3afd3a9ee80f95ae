internal import FlowCheck
internal import FlowSchema
internal import FlowSyntax

/// How events come to the runs of a cycle, and to those of others.
extension CyclePlayer {
  /// An event as it comes to a trigger of the cycle, and to the others that take it.
  struct Arrival {
    let event: CausedEvent
    /// Of a communication: what it has come to.
    let statuses: [CommunicationStatus]
    /// Triggers of others that matter.
    let others: [TriggerID]
  }

  /// The ways in which an event can come. A communication ends in one way, and only who takes that is started.
  func arrivals(of event: CausedEvent, at trigger: TriggerID) -> [Arrival] {
    let others = scope.meddlers[event] ?? []
    guard case .created(let communication) = event else {
      return [Arrival(event: event, statuses: [], others: others)]
    }
    let own = self.trigger(trigger)
    let statuses = EventGraph.ownStatuses(own)
    if others.isEmpty, condition(of: communication) == nil {
      return [Arrival(event: event, statuses: statuses, others: [])]
    }
    return statuses.map { status in
      Arrival(
        event: event, statuses: [status],
        others: others.filter { takes(self.trigger($0), status, at: own.kind) })
    }
  }

  private func trigger(_ id: TriggerID) -> CheckedTrigger {
    analysis.campaign.flows[id.flow].triggers[id.trigger]
  }

  /// Whether a trigger takes a communication that comes to a status: on the way there, at it, or where nobody answers.
  private func takes(_ trigger: CheckedTrigger, _ status: CommunicationStatus, at kind: TriggerKind) -> Bool {
    let own = EventGraph.ownStatuses(trigger)
    if own.contains(status) { return true }
    return kind == .communicationEnded
      ? status != .skipped && own.contains(.started) : own.contains(.noResponse)
  }

  /// The states with which an event starts the next run of the cycle.
  func enter(_ state: AbstractState, _ arrival: Arrival) -> [AbstractState] {
    var state = state
    if !isAtOnce { letTimePass(&state) }
    guard case .created(let communication) = arrival.event, arrival.statuses != [.skipped],
      let condition = condition(of: communication)
    else { return [inContext(state, arrival)] }
    // It has started, so that its `only if` was true then (semantics C3).
    if readsContext(condition) { return [] }
    return interpreter.refined(
      withoutContext(state), condition.id, condition.file, to: .yes
    ).filter { !$0.isUncertain }.map { inContext($0, arrival) }
  }

  private func condition(of communication: Int) -> (id: ExpressionID, file: FileView)? {
    for (flow, node) in analysis.events.causes[.created(communication: communication)] ?? [] {
      let graph = analysis.graphs[flow]
      let file = analysis.files[graph.file]
      if let condition = scope.condition(graph.nodes[node], file) { return (condition, file) }
    }
    return nil
  }

  private func readsContext(_ condition: (id: ExpressionID, file: FileView)) -> Bool {
    var found = false
    condition.file.eachInside(condition.id) { id in
      guard let variable = analysis.table.variable(id, condition.file) else { return }
      if analysis.table.isContext(variable) { found = true }
    }
    return found
  }

  /// A state with what is known of the event's communication (semantics C5).
  func inContext(_ state: AbstractState, _ arrival: Arrival) -> AbstractState {
    var state = state
    if case .handedOver = arrival.event {} else { state = withoutContext(state) }
    interpreter.clearResults(&state)
    switch arrival.event {
    case .created(let communication):
      interpreter.setNames([communication], &state)
      interpreter.setStatuses(arrival.statuses, &state)
    case .canceled(let communication):
      interpreter.setNames([communication], &state)
      interpreter.setStatuses([.canceled], &state)
    case .changed, .handedOver: break
    }
    return state
  }

  func withoutContext(_ state: AbstractState) -> AbstractState {
    var state = state
    let table = analysis.table
    state.removeAll { variable in
      table.isContext(variable) || (table.atomOf(variable)?.reads.contains { table.isContext($0) } ?? false)
    }
    return state
  }

  /// What counts within a time, or by status, is not known any more.
  private func letTimePass(_ state: inout AbstractState) {
    for variable in interpreter.scope.followed.sorted() {
      guard let filter = analysis.table.atomOf(variable)?.count, !filter.isLasting else { continue }
      interpreter.write(variable, nil, &state)
    }
  }

  // MARK: Others

  /// The states after another's run at the event of a link.
  func run(_ other: TriggerID, _ arrival: Arrival, from state: AbstractState) -> [AbstractState] {
    let ends = ends(of: other, inContext(state, arrival)) { scope.cancels($0) || scope.startsMeddlers($0) }
    return ends.isEmpty ? muddled(state) : ends
  }

  /// The states after others have taken an event on the way, if they leave alone what matters.
  func settle(_ event: CausedEvent, _ state: AbstractState) -> [AbstractState] {
    var states = [state]
    for other in scope.meddlers[event] ?? [] {
      states = states.flatMap { state in
        let own = Set(EventGraph.ownStatuses(trigger(other)))
        let statuses = CycleScope.unaided.filter(own.contains).sorted { $0.rawValue < $1.rawValue }
        let arrival = Arrival(event: event, statuses: statuses, others: [])
        let ends = ends(of: other, inContext(withoutContext(state), arrival), scope.meddles)
        return ends.isEmpty ? muddled(state) : ends
      }
    }
    return states
  }

  private func ends(
    of other: TriggerID, _ state: AbstractState, _ isAvoided: (FlowEffects.Effect) -> Bool
  ) -> [AbstractState] {
    let avoided = Set((scope.effects[other.flow] ?? []).filter(isAvoided).map(\.node))
    let entry = analysis.graphs[other.flow].entries[other.trigger]
    let sets = interpreter.run(
      other.flow, from: [(entry, [state])], along: scope.slices[other.flow], avoiding: avoided.contains)
    return sets[FlowGraph.end].states.filter { !$0.isUncertain }.map(withoutContext)
  }

  /// A state in which others have done what nobody can follow; none where that may end the cycle.
  private func muddled(_ state: AbstractState) -> [AbstractState] {
    if scope.isCanceledByOthers { return [] }
    var state = withoutContext(state)
    for variable in scope.writtenByOthers { interpreter.write(variable, nil, &state) }
    return [state]
  }
}
