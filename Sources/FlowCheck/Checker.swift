internal import FlowDiagnostics
public import FlowSyntax
internal import FlowText
public import FlowValues

/// Resolves names and checks types (language 1–5 and 7).
public enum Checker {
  /// Checks the files of one campaign together.
  ///
  /// - Parameters:
  ///   - files: Parsed with one `SymbolTable`; `FileID.index` is the position.
  ///   - own: How many of the files, from the first on, are the campaign's own; the rest are used by them.
  ///   - zones: Tells which time zones exist.
  ///
  /// Takes time linear in the size of the files. Never fails: what is wrong is a diagnostic.
  public static func check(
    _ files: [ParsedFile], own: Int, symbols: SymbolTable, zones: ZoneTable
  ) -> CheckResult {
    check(files, own: own, symbols: symbols, zones: zones, further: [])
  }

  /// Checks what was typed at a prompt together with the files of a campaign.
  ///
  /// - Parameters:
  ///   - files: The campaign's, as in a `CheckedCampaign`, and what was typed as the last; declarations in it count as
  ///     the campaign's own.
  ///   - lastValue: What `it` stands for.
  public static func check(
    _ files: [ParsedFile], own: Int, symbols: SymbolTable, zones: ZoneTable, prompt: PromptContent,
    lastValue: LastValue?
  ) -> CheckResult {
    let typed = CheckedPrompt(file: FileID(files.count - 1), content: prompt, lastValue: lastValue)
    return check(files, own: own, symbols: symbols, zones: zones, prompt: typed, further: [])
  }

  /// The same, with findings about the files themselves.
  static func check(
    _ files: [ParsedFile], own: Int, symbols: SymbolTable, zones: ZoneTable, prompt: CheckedPrompt? = nil,
    further: [Diagnostic]
  ) -> CheckResult {
    var checker = CampaignChecker(files.map(\.tree), own: own, symbols: symbols, zones: zones, prompt: prompt)
    let campaign = checker.run()
    let echoes = Echoes(files, campaign.symbols)
    let found = echoes.isEmpty ? checker.diagnostics : checker.diagnostics.filter { !echoes.contains($0) }
    return CheckResult(
      campaign: campaign, hasCampaign: checker.campaign != nil,
      diagnostics: inOrder(files.flatMap(\.diagnostics) + further + found),
      sources: files.map(\.tree.source))
  }

  /// By file and in the order of the text; of one place in the order in which they were found.
  private static func inOrder(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    let keys = diagnostics.enumerated().map { index, diagnostic in
      let span = diagnostic.primary?.span
      return (span?.file.index ?? -1, span?.range.lower ?? 0, index)
    }
    return keys.sorted(by: <).map { diagnostics[$0.2] }
  }
}
