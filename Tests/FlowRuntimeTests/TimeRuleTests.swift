import FlowRuntime
import FlowSchema
import FlowValues
import Testing

/// Zones and clocks (semantics T).
struct TimeRuleTests {
  /// The campaign's, profile's and participant's zone, and the local hour at midnight UTC of 1 January.
  static let zones: [(campaign: String, profile: String, participant: String, hour: Int)] = [
    ("", "", "", 0), ("Asia/Tokyo", "", "", 9), ("Asia/Tokyo", "Europe/Madrid", "", 1),
    ("Asia/Tokyo", "Europe/Madrid", "America/New_York", 19), ("Asia/Tokyo", "", "America/New_York", 19),
    ("", "Europe/Madrid", "", 1), ("", "", "Europe/Madrid", 1), ("", "Asia/Tokyo", "UTC", 0),
  ]

  @Test("T2: the participant's zone, else the profile's, else the campaign's, else UTC", arguments: zones)
  func effectiveZone(_ row: (campaign: String, profile: String, participant: String, hour: Int)) throws {
    let flows = "flow go { on participant created { log(hour(now)) email ALPHA by bot at 2026-02-01T12:00 } }"
    var source = Lab.campaign(flows, zone: row.campaign)
    if row.campaign.isEmpty { source = source.replacing("timezone: \"\"", with: "") }
    let world = try World(source)
    world.upload(["profile.timezone": row.profile, "participant.timezone": row.participant])
    #expect(try world.played() == String(row.hour))
    let offset = ["": 0, "UTC": 0, "Asia/Tokyo": 9, "Europe/Madrid": 1, "America/New_York": -5]
    let zone = [row.participant, row.profile, row.campaign].first { !$0.isEmpty } ?? ""
    let hour = 12 - (offset[zone] ?? 0)
    #expect(world.contacts[0].hasPrefix("ALPHA skipped 2026-02-01T\(hour < 10 ? "0" : "")\(hour):00:00Z"))
  }

  @Test("T2: an unknown zone name in data is a row error", arguments: ["Europe/Madird", "europe/madrid", "+01:00", "../x"])
  func unknownZone(_ name: String) throws {
    let world = try World(Lab.campaign("flow go { on participant created { log(\"created\") } }"))
    #expect(world.upload(["timezone": name]) != .applied)
    #expect(world.upload("c2", ["profile.timezone": name]) != .applied)
    world.upload("c3")
    #expect(world.edit("c3", at: "2026-01-02T00:00:00Z", ["timezone": .some(name)]) != .applied)
    #expect(try world.played(of: "c3") == "created")
    #expect(world.summary?.campaigns[0].participants == 1)
  }

  @Test("T2: an unknown zone written by a flow is a run error")
  func unknownZoneWritten() throws {
    let world = try World(
      Lab.campaign("flow go { on participant created { update participant.timezone = participant.s } }"))
    world.upload("c1", ["s": "Mars/Olympus"])
    world.upload("c2", ["s": "Asia/Tokyo"])
    try world.finish()
    #expect(world.failures == ["unknown-timezone 1"])
    #expect(world.value("participant.timezone") == "")
    #expect(world.value("participant.timezone", of: "c2") == "Asia/Tokyo")
  }

