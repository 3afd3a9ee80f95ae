import FlowRuntime
import FlowSchema
import FlowValues
import Testing

/// A run is atomic (semantics E4), and its budget (semantics E6).
struct AtomicityTests {
  /// Statements whose effect a failure behind them must take back.
  static let effects = [
    "update participant.a = 5, participant.s = \"changed\", participant.stage = won",
    "update participant.a = 5 update participant.a = 6 update participant.a = unset",
    "update participant.d = unset, participant.yes = unset",
    "update profile.vip = true, profile.name = \"Bob\", profile.phone = \"999\"",
    "update participant.timezone = \"America/New_York\"",
    "update profile.timezone = \"America/New_York\"",
    "email FRESH by bot",
    "email FRESH by bot in 1h with { a = participant.s + \"!\" } voice EXTRA by bot",
    "cancel communications",
    "cancel planned communications",
    "cancel communications BASE",
    "email FRESH by bot cancel communications email EXTRA by bot cancel communications",
    "to flow other",
    "to flow other in 1h",
    "cancel flow other",
    "cancel flow other to flow other in 1h cancel flow other",
  ]

  private static func source(_ effect: String) -> String {
    Lab.campaign(
      """
      flow prepare {
        on participant created {
          email BASE by bot at 2026-01-01T10:00
          email OPEN by bot
          to flow other at 2026-01-01T11:00
        }
      }
      flow fail {
        on participant updated {
          \(effect)
          update participant.b = 1 % 0
        }
      }
      flow after {
        on participant updated {
          log(participant.a) log(participant.s) log(participant.stage) log(participant.d) log(participant.yes)
          log(profile.vip) log(profile.name) log(profile.phone) log(hour(now))
          log(communications(planned)) log(communications(started)) log(communications())
          log(communication.name) log(result.r)
        }
      }
      flow other { on from flow { log("other") log(day(now)) log(hour(now)) } }
      flow ended { on communication ended { log("never") } }
      flow started { on communication updated { log(communication.name) } }
      """ + (effect.contains("FRESH") ? "" : "flow names { on from flow { email FRESH by bot } }")
        + (effect.contains("EXTRA") ? "" : " flow more { on from flow { email EXTRA by bot } }"))
  }

