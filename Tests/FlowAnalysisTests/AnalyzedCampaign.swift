import FlowAnalysis
import FlowCheck
import FlowText
import FlowValues

/// A text that was checked and analysed as the one file of a campaign.
struct AnalyzedCampaign {
  let result: CheckResult
  let analysis: CampaignAnalysis

  init(_ text: String) {
    result = CampaignLoader.load(
      [CampaignFile(name: "test.flow", bytes: Array(text.utf8))], zones: ZoneTable()
    ) { _ in .failure(FileReadFailure("no such file")) }
    analysis = CampaignAnalysis(result.campaign)
  }
}
