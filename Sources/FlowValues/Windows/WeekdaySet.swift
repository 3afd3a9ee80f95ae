/// A set of weekdays.
@frozen public struct WeekdaySet: Hashable, Sendable {
  /// Bit 0 is Monday, bit 6 is Sunday.
  public let bits: UInt8

  @inlinable public init(bits: UInt8) { self.bits = bits & 0x7F }

  @inlinable public static var every: WeekdaySet { WeekdaySet(bits: 0x7F) }
  @inlinable public static var none: WeekdaySet { WeekdaySet(bits: 0) }

  /// The days from one to another, both included; `sat..mon` wraps.
  /// - Precondition: both are 1 (Monday) to 7 (Sunday).
  public init(from first: Int, through last: Int) {
    var bits: UInt8 = 0
    var day = first
    while day != last {
      bits |= 1 << UInt8(day - 1)
      day = day % 7 + 1
    }
    self.init(bits: bits | 1 << UInt8(last - 1))
  }

  @inlinable public var isEmpty: Bool { bits == 0 }

  @inlinable public func union(_ other: WeekdaySet) -> WeekdaySet {
    WeekdaySet(bits: bits | other.bits)
  }

  /// - Precondition: `weekday` is 1 (Monday) to 7 (Sunday).
  @inlinable public func contains(_ weekday: Int) -> Bool {
    bits >> UInt8(truncatingIfNeeded: weekday - 1) & 1 == 1
  }

  /// How many days after `weekday` the first contained one comes: 0 to 6.
  /// - Precondition: `weekday` is 1 to 7, and the set is not empty.
  @inlinable public func daysUntilContained(from weekday: Int) -> Int {
    // Two weeks side by side, so that nothing needs to wrap.
    let twoWeeks = UInt16(bits) | UInt16(bits) << 7
    return (twoWeeks >> UInt16(truncatingIfNeeded: weekday - 1)).trailingZeroBitCount
  }
}
