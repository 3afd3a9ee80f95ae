internal import FlowDiagnostics
internal import FlowText

/// What no token begins with: the spellings of other languages, the typography of word processors, and noise.
extension Lexer {
  mutating func lexUnknown(symbols: inout SymbolTable) {
    switch Unicode.Scalar(bytes[offset]) {
    case "&": takeForeignWord(.and, peek() == UInt8(ascii: "&") ? 2 : 1, &symbols)
    case "|": takeForeignWord(.or, peek() == UInt8(ascii: "|") ? 2 : 1, &symbols)
    case ";": dropSemicolon()
    case "'": lexQuoted(by: "'", opening: 1)
    case "#": lexHashComment()
    default:
      if bytes[offset] < 0x80 { lexUnknownASCII() } else { lexBeyondASCII(symbols: &symbols) }
    }
  }

  private mutating func lexUnknownASCII() {
    if bytes[offset] < Byte.blank || bytes[offset] == 0x7F {
      reportControl(at: offset)
      offset += 1
      // A token of its own, so that a word it cuts in two is no second mistake.
      return append(.invalid, from: offset - 1)
    }
    let start = offset
    offset += 1
    append(.invalid, from: start)
    let range = SourceRange(start, offset)
    let help =
      bytes[start] == UInt8(ascii: "?")
      ? ["a choice between two values is written `if(condition, value, otherwise)`"] : []
    report(
      .unexpectedCharacter, "no part of the language is written `\(text(start, offset))`", at: range,
      help: help)
  }

  private mutating func lexBeyondASCII(symbols: inout SymbolTable) {
    guard let length = scalarLength(at: offset) else {
      let start = offset
      skipMalformedBytes()
      return append(.invalid, from: start)
    }
    let spelling = text(offset, offset + length)
    switch spelling {
    case "“", "”", "„", "«", "»", "‟": return lexQuoted(by: spelling, opening: length)
    case "‘", "’", "‚": return lexQuoted(by: spelling, opening: length)
    case "≤": return takeForeign(.lessEqual, length, "<=")
    case "≥": return takeForeign(.greaterEqual, length, ">=")
    case "≠": return takeForeign(.notEqual, length, "!=")
    case "−", "–", "—": return takeForeign(.minus, length, "-")
    case "×": return takeForeign(.star, length, "*")
    case "÷": return takeForeign(.slash, length, "/")
    case "…": return takeForeign(.ellipsis, length, "..")
    default: break
    }
    let properties = spelling.unicodeScalars[spelling.startIndex].properties
    if properties.isWhitespace || properties.generalCategory == .format { return dropBlank(length) }
    if properties.isAlphabetic { return lexForeignWord(from: offset, &symbols) }
    let start = offset
    offset += length
    append(.invalid, from: start)
    report(
      .unexpectedCharacter, "no part of the language is written `\(spelling)`", at: SourceRange(start, offset)
    )
  }

  /// A word with letters beyond ASCII stays one name, so that nothing else is said about it.
  mutating func lexForeignWord(from start: Int, _ symbols: inout SymbolTable) {
    while offset < bytes.count {
      if Byte.isWordPart(bytes[offset]) {
        offset += 1
      } else if bytes[offset] >= 0x80, let length = scalarLength(at: offset), isAlphabetic(offset, length) {
        offset += length
      } else {
        break
      }
    }
    let isForeign = bytes[start..<offset].contains { $0 >= 0x80 }
    appendName(from: start, &symbols)
    guard isForeign else { return }
    let range = SourceRange(start, offset)
    report(
      .unexpectedCharacter,
      "expected a name of the letters `A` to `Z`, digits and `_`, found `\(excerpt(range))`",
      at: range, help: ["a title may hold any letters: write it in quotes after the name"])
  }

