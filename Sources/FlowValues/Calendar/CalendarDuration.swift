/// A length of time: calendar days, which keep the local time of day, and exact milliseconds (semantics T3).
///
/// Equality and hashing are structural: `1d` is not `24h`, because they lead elsewhere over a clock change.
/// Comparisons of the language count a day as 24 hours: compare `comparisonMilliseconds`.
@frozen public struct CalendarDuration: Hashable, Sendable {
  /// Calendar days, at most `maximumDays` in magnitude.
  public let days: Int32
  /// Exact milliseconds, at most `maximumMilliseconds` in magnitude. Its sign may differ from that of `days`.
  public let milliseconds: Int64

  /// More than the years 0001 to 9999 have, so that the difference of any two datetimes is in range.
  @inlinable public static var maximumDays: Int64 { 3_660_000 }
  @inlinable public static var maximumMilliseconds: Int64 { maximumDays * TimeOfDay.millisecondsPerDay }
  @inlinable public static var zero: CalendarDuration {
    CalendarDuration(uncheckedDays: 0, milliseconds: 0)
  }

  /// `nil` where a part is beyond its maximum.
  @inlinable public init?(days: Int64, milliseconds: Int64) {
    guard days >= -CalendarDuration.maximumDays, days <= CalendarDuration.maximumDays,
      milliseconds >= -CalendarDuration.maximumMilliseconds,
      milliseconds <= CalendarDuration.maximumMilliseconds
    else { return nil }
    self.init(uncheckedDays: Int32(truncatingIfNeeded: days), milliseconds: milliseconds)
  }

  /// For parts that are known to be in range.
  @inlinable init(uncheckedDays days: Int32, milliseconds: Int64) {
    self.days = days
    self.milliseconds = milliseconds
  }
}

/// Arithmetic; `nil` means out of range.
extension CalendarDuration {
  @inlinable public func adding(_ other: CalendarDuration) -> CalendarDuration? {
    CalendarDuration(
      days: Int64(days) + Int64(other.days), milliseconds: milliseconds + other.milliseconds)
  }

  @inlinable public func subtracting(_ other: CalendarDuration) -> CalendarDuration? {
    adding(other.negated)
  }

  @inlinable public func multiplied(by factor: Int64) -> CalendarDuration? {
    let (days, daysOverflow) = Int64(days).multipliedReportingOverflow(by: factor)
    let (milliseconds, overflow) = milliseconds.multipliedReportingOverflow(by: factor)
    return daysOverflow || overflow ? nil : CalendarDuration(days: days, milliseconds: milliseconds)
  }

  @inlinable public var negated: CalendarDuration {
    CalendarDuration(uncheckedDays: 0 - days, milliseconds: 0 - milliseconds)
  }

  /// The length with a day counted as 24 hours: what the language compares.
  @inlinable public var comparisonMilliseconds: Int64 {
    Int64(days) * TimeOfDay.millisecondsPerDay + milliseconds
  }

  /// The function `days`: whole days of 24 hours, towards zero.
  @inlinable public var wholeDays: Int64 { comparisonMilliseconds / TimeOfDay.millisecondsPerDay }
  /// The function `hours`: whole hours, towards zero, a day counted as 24.
  @inlinable public var wholeHours: Int64 { comparisonMilliseconds / 3_600_000 }
}
