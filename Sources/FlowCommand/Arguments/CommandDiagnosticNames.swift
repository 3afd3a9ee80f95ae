internal import FlowDiagnostics

/// What commands find wrong outside of any text.
extension DiagnosticName {
  static let usage: Self = "usage"
  static let missingFile: Self = "missing-file"
  static let fileAccess: Self = "file-access"
  static let outputFailed: Self = "output-failed"
  static let noFlowFile: Self = "no-flow-file"
  static let noCampaign: Self = "no-campaign"
  static let noTest: Self = "no-test"
  static let lowCoverage: Self = "low-coverage"
  static let lowMutationScore: Self = "low-mutation-score"
  static let directoryNotEmpty: Self = "directory-not-empty"
  static let unknownPage: Self = "unknown-page"
  static let missingZoneData: Self = "missing-zone-data"
  static let profileConflict: Self = "profile-conflict"
  static let duplicateCampaign: Self = "duplicate-campaign"
  static let cascadeStopped: Self = "cascade-stopped"
  static let refusedReport: Self = "refused-report"
  static let unmatchedEvent: Self = "unmatched-event"
  static let unknownParticipant: Self = "unknown-participant"
  static let missingPython: Self = "missing-python"
  static let missingScript: Self = "missing-script"
  static let pythonNotAllowed: Self = "python-not-allowed"
  static let pythonSyntax: Self = "python-syntax"
  static let invalidRecording: Self = "invalid-recording"
}

extension Diagnostic {
  /// A failed access to a file as a finding without a text.
  init(_ failure: FileFailure) {
    switch failure.reason {
    case .missing: self.init(.missingFile, .error, failure.message)
    case .closedPipe, .diskFull: self.init(.outputFailed, .error, failure.message)
    case .isDirectory, .notDirectory, .notPermitted, .tooLarge, .interrupted, .other:
      self.init(.fileAccess, .error, failure.message)
    }
  }
}
