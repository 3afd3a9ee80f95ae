import FlowValues
import Foundation
import Testing

@Suite struct ZoneTests {
  @Test("T3: offsets are those of an independent implementation, up to year 9998")
  func offsets() throws {
    let rows = try SpecFile.rows("zone-offsets.tsv")
    for row in rows {
      let zone = try #require(zones.zone(named: row[0]))
      let instant = try #require(Int64(row[1]).flatMap { Instant(milliseconds: $0 * 1000) })
      let offset = zone.offset(at: instant)
      guard String(offset.seconds) == row[2], offset.contains(instant) else {
        Issue.record("\(row): \(offset)")
        return
      }
      // The last millisecond before the offset and the first behind it have another, or the cycle turns there.
      #expect(offset.from < offset.until)
    }
    #expect(rows.count > 2000)
  }

  @Test("T3: a skipped local time moves behind the gap, of a doubled one the first counts")
  func locals() throws {
    let rows = try SpecFile.rows("zone-locals.tsv")
    for row in rows {
      let zone = try #require(zones.zone(named: row[0]))
      let local = try #require(Int64(row[1]).flatMap { LocalDateTime(milliseconds: $0 * 1000) })
      let expected = try #require(Int64(row[2]).flatMap { Instant(milliseconds: $0 * 1000) })
      let instant = try #require(zone.instant(of: local))
      let kind = "\(zone.classify(local))"
      guard instant == expected, kind == row[3] else {
        Issue.record("\(row): \(instant), expected \(expected), \(kind)")
        return
      }
      if kind != "skipped" { #expect(zone.local(of: instant) == local) }
      if let undisputed = zone.offset(at: instant).undisputedInstant(of: local) {
        #expect(undisputed == expected)
      }
    }
    #expect(rows.count > 2000)
  }

  @Test(
    "T3: the examples of the design",
    arguments: [
      ("Europe/Madrid", "2026-03-29T02:30", "2026-03-29T01:30:00Z", "2026-03-29T03:30"),
      ("Europe/Madrid", "2026-10-25T02:30", "2026-10-25T00:30:00Z", "2026-10-25T02:30"),
      ("Pacific/Apia", "2011-12-30T12:00", "2011-12-30T22:00:00Z", "2011-12-31T12:00"),
      ("Europe/Dublin", "9999-07-01T12:00", "9999-07-01T11:00:00Z", "9999-07-01T12:00"),
    ])
  func examples(name: String, local: String, instant: String, shown: String) throws {
    let zone = try #require(zones.zone(named: name))
    let found = try #require(zone.instant(of: self.local(local)))
    #expect(found.description == instant)
    #expect(zone.local(of: found).description == shown)
  }

  @Test(
    "T3: compounds apply days first, then the exact part",
    arguments: [
      ("2026-03-28T10:00", "1d", "2026-03-29T10:00"), ("2026-03-28T10:00", "24h", "2026-03-29T11:00"),
      ("2026-03-28T02:30", "1d", "2026-03-29T03:30"), ("2026-03-28T02:30", "1d1h", "2026-03-29T04:30"),
      ("2026-10-24T02:30", "1d1h", "2026-10-25T02:30"), ("2026-10-24T12:00", "1w", "2026-10-31T12:00"),
    ])
  func additions(start: String, text: String, shown: String) throws {
    let zone = try #require(zones.zone(named: "Europe/Madrid"))
    guard case .value(let duration) = withUTF8(text, CalendarDuration.parse) else {
      Issue.record("\(text) is no duration")
      return
    }
    let from = try #require(zone.instant(of: local(start)))
    #expect(zone.adding(duration, to: from).map { zone.local(of: $0).description } == shown)
  }

  @Test("T3: beyond years 0001 to 9999 there is no instant")
  func edges() throws {
    let zone = try #require(zones.zone(named: "Europe/Madrid"))
    let day = try #require(CalendarDuration(days: 1, milliseconds: 0))
    #expect(zone.adding(day, to: .maximum) == nil)
    #expect(zone.adding(day.negated, to: .minimum) == nil)
    #expect(zone.local(of: .maximum).date == .maximum)
    #expect(zone.instant(of: LocalDateTime(date: .minimum, time: .midnight)) != nil)
    let east = try #require(zones.zone(named: "Asia/Kolkata"))
    #expect(east.instant(of: LocalDateTime(date: .minimum, time: .midnight)) == nil)
  }

  @Test(
    "T2: names that are no identifiers never reach the loader",
    arguments: [
      "", "../../etc/passwd", "/etc/passwd", "Europe/../Madrid", "Europe//Madrid", "Europe/", "europe/madrid",
      "posixrules", "right/UTC", "tzdata.zi", "Europe/Mad rid", "Europe/Madríd", "Europe/.hidden", "A\0",
      String(repeating: "A", count: 65), "Europe/-x",
    ])
  func malformedNames(name: String) {
    let table = ZoneTable { asked in
      Issue.record("\(asked) was asked for")
      return nil
    }
    #expect(table.zone(named: name) == nil)
    #expect(!ZoneTable.isWellFormed(name))
  }

  @Test("T2: an unknown zone is nil, and UTC needs no data")
  func unknownNames() throws {
    let table = ZoneTable()
    #expect(table.zone(named: "Europe/Atlantis") == nil)
    let utc = try #require(table.zone(named: "UTC"))
    #expect(utc.offset(at: .epoch) == .utc)
    #expect(zones.zone(named: "America/Argentina/Buenos_Aires") != nil)
    #expect(zones.zone(named: "Etc/GMT+5")?.offset(at: .epoch).seconds == -18_000)
  }

  @Test("a zone file that is cut off or changed never traps", arguments: [UInt64(5)])
  func damagedFiles(seed: UInt64) throws {
    let path = "/usr/share/zoneinfo/America/Santiago"
    let bytes = try #require(FileManager.default.contents(atPath: path).map(Array.init))
    for length in stride(from: 0, to: bytes.count, by: 7) {
      #expect(ZoneTable { _ in Array(bytes[..<length]) }.zone(named: "X") == nil)
    }
    var random = Seeded(seed)
    for _ in 0..<300 {
      var damaged = bytes
      for _ in 0..<3 {
        damaged[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let zone = ZoneTable { [damaged] _ in damaged }.zone(named: "X")
      _ = zone?.instant(of: LocalDateTime(date: .maximum, time: .midnight))
      _ = zone?.local(of: .minimum)
    }
  }

  private func local(_ text: String) throws -> LocalDateTime {
    guard case .local(let local) = withUTF8(text, ParsedDateTime.parse) else { throw NotLocal(text: text) }
    return local
  }

  private struct NotLocal: Error { let text: String }
}
