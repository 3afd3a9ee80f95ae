internal import FlowCheck
internal import FlowSyntax
internal import FlowText

/// Triggers: what a flow does not hear of, and what it hears too much of.
extension MutationFinder {
  mutating func visitTriggers(of flow: CheckedFlow) {
    let declarations = flow.declaration.members.compactMap { member -> TriggerDeclaration? in
      if case .trigger(let trigger) = member { trigger } else { nil }
    }
    if flow.triggers.count == 1 {
      change(
        .inactiveFlow, SourceRange(at: flow.declaration.name.range.upper), to: " inactive",
        place: flow.declaration.name.range, .switchedOff)
    }
    for declaration in declarations {
      if declaration.events.count > 1 {
        dropNames(.droppedTrigger, declaration.events.map(\.range))
      } else if flow.triggers.count > 1 {
        drop(.droppedTrigger, declaration.range, place: head(of: declaration))
      }
      for event in declaration.events { widen(event) }
    }
  }

  /// From `on` to the last event.
  private func head(of declaration: TriggerDeclaration) -> SourceRange {
    let last = declaration.events.last?.range ?? declaration.range
    return range(tokensBefore: 1, (declaration.events.first?.range ?? last).extended(to: last))
  }

  private mutating func widen(_ event: TriggerEvent) {
    guard let first = event.narrowing.first?.range, let last = event.narrowing.last?.range else { return }
    let opening = range(tokensBefore: 1, first)
    if let closing = tokens(in: SourceRange(last.upper, tree.source.bytes.count)).first(where: {
      $0.kind == .rightParenthesis
    }) {
      drop(.droppedNarrowing, opening.extended(to: closing.range))
    }
    dropNames(.droppedNarrowing, event.narrowing.map(\.range))
  }
}
