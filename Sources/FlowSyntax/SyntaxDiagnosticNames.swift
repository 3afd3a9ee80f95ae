public import FlowDiagnostics

/// The findings of the lexer and the parser. Each name is a concept with a page of its own.
extension DiagnosticName {
  // The text itself.
  public static let invalidEncoding: Self = "invalid-encoding"
  public static let unexpectedCharacter: Self = "unexpected-character"
  public static let foreignSpelling: Self = "foreign-spelling"
  public static let unterminatedText: Self = "unterminated-text"
  public static let invalidEscape: Self = "invalid-escape"
  public static let malformedLiteral: Self = "malformed-literal"
  public static let literalOutOfRange: Self = "literal-out-of-range"
  // Names.
  public static let reservedName: Self = "reserved-name"
  public static let nameCase: Self = "name-case"
  // What should have stood at a place.
  public static let expectedToken: Self = "expected-token"
  public static let expectedName: Self = "expected-name"
  public static let expectedType: Self = "expected-type"
  public static let expectedExpression: Self = "expected-expression"
  public static let expectedStatement: Self = "expected-statement"
  public static let expectedDeclaration: Self = "expected-declaration"
  // The shape of blocks.
  public static let unclosedBrace: Self = "unclosed-brace"
  public static let unmatchedBrace: Self = "unmatched-brace"
  public static let misplacedStatement: Self = "misplaced-statement"
  public static let unsupportedDeclaration: Self = "unsupported-declaration"
  // The shape of statements and expressions.
  public static let clauseOrder: Self = "clause-order"
  public static let duplicateClause: Self = "duplicate-clause"
  public static let wrongEquals: Self = "wrong-equals"
  public static let chainedComparison: Self = "chained-comparison"
  // Limits.
  public static let nestingTooDeep: Self = "nesting-too-deep"
  public static let sizeLimit: Self = "size-limit"
}

/// How large the parts of a file may be. Generous for people, and a bound for every later phase.
public enum SyntaxLimit {
  /// Blocks, parentheses, `else check` and operators inside one another.
  public static let nestingDepth = 256
  /// Elements of one list between parentheses or braces, or of a list of names or fields.
  public static let listCount = 10_000
  /// Bytes of a name.
  public static let nameByteCount = 255
  /// Findings of one file that are kept.
  public static let diagnosticCount = 100_000
}
