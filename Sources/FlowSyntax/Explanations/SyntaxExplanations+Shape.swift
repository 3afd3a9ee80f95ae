internal import FlowDiagnostics

extension SyntaxExplanations {
  /// The shape of blocks, statements and expressions.
  static let shape: [Explanation] = [
    Explanation(
      .unclosedBrace, summary: "a `{` without its `}`",
      meaning: """
        Something stands here that cannot be inside the block that is still open: the next trigger, step or declaration,
        or the end of the file. The second label shows the brace that most likely lacks its partner; indentation is
        taken into account.
        """,
      wrong: "flow a {\n  on participant created {\n    stop\n\n  step b {\n    stop\n  }\n}\n",
      right: "flow a {\n  on participant created {\n    stop\n  }\n\n  step b {\n    stop\n  }\n}\n"),
    Explanation(
      .unmatchedBrace, summary: "a brace too many",
      meaning: "No `{` is open that this `}` could close, or a `{` stands twice.",
      wrong: "agent collector {\n  channel email\n}\n}\n", right: "agent collector {\n  channel email\n}\n"),
    Explanation(
      .misplacedStatement, summary: "a statement, trigger or step in the wrong place",
      meaning: """
        Statements stand inside triggers and steps, triggers and steps directly in a flow. `progress`, `end` and
        `chance` belong in models, which have no other statements than these and `check`. An `else` follows the block of
        a `check`. What happens in a scenario and what it expects (`upload`, `advance`, `expect` and the like) stands in
        a `test`. A `}` too many further up is a common reason.
        """,
      wrong: "flow a {\n  stop\n  on participant created { }\n}\n",
      right: "flow a {\n  on participant created {\n    stop\n  }\n}\n"),
    Explanation(
      .unsupportedDeclaration, summary: "a declaration that the language does not have yet",
      meaning: "`guarantee` is a word of the language, but this version does not understand it yet.",
      wrong: "guarantee ends: every run ends\n", right: "// every run ends\n"),
    Explanation(
      .clauseOrder, summary: "the parts of a statement in another order",
      meaning: """
        The parts of a communication stand in one order: `by`, the schedule, `within`, `expires in`, `only if`, `with`.
        Fields, the heads of flows, `python` and `end` have theirs. The fix lets the parts change places.

        A schedule after `expires in` or `only if` has no fix: after an expression `in` is the operator, so that the
        text may mean something else than it seems to.
        """,
      wrong: flow("email REMINDER by collector within mon..fri in 2d"),
      right: flow("email REMINDER by collector in 2d within mon..fri")),
    Explanation(
      .duplicateClause, summary: "a part that stands twice",
      meaning: "Each part of a statement or a declaration stands at most once, and so does the schedule.",
      wrong: flow("email REMINDER by collector in 2d at 10:00"),
      right: flow("email REMINDER by collector on today + 2d at 10:00")),
    Explanation(
      .wrongEquals, summary: "`=` where values are compared, or `==` where one is given",
      meaning: """
        `==` compares two values and stands in conditions. `=` gives a value to a field, a default or a key. A `:` stands
        only after the name of a field that is declared and after a setting.
        """,
      wrong: flow("check participant.status = paid { stop }"),
      right: flow("check participant.status == paid { stop }")),
    Explanation(
      .chainedComparison, summary: "comparisons one after the other",
      meaning: """
        A comparison is true, false or unknown, and is not compared again. What is meant by `a < b < c` is written with
        `and`.
        """,
      wrong: flow("check 1 < participant.amount < 5 { stop }"),
      right: flow("check 1 < participant.amount and participant.amount < 5 { stop }")),
  ]
}
