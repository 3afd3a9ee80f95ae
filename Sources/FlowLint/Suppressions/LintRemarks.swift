internal import FlowDiagnostics
internal import FlowText

extension DiagnosticName {
  static let unknownRule: Self = "unknown-rule"
  static let unknownLevel: Self = "unknown-level"
  static let malformedSuppression: Self = "malformed-suppression"
  static let suppressionWithoutReason: Self = "suppression-without-reason"
  static let staleSuppression: Self = "stale-suppression"
}

/// What is said about levels and suppressions themselves.
enum LintRemarks {
  static let names = Set(pages.map(\.name))

  static func unknownRule(_ name: String, at span: SourceSpan) -> Diagnostic {
    let close = Linter.closestRule(to: name)
    return Diagnostic(
      .unknownRule, .warning, "expected the name of a rule, found `\(name)`",
      at: Label(span, close.map { "did you mean `\($0)`?" } ?? ""),
      notes: close == nil ? ["errors of `flow check` cannot be suppressed and have no levels"] : [],
      help: ["`flow lint --list-rules` lists all rules"],
      fixes: close.map { [Fix("write `\($0)`", .unsafe, [Edit(span, $0)])] } ?? [])
  }

  static func unknownLevel(_ word: String, at span: SourceSpan) -> Diagnostic {
    let close = closestName(to: word, among: RuleLevel.allCases.map(\.rawValue))
    return Diagnostic(
      .unknownLevel, .warning, "expected `off`, `note`, `warning` or `error`, found `\(word)`",
      at: Label(span, close.map { "did you mean `\($0)`?" } ?? ""),
      help: ["the level says what becomes of the rule's findings: `off` leaves them out"],
      fixes: close.map { [Fix("write `\($0)`", .unsafe, [Edit(span, $0)])] } ?? [])
  }

  static func malformed(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .malformedSuppression, .warning, "expected `ignore[rule] — reason` behind `flow:`", at: Label(span),
      help: ["name the rules between brackets, parted by commas: `// flow: ignore[duplicate-contact] — why`"])
  }

  static func notAtHead(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .malformedSuppression, .warning, "expected `ignore-file` above the first word of the file",
      at: Label(span),
      help: ["for one statement write `ignore` above it or at the end of its line"])
  }

  static func withoutReason(_ comment: SuppressionComment, at span: SourceSpan) -> Diagnostic {
    let rules = comment.rules.map(\.name).joined(separator: ", ")
    let example = "// flow: \(comment.extent.word)[\(rules)] — why"
    return Diagnostic(
      .suppressionWithoutReason, .warning, "expected a reason behind `]`", at: Label(span),
      help: ["say why it is right here, behind a dash: `\(example)`"])
  }

  static func stale(_ rule: String, at span: SourceSpan, _ removal: SourceRange) -> Diagnostic {
    Diagnostic(
      .staleSuppression, .warning, "`\(rule)` finds nothing here that could be left out", at: Label(span),
      help: ["take the comment away, or move it to the statement it is about"],
      fixes: [
        Fix("take it away", .safe, [Edit(SourceSpan(span.file, removal), "")])
      ])
  }
}
