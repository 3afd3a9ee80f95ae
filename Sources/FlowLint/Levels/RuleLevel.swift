public import FlowDiagnostics
internal import FlowText

/// What becomes of the findings of a rule.
public enum RuleLevel: String, Sendable, CaseIterable {
  case off, note, warning, error

  /// `nil` where they are left out.
  public var severity: Severity? {
    switch self {
    case .off: nil
    case .note: .note
    case .warning: .warning
    case .error: .error
    }
  }
}

/// What is known of a rule, or of what is said about rules themselves.
public struct RuleInformation: Sendable {
  public var defaultSeverity: Severity
  public var page: Explanation

  public var name: DiagnosticName { page.name }
}

extension Linter {
  /// Everything that has a level, in order of the names.
  public static let information: [RuleInformation] =
    (rules.map { RuleInformation(defaultSeverity: $0.defaultSeverity, page: $0.page) }
    + LintRemarks.pages.map { RuleInformation(defaultSeverity: .warning, page: $0) })
    .sorted { $0.name.description < $1.name.description }

  /// The rule of a name.
  static func information(named name: String) -> RuleInformation? {
    information.first { $0.name.description == name }
  }

  /// The name that was most likely meant by one that no rule has.
  public static func closestRule(to name: String) -> String? {
    FlowText.closestName(to: name, among: information.map(\.name.description))
  }
}
