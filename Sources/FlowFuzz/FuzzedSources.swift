import FlowCheck
import FlowDiagnostics
import FlowSyntax
import FlowText
import FlowValues

/// Lexing and parsing must end, and every finding must point into the text.
func fuzzSyntax(_ bytes: [UInt8]) {
  let source = SourceFile(id: FileID(0), name: "fuzz.flow", bytes: bytes)
  var symbols = SymbolTable()
  let parsed = parse(source, symbols: &symbols)
  requireInside(parsed.diagnostics, bytes.count)
  for statement in parsed.tree.statements { precondition(statement.range.upper <= bytes.count) }
  for expression in parsed.tree.expressions { precondition(expression.range.upper <= bytes.count) }
  _ = parseExpression(source, symbols: &symbols)
}

/// So must checking, and what is found can be shown in every format.
func fuzzChecker(_ bytes: [UInt8]) {
  let result = checked(bytes)
  requireInside(result.diagnostics, bytes.count)
  let report = DiagnosticReport(result.diagnostics)
  _ = FullRenderer(files: result.sources, palette: .plain).render(report)
}

func checked(_ bytes: [UInt8]) -> CheckResult {
  let source = SourceFile(id: FileID(0), name: "fuzz.flow", bytes: bytes)
  var symbols = SymbolTable()
  let parsed = parse(source, symbols: &symbols)
  return Checker.check([parsed], own: 1, symbols: symbols, zones: ZoneTable())
}

private func requireInside(_ diagnostics: [Diagnostic], _ count: Int) {
  for diagnostic in diagnostics {
    for span in [diagnostic.primary?.span].compactMap({ $0 }) + diagnostic.secondary.map({ $0.span }) {
      precondition(span.range.lower <= span.range.upper && span.range.upper <= count)
    }
    for edit in diagnostic.fixes.flatMap({ $0.edits }) { precondition(edit.span.range.upper <= count) }
  }
}
