import FlowDiagnostics
import FlowText

/// A sample with one known fault in it.
struct Fault {
  /// What was done: `removed guard`.
  var operation: String
  /// The rule that should notice.
  var rule: DiagnosticName
  /// A rule that says the same of a special case, and counts as well.
  var sibling: DiagnosticName?
  /// Rules that may notice as well, because they say the same or what follows from it.
  var alsoRight: Set<DiagnosticName> = []
  /// By file of the sample.
  var edits: [Edit]
}

/// The names of rules, so that the faults can be tagged with them.
enum RuleTag {
  static let addressNotChecked = DiagnosticName.named("address-not-checked")
  static let alwaysPast = DiagnosticName.named("always-past")
  static let constantCheck = DiagnosticName.named("constant-check")
  static let contactAfterOptOut = DiagnosticName.named("contact-after-opt-out")
  static let contactHours = DiagnosticName.named("contact-hours")
  static let dayOr24h = DiagnosticName.named("day-or-24h")
  static let duplicateContact = DiagnosticName.named("duplicate-contact")
  static let enumCaseMissed = DiagnosticName.named("enum-case-missed")
  static let expiryGap = DiagnosticName.named("expiry-gap")
  static let feedbackLoop = DiagnosticName.named("feedback-loop")
  static let fieldNeverWritten = DiagnosticName.named("field-never-written")
  static let dstGap = DiagnosticName.named("dst-gap")
  static let dstTwice = DiagnosticName.named("dst-twice")
  static let handoverCycle = DiagnosticName.named("handover-cycle")
  static let nameStyle = DiagnosticName.named("name-style")
  static let missingTitle = DiagnosticName.named("missing-title")
  static let pythonEffects = DiagnosticName.named("python-effects")
  static let resultNeverRecorded = DiagnosticName.named("result-never-recorded")
  static let resultReadTooEarly = DiagnosticName.named("result-read-too-early")
  static let selfUpdate = DiagnosticName.named("self-update")
  static let shadowedElse = DiagnosticName.named("shadowed-else")
  static let unreachableNode = DiagnosticName.named("unreachable-node")
  static let unsetComparison = DiagnosticName.named("unset-comparison")
  static let unusedAgent = DiagnosticName.named("unused-agent")
  static let unusedField = DiagnosticName.named("unused-field")
  static let unusedFlow = DiagnosticName.named("unused-flow")
  static let unusedModel = DiagnosticName.named("unused-model")
  static let unusedResult = DiagnosticName.named("unused-result")
  static let unusedStep = DiagnosticName.named("unused-step")
  static let windowNeverOpens = DiagnosticName.named("window-never-opens")
}

extension DiagnosticName {
  fileprivate static func named(_ name: String) -> DiagnosticName { DiagnosticName(stringLiteral: name) }
}
