/// What calendar and clock show somewhere; which instant that is depends on the zone.
@frozen public struct LocalDateTime: Hashable, Sendable {
  public let date: CivilDate
  public let time: TimeOfDay

  @inlinable public init(date: CivilDate, time: TimeOfDay) {
    self.date = date
    self.time = time
  }

  /// From milliseconds that clocks have counted since 1970-01-01T00:00, were there no clock changes.
  ///
  /// `nil` outside the years 0001 to 9999.
  @inlinable public init?(milliseconds: Int64) {
    var (day, rest) = milliseconds.quotientAndRemainder(dividingBy: TimeOfDay.millisecondsPerDay)
    if rest < 0 {
      rest += TimeOfDay.millisecondsPerDay
      day -= 1
    }
    guard let date = CivilDate(dayNumber: day) else { return nil }
    self.init(date: date, time: TimeOfDay(unchecked: Int32(truncatingIfNeeded: rest)))
  }

  /// The inverse of `init(milliseconds:)`.
  @inlinable public var milliseconds: Int64 {
    Int64(date.dayNumber) * TimeOfDay.millisecondsPerDay + Int64(time.milliseconds)
  }
}

extension LocalDateTime: Comparable {
  @inlinable public static func < (a: LocalDateTime, b: LocalDateTime) -> Bool {
    a.milliseconds < b.milliseconds
  }
}

extension LocalDateTime: CustomStringConvertible {
  /// `YYYY-MM-DDTHH:MM`, as the function `text` writes it; seconds are not shown.
  public var description: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Like `description`, with seconds where they are not zero.
  public var preciseDescription: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    if time.second != 0 || time.millisecond != 0 { time.appendSeconds(to: &bytes) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends what `description` says, as UTF-8.
  public func append(to bytes: inout [UInt8]) {
    date.append(to: &bytes)
    bytes.append(UInt8(ascii: "T"))
    time.append(to: &bytes)
  }
}