  @Test("E4: of a failed run nothing remains, and every other run goes on", arguments: effects)
  func nothingRemains(_ effect: String) throws {
    let world = try World(Self.source(effect))
    world.upload(["email": "a@b.org", "name": "Ann", "d": "2026-05-05", "yes": "true", "s": "x"])
    world.edit(at: "2026-01-01T06:00:00Z", ["a": "1"])
    let log = try world.played()
    #expect(
      log == "OPEN 1 x new 2026-05-05 true - Ann - 6 1 1 2 OPEN - BASE other 1 11", "after \(effect)")
    #expect(world.runs(of: "fail") == (0, 1))
    #expect(world.runs(of: "after") == (1, 0))
    #expect(world.failures == ["division-by-zero 1"])
    #expect(world.statuses() == ["BASE started", "OPEN started"])
    #expect(world.summary?.campaigns[0].events[3] == 2)
  }

  @Test("E4: a failed run is recorded with its reason and source line")
  func failuresHaveTheirLine() throws {
    let world = try World(
      """
      campaign c {}
      participant { a: integer }
      flow f {
        on participant created {
          update participant.a = 1
          check participant.a == 1 {
            update participant.a = 9223372036854775807 + 1
          }
        }
      }
      """)
    world.upload()
    try world.finish()
    #expect(world.failures == ["integer-overflow 1"])
    #expect(world.runs.contains("\"reason\":\"integer-overflow\""))
    #expect(world.runs.contains("\"line\":7"))
    #expect(world.value("participant.a") == "")
  }

  @Test("E4: a run sees its own writes, communications and cancellations")
  func seesItsOwn() throws {
    let world = try World(
      Lab.campaign(
        """
        flow go {
          on participant created {
            update participant.a = 1
            update participant.a = participant.a + 1
            log(participant.a)
            email ALPHA by bot in 1h
            email BRAVO by bot in 1h
            log(communications()) log(communications(ALPHA, planned))
            cancel communications ALPHA
            log(communications(planned)) log(communications(canceled))
            log(communication.name)
          }
        }
        """))
    world.upload()
    #expect(try world.played() == "2 2 1 1 1 -")
  }

  @Test("E4: the numbers of communications are those of runs that finished")
  func numbersAreNotUsedUp() throws {
    let world = try World(
      Lab.campaign(
        """
        flow one { on participant created { email ALPHA by bot in 1h update participant.a = 1 % 0 } }
        flow two { on participant created { email BRAVO by bot in 1h } }
        """))
    world.upload(["email": "a@b.org"])
    try world.finish()
    #expect(world.statuses() == ["BRAVO started"])
  }

  // MARK: E6

  /// A participant whose updates trigger each other for ever.
  private static let chain = """
    flow seed { on participant created { update participant.a = 0 } }
    flow ping { on participant updated (a) { update participant.b = participant.a } }
    flow pong { on participant updated (b) { update participant.a = participant.a + 1 } }
    """

  @Test("E6: exactly 1,000 complete, then the cascade stops and is reported with the chain that repeats")
  func budget() throws {
    let world = try World(Lab.campaign(Self.chain))
    world.upload()
    let summary = try world.finish()
    #expect(summary.campaigns[0].flows.map(\.finished) == [1, 500, 499])
    #expect(summary.stoppedCascades.count == 1)
    let stop = try #require(summary.stoppedCascades.first)
    #expect(stop.key == "c1")
    #expect(Set(stop.chain.map(\.flow)) == [1, 2])
    #expect(stop.chain.count == 2)
    // Seed, then 500 pings and 499 pongs: what completed stays.
    #expect(world.value("participant.a") == "499")
    #expect(world.value("participant.b") == "499")
  }

  /// How many steps a cascade has that ends by itself, and whether 1,000 runs are enough for it.
  @Test("E6: exactly 1,000 are no reason to stop", arguments: [(998, 0), (999, 0), (1000, 1), (1500, 1)])
  func exactly(_ row: (steps: Int, stops: Int)) throws {
    let world = try World(
      Lab.campaign(
        """
        flow count {
          on participant created { update participant.a = 1 }
          on participant updated {
            check participant.a < \(row.steps) { update participant.a = participant.a + 1 }
          }
        }
        """))
    world.upload()
    let summary = try world.finish()
    #expect(summary.stoppedCascades.count == row.stops)
    #expect(world.value("participant.a") == String(row.stops == 0 ? row.steps : 1000))
    #expect(world.runs(of: "count").finished == (row.stops == 0 ? row.steps + 1 : 1000))
  }

  @Test("E6: failed runs are counted")
  func failedRunsCount() throws {
    let world = try World(
      Lab.campaign(
        """
        flow count {
          on participant created { update participant.a = 1 }
          on participant updated { update participant.a = participant.a + 1 }
        }
        flow fail { on participant updated { update participant.b = 1 % 0 } }
        """))
    world.upload()
    try world.finish()
    #expect(world.runs(of: "count") == (501, 0))
    #expect(world.runs(of: "fail") == (0, 499))
  }

  @Test("E6: starts and expiries still happen, the next instant has a new budget, others are untouched")
  func afterTheStop() throws {
    let world = try World(
      Lab.campaign(
        """
        flow plan {
          on participant created {
            email NOW by bot
            voice LATE by bot at 2025-12-31T12:00 within 10:00..11:00 expires in 12h
            email NEXT by bot in 1h
            to flow never in 0s
          }
        }
        flow loop {
          on participant created { check participant.yes { update participant.a = 0 } }
          on participant updated (a) { update participant.a = participant.a + 1 }
        }
        flow moved { on communication updated { log(communication.name) } }
        flow ended { on communication ended { log(communication.name) } }
        flow never { on from flow { log("handed") } }
        """))
    world.upload("c1", ["email": "a@b.org", "yes": "true"])
    world.upload("c2", ["email": "b@b.org"])
    #expect(try world.played() == "NEXT")
    #expect(world.log(of: "c2") == "LATE handed NOW NEXT")
    #expect(world.statuses() == ["NOW started", "LATE skipped", "NEXT started"])
    #expect(world.summary?.stoppedCascades.map(\.key) == ["c1"])
  }

  @Test("E6: a new event at the stopped instant runs nothing either, a later one does")
  func stoppedInstant() throws {
    let world = try World(
      Lab.campaign(
        """
        flow loop {
          on participant created { update participant.a = 0 }
          on participant updated (a) { update participant.a = participant.a + 1 }
        }
        flow other { on participant updated (s) { log(participant.s) } }
        """))
    world.upload()
    world.edit(at: "2026-01-01T00:00:00Z", ["s": "same"])
    world.edit(at: "2026-01-01T00:00:00.001Z", ["s": "next"])
    #expect(try world.played() == "next")
    #expect(world.value("participant.a") == "999")
    #expect(world.summary?.stoppedCascades.count == 1)
  }

  @Test("E6: the budget is the participant's: another campaign of the same person has its own")
  func budgetOfEachCampaign() throws {
    let other = Lab.campaign("flow heard { on participant created { log(\"heard\") } }", name: "other")
    let world = try World([Lab.campaign(Self.chain), other])
    world.upload(campaign: 0)
    world.upload(campaign: 1)
    #expect(try world.played() == "heard")
  }

  @Test("E6, T1: the chain is of this participant's runs alone, whatever ran before and on how many threads")
  func chainIsTheirOwn() throws {
    let source = Lab.campaign(
      """
      flow one { on participant created { check participant.a is set { to flow two } } }
      flow two { on from flow { to flow three } }
      flow three { on from flow { to flow two } }
      flow quiet { on participant created { update participant.b = 1 } }
      """)
    for others in [0, 1, 5] {
      let world = try World(source, budget: 4)
      for other in 0..<others { world.upload("o\(other)") }
      world.upload(["a": "1"])
      let stop = try #require(try world.finish().stoppedCascades.first)
      #expect(stop.chain.map(\.flow) == [0, 3, 1, 2], "after \(others) others")
    }
  }
}
