import FlowCheck
import FlowDiagnostics
import FlowSyntax
import FlowText
import FlowValues

/// Faults in statements.
extension FaultFinder {
  mutating func addStatements(_ tree: SyntaxTree) {
    for statement in tree.statements where isInActiveFlow(statement.range, tree) {
      switch statement.kind {
      case .check(let condition, let match, let otherwise):
        addSlip(condition, otherwise, tree)
        addSameQuestion(condition, match, tree)
        addLostElse(condition, otherwise, tree)
        addRemovedBound(statement, condition, match, tree)
        addDeadEnd(match, tree)
      case .update(let assignments): addRemovedCount(assignments, tree)
      case .go(let step) where goCount(step, tree) == 1:
        let also: Set = [
          RuleTag.duplicateContact, RuleTag.enumCaseMissed, RuleTag.fieldNeverWritten,
          RuleTag.contactAfterOptOut,
        ]
        add("removed go", RuleTag.unusedStep, also: also, [replace(tree, statement.range, "")])
      case .handOver(let flow, let schedule):
        if isOnlyWay(to: flow) {
          add(
            "removed hand-over", RuleTag.unusedFlow,
            also: [RuleTag.enumCaseMissed, RuleTag.unusedResult, RuleTag.fieldNeverWritten],
            [replace(tree, statement.range, "")])
        }
        addSchedule(schedule, tree)
      case .communication, .cancelCommunications, .cancelHandOvers, .python, .stop, .go, .progress, .end,
        .chance, .scenario:
        break
      }
    }
  }

  func isInActiveFlow(_ range: SourceRange, _ tree: SyntaxTree) -> Bool {
    campaign.flows.contains {
      $0.isActive && $0.file == tree.source.id && $0.declaration.range.contains(range)
    }
  }

  /// How often a file goes to a step of this name.
  private func goCount(_ step: Name, _ tree: SyntaxTree) -> Int {
    tree.statements.filter { statement in
      if case .go(let other) = statement.kind { other.symbol == step.symbol } else { false }
    }.count
  }

  /// Whether a flow is only ever started by one hand-over.
  private func isOnlyWay(to flow: Name) -> Bool {
    let count = campaign.files.flatMap(\.statements).filter { statement in
      if case .handOver(let other, _) = statement.kind { other.symbol == flow.symbol } else { false }
    }.count
    let triggers = campaign.flows.first { $0.name == text(flow) }?.triggers ?? []
    return count == 1 && triggers.allSatisfy { $0.kind == .fromFlow }
  }

  /// The second check of a chain asks for the case of the first.
  private mutating func addSlip(_ condition: ExpressionID, _ otherwise: ElseBranch, _ tree: SyntaxTree) {
    guard case .statement(let id) = otherwise, case .check(let second, _, _) = tree[id].kind,
      case .binary(.equal, let left, let first) = tree[condition].kind,
      case .binary(.equal, let otherLeft, let other) = tree[second].kind,
      tree.source.text(tree[left].range) == tree.source.text(tree[otherLeft].range)
    else { return }
    add(
      "slip in a case", RuleTag.shadowedElse, also: [RuleTag.enumCaseMissed, RuleTag.unusedFlow],
      [replace(tree, tree[other].range, tree.source.text(tree[first].range))])
  }

  /// A check of a counter that ends the run is turned into one that never does.
  private mutating func addRemovedBound(
    _ statement: Statement, _ condition: ExpressionID, _ match: Block, _ tree: SyntaxTree
  ) {
    guard case .binary(.greaterOrEqual, let left, _) = tree[condition].kind,
      case .member(_, let field) = tree[left].kind, isCounter(field, tree)
    else { return }
    add(
      "removed bound of a counter", RuleTag.feedbackLoop,
      also: [RuleTag.handoverCycle, RuleTag.constantCheck, RuleTag.shadowedElse],
      [replace(tree, tree[condition].range, "profile.opted_out")])
  }

  private mutating func addRemovedCount(_ assignments: AssignmentList, _ tree: SyntaxTree) {
    for assignment in tree[assignments] {
      guard case .binary(.add, let left, _) = tree[assignment.value].kind,
        case .member(_, let field) = tree[left].kind,
        field.symbol == assignment.target.field.symbol
      else { continue }
      let same = tree.source.text(tree[left].range)
      add(
        "removed count", RuleTag.feedbackLoop, also: [RuleTag.handoverCycle, RuleTag.constantCheck],
        [replace(tree, tree[assignment.value].range, same)])
    }
  }

  private func isCounter(_ field: Name, _ tree: SyntaxTree) -> Bool {
    tree.statements.contains { statement in
      guard case .update(let list) = statement.kind else { return false }
      return tree[list].contains { assignment in
        guard assignment.target.field.symbol == field.symbol,
          case .binary(.add, _, _) = tree[assignment.value].kind
        else {
          return false
        }
        return true
      }
    }
  }

  /// A `stop` before the last statement of a block.
  private mutating func addDeadEnd(_ block: Block, _ tree: SyntaxTree) {
    let statements = tree[block.statements]
    guard statements.count > 1, let last = statements.last else { return }
    if case .check = tree[last].kind { return }
    let edit = replace(tree, SourceRange(at: tree[last].range.lower), "stop ")
    let also: Set = [
      RuleTag.duplicateContact, RuleTag.unusedFlow, RuleTag.fieldNeverWritten, RuleTag.feedbackLoop,
      RuleTag.contactAfterOptOut, RuleTag.handoverCycle,
    ]
    add("stop in the middle", RuleTag.unreachableNode, also: also, [edit])
  }

  /// Days written as hours, and a sign turned round.
  mutating func addSchedule(_ schedule: Schedule, _ tree: SyntaxTree) {
    switch schedule.kind {
    case .now: break
    case .in(let value):
      if case .duration(let duration) = tree[value].kind, duration.days > 0, duration.milliseconds == 0 {
        add("hours for days", RuleTag.dayOr24h, [replace(tree, tree[value].range, "\(duration.days * 24)h")])
      }
    case .at(let value), .on(let value, _):
      guard case .binary(.add, let left, let right) = tree[value].kind, isNow(tree[left].kind) else { break }
      let between = SourceRange(tree[left].range.upper, tree[right].range.lower)
      add("sign turned round", RuleTag.alwaysPast, [replace(tree, between, " - ")])
    }
  }

  private func isNow(_ kind: Expression.Kind) -> Bool {
    switch kind {
    case .now, .today: true
    case _: false
    }
  }
}
