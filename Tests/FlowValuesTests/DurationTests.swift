import FlowValues
import Testing

@Suite struct DurationTests {
  @Test(
    "durations are read with falling units and written in one form",
    arguments: [
      ("30s", "30s"), ("15m", "15m"), ("24h", "24h"), ("3d", "3d"), ("2w", "14d"), ("1h30m", "1h30m"),
      ("1w2d3h4m5s", "9d3h4m5s"), ("0s", "0s"), ("0d", "0s"), ("90m", "1h30m"), ("3600s", "1h"),
      ("1d0h", "1d"),
      ("3660000d", "3660000d"),
    ])
  func literals(text: String, expected: String) throws {
    let value = try #require(duration(text))
    #expect(value.description == expected)
    #expect(duration(expected) == value)
  }

  @Test(
    "other durations are refused",
    arguments: [
      ("", ParsedDuration.malformed), ("5", .malformed), ("d", .malformed), ("1m1h", .malformed),
      ("1d1d", .malformed), ("-1d", .malformed), ("1.5h", .malformed), ("1d 2h", .malformed),
      ("1y", .malformed),
      ("1D", .malformed), ("3660001d", .outOfRange), ("99999999999999999999s", .outOfRange),
      ("9223372036854775807h", .outOfRange), ("9223372036854775807w", .outOfRange),
      ("99999999999999999999d1d", .malformed),
    ])
  func refused(text: String, expected: ParsedDuration) {
    #expect(withUTF8(text, CalendarDuration.parse) == expected)
  }

  @Test("T3: d = 24 h in comparisons, while 1d and 24h stay different values")
  func comparison() throws {
    let day = try #require(duration("1d"))
    let hours = try #require(duration("24h"))
    #expect(day.comparisonMilliseconds == hours.comparisonMilliseconds)
    #expect(day != hours)
    #expect(try #require(duration("1d")?.subtracting(hours)).comparisonMilliseconds == 0)
  }

  @Test(
    "what is no literal is written readably",
    arguments: [
      (Int64(-3), Int64(0), "-3d"), (0, -5_400_000, "-1h30m"), (1, -7_200_000, "1d-2h"),
      (-1, 7_200_000, "-1d+2h"),
      (-1, -60_000, "-1d1m"), (0, 1500, "1.5s"), (0, 1, "0.001s"), (2, 3_600_250, "2d1h0.25s"),
      (0, -20, "-0.02s"),
    ])
  func written(days: Int64, milliseconds: Int64, expected: String) throws {
    #expect(try #require(CalendarDuration(days: days, milliseconds: milliseconds)).description == expected)
  }

  @Test("K4: leaving the range is nil, never a trap")
  func range() throws {
    let longest = try #require(
      CalendarDuration(
        days: CalendarDuration.maximumDays, milliseconds: CalendarDuration.maximumMilliseconds))
    let second = try #require(duration("1s"))
    #expect(longest.adding(second) == nil)
    #expect(longest.negated.subtracting(second) == nil)
    #expect(longest.multiplied(by: 2) == nil)
    #expect(longest.multiplied(by: .min) == nil)
    #expect(second.multiplied(by: .max) == nil)
    #expect(longest.multiplied(by: -1) == longest.negated)
    #expect(CalendarDuration(days: .max, milliseconds: 0) == nil)
    #expect(CalendarDuration(days: 0, milliseconds: .min) == nil)
    let all = Instant.maximum.duration(since: .minimum)
    #expect(CalendarDuration(days: 0, milliseconds: all.milliseconds) == all)
  }

  @Test(
    "days and hours are whole, towards zero",
    arguments: [
      ("47h", Int64(1), Int64(47)), ("1d23h59m", 1, 47), ("59m", 0, 0), ("2w", 14, 336),
    ])
  func wholeUnits(text: String, days: Int64, hours: Int64) throws {
    let value = try #require(duration(text))
    #expect((value.wholeDays, value.wholeHours) == (days, hours))
    #expect((value.negated.wholeDays, value.negated.wholeHours) == (-days, -hours))
  }

  private func duration(_ text: String) -> CalendarDuration? {
    guard case .value(let value) = withUTF8(text, CalendarDuration.parse) else { return nil }
    return value
  }
}
