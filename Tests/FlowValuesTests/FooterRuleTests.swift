import FlowValues
import Testing

/// Zones of which the file says nothing but its last line.
@Suite struct FooterRuleTests {
  @Test(
    "RFC 8536: every form of the footer",
    arguments: [
      // Text, instant, offset in seconds.
      ("<+03>-3", "2026-07-01T00:00:00Z", Int32(10_800)),
      ("EST5EDT,M3.2.0,M11.1.0", "2026-03-08T06:59:59Z", -18_000),
      ("EST5EDT,M3.2.0,M11.1.0", "2026-03-08T07:00:00Z", -14_400),
      ("EST5EDT,M3.2.0,M11.1.0", "2026-11-01T06:00:00Z", -18_000),
      // J60 is the first of March in every year, 59 only in common ones.
      ("AAA0BBB,J60/0,J300/0", "2024-02-29T23:59:59Z", 0),
      ("AAA0BBB,J60/0,J300/0", "2024-03-01T00:00:00Z", 3600),
      ("AAA0BBB,J60/0,J300/0", "2025-03-01T00:00:00Z", 3600),
      ("AAA0BBB,59/0,299/0", "2024-02-29T00:00:00Z", 3600),
      ("AAA0BBB,59/0,299/0", "2025-02-28T23:59:59Z", 0),
      ("AAA0BBB,59/0,299/0", "2025-03-01T00:00:00Z", 3600),
      // Times before midnight and beyond the day; minutes and seconds in an offset.
      ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T00:59:59Z", -7200),
      ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:00:00Z", -3600),
      ("IST-2IDT,M3.4.4/26,M10.5.0", "2026-03-26T23:59:59Z", 7200),
      ("IST-2IDT,M3.4.4/26,M10.5.0", "2026-03-27T00:00:00Z", 10_800),
      ("XXX-0:30:15", "2026-01-01T00:00:00Z", 1815),
      // Winter time that is called the exception, as in Dublin.
      ("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-01-01T00:00:00Z", 0),
      ("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-07-01T00:00:00Z", 3600),
      // Daylight time all the year.
      ("EST5EDT,0/0,J365/25", "2026-12-31T23:30:00Z", -14_400),
      ("EST5EDT,0/0,J365/25", "2027-01-01T04:30:00Z", -14_400),
      ("EST5EDT,0/0,J365/25", "2027-01-01T05:30:00Z", -14_400),
      // The fifth of a weekday is its last, whether there are five or four.
      ("AAA0BBB,M2.5.1/0,M10.5.0", "2027-02-21T23:59:59Z", 0),
      ("AAA0BBB,M2.5.1/0,M10.5.0", "2027-02-22T00:00:00Z", 3600),
    ])
  func forms(text: String, at: String, expected: Int32) throws {
    let zone = try #require(self.zone(text))
    guard case .instant(let instant) = withUTF8(at, ParsedDateTime.parse) else {
      Issue.record("\(at) is no instant")
      return
    }
    #expect(zone.offset(at: instant).seconds == expected)
    // The calendar repeats after 400 years, and with it the offsets.
    let later = try #require(instant.adding(milliseconds: 19 * 146_097 * 86_400_000))
    #expect(zone.offset(at: later).seconds == expected)
  }

  @Test(
    "RFC 8536: a malformed footer makes the zone unknown",
    arguments: [
      "A5", "<>5", "EST", "EST5EDT", "EST5EDT,M3.2.0", "EST5EDT,M13.2.0,M11.1.0", "EST5EDT,M3.6.0,M11.1.0",
      "EST5EDT,M3.2.7,M11.1.0", "EST5EDT,J0,J5", "EST5EDT,J366,J5", "EST5EDT,366,5",
      "EST5EDT,M3.2.0/168,M11.1.0",
      "EST5:60", "EST5EDT,M3.2.0,M11.1.0x", "<+03-3", "EST5EDT,M3.2.0/,M11.1.0",
      "EST99999999999999999999",
    ])
  func malformed(text: String) {
    #expect(zone(text) == nil)
  }

  /// A file of version 2 with one type, UTC, and a footer.
  private func zone(_ footer: String) -> Zone? {
    let header = Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15 + 4 * 4) + [0, 0, 0, 1, 0, 0, 0, 4]
    let block = header + [0, 0, 0, 0, 0, 0] + Array("AAA\0".utf8)
    let bytes = block + block + Array("\n\(footer)\n".utf8)
    return ZoneTable { _ in bytes }.zone(named: "Test")
  }
}
