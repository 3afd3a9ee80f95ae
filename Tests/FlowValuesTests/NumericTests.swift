import FlowValues
import Testing

@Suite struct NumericTests {
  @Test("D2: 0.1 + 0.2 == 0.3")
  func sumIsExact() throws {
    let sum = try numeric("0.1").adding(numeric("0.2"))
    #expect(try sum == numeric("0.3"))
  }

  @Test(
    "D2: cells are read exactly, with more than six places rounded half to even",
    arguments: [
      ("0", "0"), ("-0", "0"), ("+7", "7"), ("007.50", "7.5"), ("0.0000005", "0"), ("0.0000015", "0.000002"),
      ("0.00000050000000000000000000000000000000000001", "0.000001"), ("-0.0000015", "-0.000002"),
      ("1.0000004999999", "1"), ("999999999999.999999", "999999999999.999999"), ("0.0000025", "0.000002"),
      ("00000000000000000000000000000001", "1"), ("-0.0000001", "0"),
    ])
  func cells(text: String, expected: String) throws {
    #expect(try numeric(text).description == expected)
  }

  @Test(
    "D2: a cell out of range is told from a malformed one",
    arguments: [
      ("1000000000000", ParsedNumeric.outOfRange), ("-1000000000000.0", .outOfRange),
      ("999999999999.9999995", .outOfRange), ("99999999999999999999999999999999", .outOfRange),
      ("18446744073709551616", .outOfRange),
      ("", .malformed), ("-", .malformed), ("1e3", .malformed), ("1,000", .malformed), ("1.", .malformed),
      (".5", .malformed), (" 1", .malformed), ("1.2.3", .malformed), ("--1", .malformed), ("٣", .malformed),
      ("99999999999999999999999999x", .malformed),
    ])
  func refusedCells(text: String, expected: ParsedNumeric) {
    #expect(withUTF8(text) { Numeric.parse($0) } == expected)
  }

  @Test("D2: leaving the range and dividing by zero are nil, never a trap")
  func failures() throws {
    let largest = try #require(Numeric(millionths: Numeric.limit - 1))
    let least = try #require(Numeric(millionths: 1))
    #expect(Numeric(millionths: Numeric.limit) == nil)
    #expect(Numeric(Int64.max) == nil)
    #expect(Numeric(1_000_000_000_000) == nil)
    #expect(largest.adding(least) == nil)
    #expect(largest.negated.subtracting(least) == nil)
    #expect(largest.multiplied(by: largest) == nil)
    #expect(largest.divided(by: least) == nil)
    #expect(largest.divided(by: .zero) == nil)
    #expect(largest.remainder(dividingBy: .zero) == nil)
    #expect(largest.divided(by: largest) == Numeric(1))
  }

  @Test("D2: operations agree with 128-bit arithmetic", arguments: [UInt64(1), 2, 3])
  func operationsAgreeWithWideIntegers(seed: UInt64) throws {
    var random = Seeded(seed)
    for _ in 0..<5000 {
      let (a, b) = (draw(&random), draw(&random))
      let (left, right) = (Int128(a.millionths), Int128(b.millionths))
      let scale = Int128(Numeric.scale)
      #expect(a.adding(b)?.millionths == inRange(left + right))
      #expect(a.subtracting(b)?.millionths == inRange(left - right))
      #expect(a.multiplied(by: b)?.millionths == inRange(halfEven(left * right, scale)))
      guard right != 0 else { continue }
      #expect(a.divided(by: b)?.millionths == inRange(halfEven(left * scale, right)))
      #expect(a.remainder(dividingBy: b)?.millionths == Int64(left % right))
    }
  }

  @Test(
    "the functions floor, ceil and round",
    arguments: [
      ("1.5", Int64(1), Int64(2), Int64(2)), ("2.5", 2, 3, 2), ("-1.5", -2, -1, -2), ("-2.5", -3, -2, -2),
      ("0.500001", 0, 1, 1), ("-0.5", -1, 0, 0), ("3", 3, 3, 3), ("-3", -3, -3, -3), ("-0.000001", -1, 0, 0),
    ])
  func wholeNumbers(text: String, floor: Int64, ceil: Int64, round: Int64) throws {
    let value = try numeric(text)
    #expect(value.floor() == floor)
    #expect(value.ceil() == ceil)
    #expect(value.roundHalfEven() == round)
  }

  @Test("what is written reads back", arguments: [UInt64(4)])
  func roundTrip(seed: UInt64) throws {
    var random = Seeded(seed)
    for _ in 0..<3000 {
      let value = draw(&random)
      #expect(try numeric(value.description) == value)
    }
  }

  @Test(
    "D2: integer cells of 64 bits",
    arguments: [
      ("0", ParsedInteger.value(0)), ("-12", .value(-12)), ("+5", .value(5)),
      ("9223372036854775807", .value(.max)), ("-9223372036854775808", .value(.min)),
      ("9223372036854775808", .outOfRange), ("-9223372036854775809", .outOfRange),
      ("99999999999999999999999", .outOfRange), ("", .malformed), ("1.0", .malformed), ("+-1", .malformed),
      ("0x1", .malformed), ("1 ", .malformed),
    ])
  func integers(text: String, expected: ParsedInteger) {
    #expect(withUTF8(text) { Int64.parseCell($0) } == expected)
  }

  private func numeric(_ text: String) throws -> Numeric {
    guard case .value(let value) = withUTF8(text, Numeric.parse) else {
      throw Failure(text: text)
    }
    return value
  }

  private struct Failure: Error { let text: String }

  private func draw(_ random: inout Seeded) -> Numeric {
    Numeric(millionths: random.anyMagnitude()) ?? .zero
  }

  private func inRange(_ value: Int128) -> Int64? {
    value.magnitude < UInt128(Numeric.limit) ? Int64(value) : nil
  }

  /// Slow and plain: the nearer of the two neighbours, the even one where both are equally near.
  private func halfEven(_ dividend: Int128, _ divisor: Int128) -> Int128 {
    let (dividend, divisor) = divisor < 0 ? (-dividend, -divisor) : (dividend, divisor)
    var lower = dividend / divisor
    if lower * divisor > dividend { lower -= 1 }
    let twice = 2 * (dividend - lower * divisor)
    return twice > divisor || (twice == divisor && lower % 2 != 0) ? lower + 1 : lower
  }
}
