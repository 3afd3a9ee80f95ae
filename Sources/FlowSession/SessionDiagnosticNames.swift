public import FlowDiagnostics

/// What can be wrong with what is asked of a session.
extension DiagnosticName {
  public static let nothingThere: Self = "nothing-there"
  public static let unsavedTest: Self = "unsaved-test"
  public static let interruptedStatement: Self = "interrupted-statement"
  public static let unreadableCampaign: Self = "unreadable-campaign"
}
