internal import FlowDiagnostics
internal import FlowText

/// What stands at the top level of a file (language 3).
extension Parser {
  mutating func parseFile() {
    while token.kind != .endOfFile {
      let start = position
      parseDeclaration()
      if failed || position == start { recoverToDeclaration(from: start) }
    }
  }

  mutating func parseDeclaration() {
    let documentation = takeTitle()
    guard let keyword else { return parseStray(documentation) }
    switch keyword {
    case .use, .campaign, .profile, .participant, .enum, .window, .agent, .flow, .model, .test, .guarantee:
      toleratesUnmatchedBrace = false
      parseDeclaration(keyword, documentation)
    default: parseStray(documentation)
    }
  }

  private mutating func parseDeclaration(_ keyword: Keyword, _ documentation: TextLiteral?) {
    place = .flow
    let declaration: Declaration?
    switch keyword {
    case .use: declaration = parseUse().map(Declaration.use)
    case .campaign: declaration = parseCampaign(documentation).map(Declaration.campaign)
    case .profile: declaration = parseFields(.profile).map(Declaration.fields)
    case .participant: declaration = parseFields(.participant).map(Declaration.fields)
    case .enum: declaration = parseEnumeration(documentation).map(Declaration.enumeration)
    case .window: declaration = parseWindowDeclaration(documentation).map(Declaration.window)
    case .agent: declaration = parseAgent(documentation).map(Declaration.agent)
    case .flow: declaration = parseFlow(documentation).map(Declaration.flow)
    case .model: declaration = parseModel(documentation).map(Declaration.model)
    case .test: declaration = parseTest(documentation).map(Declaration.test)
    default:
      skipUnsupported(keyword)
      return
    }
    if let declaration { tree.declarations.append(declaration) }
  }

  static let declarationWords: [Keyword] = [
    .use, .campaign, .profile, .participant, .enum, .window, .agent, .flow, .model, .test,
  ]

  /// What is no declaration: a brace too many, something from inside a flow, or a word that is not right.
  private mutating func parseStray(_ documentation: TextLiteral?) {
    if token.kind == .rightBrace { return parseUnmatchedBrace() }
    if isTriggerStart || isStepStart { return parseStrayMember(documentation) }
    if isStatementStart || isAt(.else) { return parseStrayStatements() }
    if let meant = misspelling(of: Parser.declarationWords), isDeclaration(meant) {
      toleratesUnmatchedBrace = false
      reportUnexpected(
        .expectedDeclaration, "`\(meant.spelling)`",
        fixes: [replacement(token.range, by: meant.spelling, .unsafe)],
        label: "did you mean `\(meant.spelling)`?")
      return parseDeclaration(meant, documentation)
    }
    fail(
      .expectedDeclaration, "a declaration",
      help: keyword.map(Parser.scenarioWords.contains) == true
        ? ["statements of a scenario stand inside a `test`"]
        : [
          "a file holds `use`, `campaign`, `profile`, `participant`, `enum`, `window`, `agent`, `flow`, `model` and `test`"
        ])
  }

  /// Whether what follows the present, misspelled word fits a declaration.
  private func isDeclaration(_ keyword: Keyword) -> Bool {
    switch keyword {
    case .use, .test: peek().kind == .stringLiteral
    case .profile, .participant: peek().kind == .leftBrace
    default: peek().kind == .identifier
    }
  }

  mutating func parseUnmatchedBrace() {
    if !toleratesUnmatchedBrace, !isEcho {
      report(
        .unmatchedBrace, "expected a declaration or the end of the file, found `}`", at: token.range,
        label: "no `{` belongs to it")
    }
    advance()
  }

  /// A guarantee, which later versions understand.
  private mutating func skipUnsupported(_ keyword: Keyword) {
    report(
      .unsupportedDeclaration, "`\(keyword.spelling)` is not part of the language yet", at: token.range)
    advance()
    while token.kind != .endOfFile, !(isFirstOnLine(position) && isDeclarationStart()) {
      if token.kind == .leftBrace {
        skipBraces()
      } else if token.kind == .rightBrace {
        return
      } else {
        advance()
      }
    }
  }

  private mutating func parseUse() -> UseDeclaration? {
    let start = token.range.lower
    advance()
    guard let path = expectText("the path of a file, in quotes") else { return nil }
    return UseDeclaration(range: range(from: start), path: path)
  }

