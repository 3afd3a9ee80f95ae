internal import FlowDiagnostics
internal import FlowText

/// Numbers, durations, dates, datetimes and times all begin with a digit (language 5). Here only their
/// shape is told apart; whether the 31st of February exists is found where the value is made.
extension Lexer {
  mutating func lexNumber() {
    let start = offset
    skipDigits()
    let count = offset - start
    if offset == bytes.count { return append(.integerLiteral, from: start) }
    switch Unicode.Scalar(bytes[offset]) {
    case "-" where count == 4 && isDateRest(): lexDate(from: start)
    case ":" where Byte.isDigit(peek()): lexTime(from: start)
    case "." where Byte.isDigit(peek()): lexFraction(from: start)
    case "a"..."z", "A"..."Z", "_": lexDuration(from: start)
    default: append(.integerLiteral, from: start)
    }
  }

  private mutating func skipDigits() {
    while offset < bytes.count, Byte.isDigit(bytes[offset]) { offset += 1 }
  }

  private mutating func skipWord() {
    while offset < bytes.count, Byte.isWordPart(bytes[offset]) { offset += 1 }
  }

  private func digitCount(at index: Int) -> Int {
    var end = index
    while end < bytes.count, Byte.isDigit(bytes[end]) { end += 1 }
    return end - index
  }

  /// Whether `-`, one or two digits, `-` and a digit follow, as in a date and hardly in arithmetic.
  private func isDateRest() -> Bool {
    let months = digitCount(at: offset + 1)
    guard months == 1 || months == 2, peek(months + 1) == UInt8(ascii: "-") else { return false }
    return Byte.isDigit(peek(months + 2))
  }

  private mutating func lexDate(from start: Int) {
    offset += 1
    let months = digitCount(at: offset)
    offset += months + 1
    let days = digitCount(at: offset)
    offset += days
    let isDate = months == 2 && days == 2
    if peek(0) == UInt8(ascii: "T"), Byte.isDigit(peek()) {
      return lexDatetime(from: start, isDate: isDate)
    }
    if offset < bytes.count, Byte.isLetter(bytes[offset]) {
      skipWord()
      return malformed(.dateLiteral, from: start, "expected a date like `2026-11-22`")
    }
    if isDate { return append(.dateLiteral, from: start) }
    malformed(
      .dateLiteral, from: start, "expected a date like `2026-11-22`",
      spelling: days <= 2 ? paddedDate(from: start, months: months) : nil)
  }

  private func paddedDate(from start: Int, months: Int) -> String {
    let parts = text(start, offset).split(separator: "-")
    return "\(parts[0])-\(padded(parts[1]))-\(padded(parts[2]))"
  }

  /// The date has been passed; `T` and a digit follow.
  private mutating func lexDatetime(from start: Int, isDate: Bool) {
    offset += 1
    let time = passClock(allowsSeconds: true)
    var isRight = isDate && time
    if peek(0) == UInt8(ascii: "Z") {
      offset += 1
    } else if peek(0) == UInt8(ascii: "+") || peek(0) == UInt8(ascii: "-"),
      digitCount(at: offset + 1) == 2, peek(3) == UInt8(ascii: ":")
    {
      offset += 1
      isRight = passClock(allowsSeconds: false) && isRight
    } else if peek(0) == UInt8(ascii: "+"), [2, 4].contains(digitCount(at: offset + 1)) {
      let behind = peek(digitCount(at: offset + 1) + 1)
      // `+3d` is a duration that is added.
      if !Byte.isLetter(behind), behind != UInt8(ascii: ".") {
        offset += digitCount(at: offset + 1) + 1
        isRight = false
      }
    }
    if offset < bytes.count, Byte.isWordPart(bytes[offset]) {
      skipWord()
      isRight = false
    }
    if isRight { return append(.datetimeLiteral, from: start) }
    malformed(
      .datetimeLiteral, from: start,
      "expected a datetime like `2026-11-22T10:00`, `2026-11-22T10:00Z` or `2026-11-22T10:00+01:00`")
  }

  /// Passes `10:00`, or as much as is there of it; whether it was well formed.
  private mutating func passClock(allowsSeconds: Bool) -> Bool {
    let hours = digitCount(at: offset)
    offset += hours
    guard peek(0) == UInt8(ascii: ":") else { return false }
    let minutes = digitCount(at: offset + 1)
    offset += minutes + 1
    guard allowsSeconds, peek(0) == UInt8(ascii: ":") else { return hours == 2 && minutes == 2 }
    let seconds = digitCount(at: offset + 1)
    offset += seconds + 1
    var isRight = hours == 2 && minutes == 2 && seconds == 2
    if peek(0) == UInt8(ascii: "."), Byte.isDigit(peek()) {
      let milliseconds = digitCount(at: offset + 1)
      offset += milliseconds + 1
      isRight = isRight && milliseconds <= 3
    }
    return isRight
  }

