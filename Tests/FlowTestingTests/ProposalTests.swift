import FlowCheck
import FlowDiagnostics
import FlowRuntime
import FlowTesting
import FlowText
import Testing

/// What is found is what the engine did: nothing that is proposed can fail.
struct ProposalTests {
  private func propose(
    _ text: String, limit: Int = 4_000, location: SourceLocation = #_sourceLocation
  ) throws -> (campaign: TestedCampaign, proposed: ProposedTests) {
    let campaign = try TestedCampaign(text, observes: true, location: location)
    let deployment = try Deployment([campaign.check.campaign], zones: TestedCampaign.zones, observes: true)
    let coverage = Coverage(try #require(campaign.run.coverage), campaign.results())
    return (campaign, TestProposal(campaign.check, deployment, limit: limit).propose(beside: coverage))
  }

  /// One check, and what it takes to get to both of its ports.
  static let conditions = [
    "participant.number >= 1000", "participant.number % 7 == 3",
    "participant.number == 41 or participant.flag",
    "participant.amount > 12.5 and participant.amount < 12.52", "participant.text starts with \"ab\"",
    "participant.text ends with \"yz\" and participant.text contains \"lm\"",
    "participant.text matches \"^[0-9]{3}-x+$\"", "length(participant.text) > 30",
    "participant.mail ends with \"@example.org\"", "profile.phone starts with \"351\"",
    "participant.day is not set", "participant.day < today - 90d", "participant.day == today + 2w",
    "participant.day - today in (10d, 11d)", "participant.moment < now + 4h and participant.moment > now",
    "participant.moment - now > 36h", "participant.stage == third and not participant.flag",
    "participant.stage in (second, third) and participant.number > 5 and participant.day < today",
    "profile.name == \"Ana \\\"the\\\" \\\\ 1\"", "weekday(participant.day) == 7",
    "communications(LETTER, completed) >= 2", "result.score > 70",
    "result.answer == yes and result.score < 3",
    "communication.status == no_response", "participant.seen == 3",
  ]

  private static func campaign(_ condition: String) -> String {
    """
    campaign demo { timezone: "Europe/Madrid" }
    participant {
      number: integer  amount: numeric  flag: boolean = false  text: string  mail: email  day: date
      moment: datetime  stage: enum(first, second, third) = first  seen: integer = 0 internal
    }
    agent mailer { channel email  results { answer: enum(yes, no)  score: integer } }
    flow start {
      on participant created {
        update participant.seen = participant.seen + 1
        email LETTER by mailer
        to flow look in 1d
      }
      on communication ended (completed, no_response) { to flow look }
    }
    flow look { on from flow { check \(condition) { update participant.number = 0 } } }
    """
  }

  @Test("inputs are found for both ports", arguments: conditions)
  func solves(_ condition: String) throws {
    let (campaign, proposed) = try propose(Self.campaign(condition), limit: 20_000)
    let missing = proposed.findings(campaign.check.campaign).map(\.message)
    #expect(missing == [])
  }

  @Test(
    "proposed tests pass as they are written, and the same are proposed again",
    arguments: conditions.prefix(12))
  func isRepeatable(_ condition: String) throws {
    let text = Self.campaign(condition)
    let (_, proposed) = try propose(text)
    #expect(try propose(text).proposed.source == proposed.source)
    let whole = try TestedCampaign(text + "\n" + proposed.source, observes: true)
    #expect(whole.failures() == [])
    #expect(whole.check.campaign.tests.count == proposed.tests.count)
    // Nothing is left to propose for what they come to.
    #expect(try propose(text + "\n" + proposed.source).proposed.tests.isEmpty)
  }

  @Test func whatCannotBeIsSaidWithItsReason() throws {
    let (campaign, proposed) = try propose(
      """
      campaign demo { }
      participant { number: integer }
      flow start {
        on participant created {
          check participant.number > 5 and participant.number < 5 { stop }
        }
        on from flow { python \"\"\" writes["number"] = 1 \"\"\" writes participant.number  stop }
      }
      flow other { on participant updated { check participant.number == 3 { to flow start } } }
      """)
    let findings = proposed.findings(campaign.check.campaign)
    #expect(
      findings.map(\.message) == [
        "no test was found for the match port of this check of flow `start`",
        "no test was found for this statement of flow `start`",
      ])
    #expect(findings.last?.notes == ["runs of the flow fail: there is no Python to run the script"])
  }

  @Test func onlyWhatMattersIsWritten() throws {
    let (_, proposed) = try propose(
      """
      campaign demo { }
      participant { number: integer  other: integer = 3  more: string }
      agent mailer { channel email }
      flow start {
        on participant created {
          check participant.other > 100 { email LETTER by mailer }
          check participant.number == 7 { stop }
        }
      }
      """)
    #expect(
      proposed.source == """
        test "start: on participant created" {
          upload { external_id = "c1" }
          expect runs(start) == 1 and communications() == 0
        }

        test "start: participant.other > 100" {
          upload { external_id = "c1", other = 101 }
          expect LETTER skipped
        }

        test "start: participant.number == 7" {
          upload { external_id = "c1", number = 7 }
          expect runs(start) == 1 and communications() == 0
        }

        """)
  }
}
