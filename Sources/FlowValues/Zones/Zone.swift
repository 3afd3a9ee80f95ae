/// The clock changes of one time zone.
///
/// Transitions are a sorted table. A zone whose rule goes on for ever is expanded for one cycle of the
/// calendar (400 years) behind the last recorded change, and what lies beyond is looked up that many cycles
/// earlier: the rules speak of months, weeks and weekdays, so they repeat exactly.
public final class Zone: Sendable {
  /// The IANA identifier.
  public let name: String
  /// Milliseconds since 1970, rising; the offset at the same index + 1 holds from there on.
  private let transitions: [Int64]
  /// In seconds; never empty: the first is that before all transitions.
  private let offsets: [Int32]
  /// From this millisecond on, instants are looked up whole cycles earlier; `Int64.max` if nothing repeats.
  private let cycleEnd: Int64

  static let cycleMilliseconds = Int64(Gregorian.cycleDays) * TimeOfDay.millisecondsPerDay

  /// Universal time, which is there without any data.
  public static let utc = Zone(name: "UTC", rules: ZoneRules(initialOffset: 0))

  init(name: String, rules: ZoneRules) {
    self.name = name
    var transitions: [Int64] = []
    var offsets = [rules.initialOffset]
    for change in rules.changes where change.offset != offsets[offsets.count - 1] {
      transitions.append(change.milliseconds)
      offsets.append(change.offset)
    }
    self.transitions = transitions
    self.offsets = offsets
    cycleEnd = rules.cycleEnd
  }
}

extension Zone {
  /// The offset that holds at an instant, by binary search.
  public func offset(at instant: Instant) -> ZoneOffset { offset(atMilliseconds: instant.milliseconds) }

  func offset(atMilliseconds milliseconds: Int64) -> ZoneOffset {
    guard milliseconds >= cycleEnd else { return recordedOffset(at: milliseconds) }
    let cycles = (milliseconds - cycleEnd) / Zone.cycleMilliseconds + 1
    let shift = cycles * Zone.cycleMilliseconds
    let earlier = recordedOffset(at: milliseconds - shift)
    // A period that began before the cycle may be of another rule there: it is cut off, not carried over.
    let start = max(earlier.from, cycleEnd - Zone.cycleMilliseconds)
    return ZoneOffset(seconds: earlier.seconds, from: start + shift, until: earlier.until + shift)
  }

  private func recordedOffset(at milliseconds: Int64) -> ZoneOffset {
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= milliseconds { low = middle + 1 } else { high = middle }
    }
    return ZoneOffset(
      seconds: offsets[low], from: low > 0 ? transitions[low - 1] : .min,
      until: low < transitions.count ? transitions[low] : .max)
  }

  /// What calendar and clock show at an instant.
  public func local(of instant: Instant) -> LocalDateTime { offset(at: instant).local(of: instant) }
}

/// What a clock change does to a local time.
public enum LocalTimeKind: Hashable, Sendable {
  case unique
  /// The clocks jump over it.
  case skipped
  /// The clocks show it twice.
  case doubled
}

extension Zone {
  /// The instant of a local time (semantics T3); `nil` outside the years 0001 to 9999.
  ///
  /// A skipped local time means the instant as far after the gap as it would have been after its start: that
  /// is what the offset before the gap makes of it. A doubled one means the first.
  public func instant(of local: LocalDateTime) -> Instant? {
    Instant(milliseconds: firstReading(of: local.milliseconds).milliseconds)
  }

  /// Whether the local time occurs once, not at all or twice.
  public func classify(_ local: LocalDateTime) -> LocalTimeKind {
    let target = local.milliseconds
    let first = firstReading(of: target)
    if first.isSkipped { return .skipped }
    var period = offset(atMilliseconds: first.milliseconds)
    while period.until != .max, period.until <= target + ZoneOffset.disputeMargin {
      period = offset(atMilliseconds: period.until)
      if period.contains(target - period.milliseconds) { return .doubled }
    }
    return .unique
  }

  /// Goes through the periods around a local time in order, until one holds it or begins after it.
  private func firstReading(of target: Int64) -> (milliseconds: Int64, isSkipped: Bool) {
    var period = offset(atMilliseconds: target - ZoneOffset.disputeMargin)
    while true {
      let candidate = target - period.milliseconds
      if candidate < period.until { return (candidate, false) }
      let next = offset(atMilliseconds: period.until)
      // Behind the end of one period and before the beginning of the next: the clocks jumped over it.
      if target - next.milliseconds < next.from { return (candidate, true) }
      period = next
    }
  }

  /// Days first, with the local time of day kept, then the exact part (semantics T3).
  ///
  /// `nil` outside the years 0001 to 9999.
  public func adding(_ duration: CalendarDuration, to instant: Instant) -> Instant? {
    guard duration.days != 0 else { return instant.adding(milliseconds: duration.milliseconds) }
    let local = local(of: instant)
    guard let date = local.date.adding(days: Int64(duration.days)),
      let moved = self.instant(of: LocalDateTime(date: date, time: local.time))
    else { return nil }
    return moved.adding(milliseconds: duration.milliseconds)
  }
}