  /// The hours have been passed; `:` and a digit follow.
  private mutating func lexTime(from start: Int) {
    let hours = offset - start
    let minutes = digitCount(at: offset + 1)
    offset += minutes + 1
    if offset < bytes.count, Byte.isLetter(bytes[offset]) || bytes[offset] == UInt8(ascii: ":") {
      while offset < bytes.count, Byte.isWordPart(bytes[offset]) || bytes[offset] == UInt8(ascii: ":") {
        offset += 1
      }
      return malformed(.timeLiteral, from: start, "expected a time like `09:00`")
    }
    if hours == 2, minutes == 2 { return append(.timeLiteral, from: start) }
    let parts = text(start, offset).split(separator: ":")
    let isCertain = hours <= 2 && minutes == 2
    malformed(
      .timeLiteral, from: start, "expected a time like `09:00`",
      spelling: isCertain ? "\(padded(parts[0])):\(parts[1])" : nil)
  }

  /// The whole part has been passed; `.` and a digit follow.
  private mutating func lexFraction(from start: Int) {
    offset += 1
    skipDigits()
    let isUnit = offset < bytes.count && Byte.isLetter(bytes[offset])
    let isVersion = peek(0) == UInt8(ascii: ".") && Byte.isDigit(peek())
    guard isUnit || isVersion else { return append(.numericLiteral, from: start) }
    while offset < bytes.count,
      Byte.isWordPart(bytes[offset]) || (bytes[offset] == UInt8(ascii: ".") && Byte.isDigit(peek()))
    {
      offset += 1
    }
    malformed(
      isVersion ? .numericLiteral : .durationLiteral, from: start,
      isVersion ? "expected a number like `0.5`" : "expected a number or a duration like `15m` or `1h30m`",
      help: isUnit ? ["a duration is made of whole numbers: `1h30m`"] : [])
  }

  /// Digits have been passed; a letter follows: a duration, or nothing.
  private mutating func lexDuration(from start: Int) {
    skipWord()
    var index = start
    var lastRank = -1
    while index < offset {
      index += digitCount(at: index)
      guard index < offset, let rank = unitRank(bytes[index]), rank > lastRank else { break }
      lastRank = rank
      index += 1
      if index < offset, !Byte.isDigit(bytes[index]) { break }
    }
    if index == offset, offset == bytes.count || bytes[offset] < 0x80 {
      return append(.durationLiteral, from: start)
    }
    malformed(
      .durationLiteral, from: start, "expected a number or a duration like `15m` or `1h30m`",
      spelling: durationSpelling(of: text(start, offset)),
      help: ["the units are `w`, `d`, `h`, `m` and `s`, in falling order, each at most once"])
  }

  private func unitRank(_ byte: UInt8) -> Int? {
    switch Unicode.Scalar(byte) {
    case "w": 0
    case "d": 1
    case "h": 2
    case "m": 3
    case "s": 4
    default: nil
    }
  }

  /// `3days` → `3d`, `90min` → `90m`: one number and the unit's beginning, in any case.
  private func durationSpelling(of found: String) -> String? {
    let digits = found.prefix { $0.isASCII && $0.isNumber }
    let units = ["weeks": "w", "days": "d", "hours": "h", "hrs": "h", "minutes": "m", "seconds": "s"]
    let unit = found.dropFirst(digits.count).lowercased()
    guard let match = units.first(where: { $0.key.hasPrefix(unit) && unit.count != 2 }) else { return nil }
    return digits + match.value
  }

  private func padded(_ part: Substring) -> String { part.count == 1 ? "0\(part)" : String(part) }

  private mutating func malformed(
    _ kind: TokenKind, from start: Int, _ expected: String, spelling: String? = nil, help: [String] = []
  ) {
    let range = SourceRange(start, offset)
    append(kind, from: start, reported: true)
    report(
      .malformedLiteral, "\(expected), found `\(excerpt(range))`", at: range,
      label: spelling.map { "did you mean `\($0)`?" } ?? "", help: help,
      fixes: spelling.map { [replacing(range, by: $0, .unsafe)] } ?? [])
  }
}
