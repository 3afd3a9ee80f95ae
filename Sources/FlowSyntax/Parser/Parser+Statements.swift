internal import FlowDiagnostics
internal import FlowText

/// Blocks and the statements of flows (language 4.2–4.4).
extension Parser {
  /// `{ statements }`.
  ///
  /// A missing `{` is reported, and the statements are read all the same where they follow. What cannot stand in
  /// a block ends it: then its `}` is missing.
  mutating func parseBlock(mayEndAtElse: Bool) -> Block {
    var open: Int? = position
    if failed || token.kind != .leftBrace {
      if !failed { fail(.expectedToken, "`{`") }
      if !recoverToBrace() {
        open = nil
        guard isStatementStart || token.kind == .rightBrace else {
          return Block(SourceRange(at: previousEnd), .empty)
        }
      } else {
        open = position
      }
    }
    let start = token.range.lower
    guard enter() else {
      if token.kind == .leftBrace { skipBraces() }
      return Block(range(from: start), .empty)
    }
    defer { leave() }
    if open != nil { openBrace() }
    let statements = parseStatements(mayEndAtElse: mayEndAtElse)
    closeBrace(open)
    return Block(range(from: start), statements)
  }

  private mutating func parseStatements(mayEndAtElse: Bool) -> StatementList {
    let first = openStatements.count
    while token.kind != .rightBrace, token.kind != .endOfFile {
      if token.kind == .identifier, endsBlock(mayEndAtElse: mayEndAtElse) { break }
      let start = position
      if let statement = parseStatement() { openStatements.append(statement) }
      if failed || position == start { recoverInBlock(from: start) }
    }
    return takeStatements(since: first)
  }

  /// The statements that have been read since the list began, as a list of the tree.
  mutating func takeStatements(since first: Int) -> StatementList {
    let list = StatementList(start: tree.statementLists.count, count: openStatements.count - first)
    tree.statementLists.append(contentsOf: openStatements[first...])
    openStatements.removeSubrange(first...)
    return list
  }

  /// Whether a word stands here that no statement begins with, and that belongs outside of the block.
  private mutating func endsBlock(mayEndAtElse: Bool) -> Bool {
    guard let keyword = token.symbol.keyword else { return false }
    switch keyword {
    case .on: return isTriggerStart
    case .step: return isStepStart
    case .else: return mayEndAtElse
    case .use, .campaign, .profile, .participant, .enum, .window, .agent, .flow, .model, .test, .guarantee:
      return isDeclarationStart()
    default: return false
    }
  }

  /// One statement. Nil where none is there or it is not allowed here, which is reported.
  mutating func parseStatement() -> StatementID? {
    let title = takeTitle()
    let start = position
    guard let keyword, let kind = parseStatementKind(keyword) ?? nil else {
      if position == start, !failed { return parseUnknownStatement(title) }
      return nil
    }
    return finish(kind, from: start, title)
  }

  private mutating func finish(_ kind: Statement.Kind, from start: Int, _ title: TextLiteral?) -> StatementID
  {
    var titleID: TitleID?
    if let title {
      titleID = TitleID(tree.titles.count)
      tree.titles.append(title.value)
    }
    tree.statements.append(Statement(kind, range(from: tokens[start].range.lower), title: titleID))
    return StatementID(tree.statements.count - 1)
  }

  /// The statement that a word begins. Nil inside where it was read but cannot be used.
  private mutating func parseStatementKind(_ keyword: Keyword) -> Statement.Kind?? {
    switch keyword {
    case .check: return judged(keyword) { $0.parseCheck() }
    case .chance: return judged(keyword) { $0.parseChance() }
    case .progress, .end: return judged(keyword) { $0.parseAnswerOrReport() }
    case .email, .telegram, .voice, .whatsapp: return judged(keyword) { $0.parseCommunication() }
    case .cancel: return judged(keyword) { $0.parseCancel() }
    case .update: return judged(keyword) { $0.parseUpdate() }
    case .to: return judged(keyword) { $0.parseHandOver() }
    case .python: return judged(keyword) { $0.parsePython() }
    case .stop:
      return judged(keyword) { parser in
        parser.advance()
        return .stop
      }
    case .go: return judged(keyword) { $0.parseGo() }
    case .at, .advance, .upload, .for, .incoming, .expect:
      let belongs = place == .scenario || place == .misplaced
      guard belongs || isMisplacedScenarioStatement(keyword) else { return nil }
      return judged(keyword) { $0.parseScenarioStatement(keyword) }
    default: return nil
    }
  }

