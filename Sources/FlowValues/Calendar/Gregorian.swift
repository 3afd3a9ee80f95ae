/// Arithmetic of the proleptic Gregorian calendar, for years from 0 on.
///
/// The year is counted from March, so that the leap day is its last: then the length of the months before
/// a month is a linear function of it, and 400 years are always 146,097 days.
@usableFromInline enum Gregorian {
  /// How many days lie between 0000-03-01 and 1970-01-01.
  @inlinable static var epochShift: Int { 719_468 }
  /// The days after which the calendar, weekdays included, repeats: 400 years.
  @inlinable static var cycleDays: Int { 146_097 }

  @inlinable static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// - Precondition: `1 <= month <= 12`.
  @inlinable static func dayCount(ofMonth month: Int, year: Int) -> Int {
    if month == 2 { return isLeap(year) ? 29 : 28 }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31
  }

  /// Days since 1970-01-01. The day may lie beyond the end of its month.
  /// - Precondition: `year >= 1`.
  @inlinable static func dayNumber(year: Int, month: Int, day: Int) -> Int {
    let marchYear = month > 2 ? year : year - 1
    let marchMonth = month > 2 ? month - 3 : month + 9
    let dayOfYear = (153 * marchMonth + 2) / 5 + day - 1
    return 365 * marchYear + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfYear - epochShift
  }

  /// The inverse of `dayNumber`.
  /// - Precondition: the day lies at or after 0000-03-01.
  @inlinable static func civil(_ dayNumber: Int) -> (year: Int, month: Int, day: Int) {
    let days = dayNumber + epochShift
    let cycle = days / cycleDays
    let dayOfCycle = days % cycleDays
    // Take out the leap days that lie before, and what is left are years of 365 days.
    let leapDays = dayOfCycle / 1460 - dayOfCycle / 36_524 + dayOfCycle / 146_096
    let yearOfCycle = (dayOfCycle - leapDays) / 365
    let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    return (cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0), month, day)
  }
}
