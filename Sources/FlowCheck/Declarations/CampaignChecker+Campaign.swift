internal import FlowDiagnostics
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// `campaign name { … }`.
extension CampaignChecker {
  mutating func declareCampaign() {
    for case .campaign(let declaration) in tree.declarations {
      let name = span(declaration.name.range)
      if !isOwn(fileIndex) {
        reportCampaignInUsedFile(declaration)
      } else if let earlier = campaign {
        reportDuplicate(declaration.name, "the campaign", earlier: earlier.span)
      } else {
        campaign = (declaration, name)
        readSettings(declaration)
      }
    }
  }

  private mutating func readSettings(_ declaration: CampaignDeclaration) {
    if let zone = declaration.timezone {
      if zones.zone(named: zone.value) != nil {
        timezone = zone.value
      } else {
        reportUnknownTimezone(zone)
      }
    }
    guard let word = declaration.reupload, !word.isMissing else { return }
    switch word.symbol.keyword {
    case .created: reupload = .created
    case .updated: reupload = .updated
    default: reportUnknownReupload(word)
    }
  }

  private mutating func reportCampaignInUsedFile(_ declaration: CampaignDeclaration) {
    report(
      .campaignInUsedFile,
      "expected a file of shared declarations, found a campaign: `\(text(declaration.name))`",
      at: declaration.name.range,
      help: ["move what both need into a file without `campaign`, and `use` that"])
  }

  private mutating func reportUnknownTimezone(_ zone: TextLiteral) {
    let near = suggestion(zone.value, CommonZones.names.filter { zones.zone(named: $0) != nil })
    report(
      .unknownTimezone, "expected the IANA name of a time zone, found \"\(zone.value)\"", at: zone.range,
      label: near.map { "did you mean `\($0)`?" } ?? "", help: ["names look like `Europe/Madrid` or `UTC`"],
      fixes: near.map { [Fix("write `\($0)`", .unsafe, [Edit(span(zone.range), "\"\($0)\"")])] } ?? [])
  }

  private mutating func reportUnknownReupload(_ word: Name) {
    let near = suggestion(text(word), ["created", "updated"])
    report(
      .unknownReupload, "expected `created` or `updated`, found `\(text(word))`", at: word.range,
      label: didYouMean(near),
      notes: ["it says which event a row of somebody already known fires"],
      fixes: renaming(word.range, to: near))
  }
}
