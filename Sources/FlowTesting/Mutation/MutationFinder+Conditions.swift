internal import FlowSyntax
internal import FlowText

/// Conditions: the wrong way round, with a part too few, with a bound that is off by one.
extension MutationFinder {
  /// A condition that decides something.
  mutating func visitCondition(_ id: ExpressionID) {
    if case .boolean = tree[id].kind { return }
    replace(.negatedCondition, tree[id].range, by: negation(of: id))
    visitParts(of: id)
  }

  private func negation(of id: ExpressionID) -> String {
    switch tree[id].kind {
    case .parenthesized, .member, .call: "not \(text(id))"
    case .unary(.not, let operand): text(operand)
    case .missing, .unset, .now, .today, .boolean, .integer, .numeric, .text, .date, .localDateTime, .instant,
      .time, .duration, .name, .unary, .binary, .membership, .presence, .within:
      "not (\(text(id)))"
    }
  }

  /// What a condition is made of. A part that is the wrong way round is not tried: who notices that it is missing
  /// notices that as well.
  mutating func visitParts(of id: ExpressionID) {
    switch tree[id].kind {
    case .binary(.and, let left, let right), .binary(.or, let left, let right):
      dropOperands(of: id, left, right)
      visitParts(of: left)
      visitParts(of: right)
    case .binary(let op, let left, let right) where op.isOrdering: visitBound(id, op, left, right)
    case .parenthesized(let inner), .unary(.not, let inner): visitParts(of: inner)
    case .membership(let element, _, let list):
      visitValue(element)
      dropCases(Array(tree[list]))
    case .presence(let operand, _): visitValue(operand)
    case .missing, .unset, .now, .today, .boolean, .integer, .numeric, .text, .date, .localDateTime, .instant,
      .time, .duration, .name, .member, .unary, .binary, .call, .within:
      visitValue(id)
    }
  }

  /// Of `a and b and c`, which is `(a and b) and c`, each operand once.
  private mutating func dropOperands(of id: ExpressionID, _ left: ExpressionID, _ right: ExpressionID) {
    let (whole, first, second) = (tree[id].range, tree[left].range, tree[right].range)
    drop(.droppedOperand, SourceRange(first.upper, second.upper), place: second)
    if operation(of: left) != operation(of: id) {
      drop(.droppedOperand, SourceRange(whole.lower, second.lower), place: first)
    }
  }

  private func operation(of id: ExpressionID) -> BinaryOperator? {
    if case .binary(let op, _, _) = tree[id].kind { op } else { nil }
  }

  private mutating func dropCases(_ list: [ExpressionID]) {
    if list.count == 1 { visitValue(list[0]) }
    for (index, element) in list.enumerated() where list.count > 1 {
      let range = tree[element].range
      let gone =
        index + 1 < list.count
        ? SourceRange(range.lower, tree[list[index + 1]].range.lower)
        : SourceRange(tree[list[index - 1]].range.upper, range.upper)
      drop(.droppedCase, gone, place: range)
    }
  }

  // MARK: Bounds

  /// `x < 3` becomes `x <= 3` and, the other way, `x < 2`: over whole numbers each bound is missed by one to both sides.
  private mutating func visitBound(
    _ id: ExpressionID, _ op: BinaryOperator, _ left: ExpressionID, _ right: ExpressionID
  ) {
    let between = SourceRange(tree[left].range.upper, tree[right].range.lower)
    if let token = tokens(in: between).first {
      change(
        .shiftedBound, token.range, to: op.withOtherEdge, place: tree[id].range,
        .replaced(by: "\(text(left)) \(op.withOtherEdge) \(text(right))"))
    }
    if let moved = literal(right, by: op.stepInward) {
      replace(.shiftedBound, tree[right].range, by: moved)
    } else {
      visitValue(right)
    }
    if let moved = literal(left, by: -op.stepInward) {
      replace(.shiftedBound, tree[left].range, by: moved)
    } else {
      visitValue(left)
    }
  }
}

extension BinaryOperator {
  fileprivate var isOrdering: Bool {
    switch self {
    case .less, .lessOrEqual, .greater, .greaterOrEqual: true
    case .multiply, .divide, .remainder, .add, .subtract, .equal, .notEqual, .contains, .startsWith,
      .endsWith,
      .matches, .and, .or:
      false
    }
  }

  /// With the bound itself on the other side.
  fileprivate var withOtherEdge: String {
    switch self {
    case .less: "<="
    case .lessOrEqual: "<"
    case .greater: ">="
    case .greaterOrEqual: ">"
    case .multiply, .divide, .remainder, .add, .subtract, .equal, .notEqual, .contains, .startsWith,
      .endsWith,
      .matches, .and, .or:
      spelling
    }
  }

  /// Where a bound on the right goes so that it does not say the same as the other edge.
  fileprivate var stepInward: Int64 {
    switch self {
    case .less, .greaterOrEqual: -1
    case .lessOrEqual, .greater, .multiply, .divide, .remainder, .add, .subtract, .equal, .notEqual,
      .contains, .startsWith, .endsWith, .matches, .and, .or:
      1
    }
  }
}
