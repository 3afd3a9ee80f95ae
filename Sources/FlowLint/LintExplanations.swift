public import FlowDiagnostics

/// The pages of all rules.
public enum LintExplanations {
  public static var all: [Explanation] { Linter.rules.map { $0.page } }

  /// The pages of what is said about levels and suppressions.
  public static var remarks: [Explanation] { LintRemarks.pages }
}
