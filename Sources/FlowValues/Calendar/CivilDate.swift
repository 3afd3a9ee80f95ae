/// A day of the proleptic Gregorian calendar, in the years 0001 to 9999.
@frozen public struct CivilDate: Hashable, Sendable {
  /// Days since 1970-01-01; negative before it.
  public let dayNumber: Int32

  /// 0001-01-01.
  @inlinable public static var minimum: CivilDate { CivilDate(unchecked: -719_162) }
  /// 9999-12-31.
  @inlinable public static var maximum: CivilDate { CivilDate(unchecked: 2_932_896) }

  /// `nil` outside the years 0001 to 9999.
  @inlinable public init?(dayNumber: Int64) {
    guard dayNumber >= CivilDate.minimum.dayNumber, dayNumber <= CivilDate.maximum.dayNumber else {
      return nil
    }
    self.dayNumber = Int32(truncatingIfNeeded: dayNumber)
  }

  /// `nil` where there is no such day, or outside the years 0001 to 9999.
  @inlinable public init?(year: Int, month: Int, day: Int) {
    guard year >= 1, year <= 9999, month >= 1, month <= 12, day >= 1,
      day <= Gregorian.dayCount(ofMonth: month, year: year)
    else { return nil }
    dayNumber = Int32(truncatingIfNeeded: Gregorian.dayNumber(year: year, month: month, day: day))
  }

  /// For day numbers that are known to be in range.
  @inlinable init(unchecked dayNumber: Int32) { self.dayNumber = dayNumber }
}

extension CivilDate: Comparable {
  @inlinable public static func < (a: CivilDate, b: CivilDate) -> Bool { a.dayNumber < b.dayNumber }
}

extension CivilDate {
  @inlinable public var year: Int { Gregorian.civil(Int(dayNumber)).year }
  @inlinable public var month: Int { Gregorian.civil(Int(dayNumber)).month }
  @inlinable public var day: Int { Gregorian.civil(Int(dayNumber)).day }

  /// Year, month and day at the cost of one of them.
  @inlinable public var parts: (year: Int, month: Int, day: Int) { Gregorian.civil(Int(dayNumber)) }

  /// Monday 1 to Sunday 7.
  @inlinable public var weekday: Int {
    // 1970-01-01 was a Thursday; the summand is a multiple of seven that makes every day positive.
    (Int(dayNumber) + 719_166 + 3) % 7 + 1
  }

  /// `nil` outside the years 0001 to 9999.
  @inlinable public func adding(days: Int64) -> CivilDate? {
    let (sum, overflow) = days.addingReportingOverflow(Int64(dayNumber))
    return overflow ? nil : CivilDate(dayNumber: sum)
  }

  /// Whole days from `other` to this one.
  @inlinable public func days(since other: CivilDate) -> Int64 {
    Int64(dayNumber) - Int64(other.dayNumber)
  }
}

extension CivilDate: CustomStringConvertible {
  /// `YYYY-MM-DD`.
  public var description: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends what `description` says, as UTF-8.
  public func append(to bytes: inout [UInt8]) {
    let (year, month, day) = parts
    DecimalDigits.append(UInt64(year), width: 4, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    DecimalDigits.append(UInt64(month), width: 2, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    DecimalDigits.append(UInt64(day), width: 2, to: &bytes)
  }

  /// Reads exactly `YYYY-MM-DD`; `nil` for anything else and for a day that does not exist (semantics D3).
  @inlinable public static func parse(_ utf8: UnsafeBufferPointer<UInt8>) -> CivilDate? {
    guard utf8.count == 10, utf8[4] == UInt8(ascii: "-"), utf8[7] == UInt8(ascii: "-"),
      let year = DecimalDigits.number(utf8, at: 0, count: 4),
      let month = DecimalDigits.number(utf8, at: 5, count: 2),
      let day = DecimalDigits.number(utf8, at: 8, count: 2)
    else { return nil }
    return CivilDate(year: year, month: month, day: day)
  }
}
