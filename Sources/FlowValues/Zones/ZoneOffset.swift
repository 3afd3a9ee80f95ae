/// How far the clocks of a zone are from UTC, and while which instants that holds.
///
/// A caller that works through many instants keeps one of these and asks the zone again only where
/// `contains` says no.
@frozen public struct ZoneOffset: Hashable, Sendable {
  /// East of Greenwich is positive.
  public let seconds: Int32
  /// The first millisecond since 1970 at which the offset holds; `Int64.min` for all the past.
  public let from: Int64
  /// The first millisecond since 1970 at which it no longer holds; `Int64.max` for all the future.
  public let until: Int64

  @inlinable public init(seconds: Int32, from: Int64, until: Int64) {
    self.seconds = seconds
    self.from = from
    self.until = until
  }

  /// No difference to UTC, for ever.
  @inlinable public static var utc: ZoneOffset { ZoneOffset(seconds: 0, from: .min, until: .max) }

  @inlinable public var milliseconds: Int64 { Int64(seconds) * 1000 }

  @inlinable public func contains(_ instant: Instant) -> Bool { contains(instant.milliseconds) }

  @inlinable func contains(_ milliseconds: Int64) -> Bool { milliseconds >= from && milliseconds < until }

  /// What calendar and clock show under this offset, brought into the years 0001 to 9999.
  @inlinable public func local(of instant: Instant) -> LocalDateTime {
    let shifted = instant.milliseconds + milliseconds
    // The offset can carry an instant of the first or last day over the edge of the calendar.
    let inRange = Swift.min(
      Swift.max(shifted, Instant.minimum.milliseconds), Instant.maximum.milliseconds)
    return Instant(unchecked: inRange).utc
  }

  /// The instant of a local time that lies so far from any clock change that only this offset can hold.
  ///
  /// `nil` means no more than that the zone has to be asked.
  @inlinable public func undisputedInstant(of local: LocalDateTime) -> Instant? {
    let candidate = local.milliseconds - milliseconds
    let (low, lowOverflow) = from.addingReportingOverflow(ZoneOffset.disputeMargin)
    let (high, highOverflow) = until.subtractingReportingOverflow(ZoneOffset.disputeMargin)
    guard lowOverflow || candidate >= low, highOverflow || candidate < high else { return nil }
    return Instant(milliseconds: candidate)
  }

  /// Two days: no clock change moves the clocks further.
  @inlinable static var disputeMargin: Int64 { 2 * TimeOfDay.millisecondsPerDay }
}
