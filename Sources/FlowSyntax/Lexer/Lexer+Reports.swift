internal import FlowDiagnostics
internal import FlowText

extension Lexer {
  mutating func report(
    _ name: DiagnosticName, _ message: String, at range: SourceRange, label: String = "",
    help: [String] = [], fixes: [Fix] = []
  ) {
    guard diagnostics.count < SyntaxLimit.diagnosticCount else { return }
    diagnostics.append(
      Diagnostic(name, .error, message, at: Label(SourceSpan(file, range), label), help: help, fixes: fixes))
  }

  mutating func reportLongName(from start: Int) {
    report(
      .sizeLimit,
      "a name has at most \(SyntaxLimit.nameByteCount) bytes, found one of \(offset - start)",
      at: SourceRange(start, offset))
  }

  func text(_ lower: Int, _ upper: Int) -> String {
    String(decoding: bytes[lower..<upper], as: UTF8.self)
  }

  /// The text of a range for a message: not more than a line can hold.
  func excerpt(_ range: SourceRange) -> String {
    let limit = 40
    return range.count <= limit
      ? text(range.lower, range.upper) : text(range.lower, range.lower + limit) + "…"
  }

  func replacing(_ range: SourceRange, by replacement: String, _ safety: Fix.Safety) -> Fix {
    Fix("write `\(replacement)`", safety, [Edit(SourceSpan(file, range), replacement)])
  }
}
