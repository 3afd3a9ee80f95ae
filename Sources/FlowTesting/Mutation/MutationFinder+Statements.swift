internal import FlowCheck
internal import FlowSyntax
internal import FlowText

/// Statements: left out, or doing something else.
extension MutationFinder {
  mutating func visitStatement(_ statement: Statement) {
    switch statement.kind {
    case .check(let condition, let match, let otherwise): visitCheck(condition, match, otherwise)
    case .communication(let id): visit(tree[id], statement.range)
    case .cancelCommunications(_, let names):
      skip(.droppedCancel, statement.range)
      dropNames(.droppedCancel, Array(tree[names]).map(\.range))
    case .update(let assignments): visit(update: Array(tree[assignments]), statement.range)
    case .handOver(let target, let schedule):
      skip(.droppedHandOver, statement.range)
      redirect(handOver: target)
      visit(schedule)
    case .cancelHandOvers: skip(.droppedCancel, statement.range)
    case .python: skip(.droppedScript, statement.range)
    case .stop: skip(.droppedStop, statement.range)
    case .go(let step):
      skip(.droppedGo, statement.range)
      redirect(go: step)
    // Not in flows.
    case .progress, .end, .chance, .scenario: break
    }
  }

  private mutating func visitCheck(_ condition: ExpressionID, _ match: Block, _ otherwise: ElseBranch) {
    visitCondition(condition)
    visit(match)
    switch otherwise {
    case .none: break
    case .block(let block):
      // Unlike the negated condition, this also turns round what happens where something is unset.
      let range = tree[condition].range
      change(.swappedPorts, range, to: "if(\(text(condition)), false, true)", .swapped)
      visit(block)
    case .statement(let statement): visit(statement)
    }
  }

  // MARK: Update Field

  private mutating func visit(update assignments: [Assignment], _ range: SourceRange) {
    if assignments.count == 1 {
      skip(.droppedUpdate, range)
    } else {
      dropNames(.droppedUpdate, assignments.map { $0.target.range.extended(to: tree[$0.value].range) })
    }
    for assignment in assignments { visitValue(assignment.value) }
  }

  /// Each element of a list with commas between them, unless it is the only one.
  mutating func dropNames(_ kind: MutationKind, _ ranges: [SourceRange]) {
    guard ranges.count > 1 else { return }
    for (index, range) in ranges.enumerated() {
      let gone =
        index + 1 < ranges.count
        ? SourceRange(range.lower, ranges[index + 1].lower)
        : SourceRange(ranges[index - 1].upper, range.upper)
      drop(kind, gone, place: range)
    }
  }

  // MARK: To Another Flow

  /// To the next flow that takes hand-overs.
  private mutating func redirect(handOver target: Name) {
    let flows = campaign.flows.indices.filter { index in
      campaign.flows[index].isActive && campaign.flows[index].triggers.contains { $0.kind == .fromFlow }
        && index != flow
    }
    let names = flows.map { campaign.flows[$0].name }
    if let other = next(after: target, in: names) { replace(.redirectedHandOver, target.range, by: other) }
  }

  private mutating func redirect(go target: Name) {
    let names = flow.map { campaign.flows[$0].steps.map(\.name) } ?? []
    if let other = next(after: target, in: names) { replace(.redirectedGo, target.range, by: other) }
  }

  private func next(after name: Name, in names: [String]) -> String? {
    guard names.count > 1, let index = names.firstIndex(of: text(name.range)) else { return nil }
    return names[(index + 1) % names.count]
  }
}