  private mutating func parseEnumeration(_ documentation: TextLiteral?) -> EnumerationDeclaration? {
    let start = token.range.lower
    advance()
    guard let name = parseDeclaredName(.enumeration) else { return nil }
    let cases = parseCases()
    return EnumerationDeclaration(
      range: range(from: start), name: name, documentation: documentation, cases: cases)
  }

  /// `(a, b)`
  mutating func parseCases() -> [Name] {
    let open = token.range
    if !accept(.leftParenthesis) {
      guard token.kind == .identifier, peek().kind == .comma || peek().kind == .rightParenthesis else {
        fail(.expectedToken, "`(`")
        return []
      }
      reportMissing("`(`", insertion: "(")
      return parseBareCases()
    }
    return parseNames(.case, declared: true, open: open)
  }

  /// Cases without their opening parenthesis, and perhaps without the closing one.
  private mutating func parseBareCases() -> [Name] {
    var cases: [Name] = []
    while token.kind == .identifier, peek().kind != .colon, let name = parseDeclaredName(.case) {
      cases.append(name)
      guard accept(.comma) else { break }
    }
    _ = accept(.rightParenthesis)
    return cases
  }

  private mutating func parseWindowDeclaration(_ documentation: TextLiteral?) -> WindowDeclaration? {
    let start = token.range.lower
    advance()
    guard let name = parseDeclaredName(.window) else { return nil }
    if token.kind == .equal || token.kind == .colon {
      reportUnexpected(
        .expectedToken, "the window's hours or days", fixes: [replacement(token.range, by: "", .safe)])
      advance()
    }
    guard let window = parseWindow() else { return nil }
    return WindowDeclaration(
      range: range(from: start), name: name, documentation: documentation, window: window)
  }

  // MARK: Blocks of declarations

  /// Braces around elements that begin with words. After an error, the next element is found.
  mutating func parseElements(_ element: (inout Parser) -> Void) {
    let hasBrace = token.kind == .leftBrace
    if !hasBrace {
      fail(.expectedToken, "`{`")
      guard recoverToElements() else { return }
    }
    let open = position
    if token.kind == .leftBrace { openBrace() }
    while token.kind != .rightBrace, token.kind != .endOfFile, !isDeclarationStart() {
      let start = position
      element(&self)
      if failed || position == start { recoverToElement(from: start) }
      dropComma()
    }
    closeBrace(hasBrace ? open : nil)
  }

  /// After a missing `{`: whether elements follow all the same.
  private mutating func recoverToElements() -> Bool {
    while token.kind != .endOfFile, token.kind != .leftBrace, !isElementStart, token.kind != .rightBrace {
      if isFirstOnLine(position), isDeclarationStart() { break }
      advance()
    }
    failed = false
    return token.kind == .leftBrace || isElementStart || token.kind == .rightBrace
  }

  /// Whether a word and a colon stand here, a channel or results.
  private var isElementStart: Bool {
    guard token.kind == .identifier else { return false }
    return peek().kind == .colon || isAt(.channel) && peek().kind == .identifier
      || (isAt(.results) || isAt(.lint)) && peek().kind == .leftBrace
  }

  private mutating func recoverToElement(from start: Int) {
    if position == start, token.kind != .leftBrace { advance() }
    while token.kind != .endOfFile, token.kind != .rightBrace, !isElementStart, misspelledElement == nil {
      if isFirstOnLine(position), isDeclarationStart() { break }
      if token.kind == .leftBrace { skipBraces() } else { advance() }
    }
    failed = false
  }

  /// Elements of a declaration follow each other without a comma.
  private mutating func dropComma() {
    guard token.kind == .comma else { return }
    if !isEcho {
      report(
        .foreignSpelling, "expected a blank or a line break, found `,`", at: token.range,
        help: ["settings, levels, fields and channels follow each other without commas"],
        fixes: [replacement(token.range, by: "", .safe)])
    }
    advance()
  }

  mutating func reportDuplicate(_ what: String, at range: SourceRange, first: SourceRange) {
    report(
      .duplicateClause, "expected \(what) once, found it again", at: range,
      secondary: [label(first, "the first one")])
  }
}
