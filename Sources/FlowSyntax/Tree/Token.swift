public import FlowText

/// One word of the text. Comments and blanks lie between tokens and are kept apart (`Comment`).
public struct Token: Sendable {
  public var kind: TokenKind
  public var range: SourceRange
  /// The interned spelling of an identifier; of other kinds, of no meaning.
  public var symbol: Symbol

  public init(_ kind: TokenKind, _ range: SourceRange, symbol: Symbol = Symbol(index: 0)) {
    self.kind = kind
    self.range = range
    self.symbol = symbol
  }
}

public enum TokenKind: UInt8, Sendable, CaseIterable {
  case identifier
  case integerLiteral
  case numericLiteral
  case durationLiteral
  case dateLiteral
  case datetimeLiteral
  case timeLiteral
  case stringLiteral
  case rawStringLiteral
  case leftBrace, rightBrace
  case leftParenthesis, rightParenthesis
  case leftBracket, rightBracket
  case comma, colon, dot, ellipsis
  case equal, equalEqual, notEqual
  case less, lessEqual, greater, greaterEqual
  case plus, minus, star, slash, percent
  /// Bytes that are no token; the lexer has reported them.
  case invalid
  case endOfFile

  /// The spelling of a token that is always spelled alike, else a description of the kind.
  public var description: String {
    switch self {
    case .identifier: "a name"
    case .integerLiteral: "an integer"
    case .numericLiteral: "a number"
    case .durationLiteral: "a duration"
    case .dateLiteral: "a date"
    case .datetimeLiteral: "a datetime"
    case .timeLiteral: "a time"
    case .stringLiteral: "a text"
    case .rawStringLiteral: "a text in triple quotes"
    case .leftBrace: "`{`"
    case .rightBrace: "`}`"
    case .leftParenthesis: "`(`"
    case .rightParenthesis: "`)`"
    case .leftBracket: "`[`"
    case .rightBracket: "`]`"
    case .comma: "`,`"
    case .colon: "`:`"
    case .dot: "`.`"
    case .ellipsis: "`..`"
    case .equal: "`=`"
    case .equalEqual: "`==`"
    case .notEqual: "`!=`"
    case .less: "`<`"
    case .lessEqual: "`<=`"
    case .greater: "`>`"
    case .greaterEqual: "`>=`"
    case .plus: "`+`"
    case .minus: "`-`"
    case .star: "`*`"
    case .slash: "`/`"
    case .percent: "`%`"
    case .invalid: "an unknown character"
    case .endOfFile: "the end of the file"
    }
  }
}

/// A comment, from its slashes to the end of its line (the line break not included).
public struct Comment: Sendable {
  public enum Kind: Sendable {
    /// `// …`
    case line
    /// `/// …`, a line of the title of what stands below it.
    case title
  }

  public var kind: Kind
  public var range: SourceRange

  public init(_ kind: Kind, _ range: SourceRange) {
    self.kind = kind
    self.range = range
  }
}
