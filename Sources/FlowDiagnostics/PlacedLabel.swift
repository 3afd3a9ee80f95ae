internal import FlowText

/// A label with the lines it covers, counted from 0.
struct PlacedLabel {
  let range: SourceRange
  let firstLine: Int
  let lastLine: Int
  let text: String
  let isPrimary: Bool

  init(_ label: Label, in file: SourceFile, isPrimary: Bool) {
    range = file.clamped(label.span.range)
    firstLine = file.lines.line(at: range.lower)
    // A range that ends with a line break ends on that line, not at the beginning of the next.
    lastLine = range.isEmpty ? firstLine : file.lines.line(at: range.upper - 1)
    text = label.text.terminalSafe
    self.isPrimary = isPrimary
  }

  var spansLines: Bool { firstLine != lastLine }
}
