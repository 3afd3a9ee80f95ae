internal import FlowDiagnostics
internal import FlowText

/// The state of parsing and how to move through the tokens. The productions live in extensions by area.
///
/// How errors are kept apart: a production that cannot go on reports once and sets `failed`. Everything then
/// returns without a word up to a place that knows what may come next (a block, a list of declarations), which
/// finds that and clears `failed`. Where the text can only mean one thing, the production reports and goes on.
struct Parser {
  private(set) var bytes = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  private(set) var tokens = UnsafeBufferPointer<Token>(start: nil, count: 0)
  /// The index of the present token.
  private(set) var position = 0
  /// The present token.
  private(set) var token = Token(.endOfFile, SourceRange(at: 0))
  /// The end of the token before the present one.
  private(set) var previousEnd = 0

  var tree: SyntaxTree
  var diagnostics: [Diagnostic] = []
  /// Whether a production has given up and nobody has found the way back yet.
  var failed = false
  /// The index of the token at which the last error was found; a second one there would be its echo.
  var reportedPosition = -1
  /// Whether the first error was found at the end of the text.
  var endedTooEarly = false
  /// How many blocks, parentheses and `else check` are open.
  var depth = 0
  /// The height of the expression that was parsed last.
  var height = 0
  /// Where statements stand: of the last declaration that holds statements.
  var place = StatementPlace.flow
  /// Whether statements or members have stood outside of their block, so that a `}` too many is no news.
  var toleratesUnmatchedBrace = false
  /// Whether a list of assignments is being read, which an unclosed parenthesis must not swallow.
  var readsAssignments = false
  /// The first comment behind the tokens consumed so far.
  var commentCursor = 0
  /// The elements of the lists that are being parsed, innermost last.
  var openStatements: [StatementID] = []
  var openExpressions: [ExpressionID] = []
  /// The spelling of names that are not there.
  let missingSymbol: Symbol

  init(_ source: SourceFile, missing: Symbol) {
    tree = SyntaxTree(source: source)
    missingSymbol = missing
  }

  /// - Precondition: the last token is `.endOfFile`.
  mutating func begin(_ bytes: UnsafeBufferPointer<UInt8>, _ tokens: UnsafeBufferPointer<Token>) {
    self.bytes = bytes
    self.tokens = tokens
    token = tokens[0]
    if token.kind == .invalid { advance() }
  }

  /// The buffers end with the call that lent them.
  mutating func end() {
    bytes = UnsafeBufferPointer(start: nil, count: 0)
    tokens = UnsafeBufferPointer(start: nil, count: 0)
  }

  /// Moves to the next token that the lexer could make sense of.
  @inline(__always) mutating func advance() {
    previousEnd = token.range.upper
    repeat {
      if position + 1 < tokens.count { position += 1 }
      token = tokens[position]
    } while token.kind == .invalid
  }

  /// A token behind the present one; the last for ever.
  @inline(__always) func peek(_ distance: Int = 1) -> Token {
    tokens[min(position + distance, tokens.count - 1)]
  }

  @inline(__always) func isAt(_ keyword: Keyword) -> Bool {
    token.symbol.index == UInt32(keyword.rawValue)
  }

  @inline(__always) func isNext(_ keyword: Keyword, _ distance: Int = 1) -> Bool {
    peek(distance).symbol.index == UInt32(keyword.rawValue)
  }

  /// The word that the present token is, if it is one the language knows.
  var keyword: Keyword? { token.kind == .identifier ? token.symbol.keyword : nil }

  @inline(__always) mutating func accept(_ kind: TokenKind) -> Bool {
    guard token.kind == kind else { return false }
    advance()
    return true
  }

  @inline(__always) mutating func accept(_ keyword: Keyword) -> Bool {
    guard isAt(keyword) else { return false }
    advance()
    return true
  }

  /// From an offset to the end of what has been consumed.
  @inline(__always) func range(from start: Int) -> SourceRange {
    SourceRange(start, max(start, previousEnd))
  }

  /// Counts one level of nesting; false, and failed, where that is too deep.
  mutating func enter() -> Bool {
    depth += 1
    guard depth > SyntaxLimit.nestingDepth else { return true }
    depth -= 1
    reportTooDeep(at: token.range)
    failed = true
    return false
  }

  mutating func leave() { depth -= 1 }

  mutating func add(_ kind: Expression.Kind, _ range: SourceRange) -> ExpressionID {
    tree.expressions.append(Expression(kind, range))
    return ExpressionID(tree.expressions.count - 1)
  }

  mutating func missingExpression() -> ExpressionID {
    height = 1
    return add(.missing, SourceRange(at: previousEnd))
  }

  func missingName() -> Name { Name(missingSymbol, SourceRange(at: previousEnd)) }

  /// Whether only blanks stand between the beginning of the line and the token at an index.
  func isFirstOnLine(_ index: Int) -> Bool {
    var offset = tokens[index].range.lower
    while offset > 0 {
      offset -= 1
      if Byte.isLineBreak(bytes[offset]) { return true }
      if bytes[offset] != Byte.blank && bytes[offset] != Byte.tab { return false }
    }
    return true
  }

  /// The number of bytes before the first word of the line on which a token stands.
  func indentation(_ index: Int) -> Int {
    var start = tokens[index].range.lower
    while start > 0, !Byte.isLineBreak(bytes[start - 1]) { start -= 1 }
    var end = start
    while bytes[end] == Byte.blank || bytes[end] == Byte.tab { end += 1 }
    return end - start
  }
}
