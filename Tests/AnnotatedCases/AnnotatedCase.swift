public import FlowDiagnostics
public import FlowText

/// One campaign with what is found in it, as it stands in a file of cases.
///
/// Before the first `===` a file has what all of its cases begin with, and behind a line `...` what they end with.
/// Below a line of a case stand comments that say what is found there: carets with name and message, then
/// lines with `=` that give the rest of the diagnostic.
public struct AnnotatedCase: Sendable {
  public var file: String
  public var title: String
  public var before: [String]
  public var after: [String]
  /// The case with its comments.
  public var lines: [String]

  static func isComment(_ line: String) -> Bool { line.hasPrefix("//") }

  /// The case without its comments.
  public var source: String {
    (before + lines.filter { !Self.isComment($0) } + after).joined(separator: "\n") + "\n"
  }

  /// The case with comments as they would be right.
  ///
  /// - Parameter sources: The files of the campaign, the case's own first.
  public func annotated(with diagnostics: [Diagnostic], in sources: [SourceFile]) -> [String] {
    let own = lines.filter { !Self.isComment($0) }
    var comments = [[String]](repeating: [], count: own.count + 1)
    for diagnostic in diagnostics {
      let line = place(diagnostic, sources).line - before.count
      comments[own.indices.contains(line) ? line + 1 : 0] += describe(diagnostic, sources)
    }
    return comments[0] + own.indices.flatMap { [own[$0]] + comments[$0 + 1] }
  }

  private func place(_ diagnostic: Diagnostic, _ sources: [SourceFile]) -> (line: Int, column: Int) {
    guard let span = diagnostic.primary?.span, span.file.index == 0 else { return (-1, 0) }
    let position = sources[0].position(at: span.range.lower)
    return (position.line - 1, position.column - 1)
  }

  private func describe(_ diagnostic: Diagnostic, _ sources: [SourceFile]) -> [String] {
    let what = "\(diagnostic.name): \(diagnostic.message)"
    let (line, column) = place(diagnostic, sources)
    let width = carets(diagnostic, column, sources)
    // Carets under the first two columns would be hidden by the slashes.
    let isElsewhere = line < before.count
    let head =
      isElsewhere
      ? "// \(elsewhere(diagnostic, sources)) \(what)"
      : column < 2
        ? "//<" + String(repeating: "^", count: width) + " \(what)"
        : "//" + String(repeating: " ", count: column - 2) + String(repeating: "^", count: width)
          + " \(what)"
    var lines: [String] = []
    if let label = diagnostic.primary?.text, !label.isEmpty { lines.append("label: \(label)") }
    for label in diagnostic.secondary {
      let source = sources[label.span.file.index]
      let text = source.text(label.span.range).split(separator: "\n").first ?? ""
      lines.append("at `\(text)`: \(label.text)")
    }
    lines += diagnostic.notes.map { "note: \($0)" }
    lines += diagnostic.help.map { "help: \($0)" }
    lines += diagnostic.fixes.map { "\($0.safety) fix: \($0.title)" }
    return [head] + lines.map { "//   = \($0)" }
  }

  /// As many as the text is wide, on its first line.
  private func carets(_ diagnostic: Diagnostic, _ column: Int, _ sources: [SourceFile]) -> Int {
    guard let span = diagnostic.primary?.span else { return 1 }
    let text = sources[span.file.index].text(span.range)
    return max(1, text.split(separator: "\n", omittingEmptySubsequences: false).first?.utf8.count ?? 1)
  }

  private func elsewhere(_ diagnostic: Diagnostic, _ sources: [SourceFile]) -> String {
    diagnostic.primary.map { "in \(sources[$0.span.file.index].name):" } ?? "nowhere:"
  }
}
