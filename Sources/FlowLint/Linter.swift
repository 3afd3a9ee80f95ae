public import FlowCheck
public import FlowDiagnostics
internal import FlowText
public import FlowValues

/// Runs rules over a campaign.
public enum Linter {
  /// Every rule there is, in order of their names.
  public static let rules: [any LintRule.Type] = [
    AddressNotChecked.self,
    AlwaysPast.self,
    ConstantCheck.self,
    ContactAfterOptOut.self,
    ContactHours.self,
    DayOr24h.self,
    DSTGap.self,
    DSTTwice.self,
    DuplicateContact.self,
    EnumCaseMissed.self,
    ExpiryGap.self,
    FeedbackLoop.self,
    FieldNeverWritten.self,
    HandoverCycle.self,
    MissingTitle.self,
    NameStyle.self,
    PythonEffects.self,
    ResultNeverRecorded.self,
    ResultReadTooEarly.self,
    SelfUpdate.self,
    ShadowedElse.self,
    UnreachableNode.self,
    UnsetComparison.self,
    UnusedAgent.self,
    UnusedField.self,
    UnusedFlow.self,
    UnusedModel.self,
    UnusedResult.self,
    UnusedStep.self,
    WindowNeverOpens.self,
  ]

  /// Everything that the rules find in the campaign's own files, in the order of the text; each finding has its rule's
  /// default severity.
  ///
  /// Used files take part in the analysis, since their flows run in this campaign as well. What is found in
  /// them is left out: another campaign may be what it was written for.
  ///
  /// - Precondition: the campaign checks without errors.
  public static func lint(
    _ campaign: CheckedCampaign, zones: ZoneTable, rules: [any LintRule.Type] = Linter.rules
  ) -> [Diagnostic] {
    inOrder(findings(campaign, zones, rules).map { $0.finding.diagnostic(about: $0.positions) })
  }

  /// What rules find, each with its places in the campaign's own files.
  static func findings(
    _ campaign: CheckedCampaign, _ zones: ZoneTable, _ rules: [any LintRule.Type]
  ) -> [(finding: any LintFinding, positions: [Int])] {
    let context = LintContext(campaign, zones: zones)
    return rules.flatMap { $0.findings(context) }.compactMap { finding in
      let places = finding.places
      let own = places.indices.filter { places[$0].file.index < campaign.ownFileCount }
      return own.isEmpty ? nil : (finding, own)
    }
  }

  /// By file and in the order of the text; of one place in the order of the rules.
  static func inOrder(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    let keys = diagnostics.enumerated().map { index, diagnostic in
      let span = diagnostic.primary?.span
      return (span?.file.index ?? -1, span?.range.lower ?? 0, index)
    }
    return keys.sorted(by: <).map { diagnostics[$0.2] }
  }
}
