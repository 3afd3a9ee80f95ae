package import FlowValues

/// A point in time as an argument has it.
package enum TimeArgument {
  /// A datetime with an offset, one without or a date, which are local to `zone`; `nil` for anything else.
  package static func instant(_ text: String, zone: Zone) -> Instant? {
    datetime(text, zone: zone) ?? date(text).flatMap { midnight(of: $0, zone: zone) }
  }

  static func datetime(_ text: String, zone: Zone) -> Instant? {
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBufferPointer { bytes in
      switch ParsedDateTime.parse(bytes) {
      case .instant(let instant): instant
      case .local(let local): zone.instant(of: local)
      case .outOfRange, .malformed: nil
      }
    }
  }

  static func midnight(of date: CivilDate, zone: Zone) -> Instant? {
    zone.instant(of: LocalDateTime(date: date, time: .midnight))
  }

  /// The midnight that begins the day of an instant.
  static func midnight(before instant: Instant, zone: Zone) -> Instant {
    midnight(of: zone.local(of: instant).date, zone: zone).map { min($0, instant) } ?? instant
  }

  /// The same local day and time of the next year; from 29 February it is the 28th.
  package static func yearAfter(_ instant: Instant, zone: Zone) -> Instant {
    let local = zone.local(of: instant)
    let (year, month, day) = local.date.parts
    guard
      let date = CivilDate(year: year + 1, month: month, day: day)
        ?? CivilDate(year: year + 1, month: month, day: 28)
    else { return .maximum }
    return zone.instant(of: LocalDateTime(date: date, time: local.time)) ?? .maximum
  }

  private static func date(_ text: String) -> CivilDate? {
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBufferPointer { CivilDate.parse($0) }
  }
}
