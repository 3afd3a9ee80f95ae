internal import FlowDiagnostics

extension LintRule {
  /// A finding of the rule.
  static func finding(
    _ message: String, at primary: Label, secondary: [Label] = [], notes: [String] = [], help: [String] = [],
    fixes: [Fix] = []
  ) -> Diagnostic {
    Diagnostic(
      name, defaultSeverity, message, at: primary, secondary: secondary, notes: notes, help: help,
      fixes: fixes)
  }
}
