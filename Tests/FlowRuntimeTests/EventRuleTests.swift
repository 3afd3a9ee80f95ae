import FlowRuntime
import FlowSchema
import FlowValues
import Testing

/// Events and runs (semantics E).
struct EventRuleTests {
  // MARK: E1, E2

  /// One flow for every trigger, each saying what it heard.
  static let listeners = """
    flow created { on participant created { log("created") } }
    flow updated { on participant updated { log("updated") } }
    flow ended { on communication ended { log(communication.name) log(communication.status) } }
    flow moved { on communication updated { log(communication.name) log(communication.status) } }
    flow session { on incoming session { log("session") } }
    flow handed { on from flow { log("handed") } }
    """

  @Test("E1: every root event") func everyRootEventIsHeard() throws {
    let world = try World(
      Lab.campaign(
        Self.listeners + """
          flow start {
            on participant created {
              email FIRST by bot in 1h
              voice LATE by bot at 2026-01-01T12:00 within 10:00..11:00 expires in 1h
              to flow handed in 3h
            }
          }
          """))
    world.upload(["email": "a@b.org"])
    world.edit(at: "2026-01-01T00:30:00Z", ["a": "1"])
    world.progress("FIRST", .read, at: "2026-01-01T01:30:00Z")
    world.end("FIRST", .completed, at: "2026-01-01T02:00:00Z")
    world.session(at: "2026-01-01T04:00:00Z")
    #expect(
      try world.played()
        == "created updated FIRST started FIRST read FIRST completed handed session LATE skipped")
    #expect(world.summary?.campaigns[0].events == [1, 1, 2, 2, 1, 1])
  }

  /// Everything there is falls on midnight of the second day.
  static let midnight = Lab.campaign(
    listeners + """
      flow plan {
        on participant created {
          check participant.a is not set {
            email MODELED by bot
            email FIRST by bot in 1d
            voice LATE by bot at 2026-01-01T12:00 within 10:00..11:00 expires in 12h
            to flow handed in 24h
            email OPEN by bot in 23h
            email SECOND by bot at 2026-01-02T00:00
          }
        }
      }
      model bot { check communication.name == MODELED { end completed after 24h } }
      """)

  @Test("E2: uploads, edits and reports as they arrive; models; expiries; hand-overs; starts")
  func orderAtOneInstant() throws {
    let world = try World(Self.midnight)
    let midnight = "2026-01-02T00:00:00Z"
    world.upload(["email": "a@b.org"])
    world.end("OPEN", .completed, at: midnight)
    world.upload(at: midnight, ["a": "1"])
    world.edit(at: midnight, ["a": "2"])
    world.session(at: midnight)
    #expect(
      try world.played()
        == "created MODELED started OPEN started OPEN completed created updated session "
        + "MODELED completed LATE skipped handed FIRST started SECOND started")
  }

  @Test("E2: what came in stays in the order of arrival, whatever it is")
  func arrivalDecides() throws {
    let world = try World(Self.midnight)
    let midnight = "2026-01-02T00:00:00Z"
    world.upload(["email": "a@b.org"])
    world.session(at: midnight)
    world.edit(at: midnight, ["a": "2"])
    world.end("OPEN", .completed, at: midnight)
    world.upload(at: midnight, ["a": "1"])
    #expect(
      try world.played()
        == "created MODELED started OPEN started session updated OPEN completed created "
        + "MODELED completed LATE skipped handed FIRST started SECOND started")
  }

  @Test("E2: a start stands in the order of creation, a hand-over in that of scheduling")
  func tiesGoInOrder() throws {
    let world = try World(
      Lab.campaign(
        """
        flow plan {
          on participant created {
            to flow one in 2h
            email BRAVO by bot in 2h
            email ALPHA by bot in 2h
            to flow two at 2026-01-01T02:00
          }
        }
        flow two { on from flow { log("two") } }
        flow one { on from flow { log("one") } }
        flow later { on participant updated { to flow three in 1h } }
        flow three { on from flow { log("three") } }
        flow moved { on communication updated { log(communication.name) } }
        """))
    world.upload(["email": "a@b.org"])
    world.edit(at: "2026-01-01T01:00:00Z", ["a": "1"])
    #expect(try world.played() == "one two three BRAVO ALPHA")
  }

  @Test("E2: each with all its consequences before the next")
  func consequencesComeFirst() throws {
    let world = try World(
      Lab.campaign(
        """
        flow plan { on participant created { email ALPHA by bot in 1h email BRAVO by bot in 1h } }
        flow moved {
          on communication updated (started) {
            log(communication.name)
            update participant.a = default(participant.a, 0) + 1
            to flow soon in 0s
            to flow past at 2025-01-01T00:00
            email EXTRA by bot only if communication.name == ALPHA
          }
        }
        flow updated { on participant updated { log(participant.a) } }
        flow soon { on from flow { log("soon") } }
        flow past { on from flow { log("past") } }
        flow ended { on communication ended { log(communication.status) } }
        """, fields: ""))
    world.upload(["email": "a@b.org"])
    world.edit(at: "2026-01-01T02:00:00Z", ["email": nil])
    // EXTRA starts behind BRAVO, and its own start leads to one more, which its condition skips.
    let log = try world.played()
    #expect(log.hasPrefix("ALPHA 1 soon past BRAVO 2 soon past EXTRA 3 soon past skipped"), "\(log)")
  }

  @Test("E2: campaigns take turns in the order they were given")
  func campaignsTakeTurns() throws {
    func source(_ name: String) -> String {
      Lab.campaign(
        """
        flow plan { on participant created { email ALPHA by bot in 1h to flow next in 1h } }
        flow next { on from flow { log("\(name)-next") } }
        flow moved { on communication updated { log("\(name)-start") } }
        """, name: name)
    }
    let world = try World([source("one"), source("two")])
    world.upload(campaign: 1, ["email": "a@b.org"])
    world.upload(campaign: 0)
    #expect(try world.played() == "one-next two-next one-start two-start")
  }

  @Test("E2: uploads of an instant stand before what the clock brings, also for what is created by them")
  func uploadsBeforeStarts() throws {
    let world = try World(
      Lab.campaign(
        """
        flow plan { on participant created { email ALPHA by bot log("created") } }
        flow moved { on communication updated { log("started") } }
        """))
    world.upload(["email": "a@b.org"])
    world.upload()
    #expect(try world.played() == "created created started started")
  }

  // MARK: E3

  @Test(
    "E3: one run in every active flow with the trigger, in declaration order, each sees the earlier writes")
  func flowsInDeclarationOrder() throws {
    let world = try World(
      Lab.campaign(
        """
        flow third { on participant created { update participant.a = 1 log("third") } }
        flow off inactive { on participant created { log("off") } }
        flow first { on participant updated, participant created { log(participant.a) } }
        flow other { on from flow { log("other") } }
        flow second { on participant created { log("second") log(participant.a) } }
        """))
    world.upload()
    #expect(try world.played() == "third 1 second 1 1")
    #expect(world.runs(of: "off") == (0, 0))
    #expect(world.runs(of: "first") == (2, 0))
    #expect(
      world.played == [
        "third participant.created finished", "first participant.created finished",
        "second participant.created finished", "first participant.updated finished",
      ])
  }

  @Test("4.1: narrowing filters the event out, and then it is no run")
  func narrowing() throws {
    let world = try World(
      Lab.campaign(
        """
        flow plan { on participant created { email ALPHA by bot email BRAVO by bot } }
        flow fields { on participant updated (a, s) { log("a-s") } }
        flow names { on communication ended (ALPHA) { log("alpha") } }
        flow statuses { on communication ended (failed, no_response) { log("lost") } }
        flow both { on communication ended (BRAVO, completed, failed) { log("both") } }
        flow moved { on communication updated (delivered, ALPHA) { log("delivered") } }
        flow any { on communication ended { log("any") } }
        """))
    world.upload(["email": "a@b.org"])
    let at = "2026-01-02T00:00:00Z"
    world.edit(at: at, ["b": "1"])
    world.edit(at: at, ["b": "2", "s": "x"])
    world.edit(at: at, ["s": nil])
    world.progress("BRAVO", .delivered, at: at)
    world.progress("ALPHA", .delivered, at: at)
    world.end("ALPHA", .noResponse, at: at)
    world.session(at: at)
    world.end(nil, .failed, at: at)
    world.end("BRAVO", .failed, at: at)
    #expect(
      try world.played() == "a-s a-s delivered alpha lost any lost any lost both any")
    #expect(world.runs(of: "fields") == (2, 0))
    #expect(world.runs(of: "names") == (1, 0))
  }

  // MARK: E5

  @Test("E5: what a run causes joins the end of the queue, after all its communications are there")
  func consequencesJoinTheQueue() throws {
    let world = try World(
      Lab.campaign(
        """
        flow one {
          on participant created {
            email ALPHA by bot in 1d
            update participant.a = 1
            to flow handed
            cancel communications ALPHA
            update participant.a = 2
            email BRAVO by bot in 1d
          }
        }
        flow two { on participant created { log("two") } }
        flow updated { on participant updated { log(participant.a) log(communication.name) } }
        flow handed { on from flow { log("handed") log(communications()) } }
        flow ended { on communication ended { log(communication.status) log(communications(planned)) } }
        """))
    world.upload(["email": "a@b.org"])
    #expect(try world.played() == "two 2 BRAVO handed 2 canceled 1 2 BRAVO")
  }

  // MARK: E7

  /// What an event does to fields, and how many Participant Updated it fires.
  static let changes: [(statement: String, count: Int)] = [
    ("update participant.a = 1", 1),
    ("update participant.a = 1, participant.b = 2, participant.s = \"x\"", 1),
    ("update participant.a = 1 update participant.a = 1", 1),
    ("update participant.a = 1 update participant.a = 2", 2),
    ("update participant.a = 1 update participant.a = unset", 2),
    ("update participant.a = 1, participant.b = 1 update participant.b = 1, participant.a = 2", 2),
    ("update participant.a = unset", 0),
    ("update participant.stage = new", 0),
    ("update participant.s = \"\"", 1),
    ("update profile.vip = true, profile.name = \"Ann\"", 0),
    ("update profile.vip = true, participant.yes = false", 1),
    ("update participant.timezone = \"Europe/Madrid\"", 1),
    ("update profile.timezone = \"Europe/Madrid\"", 0),
    ("update participant.a = participant.a", 0),
    ("update participant.s = \"x\" update participant.s = \"x\" + \"\"", 1),
    ("update participant.w = now update participant.w = now + 0s", 1),
  ]

  @Test(
    "E7: Participant Updated once per statement that really changes a participant field", arguments: changes)
  func updatesAreCounted(_ row: (statement: String, count: Int)) throws {
    let world = try World(
      Lab.campaign(
        "flow go { on participant created { \(row.statement) } } flow heard { on participant updated { stop } }"
      ))
    world.upload()
    try world.finish()
    #expect(world.runs(of: "heard") == (row.count, 0))
  }

  @Test("E7: once per edit from outside, and only if it changes something")
  func editsAreCounted() throws {
    let world = try World(Lab.campaign("flow heard { on participant updated { log(participant.a) } }"))
    world.upload(["a": "1"])
    let at = "2026-01-02T00:00:00Z"
    world.edit(at: at, ["a": "1"])
    world.edit(at: at, ["a": "2", "b": "3", "s": "x"])
    world.edit(at: at, ["a": "2", "s": " x ", "b": ""])
    world.edit(at: at, ["vip": "true", "name": "Ann"])
    world.edit(at: at, ["a": nil, "yes": nil])
    world.edit(at: at, ["a": nil])
    world.edit(at: at, ["a": "5", "vip": "false"])
    #expect(try world.played() == "2 - 5")
  }

  @Test("4.3: all right sides are read before anything is written")
  func rightSidesFirst() throws {
    let world = try World(
      Lab.campaign(
        "flow go { on participant created { update participant.a = participant.b, participant.b = participant.a } }"
      ))
    world.upload(["a": "1", "b": "2"])
    try world.finish()
    #expect(world.value("participant.a") == "2")
    #expect(world.value("participant.b") == "1")
  }

  // MARK: E8

  @Test("E8: the sender goes on; a hand-over without schedule joins the queue; windows are not applied")
  func handOvers() throws {
    let world = try World(
      Lab.campaign(
        """
        flow go {
          on participant created {
            to flow heard
            log("after")
            to flow heard on 2026-01-03 at 03:00
            to flow heard in 30m
            to flow heard at 2020-01-01T00:00
          }
        }
        flow heard { on from flow { log(now) } }
        """))
    world.upload()
    #expect(
      try world.played()
        == "after 2026-01-01T00:00 2026-01-01T00:00 2026-01-01T00:30 2026-01-03T03:00")
  }

  @Test("E8: cancel flow drops scheduled hand-overs, also of the same run, never unscheduled ones")
  func cancelFlow() throws {
    let world = try World(
      Lab.campaign(
        """
        flow go {
          on participant created {
            to flow one in 1d
            to flow two in 1d
          }
          on participant updated {
            to flow one
            to flow one in 0s
            to flow one in 2d
            cancel flow one
            to flow one in 3d
          }
        }
        flow one { on from flow { log("one") log(day(now)) } }
        flow two { on from flow { log("two") } }
        """))
    world.upload()
    world.edit(at: "2026-01-01T12:00:00Z", ["a": "1"])
    #expect(try world.played() == "one 1 two one 4")
  }

  @Test("E8: cancel flow of one campaign leaves the flows of another")
  func cancelFlowOfOneCampaign() throws {
    let waiting =
      "flow go { on participant created { to flow one in 1d } } "
      + "flow one { on from flow { log(campaign.name) } } "
    let world = try World([
      Lab.campaign(waiting, name: "first"),
      Lab.campaign(waiting + "flow no { on participant updated { cancel flow one } }", name: "second"),
    ])
    world.upload(campaign: 0)
    world.upload(campaign: 1)
    world.edit(at: "2026-01-01T12:00:00Z", campaign: 1, ["a": "1"])
    #expect(try world.played() == "first")
  }

  // MARK: E9, E10

  static let reuploads: [(mode: String, row: KeyValuePairs<String, String>, log: String)] = [
    ("", ["a": "1"], "created-1 created-1"),
    ("", ["a": "2"], "created-1 created-2"),
    ("", [:], "created-1 created-1"),
    ("reupload: created", ["a": "2"], "created-1 created-2"),
    ("reupload: updated", ["a": "2"], "created-1 updated-2"),
    ("reupload: updated", ["a": "1"], "created-1"),
    ("reupload: updated", ["a": ""], "created-1"),
    ("reupload: updated", ["vip": "true"], "created-1"),
    ("reupload: updated", ["a": "3", "b": "4", "vip": "true"], "created-1 updated-3"),
  ]

  @Test("E9, E10: a row of an existing participant fires exactly one event", arguments: reuploads)
  func reupload(_ row: (mode: String, row: KeyValuePairs<String, String>, log: String)) throws {
    let world = try World(
      Lab.campaign(
        """
        flow new { on participant created { log("created-" + text(participant.a)) } }
        flow old { on participant updated { log("updated-" + text(participant.a)) } }
        """, settings: row.mode))
    world.upload(["a": "1"])
    world.upload(at: "2026-01-02T00:00:00Z", row.row)
    #expect(try world.played() == row.log)
    #expect(world.summary?.campaigns[0].rowsCreated == 1)
    #expect(world.summary?.campaigns[0].rowsUpdated == 1)
  }

  // MARK: E11

  @Test("E11: a session is a communication without a name that only a report ends")
  func sessions() throws {
    let world = try World(
      Lab.campaign(
        """
        flow talk {
          on incoming session {
            log(communication.channel)
            log(communication.agent)
            log(communication.status)
            log(communication.name)
            log(communication.planned_at)
            log(communication.started_at)
            log(communications())
            log(communications(started))
            log(communications(whatsapp))
            cancel communications
            to flow next in 1h
          }
          on communication updated { log("never") }
          on communication ended { log(communication.status) log(result.r) }
        }
        flow next { on from flow { log(communication.status) } }
        model bot { end failed after 1m }
        """))
    world.upload()
    world.session(at: "2026-01-02T00:00:00Z", channel: "whatsapp", agent: "bot")
    #expect(world.end(nil, .completed, at: "2026-01-03T00:00:00Z", ["r": "4"]) == .applied)
    #expect(world.session(id: "stranger", at: "2026-01-04T00:00:00Z") != .applied)
    #expect(
      try world.played()
        == "whatsapp bot started - - 2026-01-02T00:00 1 1 1 started completed 4")
    #expect(world.statuses() == ["session completed"])
    #expect(world.summary?.campaigns[0].participants == 1)
  }
}
