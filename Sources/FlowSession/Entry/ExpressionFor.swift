internal import FlowDiagnostics
internal import FlowSyntax
internal import FlowText

/// `for "c1" { participant.status }`: an expression about somebody, in the form in which scenarios name people.
///
/// The grammar has no such thing, since a scenario has no use for a value: the parser is given what stands around the
/// expression and the expression itself, each with blanks in the place of the other.
struct ExpressionFor {
  let key: String
  /// Cut short also where the brace is open.
  let expression: ParsedExpression

  /// - Returns: `nil` where the text is something else.
  init?(_ source: SourceFile, _ tokens: [Token], symbols: inout SymbolTable) {
    let words = tokens.filter { $0.kind != .endOfFile }
    guard words.count > 3, words[1].kind == .stringLiteral, words[2].kind == .leftBrace else { return nil }
    let last = words[words.count - 1]
    let isClosed = last.kind == .rightBrace
    let inner = words[2].range.upper..<(isClosed ? last.range.lower : source.bytes.count)
    let around = parseScenario(Self.part(of: source) { !inner.contains($0) }, symbols: &symbols)
    guard case .participant(let key, _)? = around.tree.scenarioStatements.first,
      case .expression(var expression) = EntryReading(
        Self.part(of: source, where: inner.contains), symbols: &symbols)
    else { return nil }
    if !isClosed, EntryReading.isFine(expression.diagnostics) || expression.isCutShort {
      expression.diagnostics += around.diagnostics
      expression.isCutShort = true
    }
    self.key = key.value
    self.expression = expression
  }

  /// Blanks stand for all other bytes; line breaks stay, so that all positions do.
  private static func part(of source: SourceFile, where isPart: (Int) -> Bool) -> SourceFile {
    let (blank, lineBreak) = (UInt8(ascii: " "), UInt8(ascii: "\n"))
    return SourceFile(
      id: source.id, name: source.name,
      bytes: source.bytes.enumerated().map { isPart($0) || $1 == lineBreak ? $1 : blank },
      linesBefore: source.linesBefore)
  }
}
