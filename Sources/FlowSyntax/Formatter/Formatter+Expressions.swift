internal import FlowText

/// Expressions: operators break before themselves, the loosest first.
extension Formatter {
  mutating func writeExpression(_ id: ExpressionID) {
    switch tree[id].kind {
    case .missing, .unset, .now, .today, .boolean, .integer, .numeric, .text, .date, .localDateTime, .instant,
      .time, .duration, .name, .member:
      writeTogether(upTo: tree[id].range.upper)
    case .unary(.minus, let operand):
      write()
      writeExpression(operand)
    case .unary(.not, let operand):
      write()
      layout.append(.blank)
      writeExpression(operand)
    case .binary:
      layout.beginGroup()
      writeOperators(id)
      layout.append(.endGroup)
    case .membership(let left, _, let values):
      writeExpression(left)
      layout.append(.blank)
      while token.kind != .leftParenthesis {
        write()
        layout.append(.blank)
      }
      writeExpressions(values)
    case .presence(let operand, _):
      writeExpression(operand)
      layout.append(.blank)
      writeWords(upTo: tree[id].range.upper)
    case .call(_, let arguments):
      write()
      writeExpressions(arguments)
    case .within(let duration):
      write()
      layout.append(.blank)
      writeExpression(duration)
    case .parenthesized(let inner): writeParenthesized(inner)
    }
  }

  private mutating func writeExpressions(_ list: ExpressionList) {
    let elements = tree[list]
    writeList(.parentheses, count: elements.count, keepsBreak: false) { formatter, index in
      formatter.writeExpression(elements[elements.startIndex + index])
    }
  }

  private mutating func writeParenthesized(_ inner: ExpressionID) {
    write()
    layout.beginGroup()
    layout.append(.indent)
    line(.softLine)
    writeExpression(inner)
    layout.append(.dedent)
    line(.softLine)
    write()
    layout.append(.endGroup)
  }

  /// A chain of operators of one precedence, in the group that is open.
  private mutating func writeOperators(_ id: ExpressionID) {
    let operands = operands(of: id)
    // A chain inside of a chain that both break stand on two levels.
    let isChain = tree[operands[0]].isBinary
    if isChain { layout.append(.indent) }
    writeExpression(operands[0])
    if !isChain { layout.append(.indent) }
    for operand in operands.dropFirst() {
      line()
      writeWords(upTo: tree[operand].range.lower)
      layout.append(.blank)
      writeExpression(operand)
    }
    layout.append(.dedent)
  }

  /// The operands of `a + b - c`, which the tree nests to the left.
  private func operands(of id: ExpressionID) -> [ExpressionID] {
    guard case .binary(let operation, _, _) = tree[id].kind else { return [id] }
    var result: [ExpressionID] = []
    var next = id
    while case .binary(let other, let left, let right) = tree[next].kind, other.joins(operation) {
      result.append(right)
      next = left
    }
    result.append(next)
    return result.reversed()
  }

  /// The condition of a check with the place before its `{`: where the operators stand on several lines, the brace
  /// stands below them, so that the body is told from the condition.
  mutating func writeCondition(_ id: ExpressionID) {
    guard tree[id].isBinary else {
      writeExpression(id)
      return layout.append(.blank)
    }
    layout.beginGroup()
    writeOperators(id)
    line()
    layout.append(.endGroup)
  }
}

extension Expression {
  fileprivate var isBinary: Bool {
    if case .binary = kind { true } else { false }
  }
}

extension BinaryOperator {
  /// Whether `a op b other c` is one chain.
  fileprivate func joins(_ other: BinaryOperator) -> Bool { level == other.level }

  private var level: Precedence {
    switch self {
    case .multiply, .divide, .remainder: .product
    case .add, .subtract: .sum
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .contains, .startsWith, .endsWith,
      .matches:
      .comparison
    case .and: .and
    case .or: .or
    }
  }
}
