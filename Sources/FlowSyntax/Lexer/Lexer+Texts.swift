internal import FlowDiagnostics
internal import FlowText

extension Lexer {
  /// `"…"` on one line, or a raw text between triple quotes.
  mutating func lexText() {
    if peek() == Byte.quote, peek(2) == Byte.quote { return lexRawText() }
    let start = offset
    offset += 1
    while offset < bytes.count, !Byte.isLineBreak(bytes[offset]) {
      let byte = bytes[offset]
      if byte == Byte.quote {
        offset += 1
        return append(.stringLiteral, from: start)
      }
      if byte == Byte.backslash {
        lexEscape()
      } else if Byte.isUnusual(byte) {
        skipUnusual()
      } else {
        offset += 1
      }
    }
    append(.stringLiteral, from: start, reported: true)
    report(
      .unterminatedText, "expected `\"` at the end of the text, found the end of the line",
      at: SourceRange(start, offset),
      help: ["a text ends on the line where it begins; `\\n` stands for a line break"])
  }

  private mutating func lexEscape() {
    let start = offset
    offset += 1
    switch Unicode.Scalar(peek(0)) {
    case "\"", "\\", "n", "t": offset += 1
    case "u" where peek() == UInt8(ascii: "{"): lexScalarEscape(from: start)
    default:
      // The byte behind the backslash goes with it, unless it ends the line or is the first of several.
      if offset < bytes.count, !Byte.isUnusual(bytes[offset]) { offset += 1 }
      reportEscape(from: start)
    }
  }

  /// `\u{…}` with one to six hexadecimal digits.
  private mutating func lexScalarEscape(from start: Int) {
    offset += 2
    var value: UInt32 = 0
    var count = 0
    while let digit = hexadecimalDigit(peek(0)) {
      value = count < 6 ? value << 4 | UInt32(digit) : value
      count += 1
      offset += 1
    }
    let isClosed = peek(0) == UInt8(ascii: "}")
    if isClosed { offset += 1 }
    if !isClosed || count == 0 || count > 6 || Unicode.Scalar(value) == nil { reportEscape(from: start) }
  }

  private mutating func reportEscape(from start: Int) {
    let range = SourceRange(start, offset)
    report(
      .invalidEscape, "expected `\\\"`, `\\\\`, `\\n`, `\\t` or `\\u{…}`, found `\(excerpt(range))`",
      at: range,
      help: peek(-(offset - start) + 1) == UInt8(ascii: "u")
        ? ["between the braces of `\\u{…}` stands the number of a Unicode scalar, such as `\\u{20AC}`"] : [])
  }

  /// `""" … """`. Without an end, the text is taken to stop where the indentation falls back, so that the
  /// rest of the file is still read.
  private mutating func lexRawText() {
    let start = offset
    let indentation = indentation(ofLineAt: start)
    var isFirstLine = true
    offset += 3
    var fallback = bytes.count
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == Byte.quote, peek() == Byte.quote, peek(2) == Byte.quote {
        offset += 3
        return append(.rawStringLiteral, from: start)
      }
      if byte == Byte.newline {
        offset += 1
        let isBack = fallback == bytes.count && isCodeLine(at: offset, indentedAtMost: indentation)
        if isBack || isFirstLine && offset == bytes.count { fallback = min(fallback, offset) }
        isFirstLine = false
      } else if Byte.isUnusual(byte), byte != Byte.carriageReturn {
        skipUnusual()
      } else {
        offset += 1
      }
    }
    offset = fallback
    diagnostics.removeAll { ($0.primary?.span.range.lower ?? 0) >= fallback }
    append(.rawStringLiteral, from: start, reported: true)
    unendedRawText = unendedRawText ?? start
    report(
      .unterminatedText, "expected `\"\"\"` at the end of the text, found the end of the file",
      at: SourceRange(start, start + 3), label: "the text begins here")
  }

  /// The number of blanks and tabs before the first other byte of a line.
  private func indentation(ofLineAt index: Int) -> Int {
    var lineStart = index
    while lineStart > 0, !Byte.isLineBreak(bytes[lineStart - 1]) { lineStart -= 1 }
    return blankCount(from: lineStart)
  }

  private func blankCount(from start: Int) -> Int {
    var end = start
    while end < bytes.count, bytes[end] == Byte.blank || bytes[end] == Byte.tab { end += 1 }
    return end - start
  }

  private func isCodeLine(at lineStart: Int, indentedAtMost limit: Int) -> Bool {
    let blanks = blankCount(from: lineStart)
    let first = lineStart + blanks
    return blanks <= limit && first < bytes.count && !Byte.isLineBreak(bytes[first])
  }

  func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
    switch Unicode.Scalar(byte) {
    case "0"..."9": byte - 0x30
    case "a"..."f": byte - 0x61 + 10
    case "A"..."F": byte - 0x41 + 10
    default: nil
    }
  }
}