  /// Reads a statement, and reports it where it does not belong.
  private mutating func judged(
    _ keyword: Keyword, _ parse: (inout Parser) -> Statement.Kind?
  ) -> Statement.Kind?? {
    let owners = StatementPlace.owners(of: keyword)
    if place == .misplaced || owners.contains(place) { return .some(parse(&self)) }
    if !isEcho {
      let belongs =
        place == .model ? "" : ", which belongs in \(owners.map(\.spelling).joined(separator: " or "))"
      report(
        .misplacedStatement, "expected \(place.expected), found `\(keyword.spelling)`\(belongs)",
        at: token.range)
    }
    // One mistake: what stands inside is not judged again.
    let misplaced = place
    place = .misplaced
    _ = parse(&self)
    place = misplaced
    return .some(nil)
  }

  /// `progress` and `end` in a model, or in a scenario, where they name what they are about.
  private mutating func parseAnswerOrReport() -> Statement.Kind? {
    let hasName = peek().kind == .identifier && isCapitals(peek().range) || isNext(.session)
    if place == .scenario || hasName && place != .model { return parseReport() }
    return isAt(.progress) ? parseProgress() : parseEnd()
  }

  // MARK: What is no statement

  private mutating func parseUnknownStatement(_ title: TextLiteral?) -> StatementID? {
    let start = position
    if let meant = foreignStatement {
      reportUnexpected(
        .foreignSpelling, "`\(meant.spelling)`",
        fixes: [replacement(token.range, by: meant.spelling, .unsafe)])
      return parse(meant, from: start, title)
    }
    if isAt(.else) { return parseStrayElse() }
    let words = statementWords.filter { StatementPlace.owners(of: $0).contains(place) }
    if let meant = misspelling(of: words), peek().kind != .dot {
      reportUnexpected(
        .expectedStatement, "a statement", fixes: [replacement(token.range, by: meant.spelling, .unsafe)],
        label: "did you mean `\(meant.spelling)`?")
      return parse(meant, from: start, title)
    }
    if token.kind == .identifier, peek().kind == .dot, peek(2).kind == .identifier, peek(3).kind == .equal {
      reportMissing("`update`", insertion: "update")
      return parseUpdate(hasWord: false).map { finish($0, from: start, title) }
    }
    if place == .flow, isAt(.flow), peek().kind == .identifier {
      reportMissing("`to`", insertion: "to")
      return parseHandOver(hasWord: false).map { finish($0, from: start, title) }
    }
    fail(.expectedStatement, "a statement", help: unknownStatementHelp)
    return nil
  }

  /// A statement whose first word, the present one, was meant to be another.
  private mutating func parse(_ keyword: Keyword, from start: Int, _ title: TextLiteral?) -> StatementID? {
    guard let kind = parseStatementKind(keyword) ?? nil else { return nil }
    return finish(kind, from: start, title)
  }

  /// The statement that other languages spell so.
  private var foreignStatement: Keyword? {
    guard token.kind == .identifier else { return nil }
    if place == .scenario { return foreignScenarioStatement }
    if isAt(.if) { return .check }
    switch text(token.range) {
    case "when", "unless": return .check
    case "return", "exit", "break": return peek().kind == .leftParenthesis ? nil : .stop
    case "goto", "jump": return .go
    case "set", "let", "var": return peek(2).kind == .dot ? .update : nil
    default: return nil
    }
  }

