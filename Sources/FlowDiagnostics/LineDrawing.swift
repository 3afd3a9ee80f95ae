internal import FlowText

/// One line of source and the rows under it.
struct LineDrawing {
  private let snippet: Snippet
  private let line: Int
  private let shown: DisplayLine
  /// The first column of the source, behind the lanes.
  private let margin: Int
  private let marks: [Mark]

  /// A label within this line and the columns of its carets.
  private struct Mark {
    let label: PlacedLabel
    let columns: Range<Int>
  }

  init(_ snippet: Snippet, _ line: Int) {
    self.snippet = snippet
    self.line = line
    let touching = snippet.labels.filter { $0.firstLine == line || $0.lastLine == line }
    let anchors = touching.flatMap { label in
      (label.firstLine == line ? [label.range.lower] : [])
        + (label.lastLine == line ? [label.range.upper] : [])
    }
    let shown = DisplayLine(of: snippet.file, line: line, anchors: anchors)
    let margin = snippet.lanes.count * 2
    marks = touching.filter { !$0.spansLines }.map { label in
      let columns = shown.columns(of: label.range)
      return Mark(label: label, columns: columns.lowerBound + margin..<columns.upperBound + margin)
    }
    self.shown = shown
    self.margin = margin
  }

  func rendered(_ palette: Palette) -> (source: String, rows: [String]) {
    var lanes = AnnotationRow()
    for (label, lane, sign) in snippet.lanes.beside(line) {
      lanes.put(sign, at: lane * 2, snippet.role(of: label))
    }
    let rows = markRows + openingRows + closingRows
    if shown.text.isEmpty { return (lanes.rendered(palette), rows.map { $0.rendered(palette) }) }
    return (lanes.rendered(palette, padTo: margin) + shown.text, rows.map { $0.rendered(palette) })
  }

  // MARK: Labels within the line

  /// Carets with the words of the rightmost label beside them, then the other words, each under its
  /// label, from right to left, tied to it by a bar.
  private var markRows: [AnnotationRow] {
    if marks.isEmpty { return [] }
    var first = laneRow()
    for mark in marks.sorted(by: { !$0.label.isPrimary && $1.label.isPrimary }) {
      first.put(mark.label.isPrimary ? "^" : "-", in: mark.columns, snippet.role(of: mark.label))
    }
    let inline = labelBesideItsCarets
    if let inline, !marks[inline].label.text.isEmpty {
      first.write(
        marks[inline].label.text, from: first.width + 1, snippet.role(of: marks[inline].label))
    }
    let hanging = marks.indices.filter { $0 != inline && !marks[$0].label.text.isEmpty }
      .map { marks[$0] }
      .sorted {
        ($1.columns.lowerBound, $1.columns.upperBound) < ($0.columns.lowerBound, $0.columns.upperBound)
      }
    if hanging.isEmpty { return [first] }
    var rows = [first, barRow(hanging[...])]
    for (index, mark) in hanging.enumerated() {
      var row = barRow(
        hanging[(index + 1)...].filter { $0.columns.lowerBound < mark.columns.lowerBound }[...])
      row.write(mark.label.text, from: mark.columns.lowerBound, snippet.role(of: mark.label))
      rows.append(row)
    }
    return rows
  }

  /// The mark that reaches furthest right; of several, the primary one, else the one that begins last.
  private var labelBesideItsCarets: Int? {
    let end = marks.map(\.columns.upperBound).max()
    let candidates = marks.indices.filter { marks[$0].columns.upperBound == end }
    return candidates.first { marks[$0].label.isPrimary }
      ?? candidates.max { marks[$0].columns.lowerBound < marks[$1].columns.lowerBound }
  }

  private func barRow(_ hanging: ArraySlice<Mark>) -> AnnotationRow {
    var row = laneRow()
    for mark in hanging { row.put("|", at: mark.columns.lowerBound, snippet.role(of: mark.label)) }
    return row
  }

  // MARK: Labels over several lines

  /// A row under this line with the lanes that are open there, before any is opened or closed below it.
  private func laneRow() -> AnnotationRow {
    var row = AnnotationRow()
    for (label, lane, _) in snippet.lanes.beside(line) { row.put("|", at: lane * 2, snippet.role(of: label)) }
    return row
  }

  private var openingRows: [AnnotationRow] {
    let opening = snippet.lanes.opening(under: line)
    return opening.enumerated().map { index, entry in
      var row = laneRow()
      for (label, lane) in opening[..<index] { row.put("|", at: lane * 2, snippet.role(of: label)) }
      let role = snippet.role(of: entry.label)
      let column = margin + shown.columns(of: SourceRange(at: entry.label.range.lower)).lowerBound
      row.underline(entry.lane * 2 + 1..<column, role)
      row.put(entry.label.isPrimary ? "^" : "-", at: column, role)
      return row
    }
  }

  private var closingRows: [AnnotationRow] {
    let closing = snippet.lanes.closing(under: line)
    let opened = snippet.lanes.opening(under: line)
    return closing.enumerated().map { index, entry in
      var row = AnnotationRow()
      // Lanes that go on, and those that are closed further below.
      let open = snippet.lanes.open(after: line) + Array(closing[index...])
      for (label, lane) in open + opened { row.put("|", at: lane * 2, snippet.role(of: label)) }
      let role = snippet.role(of: entry.label)
      let end = SourceRange(
        max(entry.label.range.lower, entry.label.range.upper - 1), entry.label.range.upper)
      let column = margin + shown.columns(of: end).upperBound - 1
      row.underline(entry.lane * 2 + 1..<column, role)
      row.put(entry.label.isPrimary ? "^" : "-", at: column, role)
      if !entry.label.text.isEmpty { row.write(entry.label.text, from: row.width + 1, role) }
      return row
    }
  }
}
