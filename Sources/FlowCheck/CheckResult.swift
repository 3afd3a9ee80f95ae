public import FlowDiagnostics
public import FlowText

/// What checking has found out.
///
/// There is always a campaign, as far as it could be understood: editors complete and draw what is half right. It is
/// run only where `hasErrors` is false.
public struct CheckResult: Sendable {
  public var campaign: CheckedCampaign
  /// Whether one of the campaign's own files has a `campaign` declaration. Without it only declarations are
  /// checked, not what flows and models do: their fields may be declared by whoever uses the file.
  public var hasCampaign: Bool
  /// Of the lexer, the parser and the checker, by file and in the order of the text.
  public var diagnostics: [Diagnostic]
  /// All files that were read, in the order of their `FileID`.
  public var sources: [SourceFile]

  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}
