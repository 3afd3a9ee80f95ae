/// The hours and days in which somebody may be contacted (semantics T4).
@frozen public struct ContactWindow: Hashable, Sendable {
  /// From a start to an end of the clock; the end itself lies outside.
  @frozen public struct Hours: Hashable, Sendable {
    public let start: TimeOfDay
    /// In milliseconds since midnight, up to 86,400,000 for 24:00.
    public let endMilliseconds: Int32

    /// `nil` where start and end are equal, or the end is outside `0...86_400_000`.
    @inlinable public init?(start: TimeOfDay, endMilliseconds: Int64) {
      guard endMilliseconds >= 0, endMilliseconds <= TimeOfDay.millisecondsPerDay,
        endMilliseconds != Int64(start.milliseconds)
      else { return nil }
      self.start = start
      self.endMilliseconds = Int32(truncatingIfNeeded: endMilliseconds)
    }

    /// Whether the window goes on after midnight.
    @inlinable public var wrapsMidnight: Bool { endMilliseconds < start.milliseconds }
  }

  /// `nil` for a window of days alone.
  public let hours: Hours?
  /// Never empty.
  public let days: WeekdaySet

  /// `nil` where there is no day.
  @inlinable public init?(hours: Hours?, days: WeekdaySet) {
    guard !days.isEmpty else { return nil }
    self.hours = hours
    self.days = days
  }
}

extension ContactWindow {
  /// The local time itself where it lies in the window, else where it moves to (semantics T4).
  ///
  /// A time of day before the window moves to its start, one at or after its end to the next day's start. Then a
  /// day that is not allowed moves to the next that is, at the same time of day. A window that wraps midnight
  /// belongs to the day it opened. `nil` beyond year 9999.
  public func earliest(from local: LocalDateTime) -> LocalDateTime? {
    guard let hours else { return allowed(local, openedDaysBefore: 0) }
    let time = local.time.milliseconds
    let start = hours.start.milliseconds
    if hours.wrapsMidnight, time < hours.endMilliseconds {
      return allowed(local, openedDaysBefore: 1)
    }
    if time < start {
      return allowed(LocalDateTime(date: local.date, time: hours.start), openedDaysBefore: 0)
    }
    if hours.wrapsMidnight || time < hours.endMilliseconds { return allowed(local, openedDaysBefore: 0) }
    guard let tomorrow = local.date.adding(days: 1) else { return nil }
    return allowed(LocalDateTime(date: tomorrow, time: hours.start), openedDaysBefore: 0)
  }

  /// Moves to the next day whose window opened on an allowed one.
  private func allowed(_ local: LocalDateTime, openedDaysBefore: Int) -> LocalDateTime? {
    let opening = (local.date.weekday + 6 - openedDaysBefore) % 7 + 1
    let wait = days.daysUntilContained(from: opening)
    if wait == 0 { return local }
    return local.date.adding(days: Int64(wait)).map { LocalDateTime(date: $0, time: local.time) }
  }

  /// The instant itself where it lies in the window, else where it moves to (semantics T3, T4).
  ///
  /// An instant in the window stays what it is, also in the second of two equal hours.
  public func earliest(from instant: Instant, in zone: Zone) -> Instant? {
    let local = zone.local(of: instant)
    guard let moved = earliest(from: local) else { return nil }
    return moved == local ? instant : zone.instant(of: moved)
  }
}