  @Test("T2, T4: a new zone counts from then on, and what is planned stays")
  func changedZone() throws {
    let world = try World(
      Lab.campaign(
        """
        flow go { on participant created { email ALPHA by bot at 12:00 } }
        flow again {
          on participant updated {
            log(hour(now))
            check participant.a == 2 {
              update participant.timezone = "America/New_York", participant.a = 3
              log(hour(now))
              email BRAVO by bot at 12:00
            }
          }
        }
        flow later { on communication updated { log(communication.name) log(hour(now)) } }
        """, zone: "Europe/Madrid"))
    world.upload(["email": "a@b.org"])
    world.edit(at: "2026-01-01T01:00:00Z", ["timezone": "Asia/Tokyo"])
    world.edit(at: "2026-01-01T02:00:00Z", ["a": "2"])
    world.edit(at: "2026-01-01T03:00:00Z", ["timezone": nil])
    // 01:00Z: Tokyo 10; 02:00Z: 11, then New York 21 of the day before, and the change fires once more.
    #expect(try world.played() == "10 11 21 21 4 ALPHA 12 BRAVO 18")
    #expect(
      world.contacts == [
        "ALPHA started 2026-01-01T11:00:00Z 2026-01-01T11:00:00Z -",
        "BRAVO started 2026-01-01T17:00:00Z 2026-01-01T17:00:00Z -",
      ])
  }

  @Test("T2: a zone of the profile counts for all campaigns, one of a participant for that one")
  func zonesOfCampaigns() throws {
    func source(_ name: String) -> String {
      Lab.campaign(
        """
        flow go { on participant created { update profile.timezone = "Asia/Tokyo" } }
        flow heard { on participant updated { log(hour(now)) } }
        """, name: name, zone: "Europe/Madrid")
    }
    let world = try World([source("one"), source("two")])
    world.upload(campaign: 0)
    world.upload(campaign: 1)
    world.edit(at: "2026-01-01T01:00:00Z", campaign: 1, ["a": "1"])
    world.edit(at: "2026-01-01T01:00:00Z", campaign: 0, ["timezone": "UTC"])
    world.edit(at: "2026-01-01T01:00:00Z", campaign: 1, ["a": "2"])
    world.edit(at: "2026-01-01T01:00:00Z", campaign: 0, ["profile.timezone": "Europe/Lisbon"])
    world.edit(at: "2026-01-01T01:00:00Z", campaign: 1, ["a": "3"])
    #expect(try world.played() == "10 1 10 1")
  }

  @Test("T5: today is read once per run, also where the zone changes in between")
  func todayIsReadOnce() throws {
    let world = try World(
      Lab.campaign(
        """
        flow go {
          on participant created {
            update participant.timezone = "Asia/Tokyo"
            log(day(today))
            log(day(now))
            to flow next
          }
        }
        flow next { on from flow { log(day(today)) } }
        """))
    world.upload(at: "2026-01-01T20:00:00Z", [:])
    #expect(try world.played() == "1 2 2")
  }

  @Test("D3: a local datetime is read in the row's own zone, whatever the order of the cells")
  func localDatetimes() throws {
    let world = try World(Lab.campaign("flow go { on participant created { log(participant.w) } }", zone: "Asia/Tokyo"))
    world.upload("c1", ["w": "2026-06-01T12:00", "timezone": "America/New_York"])
    world.upload("c2", ["timezone": "America/New_York", "w": "2026-06-01T12:00"])
    world.upload("c3", ["w": "2026-06-01T12:00"])
    world.upload("c4", ["w": "2026-06-01T12:00Z"])
    world.upload("c5", ["w": "2026-06-01 12:00+02:00", "profile.timezone": "Europe/Madrid"])
    world.edit("c3", at: "2026-01-01T00:00:00Z", ["w": "2026-06-01T13:00", "timezone": "UTC"])
    try world.finish()
    #expect(world.value("participant.w", of: "c1") == "2026-06-01T16:00:00Z")
    #expect(world.value("participant.w", of: "c2") == "2026-06-01T16:00:00Z")
    #expect(world.value("participant.w", of: "c3") == "2026-06-01T13:00:00Z")
    #expect(world.value("participant.w", of: "c4") == "2026-06-01T12:00:00Z")
    #expect(world.value("participant.w", of: "c5") == "2026-06-01T10:00:00Z")
    #expect(world.log(of: "c1") == "2026-06-01T12:00")
    #expect(world.log(of: "c4") == "2026-06-01T21:00")
  }

  @Test("D3: a local datetime of a default, a result and a literal is that of the effective zone")
  func localElsewhere() throws {
    let world = try World(
      Lab.campaign(
        """
        flow go {
          on participant created { log(participant.since) email ALPHA by bot update participant.w = 2026-03-01T10:00 }
          on communication ended { log(result.seen) }
        }
        """, fields: "since: datetime = 2026-02-01T10:00"))
    world.upload(["timezone": "America/New_York", "email": "a@b.org"])
    world.end("ALPHA", .completed, at: "2026-01-02T00:00:00Z", ["seen": "2026-04-01T10:00"])
    #expect(try world.played() == "2026-02-01T10:00 2026-04-01T10:00")
    #expect(world.value("participant.since") == "2026-02-01T15:00:00Z")
    #expect(world.value("participant.w") == "2026-03-01T15:00:00Z")
    #expect(world.communications.contains("2026-04-01T14:00:00Z"))
  }
}
