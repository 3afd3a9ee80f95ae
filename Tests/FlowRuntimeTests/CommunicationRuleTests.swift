import FlowRuntime
import FlowSchema
import FlowValues
import Testing

/// The life of communications (semantics C).
struct CommunicationRuleTests {
  private static let listeners = """
    flow moved { on communication updated { log(communication.status) } }
    flow ended { on communication ended { log(communication.status) } }
    """

  // MARK: C1, C2

  /// Every present status and every reported one.
  static let pairs = CommunicationStatus.allCases.flatMap { present in
    CommunicationStatus.allCases.filter { $0 != .planned }.map { (present, $0) }
  }

  @Test("C1, C2: only forward, nothing leaves a final status, started_at is set but for skipped and canceled")
  func reports() throws {
    #expect(Self.pairs.count == 90)
    for (present, reported) in Self.pairs {
      let world = try World(
        Lab.campaign("flow plan { on participant created { email ALPHA by bot in 1d } } " + Self.listeners))
      let (first, second) = ("2026-01-01T06:00:00Z", "2026-01-01T07:00:00Z")
      world.upload(["email": "a@b.org"])
      func report(_ status: CommunicationStatus, at: String) -> OutsideOutcome {
        status.isFinal ? world.end("ALPHA", status, at: at) : world.progress("ALPHA", status, at: at)
      }
      if present != .planned { #expect(report(present, at: first) == .applied) }
      let advances = !present.isFinal && reported.rawValue > present.rawValue
      let label: Comment = "\(present) then \(reported)"
      #expect(report(reported, at: second) == (advances ? .applied : .ignored), label)
      let summary = try world.finish()
      #expect(summary.ignoredReports == (advances ? 0 : 1), label)
      let status = advances ? reported : present
      let applied = (present == .planned ? [] : [(present, first)]) + (advances ? [(reported, second)] : [])
      let started = applied.first { ![.skipped, .canceled].contains($0.0) }?.1 ?? "-"
      let ended = applied.first { $0.0.isFinal }?.1 ?? "-"
      #expect(world.log() == applied.map(\.0.spelling).joined(separator: " "), label)
      #expect(
        world.contacts == ["ALPHA \(status.spelling) 2026-01-02T00:00:00Z \(started) \(ended)"], label)
    }
  }

  @Test("C2: a report on nothing is unmatched")
  func unmatchedReports() throws {
    let world = try World(
      Lab.campaign("flow plan { on participant created { email ALPHA by bot email BRAVO by bot in 1d } }"))
    world.upload()
    func isUnmatched(_ outcome: OutsideOutcome) -> Bool {
      if case .unmatched = outcome { true } else { false }
    }
    #expect(isUnmatched(world.end("OTHER", .completed, at: "2026-01-01T01:00:00Z")))
    #expect(isUnmatched(world.end(nil, .completed, at: "2026-01-01T01:00:00Z")))
    #expect(isUnmatched(world.end("ALPHA", .completed, id: "nobody", at: "2026-01-01T01:00:00Z")))
  }

  // MARK: C3

  /// Channel, address fields, and whether a communication starts with them.
  static let addresses: [(channel: String, fields: KeyValuePairs<String, String>, starts: Bool)] = [
    ("email", [:], false), ("email", ["email": "a@b.org"], true), ("email", ["phone": "1"], false),
    ("voice", ["phone": "+34 600"], true), ("voice", ["whatsapp_id": "1"], false),
    ("voice", ["email": "a@b.org"], false),
    ("whatsapp", ["whatsapp_id": "1"], true), ("whatsapp", ["phone": "600"], true),
    ("whatsapp", ["telegram_id": "1", "email": "a@b.org"], false),
    ("telegram", ["telegram_id": "1"], true), ("telegram", ["telegram_username": "ann"], false),
    ("telegram", ["phone": "600"], false),
  ]

