internal import FlowDiagnostics
internal import FlowText
internal import FlowValues

/// From the spelling of a literal to its value.
extension Parser {
  private func spelling(_ token: Token) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[token.range.lower..<token.range.upper])
  }

  /// The value of the present token, a literal other than a text; `.missing` where it is reported or out of range.
  mutating func literalValue() -> Expression.Kind {
    if token.isReported { return .missing }
    let spelling = spelling(token)
    switch token.kind {
    case .integerLiteral:
      if case .value(let value) = Int64.parseCell(spelling) { return .integer(value) }
      return outOfRange("an integer has 64 bits")
    case .numericLiteral:
      if case .value(let value) = Numeric.parse(spelling) { return .numeric(value) }
      return outOfRange("a number lies below 1000000000000")
    case .durationLiteral:
      if case .value(let value) = CalendarDuration.parse(spelling) { return .duration(value) }
      return outOfRange("a duration has at most \(CalendarDuration.maximumDays) days")
    case .dateLiteral:
      if let value = CivilDate.parse(spelling) { return .date(value) }
      return outOfRange("no such day is in the calendar of the years 0001 to 9999")
    case .datetimeLiteral: return datetimeValue(spelling)
    case .timeLiteral:
      if let value = TimeOfDay.parse(spelling) { return .time(value) }
      return outOfRange("a time lies between 00:00 and 23:59; `24:00` is the end of a window only")
    case .stringLiteral, .rawStringLiteral: return .text(addText(textValue(token)))
    default: return .missing
    }
  }

  private mutating func datetimeValue(_ spelling: UnsafeBufferPointer<UInt8>) -> Expression.Kind {
    switch ParsedDateTime.parse(spelling) {
    case .local(let value): .localDateTime(value)
    case .instant(let value): .instant(value)
    case .outOfRange, .malformed: outOfRange("no such day and time is in the years 0001 to 9999")
    }
  }

  private mutating func outOfRange(_ note: String) -> Expression.Kind {
    let kind = token.kind.description
    report(
      .literalOutOfRange, "expected \(kind) that exists, found `\(excerpt(token.range))`", at: token.range,
      notes: [note])
    return .missing
  }

  // MARK: Durations in words

  private static let unitsInWords = [
    "second": "s", "seconds": "s", "minute": "m", "minutes": "m", "hour": "h", "hours": "h", "day": "d",
    "days": "d", "week": "w", "weeks": "w",
  ]

  /// The unit behind the present number, as in `3 days`: the word is no field, key or function of its own.
  var unitInWords: String? {
    guard peek().kind == .identifier else { return nil }
    switch peek(2).kind {
    case .colon, .equal, .dot, .leftParenthesis: return nil
    default: return Self.unitsInWords[text(peek().range)]
    }
  }

  /// Reads `3 days` as the duration that is meant.
  mutating func parseDurationInWords() -> ExpressionID {
    let range = token.range.extended(to: peek().range)
    let duration = text(token.range) + (unitInWords ?? "")
    report(
      .malformedLiteral, "expected a duration like `\(duration)`, found `\(excerpt(range))`", at: range,
      fixes: [replacement(range, by: duration, .safe)])
    advance()
    advance()
    return add(.missing, range)
  }

  mutating func addText(_ value: String) -> TextID {
    tree.texts.append(value)
    return TextID(tree.texts.count - 1)
  }

  /// The characters that a text literal stands for.
  func textValue(_ token: Token) -> String {
    let range = token.range
    guard !token.isReported else { return "" }
    if token.kind == .rawStringLiteral { return rawText(SourceRange(range.lower + 3, range.upper - 3)) }
    let inside = bytes[range.lower + 1..<range.upper - 1]
    guard inside.contains(Byte.backslash) else { return String(decoding: inside, as: UTF8.self) }
    return unescaped(inside)
  }

  /// Escapes that the lexer has reported are dropped.
  private func unescaped(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> String {
    var result: [UInt8] = []
    var index = text.startIndex
    while index < text.endIndex {
      let byte = text[index]
      index += 1
      guard byte == Byte.backslash, index < text.endIndex else {
        result.append(byte)
        continue
      }
      let kind = text[index]
      index += 1
      switch Unicode.Scalar(kind) {
      case "\"", "\\": result.append(kind)
      case "n": result.append(Byte.newline)
      case "t": result.append(Byte.tab)
      case "u": index = appendScalar(text, index, to: &result)
      default: break
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Appends the scalar of `{…}` at an index, and returns where the text goes on.
  private func appendScalar(
    _ text: Slice<UnsafeBufferPointer<UInt8>>, _ index: Int, to result: inout [UInt8]
  ) -> Int {
    guard index < text.endIndex, text[index] == UInt8(ascii: "{"),
      let end = text[index...].firstIndex(of: UInt8(ascii: "}"))
    else { return index }
    let digits = String(decoding: text[index + 1..<end], as: UTF8.self)
    if let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) {
      result.append(contentsOf: Array(String(Character(scalar)).utf8))
    }
    return end + 1
  }

  /// The lines between triple quotes, without the first and last line break and their common indentation.
  func rawText(_ range: SourceRange) -> String {
    RawText(range, in: bytes).lines.map(text).joined(separator: "\n")
  }

  // MARK: Titles

  /// The `///` lines directly above the present token.
  mutating func takeTitle() -> TextLiteral? {
    guard commentCursor < tree.comments.count,
      tree.comments[commentCursor].range.lower < token.range.lower
    else { return nil }
    var first: Int?
    var last = 0
    while commentCursor < tree.comments.count {
      let comment = tree.comments[commentCursor]
      guard comment.range.lower < token.range.lower else { break }
      if comment.kind == .title, comment.range.lower >= previousEnd, startsLine(comment.range.lower) {
        if first == nil || !isNextLine(tree.comments[commentCursor - 1].range.upper, comment.range.lower) {
          first = commentCursor
        }
        last = commentCursor
      } else if comment.range.lower >= previousEnd, first != nil, comment.kind == .line,
        isNextLine(tree.comments[commentCursor - 1].range.upper, comment.range.lower)
      {
        // A plain comment between the title and what it stands above changes nothing.
      } else {
        first = nil
      }
      commentCursor += 1
    }
    guard let first, isNextLine(tree.comments[commentCursor - 1].range.upper, token.range.lower) else {
      return nil
    }
    let lines = tree.comments[first...last].filter { $0.kind == .title }
    let words = lines.map { trimmed(SourceRange($0.range.lower + 3, $0.range.upper)) }
    return TextLiteral(
      words.filter { !$0.isEmpty }.joined(separator: " "),
      tree.comments[first].range.extended(to: tree.comments[last].range))
  }

  private func trimmed(_ range: SourceRange) -> String {
    var lower = range.lower
    var upper = range.upper
    while lower < upper, bytes[lower] == Byte.blank || bytes[lower] == Byte.tab { lower += 1 }
    while lower < upper, bytes[upper - 1] == Byte.blank || bytes[upper - 1] == Byte.tab { upper -= 1 }
    return text(SourceRange(lower, upper))
  }

  private func startsLine(_ offset: Int) -> Bool {
    var index = offset
    while index > 0, bytes[index - 1] == Byte.blank || bytes[index - 1] == Byte.tab { index -= 1 }
    return index == 0 || Byte.isLineBreak(bytes[index - 1])
  }

  /// Whether one line break and otherwise blanks lie between two offsets.
  private func isNextLine(_ lower: Int, _ upper: Int) -> Bool {
    var breaks = 0
    for index in lower..<max(lower, upper) {
      switch bytes[index] {
      case Byte.newline: breaks += 1
      case Byte.carriageReturn: if index + 1 >= upper || bytes[index + 1] != Byte.newline { breaks += 1 }
      case Byte.blank, Byte.tab: break
      default: return false
      }
    }
    return breaks == 1
  }
}
