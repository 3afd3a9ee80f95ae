public import FlowDiagnostics

/// The pages of everything that the lexer and the parser report.
public enum SyntaxExplanations {
  public static let all: [Explanation] = text + names + expectations + shape + limits

  /// A flow around statements, for examples.
  static func flow(_ statements: String) -> Explanation.Example {
    let body = statements.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "    " + $0 }
    return .flow("flow example {\n  on participant created {\n" + body.joined(separator: "\n") + "\n  }\n}\n")
  }
}
