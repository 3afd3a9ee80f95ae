import FlowCheck
import FlowRuntime
import FlowTesting
import FlowText
import Testing

/// What tests are said to come to is what the engine did, whatever the order.
struct CoverageTests {
  // MARK: Bounds in time

  struct BoundCase: Sendable, CustomTestStringConvertible {
    /// A statement of the flow, and what has happened.
    var statement: String
    var test: String
    /// The sides that were seen.
    var seen: [String]

    init(_ statement: String, _ test: String, _ seen: [String]) {
      self.statement = statement
      self.test = test
      self.seen = seen
    }

    var testDescription: String { "\(statement) / \(test)" }
  }

  static let boundCases = [
    BoundCase("check participant.day < today { }", "day = 2026-01-07", ["both sides equal just before"]),
    BoundCase("check participant.day < today { }", "day = 2026-01-08", ["both sides equal at"]),
    BoundCase("check participant.day < today { }", "day = 2026-01-09", ["both sides equal just after"]),
    BoundCase("check participant.day < today { }", "day = 2026-01-10", []),
    BoundCase("check participant.day < today { }", "external_id = \"c2\"", []),
    BoundCase("check today - participant.day >= 2d { }", "day = 2026-01-05", ["both sides equal just after"]),
    BoundCase("check today - participant.day >= 2d { }", "day = 2026-01-06", ["both sides equal at"]),
    BoundCase(
      "check now > participant.moment { }", "moment = 2026-01-08T09:59", ["both sides equal just after"]),
    BoundCase(
      "check now > participant.moment { }", "moment = 2026-01-08T10:01", ["both sides equal just before"]),
    BoundCase("check now > participant.moment { }", "moment = 2026-01-08T10:01:30", []),
    BoundCase(
      "check time(participant.moment) == 12:00 { }", "moment = 2026-03-08T12:00", ["both sides equal at"]),
    // What is not evaluated is not seen.
    BoundCase("check participant.day is not set and participant.day < today { }", "day = 2026-01-08", []),
    // A comparison of two constants, and one that is not of times, has no bound.
    BoundCase("check 2026-01-01 < 2026-01-02 and participant.number > 5 { }", "number = 5", []),
    BoundCase(
      "update participant.number = if(participant.day == today, 1, 2)", "day = 2026-01-08",
      ["both sides equal at"]),
    BoundCase(
      "email A by mailer at participant.moment within 09:00..17:00", "moment = 2026-01-12T09:00", ["start at"]
    ),
    BoundCase(
      "email A by mailer at participant.moment within 09:00..17:00", "moment = 2026-01-12T17:00:30",
      ["end just after"]),
    BoundCase(
      "email A by mailer at participant.moment within 00:00..17:00", "moment = 2026-01-12T23:59",
      ["start just before"]),
    BoundCase(
      "email A by mailer on participant.day at 12:00 within 09:00..17:00 mon..fri", "day = 2026-01-10",
      ["sat at"]),
    BoundCase(
      "email A by mailer on participant.day at 12:00 within 09:00..17:00 mon..fri", "day = 2026-01-11",
      ["mon just before", "sat just after"]),
    // The window moves the start by exactly as much as the expiry allows.
    BoundCase(
      "email A by mailer on participant.day at 12:00 within sun expires in 1d", "day = 2026-01-10",
      ["sun just before", "expiry at"]),
    BoundCase("email A by mailer expires in 1d", "day = 2026-01-10", []),
    BoundCase(
      "email A by mailer at participant.moment expires in 1d", "moment = 2026-01-07T10:00", ["expiry at"]),
    BoundCase(
      "email A by mailer only if participant.day == today", "day = 2026-01-09",
      ["both sides equal just after"]),
  ]

