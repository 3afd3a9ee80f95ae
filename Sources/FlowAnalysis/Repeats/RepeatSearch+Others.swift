internal import FlowCheck
internal import FlowSchema
internal import FlowSyntax

/// What runs of others do to the states of a search.
extension RepeatSearch {
  /// The states after a run of another flow, as far as it can be followed.
  func after(_ other: TriggerID, _ states: [AbstractState]) -> [AbstractState] {
    if states.isEmpty { return [] }
    let entry = analysis.graphs[other.flow].entries[other.trigger]
    return interpreter.run(other.flow, from: [(entry, states)])[FlowGraph.end].states
      .filter { !$0.isUncertain }
  }

  /// Without what more flows of the row change than are looked at.
  func undisturbed(_ states: [AbstractState]) -> [AbstractState] {
    forgetting(scope.siblings.forgotten, states)
  }

  private func forgetting(_ variables: Set<Variable>, _ states: [AbstractState]) -> [AbstractState] {
    if variables.isEmpty { return states }
    return states.map { state in
      var state = state
      for variable in variables.sorted() { interpreter.write(variable, nil, &state) }
      return state
    }
  }

  /// The states after the runs that a row causes further, where these are not put off and do not belong to the way.
  func withConsequences(of way: Way, _ states: [AbstractState]) -> [AbstractState] {
    var states = states
    for other in scope.consequences.triggers where !way.chain.contains(where: { $0.flow == other.flow }) {
      let caused = states.filter { isCaused(other, $0) }
      states = states.filter { !isCaused(other, $0) } + after(other, caused.map(forgettingContext))
    }
    return forgetting(scope.consequences.forgotten, states)
  }

  /// Whether a run comes about: for all that is known, where a hand-over is the cause.
  private func isCaused(_ other: TriggerID, _ state: AbstractState) -> Bool {
    let taking = analysis.campaign.flows[other.flow].triggers[other.trigger]
    guard taking.kind == .participantUpdated else { return true }
    return state.entries.contains { entry in
      guard entry.isWritten, let field = analysis.table.fieldOf(entry.variable), field.level == .participant
      else { return false }
      return taking.fields.isEmpty || taking.fields.contains(field.slot)
    }
  }

  /// The states when the communication of an earlier row has taken its course, with nobody answering.
  func afterCourse(of way: Way, _ states: [AbstractState]) -> [AbstractState] {
    guard let number = analysis.names.communication(way.communication.name),
      let listeners = scope.listeners[number], !listeners.isEmpty
    else { return states }
    let ends = states.flatMap { state -> [AbstractState] in
      var course = [state]
      for listener in inOrder(listeners.triggers) {
        course = after(listener, course.map { entering(listener, about: number, $0) })
      }
      return course.map { $0.with(entriesOf: state, where: analysis.table.isContext) }
    }
    return forgetting(listeners.forgotten, ends)
  }

  /// What hears of a start and a delivery comes before what hears of the end.
  private func inOrder(_ listeners: [TriggerID]) -> [TriggerID] {
    func isEnd(_ id: TriggerID) -> Bool {
      analysis.campaign.flows[id.flow].triggers[id.trigger].kind == .communicationEnded
    }
    return listeners.filter { !isEnd($0) }.sorted() + listeners.filter(isEnd).sorted()
  }

  private func entering(
    _ listener: TriggerID, about communication: Int, _ state: AbstractState
  ) -> AbstractState {
    var state = forgettingContext(state)
    interpreter.clearResults(&state)
    interpreter.setNames([communication], &state)
    let trigger = analysis.campaign.flows[listener.flow].triggers[listener.trigger]
    interpreter.setStatuses(EventGraph.ownStatuses(trigger), &state)
    return state
  }
}
