internal import FlowDiagnostics
internal import FlowText

/// What stands between operators: literals, fields, calls, parentheses (language 5).
extension Parser {
  mutating func parsePrefix(_ minimum: Precedence) -> ExpressionID {
    if isAt(.not) {
      if minimum > .not {
        fail(
          .expectedExpression, "a value",
          help: ["`not` belongs before the whole comparison, or into parentheses"])
        return missingExpression()
      }
      return parseUnary(.not) { $0.parseOperators(.not) }
    }
    return parseOperand()
  }

  private mutating func parseUnary(
    _ operation: UnaryOperator, _ operand: (inout Parser) -> ExpressionID
  ) -> ExpressionID {
    let start = token.range.lower
    guard enter() else { return missingExpression() }
    defer { leave() }
    advance()
    if operation == .minus, isSmallestInteger { return parseNegative(from: start) }
    let inner = operand(&self)
    height += 1
    return add(.unary(operation, inner), range(from: start))
  }

  /// A number behind a minus that has been consumed.
  mutating func parseNegative(from start: Int) -> ExpressionID {
    height = 2
    if isSmallestInteger {
      advance()
      return add(.integer(.min), range(from: start))
    }
    let number = literalValue()
    let inner = add(number, token.range)
    advance()
    return add(.unary(.minus, inner), range(from: start))
  }

  /// Whether the present literal has a value only with the minus before it.
  private var isSmallestInteger: Bool {
    token.kind == .integerLiteral && token.range.count == 19 && text(token.range) == "9223372036854775808"
  }

  private mutating func parseOperand() -> ExpressionID {
    switch token.kind {
    case .identifier: return parseWord()
    case .integerLiteral where unitInWords != nil: return parseDurationInWords()
    case .integerLiteral, .numericLiteral, .durationLiteral, .dateLiteral, .datetimeLiteral, .timeLiteral,
      .stringLiteral:
      let kind = literalValue()
      return leaf(kind)
    case .minus: return parseUnary(.minus) { $0.parseOperand() }
    case .leftParenthesis: return parseParenthesized()
    default:
      fail(.expectedExpression, "an expression")
      return missingExpression()
    }
  }

  /// An expression that is the present token.
  private mutating func leaf(_ kind: Expression.Kind) -> ExpressionID {
    height = 1
    let expression = add(kind, token.range)
    advance()
    return expression
  }

  private mutating func parseParenthesized() -> ExpressionID {
    let open = token.range
    guard enter() else { return missingExpression() }
    defer { leave() }
    advance()
    let inner = parseExpression()
    height += 1
    if !failed, token.kind == .comma {
      fail(
        .expectedToken, "`)`", secondary: [label(open, "to close this `(`")],
        help: ["a list of values stands after `in`"])
    }
    closeParenthesis(open)
    return add(.parenthesized(inner), range(from: open.lower))
  }

  private mutating func parseWord() -> ExpressionID {
    switch peek().kind {
    case .dot where !(token.symbol.keyword?.isReserved ?? false): return parseMember()
    case .leftParenthesis where !(token.symbol.keyword?.isReserved ?? false): return parseCall()
    default: break
    }
    guard let keyword = token.symbol.keyword else { return leaf(.name(token.symbol)) }
    switch keyword {
    case .true: return leaf(.boolean(true))
    case .false: return leaf(.boolean(false))
    case .unset: return leaf(.unset)
    case .now: return parseClock(.now)
    case .today: return parseClock(.today)
    case .and, .or, .in, .is, .not:
      fail(.expectedExpression, "an expression")
      return missingExpression()
    default:
      guard isClauseStart || startsElsewhere else { return leaf(.name(token.symbol)) }
      fail(.expectedExpression, "an expression")
      return missingExpression()
    }
  }

  /// `now` or `today`, which have no parts.
  private mutating func parseClock(_ kind: Expression.Kind) -> ExpressionID {
    let expression = leaf(kind)
    if token.kind == .dot {
      fail(
        .expectedToken, "an operator or the end of the expression",
        help: ["parts of a date or time are functions: `hour(now)`, `weekday(today)`"])
    }
    return expression
  }

  /// Whether a word that could be a case is the beginning of a clause, by what follows: no name is followed
  /// by a literal, and no case is called `expires in 2d`.
  var isClauseStart: Bool {
    let next = peek()
    switch next.kind {
    case .timeLiteral, .datetimeLiteral, .durationLiteral: return isAt(.at) || isAt(.within)
    case .identifier:
      return isAt(.only) && next.symbol == Symbol(.if)
        || isAt(.expires) && next.symbol == Symbol(.in) && peek(2).kind != .leftParenthesis
    default: return false
    }
  }

  private mutating func parseMember() -> ExpressionID {
    let base = token
    advance()
    advance()
    height = 1
    guard token.kind == .identifier else {
      fail(.expectedName, "a field's name after `.`")
      return add(.missing, range(from: base.range.lower))
    }
    let member = Name(token.symbol, token.range)
    advance()
    let expression = add(.member(base: base.symbol, member: member), base.range.extended(to: member.range))
    if token.kind == .dot {
      fail(
        .expectedToken, "an operator or the end of the expression",
        help: ["a field has no parts of its own; functions are written `lower(participant.city)`"])
    } else if token.kind == .leftParenthesis {
      fail(
        .expectedToken, "an operator or the end of the expression",
        help: ["functions are written `lower(participant.city)`"])
    }
    return expression
  }

  private mutating func parseCall() -> ExpressionID {
    let name = name(at: token)
    advance()
    let open = token.range
    advance()
    let arguments = parseElements(
      open, close: .rightParenthesis, allowsEmpty: true, isCount: name.symbol == Symbol(.communications))
    return add(.call(name, arguments), range(from: name.range.lower))
  }

  /// Whether a word stands here that more likely begins the next clause than an operand.
  var startsClause: Bool {
    isAt(.at) || isAt(.within) || isAt(.expires) || isAt(.only) || isAt(.with) || isAt(.by)
  }

  /// Whether an operand may begin here.
  var startsOperand: Bool {
    switch token.kind {
    case .identifier, .integerLiteral, .numericLiteral, .durationLiteral, .dateLiteral, .datetimeLiteral,
      .timeLiteral, .stringLiteral, .leftParenthesis, .minus:
      true
    default: false
    }
  }
}