  private func isAlphabetic(_ index: Int, _ length: Int) -> Bool {
    text(index, index + length).unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.generalCategory == .nonspacingMark
    }
  }

  /// A text in single or typographic quotes, up to the closing one or the end of the line.
  private mutating func lexQuoted(by quote: String, opening: Int) {
    let start = offset
    offset += opening
    let contents = offset
    var end: Int?
    while offset < bytes.count, !Byte.isLineBreak(bytes[offset]) {
      if let length = closingQuoteLength(at: offset, isSingle: quote == "'") {
        end = offset
        offset += length
        break
      }
      if Byte.isUnusual(bytes[offset]) { skipUnusual() } else { offset += 1 }
    }
    let range = SourceRange(start, offset)
    append(.stringLiteral, from: start, reported: true)
    let isPlain = end.map { !bytes[contents..<$0].contains { $0 == Byte.quote || $0 == Byte.backslash } }
    report(
      .foreignSpelling, "a text stands between `\"` and `\"`, found `\(quote)`", at: range,
      fixes: isPlain == true ? [replacing(range, by: "\"\(text(contents, end ?? contents))\"", .safe)] : [])
  }

  private func closingQuoteLength(at index: Int, isSingle: Bool) -> Int? {
    if bytes[index] < 0x80 {
      return bytes[index] == (isSingle ? UInt8(ascii: "'") : Byte.quote) ? 1 : nil
    }
    guard !isSingle, let length = scalarLength(at: index) else { return nil }
    return ["“", "”", "»", "«", "’", "‘", "‟"].contains(text(index, index + length)) ? length : nil
  }

  private mutating func dropSemicolon() {
    let range = SourceRange(offset, offset + 1)
    offset += 1
    report(
      .foreignSpelling, "statements follow each other without a mark, found `;`", at: range,
      fixes: [Fix("remove `;`", .safe, [Edit(SourceSpan(file, range), "")])])
  }

  /// A blank that is not one: a no-break space, a zero-width space.
  private mutating func dropBlank(_ length: Int) {
    let range = SourceRange(offset, offset + length)
    let value = text(range.lower, range.upper).unicodeScalars.first?.value ?? 0
    offset += length
    report(
      .unexpectedCharacter, "expected an ordinary blank, found U+\(hexadecimal(value))", at: range,
      fixes: [replacing(range, by: " ", .safe)])
  }

  /// Appends a token that was spelled as in another language.
  mutating func takeForeign(_ kind: TokenKind, _ count: Int, _ spelling: String) {
    let start = offset
    offset += count
    append(kind, from: start)
    reportForeign(SourceRange(start, offset), spelling)
  }

  /// Appends a word that was spelled with signs, like `&&`.
  mutating func takeForeignWord(_ keyword: Keyword, _ count: Int, _ symbols: inout SymbolTable) {
    let start = offset
    offset += count
    tokens.append(Token(.identifier, SourceRange(start, offset), symbol: Symbol(keyword)))
    reportForeign(SourceRange(start, offset), keyword.spelling)
  }

  private mutating func reportForeign(_ range: SourceRange, _ spelling: String) {
    let isWord = spelling.utf8.allSatisfy(Byte.isLetter)
    let needsBlankBefore = isWord && range.lower > 0 && Byte.isWordPart(bytes[range.lower - 1])
    let needsBlankAfter = isWord && range.upper < bytes.count && bytes[range.upper] != Byte.blank
    let replacement = (needsBlankBefore ? " " : "") + spelling + (needsBlankAfter ? " " : "")
    report(
      .foreignSpelling, "expected `\(spelling)`, found `\(text(range.lower, range.upper))`", at: range,
      fixes: [
        Fix("write `\(spelling)`", .safe, [Edit(SourceSpan(file, range), replacement)])
      ])
  }

  mutating func reportControl(at index: Int) {
    let range = SourceRange(index, index + 1)
    report(
      .unexpectedCharacter,
      "no control character belongs in a text, found U+\(hexadecimal(UInt32(bytes[index])))",
      at: range, fixes: [Fix("remove it", .safe, [Edit(SourceSpan(file, range), "")])])
  }

  private func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
