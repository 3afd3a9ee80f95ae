internal import FlowDiagnostics
internal import FlowText

extension Lexer {
  /// `// …` or `/// …`, to the end of the line. Four slashes and more are an ordinary comment.
  mutating func lexComment() {
    let start = offset
    let isTitle = peek(2) == UInt8(ascii: "/") && peek(3) != UInt8(ascii: "/")
    offset += 2
    skipLine()
    comments.append(Comment(isTitle ? .title : .line, SourceRange(start, offset)))
  }

  /// Moves to the line break, looking at what is not plain ASCII on the way.
  mutating func skipLine() {
    while offset < bytes.count, !Byte.isLineBreak(bytes[offset]) {
      if Byte.isUnusual(bytes[offset]) { skipUnusual() } else { offset += 1 }
    }
  }

  /// `# …`, the comment of other languages.
  mutating func lexHashComment() {
    let start = offset
    skipLine()
    let hash = SourceRange(start, start + 1)
    report(
      .foreignSpelling, "a comment begins with `//`, found `#`", at: hash,
      fixes: [replacing(hash, by: "//", .safe)])
  }

  /// `/* … */`, likewise. Without an end it is taken as one line.
  mutating func lexBlockComment() {
    let start = offset
    var end = hasUnendedBlockComment ? bytes.count : offset + 2
    while end + 1 < bytes.count, !(bytes[end] == UInt8(ascii: "*") && bytes[end + 1] == UInt8(ascii: "/")) {
      end += 1
    }
    if end + 1 < bytes.count {
      while offset < end + 2 {
        if Byte.isUnusual(bytes[offset]), !Byte.isLineBreak(bytes[offset]) {
          skipUnusual()
        } else {
          offset += 1
        }
      }
    } else {
      // Remembered, lest many of them make the lexer look for the end again and again.
      hasUnendedBlockComment = true
      skipLine()
    }
    report(
      .foreignSpelling, "a comment begins with `//` and ends with its line, found `/*`",
      at: SourceRange(start, start + 2), help: ["begin each line of the comment with `//`"])
  }

  /// Passes one byte or scalar of a text or a comment that is not plain ASCII; a line break does not stand here.
  mutating func skipUnusual() {
    let byte = bytes[offset]
    if byte >= 0x80 {
      if let length = scalarLength(at: offset) { offset += length } else { skipMalformedBytes() }
    } else {
      reportControl(at: offset)
      offset += 1
    }
  }

  /// Reports a run of bytes that are no UTF-8.
  mutating func skipMalformedBytes() {
    let start = offset
    repeat {
      offset += 1
    } while offset < bytes.count && bytes[offset] >= 0x80
      && scalarLength(at: offset) == nil
    let count = offset - start
    report(
      .invalidEncoding,
      "expected UTF-8, found \(count == 1 ? "a byte that is" : "\(count) bytes that are") none",
      at: SourceRange(start, offset), help: ["save the file in the encoding UTF-8"])
  }

  /// The length of the well-formed scalar at an offset, in bytes; nil if there is none.
  /// The bounds are those of the Unicode Standard's table of well-formed sequences.
  func scalarLength(at index: Int) -> Int? {
    let first = bytes[index]
    func isIn(_ distance: Int, _ low: UInt8, _ high: UInt8) -> Bool {
      index + distance < bytes.count && bytes[index + distance] >= low && bytes[index + distance] <= high
    }
    switch first {
    case 0..<0x80: return 1
    case 0xC2...0xDF: return isIn(1, 0x80, 0xBF) ? 2 : nil
    case 0xE0...0xEF:
      let low: UInt8 = first == 0xE0 ? 0xA0 : 0x80
      let high: UInt8 = first == 0xED ? 0x9F : 0xBF
      return isIn(1, low, high) && isIn(2, 0x80, 0xBF) ? 3 : nil
    case 0xF0...0xF4:
      let low: UInt8 = first == 0xF0 ? 0x90 : 0x80
      let high: UInt8 = first == 0xF4 ? 0x8F : 0xBF
      return isIn(1, low, high) && isIn(2, 0x80, 0xBF) && isIn(3, 0x80, 0xBF) ? 4 : nil
    default: return nil
    }
  }
}
