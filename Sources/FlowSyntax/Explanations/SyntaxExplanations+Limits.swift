internal import FlowDiagnostics

extension SyntaxExplanations {
  /// What may not grow without bound.
  static let limits: [Explanation] = [
    Explanation(
      .nestingTooDeep, summary: "blocks or expressions too deep inside one another",
      meaning: """
        Blocks, parentheses, the links of an `else check` chain and the operators of an expression may be
        \(SyntaxLimit.nestingDepth) deep. A `step` takes statements out of a block, and `in (a, b, c)` stands for many
        comparisons joined by `or`.
        """,
      wrong: flow(
        "check " + String(repeating: "(", count: 300) + "true" + String(repeating: ")", count: 300) + " { }"),
      right: flow("check (true) { }")),
    Explanation(
      .sizeLimit, summary: "a name, a list or a file that is too large",
      meaning: """
        A name has at most \(SyntaxLimit.nameByteCount) bytes, a list at most \(SyntaxLimit.listCount) elements, and a
        file at most 64 MiB.
        """,
      wrong: .flow("enum size (small, " + String(repeating: "very_", count: 60) + "large)\n"),
      right: "enum size (small, large)\n"),
  ]
}
