/// Writing and reading runs of decimal digits.
@usableFromInline enum DecimalDigits {
  /// Appends a number with at least `width` digits, filled up with zeros on the left.
  @usableFromInline static func append(_ value: UInt64, width: Int, to bytes: inout [UInt8]) {
    var divisor: UInt64 = 1
    var digits = 1
    while digits < width || value / divisor >= 10 {
      divisor *= 10
      digits += 1
    }
    var rest = value
    while divisor > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / divisor))
      rest %= divisor
      divisor /= 10
    }
  }

  /// The value of a digit, `nil` for any other byte.
  @inlinable static func value(_ byte: UInt8) -> UInt8? {
    let value = byte &- UInt8(ascii: "0")
    return value < 10 ? value : nil
  }

  /// The number that `count` digits at `offset` make; `nil` where the text ends or one is no digit.
  @inlinable static func number(
    _ utf8: UnsafeBufferPointer<UInt8>, at offset: Int, count: Int
  ) -> Int? {
    guard offset >= 0, offset + count <= utf8.count else { return nil }
    var number = 0
    for index in offset..<offset + count {
      guard let digit = value(utf8[index]) else { return nil }
      number = number &* 10 &+ Int(digit)
    }
    return number
  }
}
