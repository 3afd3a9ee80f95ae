internal import FlowDiagnostics

extension SyntaxExplanations {
  /// How names are spelled.
  static let names: [Explanation] = [
    Explanation(
      .reservedName, summary: "a name that is a word of the language in its place",
      meaning: """
        Words of the language may be names nearly everywhere: a field may be called `status`, `email` or `on`. A few
        may not, since nobody could tell the two apart.

        - `true false unset now today not and or in is` name no case, agent, flow, step or communication.
        - An enumeration is not called like a type, a window not like a day of the week, a channel not `channel` or
          `results`.
        """,
      wrong: "enum answer (yes, not)\n", right: "enum answer (yes, no)\n"),
    Explanation(
      .nameCase, summary: "a name in the wrong case",
      meaning: """
        Communications have names wholly in capitals, such as `FIRST_REMINDER`; every other name that is declared
        contains a small letter. So a reader sees at once which names stand for messages to somebody.
        """,
      wrong: flow("email first_reminder by collector"), right: flow("email FIRST_REMINDER by collector")),
  ]
}
