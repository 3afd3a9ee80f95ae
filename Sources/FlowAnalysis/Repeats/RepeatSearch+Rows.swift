internal import FlowCheck
internal import FlowSchema
internal import FlowSyntax

/// What is known when a row comes.
extension RepeatSearch {
  /// A new record: internal fields have their defaults, and there has been no communication. Of a record that has been
  /// there before the first row nothing is known.
  func newRecord() -> AbstractState {
    var state = AbstractState()
    let table = analysis.table
    guard analysis.campaign.flows[trigger.flow].triggers[trigger.trigger].kind == .participantCreated else {
      return state
    }
    for variable in interpreter.scope.followed.sorted() {
      if let field = table.fieldOf(variable) {
        guard field.level == .participant else { continue }
        let declared = analysis.campaign.schema.fields(field.level)[field.slot]
        if declared.isInternal { interpreter.set(variable, declared.initialValue(analysis.numbers), &state) }
      } else if let atom = table.atomOf(variable), atom.isCount {
        interpreter.set(variable, .number(0), &state)
      }
    }
    interpreter.clearResults(&state)
    for property in CommunicationProperty.allCases {
      interpreter.set(table.property(property), .unset, &state)
    }
    return state
  }

  /// The next row comes with the latest communication: there is one, since the row before has created it (semantics C5).
  func nextRow(_ state: AbstractState) -> AbstractState {
    forgettingContext(state).with(entriesOf: scope.latest, where: analysis.table.isContext)
  }

  func forgettingContext(_ state: AbstractState) -> AbstractState {
    var state = state
    let table = analysis.table
    state.removeAll { variable in
      table.isContext(variable) || (table.atomOf(variable)?.reads.contains { table.isContext($0) } ?? false)
    }
    return state
  }
}
