internal import FlowDiagnostics

extension CheckExplanations {
  /// A small campaign, and a test after it.
  private static func test(_ statements: String) -> Explanation.Example {
    let body = statements.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "  " + $0 }
    return .flow(
      """
      campaign demo { }

      participant {
        amount: numeric
        contacted: boolean = false internal
      }

      agent mailer { channel email }

      flow start {
        on participant created {
          email WELCOME by mailer with { amount = participant.amount }
          update participant.contacted = true
        }
      }

      test "somebody new is welcomed" {
      \(body.joined(separator: "\n"))
      }

      """)
  }

  /// Tests and scenarios.
  static let tests: [Explanation] = [
    Explanation(
      .clockBackwards, summary: "a clock that would go back",
      meaning: """
        A test is told in the order in which things happen. `at` moves the clock to a time, with everything that is due
        until then, and what has happened cannot be undone.
        """,
      wrong: test("at 2026-02-01T09:00\nupload { external_id = \"c1\" }\nat 2026-01-31T09:00"),
      right: test("at 2026-01-31T09:00\nupload { external_id = \"c1\" }\nat 2026-02-01T09:00")),
    Explanation(
      .nestedParticipant, summary: "`for` inside `for`",
      meaning: "A block of `for` is about one participant; another one has a block of their own behind it.",
      wrong: test(
        "upload { external_id = \"c1\" }\nfor \"c1\" {\n  for \"c1\" { expect WELCOME skipped }\n}"),
      right: test("upload { external_id = \"c1\" }\nfor \"c1\" { expect WELCOME skipped }")),
    Explanation(
      .ambiguousParticipant, summary: "a statement that could be about several people",
      meaning: """
        As long as a test has one participant, everything in it is about them. Once it has several, `for "key" { … }`
        says whom a report, an edit or an expectation is about. The key is the `external_id` or any other.
        """,
      wrong: test(
        "upload { external_id = \"c1\" }\nupload { external_id = \"c2\" }\nexpect participant.contacted"),
      right: test(
        "upload { external_id = \"c1\" }\nupload { external_id = \"c2\" }\nfor \"c1\" { expect participant.contacted }"
      )),
    Explanation(
      .internalUpload, summary: "an upload of an internal field",
      meaning: """
        A field that is `internal` belongs to the flows: it is never read from an upload, and a file with such a column
        is refused. Tests keep to that. An edit from outside, `update participant.x = …`, may write it.
        """,
      wrong: test("upload { external_id = \"c1\", contacted = true }"),
      right: test("upload { external_id = \"c1\" }\nupdate participant.contacted = true")),
    Explanation(
      .unsentKey, summary: "something that is never sent",
      meaning: """
        `expect NAME STATUS with { key = value }` is about what the communication was given by its `with`. A key that
        its statement does not have could never be there.
        """,
      wrong: test("upload { external_id = \"c1\", amount = 5 }\nexpect WELCOME skipped with { amuont = 5 }"),
      right: test("upload { external_id = \"c1\", amount = 5 }\nexpect WELCOME skipped with { amount = 5 }")),
    Explanation(
      .testFunction, summary: "a function that only tests have",
      meaning: """
        `runs(FLOW)` and `rejected()` count what happened to everybody in a test. A flow knows its own participant
        alone, so it has `communications(…)` and its fields.
        """,
      wrong: """
        campaign demo { }

        flow start {
          on participant created {
            check runs(start) > 1 { stop }
          }
        }
        """,
      right: """
        campaign demo { }

        flow start {
          on participant created { stop }
        }

        test "it runs once" {
          upload { external_id = "c1" }
          expect runs(start) == 1
        }
        """),
  ]
}
