import FlowRuntime
import FlowSchema
import FlowValues
import Testing

/// Which communication and whose results a run means (semantics C5).
struct ContextRuleTests {
  @Test("C5: for communication events that one, its results unset until it has ended")
  func communicationEvents() throws {
    let world = try World(
      Lab.campaign(
        """
        flow plan { on participant created { email ALPHA by bot email BRAVO by bot } }
        flow moved { on communication updated { log(communication.name) log(result.r) } }
        flow ended { on communication ended { log(communication.name) log(result.r) log(result.note) } }
        """))
    world.upload(["email": "a@b.org"])
    world.end("ALPHA", .completed, at: "2026-01-01T01:00:00Z", ["r": "1"])
    world.progress("BRAVO", .read, at: "2026-01-01T02:00:00Z")
    world.end("BRAVO", .failed, at: "2026-01-01T03:00:00Z", ["note": "two"])
    #expect(try world.played() == "ALPHA - BRAVO - ALPHA 1 - BRAVO - BRAVO - two")
  }

  @Test("C5: otherwise the latest created, and the results of the latest ended, before the event")
  func otherEvents() throws {
    let world = try World(
      Lab.campaign(
        """
        flow heard {
          on participant created, participant updated {
            log(communication.name) log(communication.status) log(result.r)
            check participant.a is not set { email ALPHA by bot in 1h email BRAVO by bot in 2h }
          }
        }
        """))
    world.upload(["email": "a@b.org"])
    world.edit(at: "2026-01-01T00:30:00Z", ["a": "1"])
    world.end("ALPHA", .completed, at: "2026-01-01T01:30:00Z", ["r": "1"])
    world.edit(at: "2026-01-01T01:40:00Z", ["a": "2"])
    world.end("BRAVO", .completed, at: "2026-01-01T02:30:00Z", ["r": "2"])
    world.upload(at: "2026-01-01T03:00:00Z")
    world.session(at: "2026-01-01T04:00:00Z")
    world.edit(at: "2026-01-01T05:00:00Z", ["a": "3"])
    #expect(try world.played() == "- - - BRAVO planned - BRAVO planned 1 BRAVO completed 2 - started 2")
  }

  @Test("C5: the latest ended may lie before the latest created, and a canceled one has no results")
  func latestEnded() throws {
    let world = try World(
      Lab.campaign(
        """
        flow plan {
          on participant created { email ALPHA by bot email BRAVO by bot email CHARLIE by bot in 9d }
        }
        flow heard { on participant updated (a) { log(communication.name) log(result.r) } }
        flow cancel_it { on participant updated (b) { cancel communications CHARLIE } }
        """))
    world.upload(["email": "a@b.org"])
    world.end("BRAVO", .completed, at: "2026-01-01T01:00:00Z", ["r": "2"])
    world.edit(at: "2026-01-01T02:00:00Z", ["a": "1"])
    world.end("ALPHA", .completed, at: "2026-01-01T03:00:00Z", ["r": "1"])
    world.edit(at: "2026-01-01T04:00:00Z", ["a": "2"])
    world.edit(at: "2026-01-01T05:00:00Z", ["b": "1"])
    world.edit(at: "2026-01-01T06:00:00Z", ["a": "3"])
    #expect(try world.played() == "CHARLIE 2 CHARLIE 1 CHARLIE -")
  }

  @Test("C5: after to flow the sender's, at once and scheduled; their fields are read live")
  func handOvers() throws {
    let world = try World(
      Lab.campaign(
        """
        flow plan { on participant created { email ALPHA by bot email BRAVO by bot } }
        flow moved {
          on communication updated (ALPHA, delivered) {
            to flow next
            to flow next in 2h
            email CHARLIE by bot
          }
        }
        flow ended { on communication ended (ALPHA) { to flow next in 3h } }
        flow next { on from flow { log(communication.name) log(communication.status) log(result.r) } }
        """))
    world.upload(["email": "a@b.org"])
    world.progress("ALPHA", .delivered, at: "2026-01-01T01:00:00Z")
    world.end("ALPHA", .completed, at: "2026-01-01T02:00:00Z", ["r": "1"])
    world.end("BRAVO", .completed, at: "2026-01-01T02:30:00Z", ["r": "2"])
    #expect(try world.played() == "ALPHA delivered - ALPHA completed 1 ALPHA completed 1")
  }

  @Test("C5: fixed when the event is queued, whatever is created before its run")
  func fixedWhenQueued() throws {
    let world = try World(
      Lab.campaign(
        """
        flow plan { on participant created { email ALPHA by bot in 1d } }
        flow one { on participant updated (a) { email BRAVO by bot in 1d } }
        flow two { on participant updated (a) { log(communication.name) log(communications()) } }
        """))
    world.upload(["email": "a@b.org"])
    world.edit(at: "2026-01-01T01:00:00Z", ["a": "1"])
    #expect(try world.played() == "ALPHA 2")
  }

  @Test("C5: a field changed by a run has the communications of that run for the latest")
  func changesOfARun() throws {
    let world = try World(
      Lab.campaign(
        """
        flow one { on participant created { update participant.a = 1 email ALPHA by bot in 1d } }
        flow two { on participant created { email BRAVO by bot in 1d } }
        flow heard { on participant updated { log(communication.name) } }
        """))
    world.upload(["email": "a@b.org"])
    #expect(try world.played() == "ALPHA")
  }

  @Test("C5: a narrowing by status tests the event's own status, the condition the present one")
  func statusOfTheEvent() throws {
    let world = try World(
      Lab.campaign(
        """
        flow plan { on participant created { email ALPHA by bot email BRAVO by bot } }
        flow moved { on communication updated (ALPHA, delivered) { cancel communications } }
        flow narrow { on communication updated (delivered) { log(communication.status) } }
        flow ended { on communication ended (canceled) { log(communication.name) } }
        """))
    world.upload(["email": "a@b.org"])
    world.progress("ALPHA", .delivered, at: "2026-01-01T01:00:00Z")
    #expect(try world.played() == "canceled ALPHA BRAVO")
  }

  @Test("C5: contexts are those of one campaign")
  func contextsOfOneCampaign() throws {
    func source(_ name: String, _ more: String) -> String {
      Lab.campaign(
        "flow heard { on participant updated { log(communication.name) log(result.r) } } " + more, name: name)
    }
    let world = try World([
      source("one", "flow plan { on participant created { email ALPHA by bot } }"),
      source("two", "flow plan { on participant created { email BRAVO by bot in 9d } }"),
    ])
    world.upload(campaign: 0, ["email": "a@b.org"])
    world.upload(campaign: 1)
    world.end("ALPHA", .completed, at: "2026-01-01T01:00:00Z", ["r": "1"])
    world.edit(at: "2026-01-01T02:00:00Z", campaign: 1, ["a": "1"])
    world.edit(at: "2026-01-01T03:00:00Z", campaign: 0, ["a": "1"])
    #expect(try world.played() == "BRAVO - ALPHA 1")
  }
}
