internal import FlowCheck
internal import FlowSyntax
internal import FlowText

/// Where things stand.
extension LintContext {
  /// A range of the file that a flow stands in.
  func span(_ flow: Int, _ range: SourceRange) -> SourceSpan {
    SourceSpan(campaign.flows[flow].file, range)
  }

  /// The names of a flow's steps as they stand in the text.
  func stepNames(_ flow: Int) -> [Name] {
    campaign.flows[flow].declaration.members.compactMap { member in
      guard case .step(let step) = member else { return nil }
      return step.name
    }
  }
}
