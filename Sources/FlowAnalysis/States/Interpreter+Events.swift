internal import FlowCheck
internal import FlowSchema
internal import FlowSyntax

/// Which events a statement causes for sure.
extension Interpreter {
  /// The state before a statement, where the statement really causes the event (semantics E7); `nil` where that cannot be
  /// shown.
  func causing(
    _ event: CausedEvent, _ state: AbstractState, _ statement: StatementID, _ file: FileView
  ) -> AbstractState? {
    guard case .changed(let slot) = event else { return state }
    guard case .update(let assignments) = file.statements[Int(statement.index)].kind else { return nil }
    let variable = table.field(.participant, slot)
    for assignment in file.tree[assignments] {
      guard let field = analysis.names.field(assignment.target), field.level == .participant,
        field.slot == slot,
        let value = assigned(assignment, state, file)
      else { continue }
      return changed(state, variable, to: value)
    }
    return nil
  }

  private func changed(_ state: AbstractState, _ variable: Variable, to value: ValueSet) -> AbstractState? {
    guard !value.isVague, value.isSingle else { return nil }
    var before = self.value(variable, state)
    guard !before.isVague else { return nil }
    if value == .unset {
      before.canBeUnset = false
    } else {
      before.content = before.content.subtracting(value.content)
    }
    guard !before.isEmpty else { return nil }
    var state = state
    state.narrow(variable, to: before)
    return state
  }
}