  @Test("C3: who lacks the address of the channel is skipped at the start", arguments: addresses)
  func needsAddress(_ row: (channel: String, fields: KeyValuePairs<String, String>, starts: Bool)) throws {
    let world = try World(
      Lab.campaign(
        "flow plan { on participant created { \(row.channel) ALPHA by bot in 1h } } " + Self.listeners))
    world.upload("c1", row.fields)
    #expect(try world.played() == (row.starts ? "started" : "skipped"))
    #expect(
      world.contacts == [
        row.starts
          ? "ALPHA started 2026-01-01T01:00:00Z 2026-01-01T01:00:00Z -"
          : "ALPHA skipped 2026-01-01T01:00:00Z - 2026-01-01T01:00:00Z"
      ])
  }

  @Test("C3: the address counts that is there at the start, neither an earlier nor a later one")
  func addressAtTheStart() throws {
    let source = Lab.campaign(
      "flow plan { on participant created { voice ALPHA by bot in 2h } } " + Self.listeners)
    let gained = try World(source)
    gained.upload()
    gained.edit(at: "2026-01-01T01:00:00Z", ["phone": "600"])
    #expect(try gained.played() == "started")
    let lost = try World(source)
    lost.upload(["phone": "600"])
    lost.edit(at: "2026-01-01T01:00:00Z", ["phone": nil])
    #expect(try lost.played() == "skipped")
    let late = try World(source)
    late.upload()
    late.edit(at: "2026-01-01T03:00:00Z", ["phone": "600"])
    #expect(try late.played() == "skipped")
  }

  @Test("C3, E2: a row of an upload is not known before its time")
  func rowsAreNotKnownBefore() throws {
    let source = Lab.campaign(
      """
      flow plan { on participant created { log(profile.phone) voice ALPHA by bot in 2h } }
      """ + Self.listeners)
    let later = try World(source)
    later.upload()
    later.uploadTogether([[("external_id", "c1"), ("phone", "600")]], at: "2026-01-01T03:00:00Z")
    #expect(try later.played() == "- skipped 600 started")
    let behind = try World(source)
    behind.uploadTogether([
      [("external_id", "c1")], [("external_id", "c2"), ("phone", "700")],
      [("external_id", "c1"), ("phone", "600")],
      [("external_id", "c1"), ("phone", "601")], [("external_id", "c2")],
    ])
    try behind.finish()
    #expect(behind.log() == "- 600 601 started started started")
    #expect(behind.log(of: "c2") == "700 700 started started")
    #expect(behind.value("profile.phone") == "601")
  }

  /// Conditions, and whether a communication starts.
  static let conditions: [(condition: String, starts: Bool)] = [
    ("participant.yes", true), ("not participant.yes", false), ("participant.a == 1", true),
    ("participant.b == 1", false), ("participant.b is not set", true), ("1 % participant.z == 0", false),
    ("profile.vip", false), ("true", true), ("false", false), ("now == 2026-01-01T02:00", true),
    ("communication.name == ALPHA", false), ("communication.name is not set", true),
    ("communications(planned) == 1", true), ("result.r is not set", true),
  ]

  @Test(
    "C3: only if is read at the start; what is not true then skips, a run error too", arguments: conditions)
  func onlyIf(_ row: (condition: String, starts: Bool)) throws {
    let world = try World(
      Lab.campaign(
        """
        flow plan {
          on participant created { email ALPHA by bot in 2h only if \(row.condition) }
        }
        """ + Self.listeners, fields: "z: integer = 0"))
    world.upload(["email": "a@b.org"])
    world.edit(at: "2026-01-01T01:00:00Z", ["a": "1", "yes": "true"])
    #expect(try world.played() == (row.starts ? "started" : "skipped"))
    #expect(world.failures.isEmpty)
  }

  @Test("C3: communication and result in only if are those of the run that created it")
  func contextOfOnlyIf() throws {
    let world = try World(
      Lab.campaign(
        """
        flow plan { on participant created { email ALPHA by bot } }
        flow follow {
          on communication ended (ALPHA) {
            email BRAVO by bot in 2h only if communication.name == ALPHA and result.r == 4
            email CHARLIE by bot in 2h only if communication.status == completed and result.r == 5
          }
        }
        flow other {
          on communication ended (ALPHA) { email DELTA by bot in 1h }
        }
        """))
    world.upload(["email": "a@b.org"])
    world.end("ALPHA", .completed, at: "2026-01-01T01:00:00Z", ["r": "4"])
    world.end("DELTA", .completed, at: "2026-01-01T02:30:00Z", ["r": "5"])
    try world.finish()
    #expect(
      world.statuses() == ["ALPHA completed", "BRAVO started", "CHARLIE skipped", "DELTA completed"])
  }

  /// `expires in`, and when the communication becomes what.
  static let expiries: [(clauses: String, contact: String)] = [
    // Planned for 10:00 of the next day: asked for at 12:00.
    (
      "at 2026-01-01T12:00 within 10:00..11:00 expires in 22h",
      "started 2026-01-02T10:00:00Z 2026-01-02T10:00:00Z -"
    ),
    (
      "at 2026-01-01T12:00 within 10:00..11:00 expires in 21h59m59s",
      "skipped 2026-01-02T10:00:00Z - 2026-01-02T09:59:59Z"
    ),
    (
      "at 2026-01-01T12:00 within 10:00..11:00 expires in 0s",
      "skipped 2026-01-02T10:00:00Z - 2026-01-01T12:00:00Z"
    ),
    // The limit has passed when it is created.
    ("at 2025-12-31T00:00 expires in 12h", "skipped 2026-01-01T06:00:00Z - 2026-01-01T06:00:00Z"),
    ("at 2025-12-31T00:00 expires in 2d", "started 2026-01-01T06:00:00Z 2026-01-01T06:00:00Z -"),
    ("in -1h expires in 1h", "started 2026-01-01T06:00:00Z 2026-01-01T06:00:00Z -"),
    ("in -1h expires in 59m", "skipped 2026-01-01T06:00:00Z - 2026-01-01T06:00:00Z"),
    ("expires in 0s", "started 2026-01-01T06:00:00Z 2026-01-01T06:00:00Z -"),
    ("within 05:00..06:00 expires in 1d", "started 2026-01-02T05:00:00Z 2026-01-02T05:00:00Z -"),
    ("within 05:00..06:00 expires in 22h", "skipped 2026-01-02T05:00:00Z - 2026-01-02T04:00:00Z"),
  ]

  @Test("C3: expires in counts from the time asked for", arguments: expiries)
  func expiry(_ row: (clauses: String, contact: String)) throws {
    let world = try World(
      Lab.campaign("flow plan { on participant created { email ALPHA by bot \(row.clauses) } }"))
    world.upload(at: "2026-01-01T06:00:00Z", ["email": "a@b.org"])
    try world.finish()
    #expect(world.contacts == ["ALPHA \(row.contact)"])
  }

  @Test("C3, E2: a communication for now is planned, and starts at the same instant in its order")
  func forNow() throws {
    let world = try World(
      Lab.campaign(
        """
        flow plan { on participant created { email ALPHA by bot log(communications(planned)) } }
        flow second { on participant created { log(communications(planned)) log(communications(started)) } }
        """ + Self.listeners))
    world.upload(["email": "a@b.org"])
    #expect(try world.played() == "1 1 0 started")
  }

  // MARK: C4

  /// The statement, and the names that are canceled of ALPHA (planned), BRAVO (started), CHARLIE (ended), ALPHA again.
  static let cancellations: [(statement: String, canceled: String)] = [
    ("cancel communications", "ALPHA BRAVO ALPHA"),
    ("cancel planned communications", "ALPHA ALPHA"),
    ("cancel communications BRAVO", "BRAVO"),
    ("cancel communications BRAVO, ALPHA", "ALPHA BRAVO ALPHA"),
    ("cancel planned communications BRAVO", ""),
    ("cancel planned communications ALPHA, BRAVO, CHARLIE", "ALPHA ALPHA"),
    ("cancel communications CHARLIE", ""),
  ]

  @Test(
    "C4: what is canceled, in order of creation, each firing Communication Ended", arguments: cancellations)
  func cancellation(_ row: (statement: String, canceled: String)) throws {
    let world = try World(
      Lab.campaign(
        """
        flow plan {
          on participant created { to flow one to flow two to flow one }
        }
        flow one { on from flow { email ALPHA by bot in 9d } }
        flow two { on from flow { email BRAVO by bot email CHARLIE by bot } }
        flow cancel_them { on participant updated { \(row.statement) } }
        flow ended { on communication ended (canceled) { log(communication.name) } }
        """))
    world.upload(["email": "a@b.org"])
    world.end("CHARLIE", .completed, at: "2026-01-02T00:00:00Z")
    world.session(at: "2026-01-02T00:00:00Z")
    world.edit(at: "2026-01-03T00:00:00Z", ["a": "1"])
    #expect(try world.played() == row.canceled)
    #expect(world.statuses().contains("session started"))
  }

  @Test("C4: only those of this campaign and participant")
  func cancellationOfOneCampaign() throws {
    func source(_ name: String) -> String {
      Lab.campaign(
        """
        flow plan { on participant created { email ALPHA by bot in 1d } }
        flow stop_all { on participant updated { cancel communications } }
        """, name: name)
    }
    let world = try World([source("one"), source("two")])
    world.upload("c1", campaign: 0, ["email": "a@b.org"])
    world.upload("c1", campaign: 1)
    world.upload("c2", campaign: 0, ["email": "c@b.org"])
    world.edit("c1", at: "2026-01-01T01:00:00Z", campaign: 0, ["a": "1"])
    try world.finish()
    #expect(world.statuses(of: "c1").sorted() == ["ALPHA canceled", "ALPHA started"])
    #expect(world.statuses(of: "c2") == ["ALPHA started"])
  }

  // MARK: C6

  /// Results that a report brings, and whether it is applied.
  static let results: [(results: KeyValuePairs<String, String>, isApplied: Bool)] = [
    ([:], true), (["r": "4"], true), (["r": "four"], false), (["unknown": "1"], false),
    (["outcome": "won"], true),
    (["outcome": "new"], false), (["on": "2026-02-30"], false), (["r": "1", "outcome": "maybe"], false),
    (["seen": "2026-01-01T10:00"], true), (["r": ""], true),
  ]

  @Test("C6: an undeclared or ill-typed result is rejected and nothing is applied", arguments: results)
  func resultsAreDeclared(_ row: (results: KeyValuePairs<String, String>, isApplied: Bool)) throws {
    let world = try World(
      Lab.campaign("flow plan { on participant created { email ALPHA by bot } } " + Self.listeners))
    world.upload(["email": "a@b.org"])
    let outcome = world.end("ALPHA", .completed, at: "2026-01-01T01:00:00Z", row.results)
    if case .refused(let reason) = outcome {
      #expect(!row.isApplied)
      #expect(!reason.isEmpty)
    } else {
      #expect(outcome == .applied)
      #expect(row.isApplied)
    }
    #expect(try world.played() == (row.isApplied ? "started completed" : "started"))
  }

  // MARK: C7

  /// Statements with an unset schedule or duration.
  static let unsetSchedules = [
    "email ALPHA by bot at participant.w", "email ALPHA by bot on participant.d at 10:00",
    "email ALPHA by bot on participant.d within 09:00..10:00", "email ALPHA by bot in participant.w - now",
    "email ALPHA by bot at time(participant.w)", "email ALPHA by bot expires in participant.w - now",
    "email ALPHA by bot on today at time(participant.w)",
    "to flow next in participant.w - now", "to flow next at participant.w",
    "to flow next on participant.d at 10:00",
  ]

  @Test("C7: a schedule or duration that is unset is a run error", arguments: unsetSchedules)
  func unsetSchedule(_ statement: String) throws {
    let world = try World(
      Lab.campaign(
        "flow go { on participant created { \(statement) } } flow next { on from flow { stop } }"))
    world.upload()
    try world.finish()
    #expect(world.failures == ["unset-schedule 1"])
    #expect(world.contacts.isEmpty)
  }

  @Test("C3: the payload is worked out when the communication is created")
  func payload() throws {
    let world = try World(
      Lab.campaign(
        """
        flow plan {
          on participant created {
            email ALPHA by bot in 1h with { a = participant.a, none = participant.b, half = participant.a / 2 }
            update participant.a = 9
          }
        }
        """))
    world.upload(["email": "a@b.org", "a": "3"])
    try world.finish()
    let payloads = world.simulation.stories[0].entries.compactMap { entry -> [String]? in
      guard case .communication(let change) = entry, change.status == .started else { return nil }
      return change.payload.map { "\($0.source)=\($0.value)" }
    }
    #expect(payloads == [["a=3", "none=unset", "half=1.5"]])
  }
}
