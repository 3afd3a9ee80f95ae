/// What a text is as a datetime.
public enum ParsedDateTime: Hashable, Sendable {
  /// Without an offset: local to the zone of whoever reads it (semantics D3).
  case local(LocalDateTime)
  /// With `Z` or an offset.
  case instant(Instant)
  /// Well formed, but outside the years 0001 to 9999.
  case outOfRange
  case malformed

  /// Reads `YYYY-MM-DDTHH:MM[:SS[.f…]]` with an optional `Z`, `±HH:MM`, `±HHMM` or `±HH` (semantics D3).
  ///
  /// A space may stand for `T`, and `t` and `z` may be small. A fraction has one to nine digits; what lies
  /// behind the milliseconds is dropped, so that a time never moves into the next second. `24:00` and second
  /// 60 are malformed.
  public static func parse(_ utf8: UnsafeBufferPointer<UInt8>) -> ParsedDateTime {
    guard utf8.count >= 16, DateTimeScanner.isSeparator(utf8[10]) else { return .malformed }
    var scanner = DateTimeScanner(utf8: utf8, offset: 11)
    guard let time = scanner.time(), let zone = scanner.zone() else { return .malformed }
    let date = CivilDate.parse(UnsafeBufferPointer(rebasing: utf8[0..<10]))
    guard let date else { return scanner.isDayOfYearZero ? .outOfRange : .malformed }
    let local = LocalDateTime(date: date, time: time)
    switch zone {
    case .none: return .local(local)
    case .offset(let minutes):
      let instant = Instant(milliseconds: local.milliseconds - Int64(minutes) * 60_000)
      return instant.map(ParsedDateTime.instant) ?? .outOfRange
    }
  }
}

/// What stands behind the time of a datetime.
private enum DateTimeZone {
  case none
  /// East of Greenwich, in minutes.
  case offset(Int)
}

private struct DateTimeScanner {
  let utf8: UnsafeBufferPointer<UInt8>
  var offset: Int

  static func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "T") || byte == UInt8(ascii: "t") || byte == UInt8(ascii: " ")
  }

  /// Whether the date is well formed but for its year, 0000, which was a leap year like 0400.
  var isDayOfYearZero: Bool {
    guard DecimalDigits.number(utf8, at: 0, count: 4) == 0, utf8[4] == UInt8(ascii: "-"),
      utf8[7] == UInt8(ascii: "-"), let month = DecimalDigits.number(utf8, at: 5, count: 2),
      let day = DecimalDigits.number(utf8, at: 8, count: 2)
    else { return false }
    return CivilDate(year: 400, month: month, day: day) != nil
  }

  mutating func time() -> TimeOfDay? {
    guard let hour = digits(2), accept(":"), let minute = digits(2) else { return nil }
    var second = 0
    var millisecond = 0
    if accept(":") {
      guard let read = digits(2) else { return nil }
      second = read
      if accept(".") {
        guard let read = fraction() else { return nil }
        millisecond = read
      }
    }
    return TimeOfDay(hour: hour, minute: minute, second: second, millisecond: millisecond)
  }

  /// What is left of the text; `nil` if that is no offset.
  mutating func zone() -> DateTimeZone? {
    if offset == utf8.count { return DateTimeZone.none }
    if accept("Z") || accept("z") { return offset == utf8.count ? .offset(0) : nil }
    let isWest = accept("-")
    guard isWest || accept("+"), let hours = digits(2), hours < 24 else { return nil }
    var minutes = 0
    if offset < utf8.count {
      _ = accept(":")
      guard let read = digits(2), read < 60 else { return nil }
      minutes = read
    }
    guard offset == utf8.count else { return nil }
    return .offset((hours * 60 + minutes) * (isWest ? -1 : 1))
  }

  /// One to nine digits, as milliseconds.
  private mutating func fraction() -> Int? {
    var milliseconds = 0
    var count = 0
    while offset < utf8.count, let digit = DecimalDigits.value(utf8[offset]) {
      if count < 3 { milliseconds = milliseconds * 10 + Int(digit) }
      count += 1
      offset += 1
    }
    guard count >= 1, count <= 9 else { return nil }
    return count == 1 ? milliseconds * 100 : count == 2 ? milliseconds * 10 : milliseconds
  }

  private mutating func digits(_ count: Int) -> Int? {
    guard let number = DecimalDigits.number(utf8, at: offset, count: count) else { return nil }
    offset += count
    return number
  }

  private mutating func accept(_ character: Unicode.Scalar) -> Bool {
    guard offset < utf8.count, UInt32(utf8[offset]) == character.value else { return false }
    offset += 1
    return true
  }
}
