internal import FlowDiagnostics
internal import FlowText

/// What may come next, and how to find it after an error.
extension Parser {
  // MARK: What begins here

  /// Whether a declaration begins at a token: its word and what must follow it.
  func isDeclarationStart(_ distance: Int = 0) -> Bool {
    let word = peek(distance)
    guard word.kind == .identifier, let keyword = word.symbol.keyword else { return false }
    let next = peek(distance + 1)
    switch keyword {
    case .use, .test: return next.kind == .stringLiteral
    case .profile, .participant: return next.kind == .leftBrace
    case .campaign, .window, .agent, .flow, .model, .guarantee, .enum:
      return next.kind == .identifier && followsDeclaredName(keyword, distance + 2)
    default: return false
    }
  }

  /// Whether what stands behind the name fits a declaration; it may also be missing at the end of the line.
  private func followsDeclaredName(_ keyword: Keyword, _ distance: Int) -> Bool {
    let next = peek(distance)
    switch next.kind {
    case .leftBrace, .endOfFile: return true
    case .stringLiteral: return keyword == .campaign || keyword == .agent || keyword == .flow
    case .leftParenthesis: return keyword == .enum
    case .timeLiteral: return keyword == .window
    case .colon: return keyword == .guarantee
    case .identifier where keyword == .flow && next.symbol == Symbol(.inactive): return true
    case .identifier where keyword == .window && next.symbol.keyword.flatMap(Weekday.init) != nil: return true
    case .identifier where keyword == .flow:
      return next.symbol == Symbol(.on) && triggerKind(distance + 1) != nil
        || next.symbol == Symbol(.step) && peek(distance + 1).kind == .identifier
    case .identifier where keyword == .agent:
      return next.symbol == Symbol(.channel) || next.symbol == Symbol(.results)
    default: return false
    }
  }

  /// Whether `on` and the two words of a trigger stand here, which nothing but a trigger begins with.
  var isTriggerStart: Bool {
    isAt(.on) && triggerKind(1) != nil
  }

  /// The kind of trigger that two words name.
  func triggerKind(_ distance: Int) -> TriggerKind? {
    let first = peek(distance)
    guard first.kind == .identifier, let word = first.symbol.keyword else { return nil }
    switch word {
    case .participant where isNext(.created, distance + 1): return .participantCreated
    case .participant where isNext(.updated, distance + 1): return .participantUpdated
    case .communication where isNext(.ended, distance + 1): return .communicationEnded
    case .communication where isNext(.updated, distance + 1): return .communicationUpdated
    case .incoming where isNext(.session, distance + 1): return .incomingSession
    case .from where isNext(.flow, distance + 1): return .fromFlow
    default: return nil
    }
  }

  var isStepStart: Bool { isAt(.step) && peek().kind == .identifier }

  /// Whether the present word begins a statement.
  var isStatementStart: Bool {
    guard let keyword else { return false }
    return statementWords.contains(keyword)
  }

  /// The words that statements begin with, those of other places too: they are known where they are misplaced.
  var statementWords: [Keyword] {
    place == .scenario ? Parser.anyStatementWords : Parser.flowStatementWords
  }

  /// In flows and models, where the words of scenarios are names like others.
  private static let flowStatementWords: [Keyword] = [
    .check, .email, .telegram, .voice, .whatsapp, .cancel, .update, .to, .python, .stop, .go, .progress, .end,
    .chance,
  ]
  private static let anyStatementWords = flowStatementWords + scenarioWords

  /// Whether the present token, first on its line, begins something that cannot be read as part of
  /// the list, name or expression before it: valid text never looks so.
  var startsElsewhere: Bool {
    // Names are read much more often than words, so that the words come first.
    guard token.symbol.index < UInt32(Keyword.allCount), isFirstOnLine(position) else { return false }
    return isDeclarationStart() || isTriggerStart || isStepStart || isSurelyStatement
  }

  /// Whether a statement of a scenario begins here, where its word cannot be a name.
  private func isSurelyScenarioStatement(_ keyword: Keyword) -> Bool {
    let next = peek()
    switch keyword {
    case .at: return next.kind == .datetimeLiteral
    case .advance: return next.kind == .durationLiteral
    case .upload: return next.kind == .leftBrace || next.kind == .stringLiteral
    case .for: return next.kind == .stringLiteral
    case .incoming: return next.symbol == Symbol(.session)
    case .expect: return next.kind == .identifier || next.kind == .leftParenthesis
    default: return false
    }
  }

  /// Whether a statement begins here whose first word cannot be a name, by what follows it: behind a name stands
  /// no other name, field or literal.
  private var isSurelyStatement: Bool {
    guard let keyword else { return false }
    let next = peek()
    switch keyword {
    case .email, .telegram, .voice, .whatsapp: return next.kind == .identifier && isCapitals(next.range)
    case .update: return next.kind == .identifier && (peek(2).kind == .dot || peek(2).kind == .equal)
    case .check: return next.kind == .identifier && (peek(2).kind == .dot || peek(2).kind == .leftParenthesis)
    case .to: return next.symbol == Symbol(.flow)
    case .cancel:
      return next.symbol == Symbol(.flow) || next.symbol == Symbol(.planned)
        || next.symbol == Symbol(.communications)
    case .python: return next.kind == .stringLiteral || next.kind == .rawStringLiteral
    case .go, .progress, .end: return next.kind == .identifier && next.symbol.keyword == nil
    case .chance: return next.kind == .integerLiteral || next.kind == .numericLiteral
    default: return place == .scenario && isSurelyScenarioStatement(keyword)
    }
  }

