internal import FlowDiagnostics
internal import FlowText

/// How tightly an operator binds; more binds tighter (language 5).
enum Precedence: Int, Comparable {
  case or = 1
  case and, not, comparison, sum, product
  /// No operator binds as tightly as an operand alone.
  case operand

  static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

  /// What the right side of an operator of this precedence is made of.
  var tighter: Precedence { Precedence(rawValue: rawValue + 1) ?? .operand }
}

/// What stands behind an operand.
private enum Infix {
  case binary(BinaryOperator, Precedence)
  case membership(negated: Bool)
  case presence
  /// `=`, which stands for a comparison nowhere.
  case assignment

  var precedence: Precedence {
    switch self {
    case .binary(_, let precedence): precedence
    case .membership, .presence, .assignment: .comparison
    }
  }
}

extension Parser {
  mutating func parseLoneExpression() -> ExpressionID {
    let expression = parseExpression()
    if !failed, token.kind != .endOfFile { fail(.expectedToken, "the end of the expression") }
    return expression
  }

  mutating func parseExpression() -> ExpressionID { parseOperators(.or) }

  /// Operands and the operators between them that bind at least as tightly as `minimum`.
  mutating func parseOperators(_ minimum: Precedence) -> ExpressionID {
    var left = parsePrefix(minimum)
    var hasComparison = false
    while !failed, let infix = infix, infix.precedence >= minimum {
      if infix.precedence == .comparison {
        if hasComparison { reportChain() }
        hasComparison = true
      }
      let leftHeight = height
      left = parseInfix(infix, left)
      height = max(height, leftHeight) + 1
      if height > SyntaxLimit.nestingDepth, !failed {
        reportTooDeep(at: tree[left].range)
        failed = true
      }
    }
    return left
  }

  private var infix: Infix? {
    switch token.kind {
    case .identifier: wordInfix
    case .equalEqual: .binary(.equal, .comparison)
    case .notEqual: .binary(.notEqual, .comparison)
    case .less: .binary(.less, .comparison)
    case .lessEqual: .binary(.lessOrEqual, .comparison)
    case .greater: .binary(.greater, .comparison)
    case .greaterEqual: .binary(.greaterOrEqual, .comparison)
    case .plus: .binary(.add, .sum)
    case .minus: .binary(.subtract, .sum)
    case .star: .binary(.multiply, .product)
    case .slash: .binary(.divide, .product)
    case .percent: .binary(.remainder, .product)
    case .equal: .assignment
    default: nil
    }
  }

  private var wordInfix: Infix? {
    guard let keyword = token.symbol.keyword else { return nil }
    switch keyword {
    case .and: return .binary(.and, .and)
    case .or: return .binary(.or, .or)
    case .in: return .membership(negated: false)
    case .not: return isNegatedInfix ? .membership(negated: true) : nil
    case .is: return .presence
    case .contains: return .binary(.contains, .comparison)
    case .starts: return .binary(.startsWith, .comparison)
    case .ends: return .binary(.endsWith, .comparison)
    case .matches: return .binary(.matches, .comparison)
    default: return nil
    }
  }

  /// Whether `not` belongs to the operator behind it, rightly (`not in`) or wrongly (`not contains`).
  private var isNegatedInfix: Bool {
    isNext(.in) || isNext(.contains) || isNext(.starts) || isNext(.ends) || isNext(.matches)
  }

  private mutating func parseInfix(_ infix: Infix, _ left: ExpressionID) -> ExpressionID {
    let start = tree[left].range.lower
    switch infix {
    case .binary(let operation, let precedence):
      advance()
      if operation == .startsWith || operation == .endsWith { expectWord(.with) }
      if token.kind == .equal, precedence >= .sum, token.range.lower == previousEnd {
        return failCompoundAssignment(left)
      }
      let right = parseOperators(precedence.tighter)
      return add(.binary(operation, left, right), range(from: start))
    case .assignment:
      report(
        .wrongEquals, "expected `==` to compare, found `=`", at: token.range,
        fixes: [replacement(token.range, by: "==", .safe)])
      advance()
      let right = parseOperators(.sum)
      return add(.binary(.equal, left, right), range(from: start))
    case .membership(let negated): return parseMembership(left, negated: negated)
    case .presence: return parsePresence(left)
    }
  }

  /// `a in (x, y)`, `a not in (x, y)`.
  private mutating func parseMembership(_ left: ExpressionID, negated: Bool) -> ExpressionID {
    let start = tree[left].range.lower
    advance()
    if negated, !accept(.in) {
      fail(
        .expectedToken, "`in` after `not`", help: ["`not` stands before the whole comparison: `not a == b`"])
      return missingExpression()
    }
    let list = parseMembers()
    return add(.membership(left, negated: negated, list), range(from: start))
  }

