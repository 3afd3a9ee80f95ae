internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSyntax
internal import FlowText

/// The level of every rule for one campaign: what the command line says, else what the `lint` block says, else the
/// rule's own.
struct RuleLevels {
  private let commandLine: [DiagnosticName: RuleLevel]
  private var block: [DiagnosticName: RuleLevel] = [:]
  /// What is wrong with the block.
  private(set) var findings: [Diagnostic] = []

  init(_ campaign: CheckedCampaign, commandLine: [DiagnosticName: RuleLevel]) {
    self.commandLine = commandLine
    for tree in campaign.files.prefix(campaign.ownFileCount) {
      for case .campaign(let declaration) in tree.declarations {
        for level in declaration.lintLevels { take(level, tree, campaign.symbols) }
      }
    }
  }

  func level(of name: DiagnosticName) -> RuleLevel? { commandLine[name] ?? block[name] }

  func isOff(_ name: DiagnosticName) -> Bool { level(of: name) == .off }

  /// Whether comments have no say.
  func isSetByCommandLine(_ name: DiagnosticName) -> Bool { commandLine[name] != nil }

  private mutating func take(_ level: LintLevel, _ tree: SyntaxTree, _ symbols: SymbolTable) {
    let rule = level.rule.value
    guard let known = Linter.information(named: rule) else {
      findings.append(LintRemarks.unknownRule(rule, at: tree.span(level.rule.range)))
      return
    }
    let word = symbols[level.level.symbol]
    guard let value = RuleLevel(rawValue: word) else {
      findings.append(LintRemarks.unknownLevel(word, at: tree.span(level.level.range)))
      return
    }
    block[known.name] = value
  }
}
