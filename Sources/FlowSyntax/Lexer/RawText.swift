internal import FlowText

/// A text between triple quotes, line by line.
struct RawText {
  /// The lines of its value: the first and last line break and the common indentation are dropped.
  let lines: [SourceRange]
  /// Whether all lines of the value consist of blanks.
  let isBlank: Bool

  /// Whether there is a line break between the quotes.
  let isOnSeveralLines: Bool

  /// - Parameter range: what stands between the quotes.
  init(_ range: SourceRange, in bytes: UnsafeBufferPointer<UInt8>) {
    let sourceLines = Self.split(range, bytes)
    isOnSeveralLines = sourceLines.count > 1
    guard sourceLines.count > 1 else {
      lines = sourceLines
      isBlank = false
      return
    }
    func blankCount(_ line: SourceRange) -> Int {
      bytes[line.lower..<line.upper].prefix { $0 == Byte.blank || $0 == Byte.tab }.count
    }
    func isBlankLine(_ line: SourceRange) -> Bool { blankCount(line) == line.count }
    var kept = sourceLines[...]
    // Blanks before the closing quotes are no line of their own.
    if let last = kept.last, isBlankLine(last) { kept.removeLast() }
    if let first = kept.first, isBlankLine(first) { kept.removeFirst() }
    let indentations = kept.filter { !isBlankLine($0) }.map(blankCount)
    let common = indentations.min() ?? 0
    lines = kept.map { SourceRange(min($0.lower + common, $0.upper), $0.upper) }
    isBlank = indentations.isEmpty
  }

  private static func split(_ range: SourceRange, _ bytes: UnsafeBufferPointer<UInt8>) -> [SourceRange] {
    var lines: [SourceRange] = []
    var start = range.lower
    var index = start
    while index < range.upper {
      let isPair =
        bytes[index] == Byte.carriageReturn && index + 1 < range.upper && bytes[index + 1] == Byte.newline
      guard Byte.isLineBreak(bytes[index]) else {
        index += 1
        continue
      }
      lines.append(SourceRange(start, index))
      start = index + (isPair ? 2 : 1)
      index = start
    }
    lines.append(SourceRange(start, range.upper))
    return lines
  }
}
