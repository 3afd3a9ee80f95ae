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
    let found = lint(campaign, zones: zones, rules: rules.filter { !levels.isOff($0.name) })
    var files = campaign.files.prefix(campaign.ownFileCount).map { FileSuppressions($0) }
    var result = found.map { suppressed($0, &files, levels) }
    let remarks = levels.findings + files.flatMap(\.findings)
    result += remarks.map { suppressed($0, &files, levels) }
    // What suppresses nothing is known only now.
    result += files.flatMap { $0.stale(levels) }
    return result.compactMap { leveled($0, levels) }
  }

  private static func suppressed(
    _ diagnostic: Diagnostic, _ files: inout [FileSuppressions], _ levels: RuleLevels
  ) -> Diagnostic {
    guard let span = diagnostic.primary?.span, files.indices.contains(span.file.index),
      !levels.isSetByCommandLine(diagnostic.name),
      let suppression = files[span.file.index].suppression(of: diagnostic.name, at: span.range)
    else { return diagnostic }
    var result = diagnostic
    result.suppression = suppression
    return result
  }

  private static func leveled(_ diagnostic: Diagnostic, _ levels: RuleLevels) -> Diagnostic? {
    guard let level = levels.level(of: diagnostic.name) else { return diagnostic }
    guard let severity = level.severity else { return nil }
    var result = diagnostic
    result.severity = severity
    return result
  }
}
