import FlowRuntime
import FlowSchema
import FlowValues
import Testing

/// How simulated people answer (language 7), and what is counted (language 5).
struct ModelRuleTests {
  private static func source(_ model: String, _ flows: String = "") -> String {
    Lab.campaign(
      """
      flow plan { on participant created { email ALPHA by bot email BRAVO by bot in 1d } }
      flow moved { on communication updated { log(communication.name) log(communication.status) log(hour(now)) } }
      flow ended { on communication ended { log(communication.status) log(hour(now)) log(result.r) } }
      \(flows)
      model bot { \(model) }
      """)
  }

  /// What a model says, and what becomes of ALPHA at 00:00 and of BRAVO a day later.
  static let models: [(model: String, log: String)] = [
    ("end completed { r = 1 } after 1h", "ALPHA started 0 completed 1 1 BRAVO started 0 completed 1 1"),
    ("progress read after 1h end failed after 2h", "ALPHA started 0 ALPHA read 1 failed 2 - BRAVO started 0 BRAVO read 1 failed 2 -"),
    ("end completed after 1h progress read after 2h", "ALPHA started 0 completed 1 - BRAVO started 0 completed 1 -"),
    ("end completed after 2h end failed after 1h", "ALPHA started 0 failed 1 - BRAVO started 0 failed 1 -"),
    ("end completed after 1h end failed after 1h", "ALPHA started 0 completed 1 - BRAVO started 0 completed 1 -"),
    ("check communication.name == ALPHA { end completed after 1h }", "ALPHA started 0 completed 1 - BRAVO started 0"),
    ("check communications(completed) == 0 { end completed { r = communications() } after 1h }",
      "ALPHA started 0 completed 1 2 BRAVO started 0"),
    ("chance 100% { end completed after 1h } else { end failed after 1h }",
      "ALPHA started 0 completed 1 - BRAVO started 0 completed 1 -"),
    ("chance 0% { end completed after 1h } else chance 100% { end failed after 1h } else { end skipped after 1h }",
      "ALPHA started 0 failed 1 - BRAVO started 0 failed 1 -"),
    ("end completed { r = 1 % 0 } after 1h", "ALPHA started 0 BRAVO started 0"),
    ("progress read after 1h end completed { r = 1 % 0 } after 2h", "ALPHA started 0 BRAVO started 0"),
    ("end completed { r = participant.b } after 1h", "ALPHA started 0 completed 1 - BRAVO started 0 completed 1 -"),
    ("end completed after 0s", "ALPHA started 0 completed 0 - BRAVO started 0 completed 0 -"),
    ("end completed after 1h..1h", "ALPHA started 0 completed 1 - BRAVO started 0 completed 1 -"),
    ("end completed { r = if(communication.status == started, 3, 4) } after 1h",
      "ALPHA started 0 completed 1 3 BRAVO started 0 completed 1 3"),
  ]

  @Test("7: what a model reports, counted from the start", arguments: models)
  func reports(_ row: (model: String, log: String)) throws {
    let world = try World(Self.source(row.model))
    world.upload(["email": "a@b.org"])
    #expect(try world.played() == row.log, "\(row.model)")
  }

  @Test("7: the model runs before the runs that the start causes, and not for a start by a report")
  func beforeTheRuns() throws {
    let early = Self.source(
      "end completed { r = communications() } after 1h",
      "flow more { on communication updated (ALPHA, started) { email CHARLIE by bot in 5d } }")
    let world = try World(early, until: "2026-01-02T12:00:00Z")
    world.upload(["email": "a@b.org"])
    world.progress("BRAVO", .started, at: "2026-01-01T12:00:00Z")
    #expect(try world.played() == "ALPHA started 0 completed 1 2 BRAVO started 12")
  }

  @Test("7: without models nothing answers")
  func withoutModels() throws {
    let world = try World(Self.source("end completed after 1h"), models: false)
    world.upload(["email": "a@b.org"])
    #expect(try world.played() == "ALPHA started 0 BRAVO started 0")
  }

