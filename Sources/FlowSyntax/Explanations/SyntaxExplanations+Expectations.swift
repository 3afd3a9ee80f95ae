internal import FlowDiagnostics

extension SyntaxExplanations {
  /// What should have stood at a place.
  static let expectations: [Explanation] = [
    Explanation(
      .expectedToken, summary: "a word or sign is missing, or another stands in its place",
      meaning: """
        The message says what should stand at the marked place and what was found. Often the mistake is just before it:
        a missing comma, a missing `by`, a parenthesis that is not closed.
        """,
      wrong: flow("email REMINDER in 2d"), right: flow("email REMINDER by collector in 2d")),
    Explanation(
      .expectedName, summary: "a name is missing",
      meaning: """
        A name begins with a letter or `_` and goes on with letters, digits and `_`. What is declared and what is
        referred to both need one.
        """,
      wrong: "flow {\n  on participant created { stop }\n}\n",
      right: "flow welcome {\n  on participant created { stop }\n}\n"),
    Explanation(
      .expectedType, summary: "a field without its type",
      meaning: """
        Every field and every result has a type after its colon: `string`, `integer`, `numeric`, `boolean`, `date`,
        `datetime`, `email`, `phone`, `enum(a, b)`, or the name of an enumeration that is declared elsewhere.
        """,
      wrong: "participant {\n  amount: = 5\n}\n", right: "participant {\n  amount: numeric = 5\n}\n"),
    Explanation(
      .expectedExpression, summary: "a value is missing",
      meaning: """
        A value should stand here: a field such as `participant.status`, a literal, a case, a function, or several of
        them with operators between.
        """,
      wrong: flow("update participant.amount = 5 +"), right: flow("update participant.amount = 5 + 1")),
    Explanation(
      .expectedStatement, summary: "a line that does not begin like a statement",
      meaning: """
        Statements begin with a word: `check`, a channel (`email`, `telegram`, `voice`, `whatsapp`), `cancel`, `update`,
        `to flow`, `python`, `stop` or `go`; in models `progress`, `end`, `chance` or `check`;
        in tests `at`, `advance`, `upload`, `update`, `progress`, `end`, `incoming session`, `for` or `expect`.
        """,
      wrong: flow("wait 2d"), right: flow("to flow second_try in 2d")),
    Explanation(
      .expectedDeclaration, summary: "something that is no declaration, trigger or step",
      meaning: """
        A file holds `use`, `campaign`, `profile`, `participant`, `enum`, `window`, `agent`, `flow`, `model` and `test`; a flow
        holds triggers (`on …`) and steps (`step name`).
        """,
      wrong: "agnt collector {\n  channel email\n}\n", right: "agent collector {\n  channel email\n}\n"),
  ]
}
