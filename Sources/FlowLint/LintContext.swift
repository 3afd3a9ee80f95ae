internal import FlowAnalysis
public import FlowCheck
public import FlowValues

/// What rules look at: a campaign that checks without errors, and what is known about it.
public struct LintContext: Sendable {
  let campaign: CheckedCampaign
  let analysis: CampaignAnalysis
  let zones: ZoneTable

  /// - Precondition: the campaign checks without errors.
  public init(_ campaign: CheckedCampaign, zones: ZoneTable) {
    self.campaign = campaign
    self.zones = zones
    analysis = CampaignAnalysis(campaign)
  }
}
