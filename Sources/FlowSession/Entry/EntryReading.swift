internal import FlowDiagnostics
public import FlowSyntax
public import FlowText

/// What an entry is. The parser decides that, and whether the entry is whole: nothing counts braces.
public enum EntryReading: Sendable {
  /// Blanks and comments.
  case nothing
  /// A title, or the word of a declaration: it waits for what it begins.
  case beginning
  /// It begins with a colon.
  case command
  /// Statements of a scenario and declarations.
  case scenario(ParsedScenario)
  case expression(ParsedExpression)
  /// `for "c1" { participant.status }`: an expression about the person with a key.
  case expressionFor(key: String, ParsedExpression)

  public init(_ source: SourceFile, symbols: inout SymbolTable) {
    let lexed = lex(source, symbols: &symbols)
    let first = lexed.tokens[0]
    switch first.kind {
    case .endOfFile where lexed.diagnostics.isEmpty:
      self = lexed.comments.last?.kind == .title ? .beginning : .nothing
    case .colon: self = .command
    case .identifier
    where lexed.tokens.count == 2 && first.symbol.keyword.map(Self.declaringWords.contains) == true:
      self = .beginning
    case .identifier where Self.beginsScenario(lexed.tokens):
      self = Self.likelyScenario(source, lexed.tokens, symbols: &symbols)
    case _: self = Self.unclear(source, lexed.tokens, symbols: &symbols)
    }
  }

  /// Whether more lines have to follow before there is something to carry out.
  public var isOpen: Bool {
    switch self {
    case .nothing, .command: false
    case .beginning: true
    case .scenario(let scenario): scenario.isCutShort
    case .expression(let expression), .expressionFor(_, let expression): expression.isCutShort
    }
  }

  /// A text that begins as a statement does is one, unless it reads as an expression and as no statement: about somebody,
  /// or of a name that is spelled like the statement's word.
  private static func likelyScenario(
    _ source: SourceFile, _ tokens: [Token], symbols: inout SymbolTable
  ) -> EntryReading {
    let scenario = parseScenario(source, symbols: &symbols)
    if isFine(scenario.diagnostics) || scenario.isCutShort { return .scenario(scenario) }
    if let about = ExpressionFor(source, tokens, symbols: &symbols) {
      return .expressionFor(key: about.key, about.expression)
    }
    guard isOperator(tokens[1]) else { return .scenario(scenario) }
    let expression = parseExpression(source, symbols: &symbols)
    return isFine(expression.diagnostics) ? .expression(expression) : .scenario(scenario)
  }

  /// The text is an expression if it reads as one. A mistake that the parser can mend, as in the word of a statement,
  /// tells that it was meant to be a statement.
  private static func unclear(
    _ source: SourceFile, _ tokens: [Token], symbols: inout SymbolTable
  ) -> EntryReading {
    let expression = parseExpression(source, symbols: &symbols)
    if isFine(expression.diagnostics) || expression.isCutShort { return .expression(expression) }
    let scenario = parseScenario(source, symbols: &symbols)
    let isMendable = scenario.diagnostics.first.map { !$0.fixes.isEmpty } ?? true
    let isStatement = isMendable && !(tokens.count > 1 && isOperator(tokens[1]))
    return isStatement ? .scenario(scenario) : .expression(expression)
  }

  static func isFine(_ diagnostics: [Diagnostic]) -> Bool { diagnostics.allSatisfy { $0.severity != .error } }

  // MARK: How statements and declarations begin

  private static let scenarioWords: Set<Keyword> = [
    .at, .advance, .upload, .for, .incoming, .expect, .update, .progress, .end,
  ]
  /// Words of declarations and of statements that belong in flows: typed alone they are mistakes with a sentence of
  /// their own. Fields and functions are called so too.
  private static let otherWords: Set<Keyword> = [
    .use, .campaign, .profile, .participant, .enum, .window, .agent, .flow, .model, .test, .guarantee,
    .check, .email, .telegram, .voice, .whatsapp, .cancel, .to, .python, .stop, .go, .chance, .on, .step,
  ]

  /// Those that alone cannot be meant as a value.
  private static let declaringWords: Set<Keyword> = [
    .use, .campaign, .enum, .window, .agent, .flow, .model, .test,
  ]

  private static func beginsScenario(_ tokens: [Token]) -> Bool {
    guard let word = tokens[0].symbol.keyword else { return false }
    if scenarioWords.contains(word) { return true }
    guard otherWords.contains(word), tokens.count > 1 else { return false }
    switch tokens[1].kind {
    case .identifier: return !isOperator(tokens[1])
    case .stringLiteral, .rawStringLiteral, .leftBrace, .integerLiteral, .numericLiteral: return true
    case .endOfFile: return word == .stop
    case .durationLiteral, .dateLiteral, .datetimeLiteral, .timeLiteral, .rightBrace, .leftParenthesis,
      .rightParenthesis, .leftBracket, .rightBracket, .comma, .colon, .dot, .ellipsis, .equal, .equalEqual,
      .notEqual, .less, .lessEqual, .greater, .greaterEqual, .plus, .minus, .star, .slash, .percent, .invalid:
      return false
    }
  }

  /// Whether what stands there follows an operand.
  private static func isOperator(_ token: Token) -> Bool {
    switch token.kind {
    case .plus, .minus, .star, .slash, .percent, .equalEqual, .notEqual, .less, .lessEqual, .greater,
      .greaterEqual:
      return true
    case .identifier:
      let words: [Keyword] = [.in, .is, .and, .or, .not, .contains, .starts, .ends, .matches]
      return token.symbol.keyword.map(words.contains) ?? false
    case .integerLiteral, .numericLiteral, .durationLiteral, .dateLiteral, .datetimeLiteral, .timeLiteral,
      .stringLiteral, .rawStringLiteral, .leftBrace, .rightBrace, .leftParenthesis, .rightParenthesis,
      .leftBracket, .rightBracket, .comma, .colon, .dot, .ellipsis, .equal, .invalid, .endOfFile:
      return false
    }
  }
}
