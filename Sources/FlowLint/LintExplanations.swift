public import FlowDiagnostics

/// The pages of all rules.
public enum LintExplanations {
  public static var all: [Explanation] { Linter.rules.map { $0.page } }
}
