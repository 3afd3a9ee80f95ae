public import FlowText

/// The format for people: message, source with carets, facts, help, fixes.
public struct FullRenderer: Sendable {
  /// More labels than this are not drawn; a note says how many there are.
  public static let maximumLabels = 12

  private let files: SourceFiles
  private let palette: Palette

  public init(files: [SourceFile], palette: Palette = .plain) {
    self.files = SourceFiles(files)
    self.palette = palette
  }

  /// All findings, an empty line between two; then what the cap has left out.
  public func render(_ report: DiagnosticReport) -> String {
    var parts = report.unsuppressed.map(render)
    parts += report.omissions.map { omission in
      let place = omission.file.flatMap { files[$0] }.map { " in \($0.name.terminalSafe)" } ?? ""
      return palette.paint("note", .severity(.note)) + ": \(omission.count) more "
        + (omission.count == 1 ? "finding" : "findings") + "\(place) not shown\n"
    }
    return parts.joined(separator: "\n")
  }

  /// One finding, with a line break at its end.
  public func render(_ diagnostic: Diagnostic) -> String {
    let role = Palette.Role.severity(diagnostic.severity)
    var result = palette.paint("\(diagnostic.severity.word)[\(diagnostic.name)]", role)
    result += palette.paint(": \(diagnostic.message.terminalSafe)", .emphasis) + "\n"
    let labels = drawnLabels(of: diagnostic)
    let snippets = self.snippets(of: labels.drawn, diagnostic.severity)
    let gutter = snippets.map(\.gutterWidth).max() ?? 1
    for (index, snippet) in snippets.enumerated() {
      result += snippet.rendered(gutter: gutter, arrow: index == 0 ? "-->" : ":::", palette)
    }
    if !snippets.isEmpty { result += frame(gutter, "|") + "\n" }
    for line in remarks(of: diagnostic, labelsNotDrawn: labels.rest) { result += remark(line, gutter) }
    return result
  }

  private func drawnLabels(of diagnostic: Diagnostic) -> (drawn: [(label: Label, isPrimary: Bool)], rest: Int)
  {
    var labels = (diagnostic.primary.map { [($0, true)] } ?? []) + diagnostic.secondary.map { ($0, false) }
    labels.removeAll { files[$0.0.span.file] == nil }
    let drawn = labels.prefix(FullRenderer.maximumLabels).map { (label: $0.0, isPrimary: $0.1) }
    return (drawn, labels.count - drawn.count)
  }

  /// One snippet a file, in the order in which the labels name them.
  private func snippets(of labels: [(label: Label, isPrimary: Bool)], _ severity: Severity) -> [Snippet] {
    var order: [FileID] = []
    for (label, _) in labels where !order.contains(label.span.file) { order.append(label.span.file) }
    return order.compactMap { id in
      files[id].map { file in
        let own = labels.filter { $0.label.span.file == id }
        return Snippet(file, own.map { PlacedLabel($0.label, in: file, isPrimary: $0.isPrimary) }, severity)
      }
    }
  }

  private func remarks(of diagnostic: Diagnostic, labelsNotDrawn: Int) -> [String] {
    let more = labelsNotDrawn == 1 ? "1 more place" : "\(labelsNotDrawn) more places"
    return (labelsNotDrawn > 0 ? [more] : []) + diagnostic.notes + diagnostic.help.map { "help: \($0)" }
      + diagnostic.fixes.map { $0.safety == .safe ? "fix: \($0.title)" : "fix (unsafe): \($0.title)" }
      + ["help: run `flow explain \(diagnostic.name)`"]
  }

  /// A line behind `=`; further lines of the same remark stand under the first.
  private func remark(_ text: String, _ gutter: Int) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(\.terminalSafe)
    let indent = String(repeating: " ", count: gutter + 3)
    return frame(gutter, "=") + " " + lines.joined(separator: "\n" + indent) + "\n"
  }

  private func frame(_ gutter: Int, _ sign: String) -> String {
    palette.paint(String(repeating: " ", count: gutter + 1) + sign, .frame)
  }
}