  private var unknownStatementHelp: [String] {
    guard token.kind == .identifier else { return ["a statement begins with a word"] }
    if place == .scenario { return unknownScenarioHelp }
    switch text(token.range) {
    case "wait", "sleep", "delay":
      return [
        "a run never waits: a communication is scheduled with `in 2d`, a flow with `to flow name in 2d`"
      ]
    case "send", "sms", "call", "message":
      return ["a communication begins with its channel: `email`, `telegram`, `voice` or `whatsapp`"]
    case "while", "for", "repeat", "loop": return ["there are no loops; `to flow` may come back to a flow"]
    default: return []
    }
  }

  /// `else` without a `check` before it.
  private mutating func parseStrayElse() -> StatementID? {
    if !isEcho {
      report(
        .misplacedStatement, "expected a statement, found `else` without a `check` before it", at: token.range
      )
    }
    // The rest of the chain goes with it.
    while accept(.else) {
      if isAt(.check) || isAt(.if) {
        advance()
        _ = parseExpression()
      } else if isAt(.chance) {
        advance()
        _ = parsePercent()
      }
      _ = parseBlock(mayEndAtElse: true)
    }
    return nil
  }

  // MARK: Control

  private mutating func parseCheck(hasWord: Bool = true) -> Statement.Kind {
    if hasWord { advance() }
    let condition = parseExpression()
    let match = parseBlock(mayEndAtElse: true)
    let otherwise = parseElse()
    return .check(condition: condition, match: match, else: otherwise)
  }

  mutating func parseElse() -> ElseBranch {
    if failed { return .none }
    if let joined = joinedElse {
      reportUnexpected(
        .foreignSpelling, "`else check`", fixes: [replacement(token.range, by: "else check", .safe)])
      return parseElseStatement(joined)
    }
    guard accept(.else) else { return .none }
    if isAt(.if) {
      reportUnexpected(
        .foreignSpelling, "`else check`", fixes: [replacement(token.range, by: "check", .safe)])
      return parseElseStatement(.check)
    }
    if isAt(.check) || (isAt(.chance) && place == .model) {
      return parseElseStatement(isAt(.check) ? .check : .chance)
    }
    if token.kind == .identifier, peek().kind != .equal, let meant = misspelling(of: [.check, .chance]) {
      reportUnexpected(
        .expectedStatement, "`\(meant.spelling)`",
        fixes: [replacement(token.range, by: meant.spelling, .unsafe)],
        label: "did you mean `\(meant.spelling)`?")
      return parseElseStatement(meant)
    }
    if place == .model, token.kind == .integerLiteral || token.kind == .numericLiteral,
      peek().kind == .percent
    {
      reportMissing("`chance`", insertion: "chance")
      let start = position
      return parseChance(hasWord: false).map { .statement(finish($0, from: start, nil)) } ?? .none
    }
    if token.kind == .identifier, !isFirstOnLine(position), !startsElsewhere, !isStatementStart {
      reportMissing("`check` or `{`", insertion: "check")
      let start = position
      return .statement(finish(parseCheck(hasWord: false), from: start, nil))
    }
    return .block(parseBlock(mayEndAtElse: false))
  }

  /// `elif` and its like.
  private var joinedElse: Keyword? {
    guard token.kind == .identifier, token.symbol.keyword == nil else { return nil }
    switch text(token.range) {
    case "elif", "elsif", "elseif": return .check
    default: return nil
    }
  }

  /// The statement behind `else`; its chain is as deep as it is long.
  private mutating func parseElseStatement(_ keyword: Keyword) -> ElseBranch {
    guard enter() else { return .none }
    defer { leave() }
    let start = position
    guard let kind = parseStatementKind(keyword) ?? nil else { return .none }
    return .statement(finish(kind, from: start, nil))
  }

  private mutating func parseGo() -> Statement.Kind? {
    advance()
    if isAt(.to) || isAt(.step), peek().kind == .identifier {
      reportUnexpected(
        .expectedName, "a step's name after `go`", fixes: [replacement(token.range, by: "", .unsafe)])
      advance()
    }
    return parseName(.step).map { .go(step: $0) }
  }
}