  @Test("7: a chance is what it says, a range is drawn evenly with both ends in")
  func draws() throws {
    let world = try World(
      Lab.campaign(
        """
        flow plan { on participant created { email ALPHA by bot email BRAVO by bot } }
        model bot {
          check communication.name == ALPHA {
            chance 40% { end completed after 1h } else chance 50% { end failed after 1h } else { end no_response after 1h }
          } else { end completed after 1h..3601s }
        }
        """))
    let people = 3000
    world.uploadTogether((0..<people).map { [("external_id", "p\($0)"), ("email", "a\($0)@b.org")] })
    let summary = try world.finish()
    let byStatus = summary.campaigns[0].communications[0].byStatus
    let shares = [CommunicationStatus.completed, .failed, .noResponse].map { Double(byStatus[Int($0.rawValue)]) / 3000 }
    // Four standard deviations around 40, 30 and 30 percent.
    #expect(abs(shares[0] - 0.4) < 0.036, "\(shares)")
    #expect(abs(shares[1] - 0.3) < 0.034, "\(shares)")
    #expect(abs(shares[2] - 0.3) < 0.034, "\(shares)")
    let ends = world.contacts.filter { $0.hasPrefix("BRAVO") }.compactMap { $0.split(separator: " ").last }
    #expect(ends.count == people)
    #expect(ends.allSatisfy { "2026-01-01T01:00:00Z" <= $0 && $0 <= "2026-01-01T01:00:01Z" || $0.hasPrefix("2026-01-01T01:00:00.") })
    #expect(Set(ends).count > 900)
  }

  /// `communications(…)` at noon of 3 January, and how many it counts.
  static let counts: [(query: String, count: Int)] = [
    // ALPHA: completed, started 1 January 00:00. BRAVO: started 2 January 00:00. CHARLIE: planned for 9 January.
    // DELTA: canceled while planned. ECHO: skipped on 1 January. A session since 3 January 06:00.
    ("", 6), ("planned", 1), ("started", 2), ("completed", 1), ("canceled", 1), ("skipped", 1),
    ("planned, started", 3), ("ALPHA", 1), ("ALPHA, completed", 1), ("ALPHA, planned", 0), ("BRAVO, started", 1),
    ("email", 3), ("voice", 2), ("voice, canceled", 1), ("whatsapp", 1), ("telegram", 0), ("email, planned, started", 2),
    ("within 1d", 1), ("within 2d", 2), ("within 36h", 2), ("within 35h", 1), ("within 60h", 3), ("within 59h", 2),
    ("within 6h", 1), ("within 5h", 0), ("within 6d", 4), ("within 5d", 3), ("planned, within 6d", 1),
    ("email, within 60h", 2), ("canceled, within 300d", 0), ("skipped, within 300d", 0), ("ALPHA, within 1w", 1),
    ("within 0s", 0), ("within -1d", 0), ("within 100w", 4),
  ]

  @Test("5: communications(…) counts") func countsCommunications() throws {
    let flows = Self.counts.enumerated().map { index, row in
      "flow c\(index) { on participant updated (a) { log(communications(\(row.query))) } }"
    }
    let world = try World(
      Lab.campaign(
        """
        flow plan {
          on participant created {
            email ALPHA by bot
            email BRAVO by bot in 1d
            email CHARLIE by bot in 8d12h
            voice DELTA by bot in 5d
            voice ECHO by bot
            cancel communications DELTA
          }
        }
        \(flows.joined(separator: "\n"))
        """))
    world.upload(["email": "a@b.org"])
    world.end("ALPHA", .completed, at: "2026-01-01T01:00:00Z")
    world.session(at: "2026-01-03T06:00:00Z", channel: "whatsapp", agent: "bot")
    world.edit(at: "2026-01-03T12:00:00Z", ["a": "1"])
    let answers = try world.played().split(separator: " ").map(String.init)
    for (row, answer) in zip(Self.counts, answers) { #expect(answer == String(row.count), "communications(\(row.query))") }
    #expect(answers.count == Self.counts.count)
  }

  @Test("4.2, 4.4: check, else, stop and go") func control() throws {
    let world = try World(
      Lab.campaign(
        """
        flow go {
          on participant created {
            check participant.a == 1 { log("one") } else check participant.a == 2 { log("two") stop }
            else check participant.a > 2 { go far } else { log("unset") }
            log("after")
          }
          step near { log("near") }
          step far { log("far") check participant.a == 4 { go near } log("end") }
        }
        """))
    let expected = ["1": "one after", "2": "two", "3": "far end", "4": "far near", "": "unset after", "-1": "unset after"]
    for (a, _) in expected { world.upload("p\(a)", ["a": a]) }
    try world.finish()
    for (a, log) in expected { #expect(world.log(of: "p\(a)") == log, "a = \(a)") }
  }
}
