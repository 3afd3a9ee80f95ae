/// What a text is as a numeric.
public enum ParsedNumeric: Hashable, Sendable {
  case value(Numeric)
  /// A number, but of 10^12 or more in magnitude (semantics D2).
  case outOfRange
  case malformed
}

/// What a text is as an integer of 64 bits.
public enum ParsedInteger: Hashable, Sendable {
  case value(Int64)
  case outOfRange
  case malformed
}

extension Numeric {
  /// Reads an optional sign, digits and an optional fraction; no blanks, exponent or thousands separators.
  ///
  /// More than six places are rounded half to even, exactly, however many there are (semantics D2).
  public static func parse(_ utf8: UnsafeBufferPointer<UInt8>) -> ParsedNumeric {
    var offset = DecimalSign.length(utf8)
    guard let whole = DigitRun(utf8, from: &offset) else { return .malformed }
    var fraction = Fraction(millionths: 0, rest: .zero)
    if offset < utf8.count, utf8[offset] == UInt8(ascii: ".") {
      offset += 1
      guard let read = Fraction(utf8, from: &offset) else { return .malformed }
      fraction = read
    }
    guard offset == utf8.count else { return .malformed }
    // Fewer than 10^12 ones leave room for the fraction and its rounding.
    guard let ones = whole.value, ones < limit.magnitude / scale.magnitude else { return .outOfRange }
    let exact = Int64(truncatingIfNeeded: ones) * scale + fraction.millionths
    let millionths = fraction.rest.roundsUp(exact) ? exact + 1 : exact
    let value = Numeric(millionths: DecimalSign.isNegative(utf8) ? -millionths : millionths)
    return value.map(ParsedNumeric.value) ?? .outOfRange
  }
}

extension Int64 {
  /// Reads an optional sign and digits, nothing else.
  public static func parseCell(_ utf8: UnsafeBufferPointer<UInt8>) -> ParsedInteger {
    var offset = DecimalSign.length(utf8)
    guard let digits = DigitRun(utf8, from: &offset), offset == utf8.count else { return .malformed }
    guard let magnitude = digits.value else { return .outOfRange }
    if DecimalSign.isNegative(utf8) {
      guard magnitude <= Int64.min.magnitude else { return .outOfRange }
      return .value(Int64(truncatingIfNeeded: 0 &- magnitude))
    }
    return Int64(exactly: magnitude).map(ParsedInteger.value) ?? .outOfRange
  }
}

/// The sign before a number.
private enum DecimalSign {
  static func isNegative(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
    utf8.first == UInt8(ascii: "-")
  }

  static func length(_ utf8: UnsafeBufferPointer<UInt8>) -> Int {
    isNegative(utf8) || utf8.first == UInt8(ascii: "+") ? 1 : 0
  }
}

/// One or more digits.
private struct DigitRun {
  /// `nil` beyond 64 bits.
  private(set) var value: UInt64? = 0

  init?(_ utf8: UnsafeBufferPointer<UInt8>, from offset: inout Int) {
    let start = offset
    while offset < utf8.count, let digit = DecimalDigits.value(utf8[offset]) {
      offset += 1
      guard let before = value else { continue }
      let (tenfold, overflow) = before.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tenfold.addingReportingOverflow(UInt64(digit))
      value = overflow || carry ? nil : sum
    }
    if offset == start { return nil }
  }
}

/// The digits behind the point: six of them, and what lies behind those.
private struct Fraction {
  /// How what lies behind the sixth place compares with one half of it.
  enum Rest {
    case zero, belowHalf, half, aboveHalf

    func roundsUp(_ millionths: Int64) -> Bool {
      switch self {
      case .zero, .belowHalf: false
      case .half: millionths & 1 == 1
      case .aboveHalf: true
      }
    }
  }

  private(set) var millionths: Int64
  private(set) var rest: Rest

  init(millionths: Int64, rest: Rest) {
    self.millionths = millionths
    self.rest = rest
  }

  init?(_ utf8: UnsafeBufferPointer<UInt8>, from offset: inout Int) {
    let start = offset
    var unit: Int64 = 100_000
    self.init(millionths: 0, rest: .zero)
    while offset < utf8.count, let digit = DecimalDigits.value(utf8[offset]) {
      if offset - start < 6 {
        millionths += Int64(digit) * unit
        unit /= 10
      } else {
        add(digit, isFirst: offset - start == 6)
      }
      offset += 1
    }
    if offset == start { return nil }
  }

  private mutating func add(_ digit: UInt8, isFirst: Bool) {
    if isFirst {
      rest = digit == 0 ? .zero : digit < 5 ? .belowHalf : digit == 5 ? .half : .aboveHalf
    } else if digit != 0 {
      switch rest {
      case .zero: rest = .belowHalf
      case .half: rest = .aboveHalf
      case .belowHalf, .aboveHalf: break
      }
    }
  }
}
