public import FlowCheck
internal import FlowText

/// All that is known about what a campaign does, short of running it.
///
/// - Precondition: the campaign checks without errors.
public struct CampaignAnalysis: Sendable {
  public let campaign: CheckedCampaign
  /// By position in `CheckedCampaign.files`.
  public let files: [FileView]
  /// By position in `CheckedCampaign.flows`.
  public let graphs: [FlowGraph]

  public init(_ campaign: CheckedCampaign) {
    self.campaign = campaign
    let files = campaign.files.indices.map { FileView(campaign, $0) }
    self.files = files
    graphs = campaign.flows.map { FlowGraph($0, files[$0.file.index]) }
  }
}