  @Test("bounds are seen just before, at and just after", arguments: boundCases)
  func seesBounds(_ bound: BoundCase) throws {
    let id = bound.test.contains("external_id") ? "" : "external_id = \"c1\", "
    let campaign = try TestedCampaign(
      """
      campaign demo { }
      participant { day: date  moment: datetime  number: integer }
      agent mailer { channel email }
      flow start { on participant created { \(bound.statement) } }
      test "one" { at 2026-01-08T10:00 upload { \(id)\(bound.test) } }
      """, observes: true)
    let coverage = Coverage(try #require(campaign.run.coverage), campaign.results())
    let seen = coverage.map.places.enumerated().compactMap { position, place -> String? in
      guard case .bound(let side) = place.kind, coverage.counts[position] > 0 else { return nil }
      return "\(place.bound?.words ?? "") \(side.words)"
    }
    #expect(Set(seen) == Set(bound.seen))
  }

  // MARK: Ports

  @Test func aPortCountsWhereNothingStandsBehindIt() throws {
    let coverage = try coverage(
      """
      campaign demo { }
      participant { number: integer }
      flow start { on participant created { check participant.number > 5 { } } }
      test "below" { upload { external_id = "c1", number = 5 } }
      test "unset" { upload { external_id = "c1" } }
      """)
    let figures = coverage.figures()
    #expect(figures.ports.covered == 1 && figures.ports.all == 2 && figures.ports.percent == 50)
    #expect(figures.nodes.percent == 100 && figures.triggers.percent == 100)
  }

  @Test func modelsAndInactiveFlowsDoNotCount() throws {
    let coverage = try coverage(
      """
      campaign demo { }
      participant { number: integer }
      agent mailer { channel email }
      flow start { on participant created { email A by mailer } }
      flow old inactive { on participant created { stop } }
      model mailer { chance 50% { end completed after 1h } else { end failed after 1h } }
      test "one" simulated { upload { external_id = "c1", email = "a@example.com" } advance 1d }
      """)
    #expect(coverage.figures().nodes.all == 1 && coverage.figures().ports.all == 0)
    #expect(coverage.uncovered == [])
  }

  @Test func aStatementThatFailsItsRunWasReached() throws {
    let coverage = try coverage(
      """
      campaign demo { }
      participant { number: integer }
      flow start {
        on participant created {
          update participant.number = 10 % participant.number
          check 1 % participant.number > 0 { }
          stop
        }
      }
      test "one" { upload { external_id = "c1", number = 10 } }
      """)
    #expect(coverage.figures().nodes.covered == 2)
    #expect(coverage.figures().ports.covered == 0)
  }

  private func coverage(_ text: String) throws -> Coverage {
    let campaign = try TestedCampaign(text, observes: true)
    return Coverage(try #require(campaign.run.coverage), campaign.results())
  }

  // MARK: Properties

  @Test(
    "covered places are places, and neither order nor threads change them", arguments: SampleFolders.names)
  func isIndependentOfOrder(_ name: String) throws {
    let campaign = try TestedCampaign(TestedCampaign.files("samples/\(name)"), observes: true)
    let map = try #require(campaign.run.coverage)
    let results = campaign.results()
    let once = Coverage(map, results)
    #expect(once.counts.covered.allSatisfy(map.places.indices.contains))
    #expect(Coverage(map, campaign.results(jobs: 3)).counts == once.counts)
    for seed in 0..<UInt64(8) {
      let shuffled = Self.shuffled(results, seed: seed)
      let parts = [shuffled.prefix(shuffled.count / 3), shuffled.dropFirst(shuffled.count / 3)]
      var merged = Coverage(map)
      for part in parts { merged.add(Coverage(map, Array(part)).counts) }
      #expect(merged.counts == once.counts, "seed \(seed)")
    }
    for figure in [once.figures().nodes, once.figures().ports, once.figures().triggers] {
      #expect(figure.covered <= figure.all && (figure.percent == 100) == (figure.covered == figure.all))
    }
  }

  private static func shuffled(_ results: [TestResult], seed: UInt64) -> [TestResult] {
    var state = seed
    return results.map { result -> (UInt64, TestResult) in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33, result)
    }.sorted { $0.0 < $1.0 }.map(\.1)
  }
}
