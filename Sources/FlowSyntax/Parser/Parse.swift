public import FlowDiagnostics
public import FlowText

/// A file as far as it could be understood, and what was wrong with it.
public struct ParsedFile: Sendable {
  public var tree: SyntaxTree
  /// In the order of the text.
  public var diagnostics: [Diagnostic]

  public init(tree: SyntaxTree, diagnostics: [Diagnostic]) {
    self.tree = tree
    self.diagnostics = diagnostics
  }
}

/// One expression that stood alone, as in a line typed at the prompt.
public struct ParsedExpression: Sendable {
  /// The tree whose arenas hold the expression; it has no declarations.
  public var tree: SyntaxTree
  public var expression: ExpressionID
  public var diagnostics: [Diagnostic]
  /// Whether the text is right as far as it goes, and ends before the expression does.
  public var isCutShort: Bool
}

/// Statements of a scenario that stand outside of a test: in a file of their own, or typed at a prompt.
public struct ParsedScenario: Sendable {
  /// The tree whose arenas hold the statements. Declarations between them are there too.
  public var tree: SyntaxTree
  /// In the order of the text.
  public var statements: StatementList
  public var diagnostics: [Diagnostic]
  /// Whether the text is right as far as it goes, and ends before what stands in it does.
  public var isCutShort: Bool
}

/// The words of a text, without any meaning.
public struct LexedFile: Sendable {
  /// In the order of the text; the last is `.endOfFile`.
  public var tokens: [Token]
  public var comments: [Comment]
  public var diagnostics: [Diagnostic]
}

/// Splits a text into tokens and comments. Bytes that are neither, and no blanks, have been reported.
public func lex(_ source: SourceFile, symbols: inout SymbolTable) -> LexedFile {
  source.bytes.withUnsafeBufferPointer { bytes in
    var lexer = Lexer(bytes, file: source.id)
    lexer.run(symbols: &symbols)
    return LexedFile(tokens: lexer.tokens, comments: lexer.comments, diagnostics: lexer.diagnostics)
  }
}

/// Reads a file. Never fails: a tree comes out of any bytes, and every mistake is a diagnostic.
///
/// Takes time and memory linear in the size of the text.
public func parse(_ source: SourceFile, symbols: inout SymbolTable) -> ParsedFile {
  let parsed = withParser(source, symbols: &symbols) { $0.parseFile() }
  return ParsedFile(tree: parsed.tree, diagnostics: parsed.diagnostics)
}

/// Reads a text that is one expression and nothing else.
public func parseExpression(_ source: SourceFile, symbols: inout SymbolTable) -> ParsedExpression {
  let parsed = withParser(source, symbols: &symbols) { $0.parseLoneExpression() }
  return ParsedExpression(
    tree: parsed.tree, expression: parsed.result, diagnostics: parsed.diagnostics,
    isCutShort: parsed.isCutShort)
}

/// Reads a text of scenario statements, with declarations between them if it has any (language 6).
public func parseScenario(_ source: SourceFile, symbols: inout SymbolTable) -> ParsedScenario {
  let parsed = withParser(source, symbols: &symbols) { $0.parseLooseScenario() }
  return ParsedScenario(
    tree: parsed.tree, statements: parsed.result, diagnostics: parsed.diagnostics,
    isCutShort: parsed.isCutShort)
}

/// Lexes a text, runs a production over its tokens, and puts the findings of both into order.
private func withParser<Result>(
  _ source: SourceFile, symbols: inout SymbolTable, _ production: (inout Parser) -> Result
) -> (tree: SyntaxTree, result: Result, diagnostics: [Diagnostic], isCutShort: Bool) {
  let missing = symbols.intern("")
  return source.bytes.withUnsafeBufferPointer { bytes in
    let isTooLarge = bytes.count > SourceFile.maximumByteCount
    let text = isTooLarge ? UnsafeBufferPointer(rebasing: bytes[0..<0]) : bytes
    var lexer = Lexer(text, file: source.id)
    lexer.run(symbols: &symbols)
    var parser = Parser(source, missing: missing)
    parser.tree.comments = lexer.comments
    let result = lexer.tokens.withUnsafeBufferPointer { tokens in
      parser.begin(text, tokens)
      defer { parser.end() }
      return production(&parser)
    }
    var tree = parser.tree
    tree.tokens = lexer.tokens
    var diagnostics = lexer.diagnostics + parser.diagnostics
    if isTooLarge { diagnostics.append(tooLarge(source)) }
    // Both lists are nearly sorted, and equal offsets keep the lexer's first.
    let order = diagnostics.indices.sorted {
      (offset(diagnostics[$0]), $0) < (offset(diagnostics[$1]), $1)
    }
    let sorted = order.map { diagnostics[$0] }
    return (tree, result, sorted, isCutShort(sorted, lexer, parser))
  }
}

/// Whether the end of the text is all that is wrong with it. A text in triple quotes that has no end has all behind
/// it for its own, whatever that may look like.
private func isCutShort(_ diagnostics: [Diagnostic], _ lexer: Lexer, _ parser: Parser) -> Bool {
  guard let first = diagnostics.first else { return false }
  if let open = lexer.unendedRawText { return offset(first) >= open }
  return lexer.diagnostics.isEmpty && parser.endedTooEarly
}

private func offset(_ diagnostic: Diagnostic) -> Int { diagnostic.primary?.span.range.lower ?? 0 }

private func tooLarge(_ source: SourceFile) -> Diagnostic {
  Diagnostic(
    .sizeLimit, .error,
    "a file has at most \(SourceFile.maximumByteCount) bytes, found \(source.bytes.count)",
    at: Label(SourceSpan(source.id, SourceRange(at: 0))))
}
