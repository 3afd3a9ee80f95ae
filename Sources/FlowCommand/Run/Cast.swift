internal import FlowCheck
internal import FlowDiagnostics
internal import FlowRuntime
internal import FlowSchema
internal import FlowStory
internal import FlowText
internal import FlowValues

/// The campaigns of one run, linked, and the texts they came from.
struct Cast {
  let campaigns: [CheckedCampaign]
  let deployment: Deployment
  let zones: ZoneTable
  /// All files, with the numbers that diagnostics of the run use.
  let files: [SourceFile]
  /// For each campaign, the numbers of its files among `files`.
  private let fileNumbers: [[FileID]]

  /// - Parameter observes: Whether stories tell what comparisons compared, for the coverage of tests.
  init(_ found: FoundCampaigns, zones: ZoneTable, observes: Bool = false) throws(CommandFailure) {
    let checks = found.campaigns
    guard !checks.isEmpty else {
      throw CommandFailure(
        Diagnostic(
          .noCampaign, .error, "expected a `campaign` declaration, found none in \(Cast.names(found))"))
    }
    campaigns = checks.map(\.campaign)
    files = found.files
    let fileNumbers = checks.map { $0.sources.map(found.number(of:)) }
    self.fileNumbers = fileNumbers
    self.zones = zones
    try Cast.refuseRepetition(campaigns)
    do throws(ProfileConflict) {
      deployment = try Deployment(campaigns, zones: zones, observes: observes)
    } catch {
      throw CommandFailure(
        [Cast.diagnostic(error, campaigns) { Cast.span($0, fileNumbers[$1]) }], sources: found.files)
    }
  }

  private static func diagnostic(
    _ conflict: ProfileConflict, _ campaigns: [CheckedCampaign], span: (SourceSpan, Int) -> SourceSpan
  ) -> Diagnostic {
    var labels: [Label] = []
    for (index, campaign) in campaigns.enumerated() where conflict.campaigns.contains(campaign.name) {
      let field = campaign.schema.profile.fields.first { $0.name == conflict.field }
      guard let declaration = field?.declaration else { continue }
      labels.append(Label(span(declaration, index), "in `\(campaign.name)`"))
    }
    return Diagnostic(
      .profileConflict, .error,
      "`profile.\(conflict.field)` is not of the same type in " + list(conflict.campaigns), at: labels.first,
      secondary: Array(labels.dropFirst()), help: ["let all campaigns `use` one file with the profile"])
  }

  /// The zone in which the run's own times are meant and shown: that of the first campaign.
  var zone: Zone { zone(of: 0) }

  /// What stories need to know.
  var story: StoryCast { StoryCast(campaigns, zone: zone, zones: zones) }

  func zone(of campaign: Int) -> Zone { zones.zone(named: campaigns[campaign].timezone) ?? .utc }

  func index(of name: String) -> Int? { campaigns.firstIndex { $0.name == name } }

  /// A span of one campaign's file among all files.
  func span(_ span: SourceSpan, campaign: Int) -> SourceSpan {
    Cast.span(span, fileNumbers[campaign])
  }

  private static func span(_ span: SourceSpan, _ fileNumbers: [FileID]) -> SourceSpan {
    SourceSpan(fileNumbers[span.file.index], span.range)
  }

  private static func refuseRepetition(_ campaigns: [CheckedCampaign]) throws(CommandFailure) {
    var seen: Set<String> = []
    for campaign in campaigns where !seen.insert(campaign.name).inserted {
      throw CommandFailure(
        Diagnostic(.duplicateCampaign, .error, "two campaigns are called `\(campaign.name)`"))
    }
  }

  private static func names(_ found: FoundCampaigns) -> String {
    found.files.count == 1 ? "`\(found.files[0].name)`" : Counted.noun(found.files.count, "file")
  }

  static func list(_ names: [String]) -> String { names.map { "`\($0)`" }.joined(separator: ", ") }
}
