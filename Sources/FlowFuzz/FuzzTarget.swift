import FlowDiagnostics
import FlowSyntax
import FlowText

/// What libFuzzer calls with every input it invents: lexing and parsing must end, and every finding must
/// point into the text.
///
/// Built only where `FLOW_FUZZ=1` is set: `FLOW_FUZZ=1 swift build --sanitize=fuzzer -c release`.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let source = SourceFile(id: FileID(0), name: "fuzz.flow", bytes: bytes)
  var symbols = SymbolTable()
  let parsed = parse(source, symbols: &symbols)
  for diagnostic in parsed.diagnostics {
    for span in [diagnostic.primary?.span].compactMap({ $0 }) + diagnostic.secondary.map({ $0.span }) {
      precondition(span.range.lower <= span.range.upper && span.range.upper <= count)
    }
    for edit in diagnostic.fixes.flatMap({ $0.edits }) { precondition(edit.span.range.upper <= count) }
  }
  for statement in parsed.tree.statements { precondition(statement.range.upper <= count) }
  for expression in parsed.tree.expressions { precondition(expression.range.upper <= count) }
  _ = parseExpression(source, symbols: &symbols)
  return 0
}
