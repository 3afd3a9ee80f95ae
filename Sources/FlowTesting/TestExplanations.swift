public import FlowDiagnostics

/// The pages of what tests find.
public enum TestExplanations {
  public static let all: [Explanation] = [
    failedExpectation, impossibleStatement, uncovered, unreached, unnoticedChange,
  ]

  private static let campaign = """
    campaign demo { }

    participant {
      amount: numeric
      status: enum(new, greeted) = new internal
    }

    agent mailer { channel email }

    flow start {
      on participant created {
        check participant.amount > 100 {
          email WELCOME by mailer
        }
        update participant.status = greeted
      }
    }

    """

  private static func test(_ statements: String) -> Explanation.Example {
    let body = statements.split(separator: "\n").map { "  \($0)\n" }.joined()
    return .flow(campaign + "\ntest \"who is new is greeted\" {\n" + body + "}\n")
  }

  static let failedExpectation = Explanation(
    .failedExpectation, summary: "something is not as a test expects it",
    meaning: """
      The test was played up to this expectation, on a virtual clock and by the rules of production. Under every part of
      a condition stands its value. For a communication that is not there, the check that stopped the run which came
      nearest is shown, with what it saw.
      """,
    wrong: test("upload { external_id = \"c1\", amount = 120 }\nexpect participant.status == new"),
    right: test("upload { external_id = \"c1\", amount = 120 }\nexpect participant.status == greeted"),
    limits: "The first failure ends a test: what stands behind it may depend on it.")

  static let impossibleStatement = Explanation(
    .impossibleStatement, summary: "something that a test says happens cannot happen",
    meaning: """
      A report needs a communication that is open, an edit somebody who takes part, and the clock never goes back. What
      could not happen in production fails the test at once.
      """,
    wrong: test("upload { external_id = \"c1\", amount = 20 }\nend WELCOME completed"),
    right: test(
      "upload { external_id = \"c1\", email = \"ana@example.com\", amount = 120 }\nend WELCOME completed"))

  static let uncovered = Explanation(
    .uncovered, summary: "no test comes to a statement, a port or a trigger",
    meaning: """
      `flow test --coverage` counts what tests really come to: the statements of flows, the Match and the Else port of each
      check, also where nothing stands behind it, and the triggers. What lies behind a place that no test comes to is not
      listed once more.
      """,
    wrong: test(
      "upload { external_id = \"c1\", email = \"ana@example.com\", amount = 120 }\nexpect WELCOME started"),
    right: test(
      """
      upload { external_id = "c1", email = "ana@example.com", amount = 120 }
      upload { external_id = "c2", email = "eva@example.com", amount = 20 }
      for "c2" { expect no WELCOME }
      """),
    limits: "That a test comes to a place says nothing of whether it would notice a fault there.")

  static let unnoticedChange = Explanation(
    .unnoticedChange, summary: "no test notices a change of a flow",
    meaning: """
      `flow test --mutate` changes the flows in one place at a time: a condition the other way round or with a part too
      few, a bound missed by one, another case or literal, a statement or clause left out, a time shifted, a hand-over
      elsewhere, a trigger gone. After each change the tests run again. Where all of them pass, whoever makes that
      mistake will not hear of it: either something is not expected anywhere, or it does not matter and can go.
      """,
    wrong: test("upload { external_id = \"c1\", amount = 120 }\nexpect participant.status == greeted"),
    right: .flow(
      campaign + """

        test "who is new is greeted" {
          upload { external_id = "c1", amount = 101 }
          expect participant.status == greeted
          expect WELCOME skipped
        }

        test "a hundred is not enough for a mail" {
          upload { external_id = "c1", amount = 100 }
          expect no WELCOME
        }

        """),
    limits: """
      A change that does not check is no mutant, and neither is one that compiles to what was there before, or to the
      same as another change. Some of the rest still do the same for everybody, as `<` for `<=` where both sides are never
      equal: a score of a hundred is not the aim. Inactive flows, models and tests are not changed.
      """)

  static let unreached = Explanation(
    .unreached, summary: "no test was found for a statement, a port or a trigger",
    meaning: """
      `flow test --write` looks for inputs that lead to what no test comes to: the constants of conditions and their
      neighbours, in rows, edits, reports and sessions, one after the other. What was not found may need more steps or
      other values than are tried, or nothing at all leads there. `flow lint` knows some of the latter.
      """,
    wrong: .flow(
      campaign
        + """

        flow again {
          on from flow { stop }
        }
        """ + "\n"),
    right: .flow(campaign),
    limits: "What lies behind a place that was not found is not listed once more.")
}
