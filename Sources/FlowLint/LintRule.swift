public import FlowDiagnostics

/// One opinion about campaigns.
///
/// A rule reports what it can show: a false alarm is worse than silence. Its file is read from the top down: what it is
/// for, the check, what the check needs, the messages.
public protocol LintRule: Sendable {
  /// The name of its findings, and of its page.
  static var name: DiagnosticName { get }
  /// How bad its findings are unless somebody says otherwise.
  static var defaultSeverity: Severity { get }
  /// What `flow explain` shows. The wrong example gives exactly one finding, the right one none.
  static var page: Explanation { get }
  /// A diagnostic, or a finding that shows at several places.
  associatedtype Found: LintFinding = Diagnostic
  /// Everything it finds, in any order.
  static func check(_ context: LintContext) -> [Found]
}

extension LintRule {
  /// The same, whatever it is.
  static func findings(_ context: LintContext) -> [any LintFinding] { check(context) }
}