  /// Whether the present token, first on its line, more likely begins a statement than goes on with one that
  /// could not be read.
  private var probablyStartsElsewhere: Bool {
    guard token.kind == .identifier, isFirstOnLine(position) else { return false }
    if startsElsewhere { return true }
    let next = peek()
    if isStatementStart { return next.kind != .equal && next.kind != .colon && next.kind != .comma }
    if next.kind == .dot { return peek(2).kind == .identifier && peek(3).kind == .equal }
    // Words of the language go on with a statement: `reads`, `within`, `and`.
    guard token.symbol.keyword == nil || isAt(.if), next.symbol.keyword?.isReserved != true,
      !isFirstOnLine(min(position + 1, tokens.count - 1))
    else { return false }
    return next.kind == .identifier || next.kind == .durationLiteral
  }

  // MARK: Finding the way back

  /// After a failed statement: moves to what may stand in a block, and never beyond its end.
  /// Blocks on the way are read, so that no error in them is lost.
  mutating func recoverInBlock(from start: Int) {
    if position == start, token.kind != .rightBrace, token.kind != .endOfFile, token.kind != .leftBrace {
      advance()
    }
    while token.kind != .endOfFile, token.kind != .rightBrace, !probablyStartsElsewhere {
      if token.kind == .leftBrace {
        if looksLikeEntries { skipBraces() } else { skipBlock() }
      } else {
        advance()
      }
    }
    failed = false
  }

  /// Whether the braces here hold `key = …` or nothing.
  private var looksLikeEntries: Bool {
    let next = peek()
    if next.kind == .rightBrace { return true }
    let sign = peek(2).kind
    return next.kind == .identifier && (sign == .equal || sign == .colon)
  }

  /// Reads a block for its errors, and the `else` behind it up to its own brace.
  private mutating func skipBlock() {
    failed = false
    _ = parseBlock(mayEndAtElse: true)
    if failed { return }
    if isAt(.else) { advance() }
  }

  /// Passes braces and all between them, unless a declaration begins first.
  mutating func skipBraces() {
    var level = 0
    repeat {
      if token.kind == .leftBrace { level += 1 }
      if token.kind == .rightBrace { level -= 1 }
      advance()
    } while level > 0 && token.kind != .endOfFile && !(isDeclarationStart() && isFirstOnLine(position))
  }

  /// After a failed declaration: moves to the next, over any braces.
  mutating func recoverToDeclaration(from start: Int) {
    if position == start { advance() }
    while token.kind != .endOfFile, !(isFirstOnLine(position) && (isTopLevelStart || isUnindentedDeclaration))
    {
      if token.kind == .leftBrace { skipBraces() } else { advance() }
    }
    failed = false
  }

  /// Whether the word of a declaration stands at the very beginning of a line, whatever follows it.
  private var isUnindentedDeclaration: Bool {
    guard let keyword, token.range.lower == 0 || Byte.isLineBreak(bytes[token.range.lower - 1]) else {
      return false
    }
    return Parser.declarationWords.contains(keyword)
  }

  private var isTopLevelStart: Bool { isDeclarationStart() || isTriggerStart || isStepStart }

  /// Moves to the `{` that the present line still has, or stays where something else begins.
  /// Whether there is one.
  mutating func recoverToBrace() -> Bool {
    while token.kind != .endOfFile, token.kind != .rightBrace, token.kind != .leftBrace,
      !probablyStartsElsewhere
    {
      advance()
    }
    failed = false
    return token.kind == .leftBrace
  }

  /// After a failure between parentheses or braces on one line: moves behind the closing sign, or stays at the
  /// end of the line.
  mutating func recoverInBraces() {
    while token.kind != .endOfFile, token.kind != .rightBrace, token.kind != .leftBrace,
      !probablyStartsElsewhere
    {
      advance()
    }
  }

  // MARK: Blocks

  /// Consumes the `{` of a block, and says so where it is doubled.
  mutating func openBrace() {
    advance()
    while token.kind == .leftBrace, !isFirstOnLine(position) {
      if !isEcho {
        report(
          .unmatchedBrace, "expected one `{`, found another after it", at: token.range,
          fixes: [replacement(token.range, by: "", .unsafe)])
      }
      advance()
    }
  }

  /// Consumes the `}` of a block. Where something stands that cannot be inside it, the brace is missing.
  /// - Parameter open: the index of the opening brace; nil if that is missing too.
  mutating func closeBrace(_ open: Int?) {
    if token.kind == .rightBrace { return advance() }
    guard let open, !isEcho else { return }
    let culprit = tokens[unclosedBrace(since: open)].range
    report(
      .unclosedBrace, "expected `}`, found \(found)", at: token.range,
      secondary: [label(culprit, "this `{` is not closed")], help: closingHelp)
  }

  private var closingHelp: [String] {
    if isTriggerStart { return ["a trigger stands directly in its flow"] }
    if isStepStart { return ["a step stands directly in its flow"] }
    return []
  }

  /// The brace that most likely lacks its partner: one whose closing brace stands further left than its line,
  /// else the innermost that is open.
  private func unclosedBrace(since open: Int) -> Int {
    var openBraces: [Int] = []
    for index in open..<position {
      switch tokens[index].kind {
      case .leftBrace: openBraces.append(index)
      case .rightBrace:
        guard let partner = openBraces.popLast() else { return open }
        if isFirstOnLine(index), indentation(index) < indentation(partner) { return partner }
      default: break
      }
    }
    return openBraces.last ?? open
  }
}
