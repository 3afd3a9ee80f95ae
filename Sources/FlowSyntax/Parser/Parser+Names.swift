internal import FlowDiagnostics
internal import FlowText

/// What a name is the name of, which decides how it may be spelled (language 2).
enum NameRole {
  case campaign, field, enumeration, `case`, window, agent, channel, flow, step, communication

  var description: String {
    switch self {
    case .campaign: "the campaign's name"
    case .field: "a field's name"
    case .enumeration: "the enumeration's name"
    case .case: "a case"
    case .window: "the window's name"
    case .agent: "an agent's name"
    case .channel: "the channel's name"
    case .flow: "a flow's name"
    case .step: "a step's name"
    case .communication: "a communication's name, in capitals"
    }
  }

  /// What a name of this role is called in `… cannot be named so`.
  var owner: String {
    switch self {
    case .campaign: "a campaign"
    case .field: "a field"
    case .enumeration: "an enumeration"
    case .case: "a case"
    case .window: "a window"
    case .agent: "an agent"
    case .channel: "a channel"
    case .flow: "a flow"
    case .step: "a step"
    case .communication: "a communication"
    }
  }

  func forbids(_ keyword: Keyword) -> Bool {
    switch self {
    case .campaign, .field: false
    case .case, .agent, .flow, .step, .communication: keyword.isReserved
    case .channel: keyword == .channel || keyword == .results
    case .enumeration: NameRole.types.contains(keyword)
    case .window: Weekday(keyword) != nil
    }
  }

  private static let types: Set<Keyword> = [
    .string, .integer, .numeric, .boolean, .date, .datetime, .email, .phone, .enum,
  ]
}

extension Parser {
  /// A name that is declared here: its spelling is judged. Nil, and failed, if none is there.
  mutating func parseDeclaredName(_ role: NameRole) -> Name? {
    guard let name = parseName(role) else { return nil }
    if let keyword = name.symbol.keyword, role.forbids(keyword) {
      // The reserved words have been reported where the name was read.
      if !keyword.isReserved { reportReserved(name, role) }
    } else {
      checkCase(of: name, role)
    }
    return name
  }

  private mutating func reportReserved(_ name: Name, _ role: NameRole) {
    report(
      .reservedName, "expected \(role.description), found the word `\(text(name.range))`", at: name.range,
      notes: ["\(role.owner) of this name could not be told apart from the word"])
  }

  /// A name that is declared elsewhere: later phases judge it.
  mutating func parseName(_ role: NameRole) -> Name? {
    guard token.kind == .identifier, !startsElsewhere else {
      fail(.expectedName, role.description)
      return nil
    }
    let name = Name(token.symbol, token.range)
    if let keyword = token.symbol.keyword, keyword.isReserved, role.forbids(keyword) {
      reportReserved(name, role)
    }
    advance()
    return name
  }

  private mutating func checkCase(of name: Name, _ role: NameRole) {
    let isRight = role == .communication ? isCapitals(name.range) : hasSmallLetter(name.range)
    guard !isRight, isASCII(name.range) else { return }
    let spelling = text(name.range)
    let changed = role == .communication ? spelling.uppercased() : spelling.lowercased()
    let fixes = changed == spelling ? [] : [replacement(name.range, by: changed, .unsafe)]
    report(
      .nameCase,
      role == .communication
        ? "expected a communication's name in capitals, found `\(spelling)`"
        : "expected \(role.description) with a small letter, found `\(spelling)`",
      at: name.range, label: fixes.isEmpty ? "" : "did you mean `\(changed)`?",
      notes: ["names wholly in capitals belong to communications, and only to them"], fixes: fixes)
  }

  /// Whether a name is wholly in capitals, digits and underscores, with at least one letter.
  func isCapitals(_ range: SourceRange) -> Bool {
    var hasLetter = false
    for byte in bytes[range.lower..<range.upper] {
      if byte &- 0x41 < 26 { hasLetter = true } else if byte != 0x5F && !Byte.isDigit(byte) { return false }
    }
    return hasLetter
  }

  private func hasSmallLetter(_ range: SourceRange) -> Bool {
    for byte in bytes[range.lower..<range.upper] where byte &- 0x61 < 26 { return true }
    return false
  }

  private func isASCII(_ range: SourceRange) -> Bool {
    bytes[range.lower..<range.upper].allSatisfy { $0 < 0x80 }
  }

  /// `a, b, c` up to and with the closing parenthesis; the opening one has been consumed.
  mutating func parseNames(_ role: NameRole, declared: Bool, open: SourceRange) -> [Name] {
    var names: [Name] = []
    if token.kind == .rightParenthesis { fail(.expectedName, role.description) }
    while !failed {
      guard hasRoom(names.count), let name = declared ? parseDeclaredName(role) : parseName(role) else {
        failed = true
        break
      }
      names.append(name)
      guard acceptSeparator(before: .rightParenthesis, isElement: { $0.token.kind == .identifier }) else {
        break
      }
    }
    closeParenthesis(open)
    return names
  }

  /// A comma between elements; where it is missing and another element follows, that is said and nothing is lost.
  /// Returns whether the list goes on; if not, its end stands here or is missing.
  mutating func acceptSeparator(before close: TokenKind, isElement: (borrowing Parser) -> Bool) -> Bool {
    if failed || token.kind == close { return false }
    if token.kind == .comma {
      if close == .rightParenthesis, readsAssignments, startsAssignment(1) { return false }
      advance()
      return token.kind != close && !startsElsewhere
    }
    guard isElement(self), !isFirstOnLine(position) else { return false }
    reportUnexpected(.expectedToken, "`,`", fixes: [commaFix])
    return true
  }

  /// Writes a comma behind what has been consumed.
  var commaFix: Fix {
    Fix("insert `,`", .safe, [Edit(tree.span(SourceRange(at: previousEnd)), ",")])
  }

  /// Whether `key =` or `level.field =` stands at a distance.
  func startsAssignment(_ distance: Int) -> Bool {
    guard peek(distance).kind == .identifier else { return false }
    if peek(distance + 1).kind == .equal { return true }
    return peek(distance + 1).kind == .dot && peek(distance + 2).kind == .identifier
      && peek(distance + 3).kind == .equal
  }

  /// Consumes `)`. Where it is missing, what follows is taken to stand behind it.
  mutating func closeParenthesis(_ open: SourceRange) {
    if failed { return skipToParenthesis() }
    if accept(.rightParenthesis) { return }
    reportUnexpected(.expectedToken, "`)`", secondary: [label(open, "to close this `(`")])
    skipToParenthesis()
  }

  /// Passes a closing parenthesis that stands further on in the line, if there is one that belongs here.
  private mutating func skipToParenthesis() {
    var level = 0
    var distance = 0
    while true {
      let next = peek(distance)
      switch next.kind {
      case .leftParenthesis: level += 1
      case .rightParenthesis:
        if level == 0 {
          for _ in 0...distance { advance() }
          failed = false
          return
        }
        level -= 1
      case .endOfFile, .leftBrace, .rightBrace: return
      default: break
      }
      distance += 1
      if isFirstOnLine(min(position + distance, tokens.count - 1)) { return }
    }
  }

  func name(at token: Token) -> Name { Name(token.symbol, token.range) }

  /// A text between quotes, if one is there.
  mutating func acceptText() -> TextLiteral? {
    guard token.kind == .stringLiteral else { return nil }
    let literal = TextLiteral(textValue(token), token.range)
    advance()
    return literal
  }

  mutating func expectText(_ what: String) -> TextLiteral? {
    if let literal = acceptText() { return literal }
    fail(.expectedToken, what)
    return nil
  }
}