  private mutating func parseMembers() -> ExpressionList {
    let open = token
    if open.kind == .leftBracket { return parseBracketedMembers() }
    guard accept(.leftParenthesis) else {
      let isDuration = token.kind == .durationLiteral
      let behind =
        isDuration
        ? ["after an expression `in` is the operator; a schedule stands before `expires in` and `only if`"]
        : []
      fail(isDuration ? .clauseOrder : .expectedToken, "`(` and a list of values after `in`", help: behind)
      return .empty
    }
    return parseElements(open.range, close: .rightParenthesis, allowsEmpty: false)
  }

  private mutating func parseBracketedMembers() -> ExpressionList {
    let open = token.range
    reportUnexpected(.foreignSpelling, "`(`", help: ["a list stands between `(` and `)`"])
    advance()
    let list = parseElements(open, close: .rightBracket, allowsEmpty: true)
    return list
  }

  /// `x, y` and the closing sign; the opening one has been consumed.
  mutating func parseElements(
    _ open: SourceRange, close: TokenKind, allowsEmpty: Bool, isCount: Bool = false
  ) -> ExpressionList {
    guard enter() else {
      closeParenthesis(open)
      return .empty
    }
    defer { leave() }
    let first = openExpressions.count
    var tallest = 0
    if token.kind == close, !allowsEmpty { fail(.expectedExpression, "a value") }
    while !failed, token.kind != close, !startsElsewhere {
      guard hasRoom(openExpressions.count - first) else {
        failed = true
        break
      }
      openExpressions.append(parseArgument(isCount: isCount))
      tallest = max(tallest, height)
      guard acceptSeparator(before: close, isElement: { $0.startsOperand && !$0.startsClause }) else { break }
    }
    height = tallest + 1
    if close == .rightParenthesis {
      closeParenthesis(open)
    } else if !failed, !accept(close) {
      fail(.expectedToken, close.description, secondary: [label(open, "to close this")])
    }
    let list = ExpressionList(start: tree.expressionLists.count, count: openExpressions.count - first)
    tree.expressionLists.append(contentsOf: openExpressions[first...])
    openExpressions.removeSubrange(first...)
    return list
  }

  /// An expression, or `within D` as `communications` takes it.
  private mutating func parseArgument(isCount: Bool) -> ExpressionID {
    guard isAt(.within), isCount || peek().kind == .durationLiteral else { return parseExpression() }
    let start = token.range.lower
    advance()
    let duration = parseExpression()
    height += 1
    return add(.within(duration), range(from: start))
  }

  /// `a is set`, `a is not set`.
  private mutating func parsePresence(_ left: ExpressionID) -> ExpressionID {
    let start = tree[left].range.lower
    let word = token.range
    advance()
    var negated = accept(.not)
    if isAt(.unset), !negated {
      let both = SourceRange(word.lower, token.range.upper)
      reportUnexpected(
        .expectedToken, "`is not set`", fixes: [replacement(both, by: "is not set", .safe)])
      negated = true
      advance()
    } else if !isAt(.set), startsOperand, misspelling(of: [.set]) == nil {
      // `status is paid` was meant as a comparison.
      let both = SourceRange(word.lower, previousEnd)
      reportUnexpected(
        .expectedToken, "`set` after `is`", help: ["values are compared with `==` and `!=`"],
        fixes: [replacement(both, by: negated ? "!=" : "==", .unsafe)])
      let right = parseOperators(.sum)
      return add(.binary(negated ? .notEqual : .equal, left, right), range(from: start))
    } else {
      expectWord(.set)
    }
    return add(.presence(left, negated: negated), range(from: start))
  }

  private mutating func reportChain() {
    let sign = token.range
    report(
      .chainedComparison, "expected `and` or `or` between two comparisons, found `\(excerpt(sign))`",
      at: sign,
      help: ["comparisons do not chain: write `a < b and b < c`"])
  }

  /// `participant.attempts += 1`.
  private mutating func failCompoundAssignment(_ left: ExpressionID) -> ExpressionID {
    let target = text(tree[left].range)
    report(
      .foreignSpelling,
      "expected `=` and the whole new value, found `\(excerpt(tokens[position - 1].range))=`",
      at: tokens[position - 1].range.extended(to: token.range),
      help: ["write `\(target) = \(target) \(excerpt(tokens[position - 1].range)) …`"])
    failed = true
    return missingExpression()
  }
}
