/// A point in time, to the millisecond, in the years 0001 to 9999 of UTC (semantics T1).
@frozen public struct Instant: Hashable, Sendable {
  /// Since 1970-01-01T00:00:00Z; negative before it.
  public let milliseconds: Int64

  /// 0001-01-01T00:00:00Z.
  @inlinable public static var minimum: Instant { Instant(unchecked: -62_135_596_800_000) }
  /// 9999-12-31T23:59:59.999Z.
  @inlinable public static var maximum: Instant { Instant(unchecked: 253_402_300_799_999) }
  /// 1970-01-01T00:00:00Z.
  @inlinable public static var epoch: Instant { Instant(unchecked: 0) }

  /// `nil` outside the years 0001 to 9999.
  @inlinable public init?(milliseconds: Int64) {
    guard milliseconds >= Instant.minimum.milliseconds, milliseconds <= Instant.maximum.milliseconds
    else { return nil }
    self.milliseconds = milliseconds
  }

  /// For counts that are known to be in range.
  @inlinable init(unchecked milliseconds: Int64) { self.milliseconds = milliseconds }
}

extension Instant: Comparable {
  @inlinable public static func < (a: Instant, b: Instant) -> Bool { a.milliseconds < b.milliseconds }
}

extension Instant {
  /// `nil` outside the years 0001 to 9999.
  @inlinable public func adding(milliseconds other: Int64) -> Instant? {
    let (sum, overflow) = milliseconds.addingReportingOverflow(other)
    return overflow ? nil : Instant(milliseconds: sum)
  }

  /// Milliseconds from `other` to this one.
  @inlinable public func milliseconds(since other: Instant) -> Int64 {
    milliseconds - other.milliseconds
  }

  /// The exact duration from `other` to this one, without calendar days.
  @inlinable public func duration(since other: Instant) -> CalendarDuration {
    CalendarDuration(uncheckedDays: 0, milliseconds: milliseconds(since: other))
  }

  /// What calendar and clock show in UTC.
  @inlinable public var utc: LocalDateTime {
    // An instant lies in the years of a date, by its own range.
    LocalDateTime(milliseconds: milliseconds) ?? LocalDateTime(date: .minimum, time: .midnight)
  }
}

extension Instant: CustomStringConvertible {
  /// `YYYY-MM-DDTHH:MM:SSZ`, with `.mmm` only where there are milliseconds.
  public var description: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends what `description` says, as UTF-8.
  public func append(to bytes: inout [UInt8]) {
    let utc = utc
    utc.append(to: &bytes)
    utc.time.appendSeconds(to: &bytes)
    bytes.append(UInt8(ascii: "Z"))
  }
}
