/// Reads the TZ string at the end of a TZif file (RFC 8536, section 3.3).
struct FooterParser {
  private let bytes: ArraySlice<UInt8>
  private var offset: Int

  /// The longest time of a rule, in hours.
  private static let maximumHours = 167

  private init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    offset = bytes.startIndex
  }

  /// `nil` for anything that is no TZ string.
  static func parse(_ bytes: ArraySlice<UInt8>) -> FooterRule? {
    var parser = FooterParser(bytes)
    guard parser.skipName(), let west = parser.time() else { return nil }
    if parser.isAtEnd { return FooterRule(standardOffset: Int32(-west), daylight: nil) }
    guard let daylight = parser.daylight(standardWest: west), parser.isAtEnd else { return nil }
    return FooterRule(standardOffset: Int32(-west), daylight: daylight)
  }

  private var isAtEnd: Bool { offset == bytes.endIndex }

  private mutating func daylight(standardWest: Int) -> DaylightRule? {
    guard skipName() else { return nil }
    var west = standardWest - 3600
    if !isAtEnd, bytes[offset] != UInt8(ascii: ",") {
      guard let read = time() else { return nil }
      west = read
    }
    guard accept(","), let start = moment(), accept(","), let end = moment() else { return nil }
    return DaylightRule(offset: Int32(-west), start: start, end: end)
  }

  /// Three letters or more, or letters, digits and signs in angle brackets.
  private mutating func skipName() -> Bool {
    let start = offset
    if accept("<") {
      while !isAtEnd, bytes[offset] != UInt8(ascii: ">") { offset += 1 }
      return accept(">") && offset - start > 2
    }
    while !isAtEnd, isLetter(bytes[offset]) { offset += 1 }
    return offset - start >= 3
  }

  private mutating func moment() -> YearlyMoment? {
    guard let day = day() else { return nil }
    var seconds = 7200
    if accept("/") {
      guard let read = time() else { return nil }
      seconds = read
    }
    return YearlyMoment(day: day, secondsOfDay: seconds)
  }

  private mutating func day() -> YearlyDay? {
    if accept("J") { return number(1...365).map(YearlyDay.ordinalWithoutLeapDay) }
    guard accept("M") else { return number(0...365).map(YearlyDay.zeroBasedOrdinal) }
    guard let month = number(1...12), accept("."), let week = number(1...5), accept("."),
      let weekday = number(0...6)
    else { return nil }
    return .weekdayOfMonth(month: month, week: week, weekday: weekday)
  }

  /// `[+-]h[:mm[:ss]]`, in seconds.
  private mutating func time() -> Int? {
    let isNegative = accept("-")
    if !isNegative { _ = accept("+") }
    guard let hours = number(0...FooterParser.maximumHours) else { return nil }
    var seconds = hours * 3600
    if accept(":") {
      guard let minutes = number(0...59) else { return nil }
      seconds += minutes * 60
      if accept(":") {
        guard let read = number(0...59) else { return nil }
        seconds += read
      }
    }
    return isNegative ? -seconds : seconds
  }

  private mutating func number(_ range: ClosedRange<Int>) -> Int? {
    let start = offset
    var number = 0
    while !isAtEnd, let digit = DecimalDigits.value(bytes[offset]), number <= range.upperBound {
      number = number * 10 + Int(digit)
      offset += 1
    }
    return offset > start && range.contains(number) ? number : nil
  }

  private func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private mutating func accept(_ character: Unicode.Scalar) -> Bool {
    guard !isAtEnd, bytes[offset] == UInt8(ascii: character) else { return false }
    offset += 1
    return true
  }
}
