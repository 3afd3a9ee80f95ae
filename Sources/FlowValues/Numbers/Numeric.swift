/// An exact decimal with six places (semantics D2).
///
/// The value is an integer count of millionths, so `0.1 + 0.2 == 0.3` holds. Every operation rounds half to
/// even at the sixth place, and a result of 10^12 or more in magnitude is `nil`: never a wrong number.
@frozen public struct Numeric: Hashable, Sendable {
  /// The value times 10^6; its magnitude is below `limit`.
  public let millionths: Int64

  /// How many millionths make one.
  @inlinable public static var scale: Int64 { 1_000_000 }
  /// The first count of millionths that is out of range: 10^12 times 10^6.
  @inlinable public static var limit: Int64 { 1_000_000_000_000_000_000 }
  @inlinable public static var zero: Numeric { Numeric(unchecked: 0) }

  /// `nil` where the magnitude is 10^12 or more.
  @inlinable public init?(millionths: Int64) {
    guard millionths > -Numeric.limit, millionths < Numeric.limit else { return nil }
    self.millionths = millionths
  }

  /// `nil` where the magnitude is 10^12 or more.
  @inlinable public init?(_ integer: Int64) {
    let (product, overflow) = integer.multipliedReportingOverflow(by: Numeric.scale)
    guard !overflow else { return nil }
    self.init(millionths: product)
  }

  /// For counts of millionths that are known to be in range.
  @inlinable init(unchecked millionths: Int64) { self.millionths = millionths }
}

extension Numeric: Comparable {
  @inlinable public static func < (a: Numeric, b: Numeric) -> Bool { a.millionths < b.millionths }
}

/// Arithmetic; `nil` means out of range, or a division by zero.
extension Numeric {
  @inlinable public func adding(_ other: Numeric) -> Numeric? {
    // Two magnitudes below 10^18 cannot overflow 64 bits.
    Numeric(millionths: millionths &+ other.millionths)
  }

  @inlinable public func subtracting(_ other: Numeric) -> Numeric? {
    Numeric(millionths: millionths &- other.millionths)
  }

  @inlinable public func multiplied(by other: Numeric) -> Numeric? {
    let product = millionths.magnitude.multipliedFullWidth(by: other.millionths.magnitude)
    return Numeric.rounded(
      product, over: Numeric.scale.magnitude, negative: (millionths < 0) != (other.millionths < 0))
  }

  @inlinable public func divided(by other: Numeric) -> Numeric? {
    guard other.millionths != 0 else { return nil }
    let scaled = millionths.magnitude.multipliedFullWidth(by: Numeric.scale.magnitude)
    return Numeric.rounded(
      scaled, over: other.millionths.magnitude, negative: (millionths < 0) != (other.millionths < 0))
  }

  /// The remainder of the division towards zero: it has the sign of the left side.
  @inlinable public func remainder(dividingBy other: Numeric) -> Numeric? {
    guard other.millionths != 0 else { return nil }
    return Numeric(unchecked: millionths % other.millionths)
  }

  @inlinable public var negated: Numeric { Numeric(unchecked: 0 &- millionths) }
  @inlinable public var magnitude: Numeric { millionths < 0 ? negated : self }

  /// A 128-bit quotient, rounded half to even; `nil` out of range.
  @inlinable static func rounded(
    _ dividend: (high: UInt64, low: UInt64), over divisor: UInt64, negative: Bool
  ) -> Numeric? {
    // A high word as large as the divisor means a quotient beyond 64 bits.
    guard dividend.high < divisor else { return nil }
    let (quotient, remainder) =
      dividend.high == 0
      ? dividend.low.quotientAndRemainder(dividingBy: divisor) : divisor.dividingFullWidth(dividend)
    guard quotient < Numeric.limit.magnitude else { return nil }
    let complement = divisor &- remainder
    let up = remainder > complement || (remainder == complement && quotient & 1 == 1)
    let magnitude = Int64(truncatingIfNeeded: up ? quotient &+ 1 : quotient)
    return Numeric(millionths: negative ? 0 &- magnitude : magnitude)
  }
}

/// To whole numbers.
extension Numeric {
  /// The largest integer that is not above the value.
  @inlinable public func floor() -> Int64 {
    let (quotient, remainder) = millionths.quotientAndRemainder(dividingBy: Numeric.scale)
    return remainder < 0 ? quotient &- 1 : quotient
  }

  /// The smallest integer that is not below the value.
  @inlinable public func ceil() -> Int64 {
    let (quotient, remainder) = millionths.quotientAndRemainder(dividingBy: Numeric.scale)
    return remainder > 0 ? quotient &+ 1 : quotient
  }

  /// The nearest integer; of two equally near ones the even one.
  @inlinable public func roundHalfEven() -> Int64 {
    let lower = floor()
    let fraction = millionths &- lower &* Numeric.scale
    let half = Numeric.scale / 2
    return fraction > half || (fraction == half && lower & 1 == 1) ? lower &+ 1 : lower
  }
}

extension Numeric: CustomStringConvertible {
  /// The plain decimal, without trailing zeros: `12`, `-0.5`, `0.000001`.
  public var description: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends what `description` says, as UTF-8.
  public func append(to bytes: inout [UInt8]) {
    if millionths < 0 { bytes.append(UInt8(ascii: "-")) }
    let scale = Numeric.scale.magnitude
    let (whole, fraction) = millionths.magnitude.quotientAndRemainder(dividingBy: scale)
    DecimalDigits.append(whole, width: 1, to: &bytes)
    guard fraction != 0 else { return }
    bytes.append(UInt8(ascii: "."))
    DecimalDigits.append(fraction, width: 6, to: &bytes)
    while bytes.last == UInt8(ascii: "0") { bytes.removeLast() }
  }
}
