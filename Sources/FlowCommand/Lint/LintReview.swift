internal import FlowCheck
internal import FlowDiagnostics
internal import FlowLint
internal import FlowText
internal import FlowValues

/// Checks the campaigns that paths mean, and runs the rules over those without errors.
struct LintReview {
  var paths: [String]
  var standardInputName: String?
  /// What the command line says of rules.
  var levels: [DiagnosticName: RuleLevel]

  func run(_ environment: CommandEnvironment) throws(CommandFailure) -> FoundCampaigns {
    let zones = SystemZones(environment)
    var finder = CampaignFinder(environment, zones: zones.table, standardInputName: standardInputName)
    var found = try finder.find(paths)
    try zones.requireData()
    for check in found.campaigns where !check.hasErrors {
      found.add(Linter.review(check.campaign, zones: zones.table, commandLine: levels), in: check)
    }
    return found
  }
}

/// `--rule NAME=LEVEL`, and the list of rules.
enum RuleArguments {
  static func levels(_ arguments: [String]) throws(CommandFailure) -> [DiagnosticName: RuleLevel] {
    var levels: [DiagnosticName: RuleLevel] = [:]
    for argument in arguments {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
        String.init)
      guard parts.count == 2 else {
        throw failure(
          "expected a rule and a level like `unused-step=off` after `--rule`, found `\(argument)`")
      }
      guard let rule = Linter.information.first(where: { $0.name.description == parts[0] }) else {
        throw failure(
          "expected the name of a rule after `--rule`, found `\(parts[0])`", Linter.closestRule(to: parts[0]))
      }
      guard let level = RuleLevel(rawValue: parts[1]) else {
        throw failure(
          "expected `off`, `note`, `warning` or `error` for `\(parts[0])`, found `\(parts[1])`",
          closestName(to: parts[1], among: RuleLevel.allCases.map(\.rawValue)))
      }
      levels[rule.name] = level
    }
    return levels
  }

  private static func failure(_ message: String, _ suggestion: String? = nil) -> CommandFailure {
    let help = suggestion.map { "did you mean `\($0)`?" } ?? "run `flow lint --list-rules`"
    return CommandFailure(Diagnostic(.usage, .error, message, help: [help]))
  }

  /// A line for each rule: its name, its level, what it finds.
  static func table(_ levels: [DiagnosticName: RuleLevel]) -> String {
    let rows = Linter.information.map { rule in
      let level = levels[rule.name]?.rawValue ?? String(describing: rule.defaultSeverity)
      return (name: rule.name.description, level: level, summary: rule.page.summary)
    }
    let width = rows.map(\.name.count).max() ?? 0
    return rows.map { row in
      let blanks = String(repeating: " ", count: width - row.name.count)
      return
        "\(row.name)\(blanks)  \(row.level)\(String(repeating: " ", count: 7 - row.level.count))  \(row.summary)\n"
    }.joined()
  }
}
