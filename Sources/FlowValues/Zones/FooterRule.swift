/// The rule behind the last recorded change of a zone: the POSIX TZ string at the end of a TZif file.
///
/// For example `CET-1CEST,M3.5.0,M10.5.0/3`, or `<+1030>-10:30<+11>-11,M10.1.0,M4.1.0`.
struct FooterRule {
  /// In seconds, east of Greenwich positive (a TZ string has it the other way round).
  let standardOffset: Int32
  /// `nil` where the clocks no longer change.
  let daylight: DaylightRule?
}

/// When daylight time holds, and its offset in seconds.
struct DaylightRule {
  let offset: Int32
  let start: YearlyMoment
  let end: YearlyMoment
}

/// A moment of every year, by the clocks that hold until then.
struct YearlyMoment {
  let day: YearlyDay
  /// Since the midnight with which the day begins; may be negative or beyond 24 hours.
  let secondsOfDay: Int
}

enum YearlyDay {
  /// `Jn`: 1 to 365, the leap day never counted.
  case ordinalWithoutLeapDay(Int)
  /// `n`: 0 to 365, the leap day counted.
  case zeroBasedOrdinal(Int)
  /// `Mm.w.d`: the w-th weekday (0 is Sunday) of month m; the fifth is the last.
  case weekdayOfMonth(month: Int, week: Int, weekday: Int)
}

extension FooterRule {
  /// The two changes of a year.
  func changes(in year: Int, _ daylight: DaylightRule) -> [ZoneChange] {
    let start = daylight.start.seconds(in: year) - Int64(standardOffset)
    let end = daylight.end.seconds(in: year) - Int64(daylight.offset)
    return [
      ZoneChange(milliseconds: start * 1000, offset: daylight.offset),
      ZoneChange(milliseconds: end * 1000, offset: standardOffset),
    ]
  }
}

extension YearlyMoment {
  /// In local seconds since 1970.
  func seconds(in year: Int) -> Int64 { Int64(day.dayNumber(in: year) * 86_400 + secondsOfDay) }
}

extension YearlyDay {
  /// Days since 1970-01-01.
  func dayNumber(in year: Int) -> Int {
    let newYear = Gregorian.dayNumber(year: year, month: 1, day: 1)
    switch self {
    case .ordinalWithoutLeapDay(let ordinal):
      let isBehindLeapDay = ordinal >= 60 && Gregorian.isLeap(year)
      return newYear + ordinal - (isBehindLeapDay ? 0 : 1)
    case .zeroBasedOrdinal(let ordinal):
      return newYear + ordinal
    case .weekdayOfMonth(let month, let week, let weekday):
      let first = Gregorian.dayNumber(year: year, month: month, day: 1)
      // 1970-01-01 was a Thursday, weekday 4; the summand makes the dividend positive and is a multiple of 7.
      let firstWeekday = (first + 719_173 + 4) % 7
      let day = (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
      return first + (day < Gregorian.dayCount(ofMonth: month, year: year) ? day : day - 7)
    }
  }
}
