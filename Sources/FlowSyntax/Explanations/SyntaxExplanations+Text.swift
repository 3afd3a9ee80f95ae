internal import FlowDiagnostics

extension SyntaxExplanations {
  /// The text itself: its encoding, its characters, its literals.
  static let text: [Explanation] = [
    Explanation(
      .invalidEncoding, summary: "bytes that are no UTF-8",
      meaning: """
        A `.flow` file is written in UTF-8. Bytes stand at the marked place that mean nothing in it; most often the
        file was saved by an editor that uses another encoding, such as Latin-1 or UTF-16.
        """,
      reason: "Guessing the encoding would turn names of people into other names.",
      wrong: .command("printf '// caf\\351\\n' > campaign/notes.flow && flow check campaign"),
      right: .command("printf '// caf\\303\\251\\n' > campaign/notes.flow && flow check campaign")),
    Explanation(
      .unexpectedCharacter, summary: "a character that no part of the language is written with",
      meaning: """
        Names are made of the letters `A` to `Z`, digits and `_`. Other letters may stand in texts between quotes, in
        titles and in comments. Control characters and blanks that only look like one, such as the no-break space of a
        web page, stand nowhere.
        """,
      wrong: "enum size (klein, größe)\n", right: "enum size (klein, groesse)\n"),
    Explanation(
      .foreignSpelling, summary: "a spelling from another language",
      meaning: """
        Flow has one way to write a thing. The message names it: `and` for `&&`, `not` for `!`, `check` for `if`,
        `else check` for `else if`, `//` for `#`, straight quotes for typographic ones, nothing for `;`.
        """,
      wrong: flow("check participant.paid && participant.amount > 5 {\n  stop\n}"),
      right: flow("check participant.paid and participant.amount > 5 {\n  stop\n}")),
    Explanation(
      .unterminatedText, summary: "a text without its closing quotes",
      meaning: """
        A text between `"` ends on the line where it begins; `\\n` stands for a line break in it. A text over several
        lines, such as a Python script, stands between `\"\"\"` and `\"\"\"`.
        """,
      wrong: "campaign spring \"Spring {\n}\n", right: "campaign spring \"Spring\" { }\n"),
    Explanation(
      .invalidEscape, summary: "a backslash before something that cannot be escaped",
      meaning: """
        In a text between `"` a backslash begins one of `\\"`, `\\\\`, `\\n`, `\\t` and `\\u{…}`, the last with the
        hexadecimal number of a Unicode scalar. A backslash itself is written `\\\\`.
        """,
      wrong: "use \"shared\\customer.flow\"\n", right: "use \"shared/customer.flow\"\n"),
    Explanation(
      .malformedLiteral, summary: "a number, date, time or duration that is not written as one",
      meaning: """
        Dates are written `2026-11-09`, times `09:00`, datetimes `2026-11-09T09:00` with an optional `Z` or `+01:00`,
        numbers `12` or `0.5`, and durations `30s`, `15m`, `24h`, `3d`, `2w` or several of them in falling order, such
        as `1h30m`.
        """,
      reason: "`2026-11-9` would otherwise be a subtraction.",
      wrong: "window office 9:00..20:00\n", right: "window office 09:00..20:00\n"),
    Explanation(
      .literalOutOfRange, summary: "a number, date, time or duration that does not exist",
      meaning: """
        The literal is well written, and yet there is no such value: the 30th of February, 25 o'clock, an integer of
        more than 64 bits, a percentage above 100. `24:00` exists as the end of a window only, and a window does not
        end when it begins: the whole day is `00:00..24:00`.
        """,
      wrong: "participant {\n  since: date = 2026-02-30\n}\n",
      right: "participant {\n  since: date = 2026-02-28\n}\n"),
  ]
}
