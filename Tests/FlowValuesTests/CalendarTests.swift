import FlowValues
import Testing

@Suite struct CalendarTests {
  @Test("K4: every day of the years 0001 to 9999, counted one by one")
  func everyDay() throws {
    var number = CivilDate.minimum.dayNumber
    var weekday = 1
    for year in 1...9999 {
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      for (index, length) in [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
        for day in 1...length {
          let date = try #require(CivilDate(year: year, month: index + 1, day: day))
          let parts = date.parts
          if date.dayNumber != number || parts != (year, index + 1, day) || date.weekday != weekday {
            Issue.record("\(date) is day \(date.dayNumber), weekday \(date.weekday)")
            return
          }
          number += 1
          weekday = weekday % 7 + 1
        }
      }
    }
    #expect(number == CivilDate.maximum.dayNumber + 1)
  }

  @Test("K4: a date out of years 0001–9999 is nil")
  func edges() throws {
    #expect(CivilDate.maximum.adding(days: 1) == nil)
    #expect(CivilDate.minimum.adding(days: -1) == nil)
    #expect(CivilDate.minimum.adding(days: .min) == nil)
    #expect(CivilDate.maximum.adding(days: .max) == nil)
    #expect(CivilDate.minimum.adding(days: 3_652_058) == .maximum)
    #expect(CivilDate(year: 0, month: 12, day: 31) == nil)
    #expect(CivilDate(year: 10000, month: 1, day: 1) == nil)
    #expect(Instant.maximum.adding(milliseconds: 1) == nil)
    #expect(Instant.minimum.adding(milliseconds: -1) == nil)
    #expect(Instant.maximum.adding(milliseconds: .max) == nil)
    #expect(LocalDateTime(milliseconds: .min) == nil)
    #expect(Instant.minimum.description == "0001-01-01T00:00:00Z")
    #expect(Instant.maximum.description == "9999-12-31T23:59:59.999Z")
    #expect(Instant.minimum.utc.date == .minimum)
    #expect(Instant.maximum.utc.date == .maximum)
  }

  @Test(
    "D3: a date is YYYY-MM-DD and exists",
    arguments: [
      ("2026-11-22", "2026-11-22"), ("2024-02-29", "2024-02-29"), ("0001-01-01", "0001-01-01"),
      ("9999-12-31", "9999-12-31"), ("2025-02-29", nil), ("1900-02-29", nil), ("2026-13-01", nil),
      ("2026-00-01", nil), ("2026-04-31", nil), ("0000-01-01", nil), ("2026-11-9", nil), ("2026/11/22", nil),
      ("", nil), ("2026-11-22 ", nil), ("+026-11-22", nil), ("20261122", nil),
    ] as [(String, String?)])
  func dates(text: String, expected: String?) {
    #expect(withUTF8(text) { CivilDate.parse($0)?.description } == expected)
  }

  @Test(
    "a time is HH:MM, before 24:00",
    arguments: [
      ("00:00", "00:00"), ("23:59", "23:59"), ("24:00", nil), ("09:60", nil), ("9:00", nil),
      ("09:00:00", nil),
      ("09-00", nil), ("", nil),
    ] as [(String, String?)])
  func times(text: String, expected: String?) {
    #expect(withUTF8(text) { TimeOfDay.parse($0)?.description } == expected)
  }

  @Test(
    "D3: datetimes without an offset are local",
    arguments: [
      ("2026-11-22T10:00", "2026-11-22T10:00"), ("2026-11-22 10:00", "2026-11-22T10:00"),
      ("2026-11-22t10:00:07", "2026-11-22T10:00:07"), ("2026-11-22T10:00:07.5", "2026-11-22T10:00:07.500"),
      ("2026-11-22T23:59:59.999999999", "2026-11-22T23:59:59.999"), ("0001-01-01T00:00", "0001-01-01T00:00"),
    ])
  func localDateTimes(text: String, expected: String) {
    guard case .local(let local) = withUTF8(text, ParsedDateTime.parse) else {
      Issue.record("\(text) is not local")
      return
    }
    #expect(local.preciseDescription == expected)
  }

  @Test(
    "D3: datetimes with an offset are instants",
    arguments: [
      ("2026-11-22T10:00Z", "2026-11-22T10:00:00Z"), ("2026-11-22T10:00z", "2026-11-22T10:00:00Z"),
      ("2026-11-22T10:00+01:00", "2026-11-22T09:00:00Z"), ("2026-11-22T10:00-0330", "2026-11-22T13:30:00Z"),
      ("2026-11-22 10:00:01.25+05", "2026-11-22T05:00:01.250Z"),
      ("2026-01-01T00:30+01:00", "2025-12-31T23:30:00Z"),
      ("9999-12-31T23:59:59+00:01", "9999-12-31T23:58:59Z"),
      ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
    ])
  func instants(text: String, expected: String) {
    guard case .instant(let instant) = withUTF8(text, ParsedDateTime.parse) else {
      Issue.record("\(text) is no instant")
      return
    }
    #expect(instant.description == expected)
  }

  @Test(
    "D3: other datetimes are refused",
    arguments: [
      ("0001-01-01T00:00+01:00", ParsedDateTime.outOfRange), ("9999-12-31T23:59-00:01", .outOfRange),
      ("0000-06-01T00:00", .outOfRange), ("0000-02-30T00:00", .malformed), ("2026-11-22", .malformed),
      ("2026-11-22T24:00", .malformed), ("2026-11-22T10:00:60", .malformed), ("2026-11-22T10", .malformed),
      ("2026-11-22T10:00:", .malformed), ("2026-11-22T10:00:00.", .malformed),
      ("2026-02-29T10:00", .malformed),
      ("2026-11-22T10:00:00.1234567890", .malformed), ("2026-11-22T10:00+1", .malformed),
      ("2026-11-22T10:00+24:00", .malformed), ("2026-11-22T10:00+01:60", .malformed),
      ("2026-11-22T10:00+01:", .malformed), ("2026-11-22T10:00Zx", .malformed),
      ("2026-11-22X10:00", .malformed),
      ("2026-11-22T10:00 Z", .malformed), ("", .malformed), ("2026-11-22T10:00+01:00:00", .malformed),
    ])
  func refusedDateTimes(text: String, expected: ParsedDateTime) {
    #expect(withUTF8(text, ParsedDateTime.parse) == expected)
  }
}
