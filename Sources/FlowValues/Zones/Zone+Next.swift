extension Zone {
  /// The next time the zone's clocks show a time of day (`at 10:00`), the instant itself included.
  ///
  /// At exactly 10:00 that is now, later in that minute it is tomorrow. Which instant a day's 10:00 is follows
  /// semantics T3: where it occurs twice only the first counts, where it is skipped it is as far after the gap.
  /// `nil` beyond year 9999.
  public func next(_ time: TimeOfDay, from instant: Instant) -> Instant? {
    let local = local(of: instant)
    if local.time == time { return instant }
    if let today = self.instant(of: LocalDateTime(date: local.date, time: time)), today >= instant {
      return today
    }
    guard let tomorrow = local.date.adding(days: 1) else { return nil }
    return self.instant(of: LocalDateTime(date: tomorrow, time: time))
  }
}
