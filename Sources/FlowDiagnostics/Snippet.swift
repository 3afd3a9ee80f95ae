internal import FlowText

/// The lines of one file that the labels of a diagnostic touch, with what is drawn under them.
///
/// Labels within a line get carets under it. A label over several lines gets a lane to the left of the
/// source, opened under (or beside) its first line and closed under its last.
struct Snippet {
  /// Of the lines inside a label, so many are shown when there are no more; else the first, and dots.
  static let maximumInnerLines = 3

  let file: SourceFile
  let severity: Severity
  let labels: [PlacedLabel]
  let lanes: Lanes

  init(_ file: SourceFile, _ labels: [PlacedLabel], _ severity: Severity) {
    self.file = file
    self.labels = labels
    self.severity = severity
    lanes = Lanes(of: labels.filter(\.spansLines), in: file)
  }

  /// The width of the largest line number.
  var gutterWidth: Int { number(ofLine: labels.map(\.lastLine).max() ?? 0).count }

  func rendered(gutter: Int, arrow: String, _ palette: Palette) -> String {
    let blank = palette.paint(String(repeating: " ", count: gutter + 1) + "|", .frame)
    var result = arrow == "-->" ? "" : blank + "\n"
    result += palette.paint(String(repeating: " ", count: gutter) + arrow, .frame) + " \(place)\n"
    result += blank + "\n"
    var previous: Int?
    for line in shownLines {
      if let previous, line > previous + 1 {
        result += palette.paint("...", .frame) + dots(gutter, after: previous, palette) + "\n"
      }
      previous = line
      let (source, rows) = LineDrawing(self, line).rendered(palette)
      let number = number(ofLine: line)
      let indent = String(repeating: " ", count: gutter - number.count)
      result += palette.paint(indent + number + " |", .frame) + (source.isEmpty ? "" : " " + source) + "\n"
      for row in rows { result += blank + " " + row + "\n" }
    }
    return result
  }

  private func number(ofLine line: Int) -> String { String(file.linesBefore + line + 1) }

  func role(of label: PlacedLabel) -> Palette.Role { label.isPrimary ? .severity(severity) : .frame }

  /// Where the finding is; in another file, where its first label is.
  private var place: String {
    let offset = labels.first { $0.isPrimary }?.range.lower ?? labels.map(\.range.lower).min() ?? 0
    let position = file.textPosition(at: offset)
    return "\(file.name.terminalSafe):\(position.line):\(position.column)"
  }

  /// The lanes that go on through a gap.
  private func dots(_ gutter: Int, after line: Int, _ palette: Palette) -> String {
    var row = AnnotationRow()
    for (label, lane) in lanes.open(after: line) { row.put("|", at: lane * 2, role(of: label)) }
    let lanesShown = row.rendered(palette)
    return lanesShown.isEmpty ? "" : String(repeating: " ", count: gutter) + lanesShown
  }

  private var shownLines: [Int] {
    var lines: Set<Int> = []
    for label in labels {
      lines.formUnion([label.firstLine, label.lastLine])
      let inner = label.firstLine + 1..<max(label.firstLine + 1, label.lastLine)
      lines.formUnion(inner.count <= Snippet.maximumInnerLines ? inner : inner.prefix(1))
    }
    // An empty last line alone says nothing: what comes before it is what is missing something.
    if let last = lines.max(), last > 0, last == file.lines.starts.count - 1,
      file.contentRange(ofLine: last).isEmpty
    {
      lines.insert(last - 1)
    }
    let sorted = lines.sorted()
    // Dots take a line as well; a gap of one line is better filled.
    let gaps = zip(sorted, sorted.dropFirst()).filter { $1 == $0 + 2 }.map { $0.0 + 1 }
    return (sorted + gaps).sorted()
  }
}

/// Which lane to the left of the source each label over several lines runs in.
struct Lanes {
  private let placed: [(label: PlacedLabel, lane: Int, opensBesideSource: Bool)]
  /// The number of lanes; each takes two columns.
  let count: Int

  init(of labels: [PlacedLabel], in file: SourceFile) {
    var placed: [(label: PlacedLabel, lane: Int, opensBesideSource: Bool)] = []
    // The longest stands furthest left, so that the others open and close within it.
    let ordered = labels.sorted {
      ($0.firstLine, -$0.lastLine, $0.range.lower) < ($1.firstLine, -$1.lastLine, $1.range.lower)
    }
    for label in ordered {
      let taken = placed.filter { $0.label.lastLine >= label.firstLine }.map(\.lane)
      let lane = (0...taken.count).first { !taken.contains($0) } ?? 0
      let start = file.contentRange(ofLine: label.firstLine).lower
      let isFirstThing = file.bytes[min(start, label.range.lower)..<label.range.lower]
        .allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
      let isAlone = !placed.contains { $0.label.firstLine == label.firstLine }
      placed.append((label, lane, isFirstThing && isAlone))
    }
    self.placed = placed
    count = (placed.map(\.lane).max() ?? -1) + 1
  }

  /// Labels whose lane is drawn beside the text of a line: a `/` where it begins, else a bar.
  func beside(_ line: Int) -> [(label: PlacedLabel, lane: Int, sign: Character)] {
    placed.compactMap { entry in
      if entry.label.firstLine == line, entry.opensBesideSource { return (entry.label, entry.lane, "/") }
      return entry.label.firstLine < line && line <= entry.label.lastLine
        ? (entry.label, entry.lane, "|") : nil
    }
  }

  /// Labels that get a row of their own under a line, to open their lane.
  func opening(under line: Int) -> [(label: PlacedLabel, lane: Int)] {
    placed.filter { $0.label.firstLine == line && !$0.opensBesideSource }.map { ($0.label, $0.lane) }
  }

  /// Labels whose lane is closed under a line, the innermost first.
  func closing(under line: Int) -> [(label: PlacedLabel, lane: Int)] {
    placed.filter { $0.label.lastLine == line }.map { ($0.label, $0.lane) }.sorted { $0.lane > $1.lane }
  }

  func open(after line: Int) -> [(label: PlacedLabel, lane: Int)] {
    placed.filter { $0.label.firstLine <= line && line < $0.label.lastLine }.map { ($0.label, $0.lane) }
  }
}
