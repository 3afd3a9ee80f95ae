/// One line of a source text as a terminal shows it: tabs expanded, controls visible, a long line cut.
///
/// It knows in which column every byte of the line stands, so that carets line up.
public struct DisplayLine: Sendable {
  /// The distance of tab stops, in cells.
  public static let tabWidth = 4
  /// A longer line is cut to what lies around its anchors, in bytes.
  public static let maximumByteCount = 160
  /// How much of a cut line is kept on either side of an anchor, in bytes.
  public static let contextByteCount = 50
  /// More scalars than this in one character are not shown: marks piled up can be any number.
  static let maximumScalarsInCharacter = 16

  /// The text to print, without a line break.
  public private(set) var text = ""
  /// The cells that `text` takes.
  public private(set) var width = 0
  private var cells: [Cell] = []

  private struct Cell {
    /// The offset in the file of the first byte that this cell stands for.
    let offset: Int
    let column: Int
    let width: Int
  }

  /// - Parameters:
  ///   - line: counted from 0.
  ///   - anchors: offsets whose surroundings stay visible if the line is long.
  public init(of file: SourceFile, line: Int, anchors: [Int]) {
    let content = file.contentRange(ofLine: line)
    let windows = DisplayLine.windows(of: content, in: file.bytes, around: anchors)
    var shownUpTo = content.lower
    for window in windows {
      if window.lower > shownUpTo { append("…", width: 1, offset: shownUpTo) }
      for run in WellFormedRuns(file.bytes, window) { append(run, of: file) }
      shownUpTo = window.upper
    }
    if shownUpTo < content.upper { append("…", width: 1, offset: shownUpTo) }
  }

  /// The cells that a range of bytes takes, counted from 0; at least one, and `width..<width + 1` behind
  /// the end of the line. Part of a character counts as the whole of it.
  public func columns(of range: SourceRange) -> Range<Int> {
    guard let first = cell(at: range.lower) else { return width..<width + 1 }
    if range.isEmpty { return first.column..<first.column + 1 }
    let last = cell(at: range.upper - 1) ?? cells[cells.count - 1]
    return first.column..<max(first.column + 1, last.column + last.width)
  }

  /// The cell of a byte; `nil` behind the last.
  private func cell(at offset: Int) -> Cell? {
    guard let end, offset < end, !cells.isEmpty else { return nil }
    var low = 0
    var high = cells.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if cells[middle].offset <= offset { low = middle } else { high = middle }
    }
    return cells[low]
  }

  /// The offset behind the last byte that has a cell.
  private var end: Int?

  private mutating func append(_ shown: String, width cellWidth: Int, offset: Int) {
    cells.append(Cell(offset: offset, column: width, width: cellWidth))
    text += shown
    width += cellWidth
    end = offset + 1
  }

  private mutating func append(_ run: WellFormedRuns.Run, of file: SourceFile) {
    guard run.isWellFormed else {
      append("\u{FFFD}", width: 1, offset: run.range.lower)
      return
    }
    var offset = run.range.lower
    for character in file.text(run.range) {
      append(character, at: offset)
      offset += character.utf8.count
    }
    end = run.range.upper
  }

  private mutating func append(_ character: Character, at offset: Int) {
    if character == "\t" {
      let blanks = DisplayLine.tabWidth - width % DisplayLine.tabWidth
      append(String(repeating: " ", count: blanks), width: blanks, offset: offset)
    } else if let form = character.unicodeScalars.first?.visibleForm {
      // A control character is a character of its own, except for what is piled up on it: that goes too.
      append(form, width: form.displayWidth, offset: offset)
    } else if character.unicodeScalars.count > DisplayLine.maximumScalarsInCharacter {
      let kept = Character(
        String(
          String.UnicodeScalarView(character.unicodeScalars.prefix(DisplayLine.maximumScalarsInCharacter))))
      append(String(kept), width: kept.displayWidth, offset: offset)
    } else {
      append(String(character), width: character.displayWidth, offset: offset)
    }
  }

  /// The parts of a line to show: all of it, or what lies around the anchors.
  private static func windows(of content: SourceRange, in bytes: [UInt8], around anchors: [Int])
    -> [SourceRange]
  {
    if content.count <= maximumByteCount { return [content] }
    var windows: [SourceRange] = []
    for anchor in anchors.isEmpty ? [content.lower] : anchors.sorted() {
      let center = min(max(anchor, content.lower), content.upper)
      let lower = scalarStart(max(content.lower, center - contextByteCount), in: bytes, within: content)
      let upper = scalarStart(min(content.upper, center + contextByteCount), in: bytes, within: content)
      if let last = windows.last, lower <= last.upper + 1 {
        windows[windows.count - 1] = last.extended(to: SourceRange(lower, upper))
      } else {
        windows.append(SourceRange(lower, upper))
      }
    }
    return windows
  }

  /// Moves an offset back to the beginning of its scalar; a scalar has at most four bytes.
  private static func scalarStart(_ offset: Int, in bytes: [UInt8], within content: SourceRange) -> Int {
    var start = offset
    while start > content.lower, start > offset - 3, start < content.upper, bytes[start] & 0xC0 == 0x80 {
      start -= 1
    }
    return start
  }
}
