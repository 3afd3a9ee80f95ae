internal import FlowDiagnostics
internal import FlowText
internal import FlowValues

/// Models: how people answer (language 7).
extension Parser {
  mutating func parseModel(_ documentation: TextLiteral?) -> ModelDeclaration? {
    let start = token.range.lower
    advance()
    guard let agent = parseName(.agent) else { return nil }
    place = .model
    let body = parseBlock(mayEndAtElse: false)
    return ModelDeclaration(
      range: range(from: start), agent: agent, documentation: documentation, body: body)
  }

  /// `progress STATUS after D`
  mutating func parseProgress() -> Statement.Kind? {
    advance()
    guard let status = parseStatus(), let delay = parseDelay() else { return nil }
    return .progress(status: status, delay: delay)
  }

  /// `end STATUS [{ results }] after D`
  mutating func parseEnd() -> Statement.Kind? {
    advance()
    guard let status = parseStatus() else { return nil }
    if isAt(.after) { return parseDelayFirst(status) }
    var results = EntryList.empty
    if token.kind == .leftBrace || (token.kind == .identifier && peek().kind == .equal) {
      results = parseEntries()
    }
    guard !failed, let delay = parseDelay() else { return nil }
    return .end(status: status, results: results, delay: delay)
  }

  /// The delay stands where it belongs if there are no results, else before them.
  private mutating func parseDelayFirst(_ status: Name) -> Statement.Kind? {
    let start = token.range.lower
    guard let delay = parseDelay(), !failed else { return nil }
    guard token.kind == .leftBrace else { return .end(status: status, results: .empty, delay: delay) }
    var slots = ClauseSlots()
    take(1, "`after`", range(from: start), &slots)
    let brace = token.range.lower
    let results = parseEntries()
    take(0, "the results", range(from: brace), &slots)
    if !failed { reportOrder(slots, "the status, the results, `after`") }
    return .end(status: status, results: results, delay: delay)
  }

  mutating func parseStatus() -> Name? {
    guard token.kind == .identifier, !isAt(.after), !startsElsewhere else {
      fail(.expectedName, "a status")
      return nil
    }
    let status = name(at: token)
    advance()
    return status
  }

  /// `after D` or `after D..D`
  mutating func parseDelay() -> Delay? {
    let start = token.range.lower
    if !accept(.after) {
      guard token.kind == .durationLiteral || misspelling(of: [.after]) != nil else {
        fail(.expectedToken, "`after` and a duration")
        return nil
      }
      expectWord(.after)
    }
    let lower = parseExpression()
    var upper: ExpressionID?
    if !failed, accept(.ellipsis) { upper = parseExpression() }
    return Delay(lower, upper, range(from: start))
  }

  /// `chance P% { … } [else …]`
  mutating func parseChance(hasWord: Bool = true) -> Statement.Kind? {
    if hasWord { advance() }
    let percent = parsePercent()
    let match = parseBlock(mayEndAtElse: true)
    let otherwise = parseElse()
    return .chance(percent: percent, match: match, else: otherwise)
  }

  mutating func parsePercent() -> Numeric {
    let number = token
    guard number.kind == .integerLiteral || number.kind == .numericLiteral else {
      fail(.expectedToken, "a percentage like `40%`")
      return .zero
    }
    let value: Numeric?
    switch literalValue() {
    case .integer(let integer): value = Numeric(integer)
    case .numeric(let numeric): value = numeric
    default: value = .zero
    }
    advance()
    if !accept(.percent) {
      reportUnexpected(
        .expectedToken, "`%`",
        fixes: [Fix("insert `%`", .safe, [Edit(tree.span(SourceRange(at: previousEnd)), "%")])])
      // Between the number and the block nothing else can stand.
      if token.kind != .leftBrace { failed = true }
    }
    guard let value, let whole = Numeric(100), value <= whole else {
      report(
        .literalOutOfRange, "expected a percentage from 0 to 100, found `\(excerpt(number.range))`",
        at: number.range)
      return .zero
    }
    return value
  }
}
