public import FlowCheck
public import FlowDiagnostics
internal import FlowText
public import FlowValues

extension Linter {
  /// What the rules find in a campaign's own files, with the levels that were asked for, and with suppressions where
  /// comments ask for them; and what is wrong with those levels and comments themselves.
  ///
  /// - Parameter commandLine: levels that win over comments, and over the campaign's `lint` block.
  /// - Precondition: the campaign checks without errors.
  public static func review(
    _ campaign: CheckedCampaign, zones: ZoneTable, commandLine: [DiagnosticName: RuleLevel] = [:]
  ) -> [Diagnostic] {
    let levels = RuleLevels(campaign, commandLine: commandLine)
    var files = campaign.files.prefix(campaign.ownFileCount).map { FileSuppressions($0) }
    let found = findings(campaign, zones, rules.filter { !levels.isOff($0.name) })
    var result = inOrder(
      found.flatMap { finding, positions in told(finding, positions) { suppression($0, $1, &files, levels) } }
    )
    for remark in levels.findings + files.flatMap(\.findings) {
      result += told(remark, Array(remark.places.indices)) { suppression($0, $1, &files, levels) }
    }
    // What suppresses nothing is known only now.
    result += files.flatMap { $0.stale(levels) }
    return result.compactMap { leveled($0, levels) }
  }

  /// A finding as it is told: once what is left of it, and once what each comment leaves out.
  private static func told(
    _ finding: any LintFinding, _ positions: [Int],
    _ suppression: (DiagnosticName, SourceSpan) -> Suppression?
  ) -> [Diagnostic] {
    var parts: [(suppression: Suppression?, positions: [Int])] = []
    for position in positions {
      let suppression = suppression(finding.name, finding.places[position])
      if let known = parts.firstIndex(where: { $0.suppression == suppression }) {
        parts[known].positions.append(position)
      } else {
        parts.append((suppression, [position]))
      }
    }
    return parts.map { part in
      var result = finding.diagnostic(about: part.positions)
      result.suppression = part.suppression
      return result
    }
  }

  private static func suppression(
    _ name: DiagnosticName, _ place: SourceSpan, _ files: inout [FileSuppressions], _ levels: RuleLevels
  ) -> Suppression? {
    guard files.indices.contains(place.file.index), !levels.isSetByCommandLine(name) else { return nil }
    return files[place.file.index].suppression(of: name, at: place.range)
  }

  private static func leveled(_ diagnostic: Diagnostic, _ levels: RuleLevels) -> Diagnostic? {
    guard let level = levels.level(of: diagnostic.name) else { return diagnostic }
    guard let severity = level.severity else { return nil }
    var result = diagnostic
    result.severity = severity
    return result
  }
}
