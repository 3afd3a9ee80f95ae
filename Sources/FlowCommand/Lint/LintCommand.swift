internal import ArgumentParser
internal import FlowDiagnostics
internal import FlowLint
internal import FlowText
internal import FlowValues

/// `flow lint PATH…`.
struct LintCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Check, then say what a campaign does that nobody can have meant.",
    discussion: """
      A comment leaves a finding out, at the end of a line or above a statement:
        // flow: ignore[duplicate-contact] — the list is sent once a year

      Levels may stand in the campaign block: lint { duplicate-contact: error }

      Example:
        flow lint reminders
        flow lint . --fix
        flow lint . --format sarif --output lint.sarif
        flow lint . --rule unused-step=off --fail-on error
      """)

  @Argument(
    help: ArgumentHelp("Campaign directories or .flow files; - is standard input.", valueName: "path"),
    completion: .file())
  var paths: [String] = []

  @Flag(help: "Make the fixes that change nothing a campaign does.")
  var fix = false

  @Flag(help: "Make the other fixes too: they change what a campaign does.")
  var unsafeFixes = false

  @Flag(help: "Write no fixes: show them. The exit code is that of the files as they are.")
  var diff = false

  @Option(help: ArgumentHelp("The level of a rule: off, note, warning or error.", valueName: "name=level"))
  var rule: [String] = []

  @Option(help: ArgumentHelp("The least severity that gives exit code 1.", valueName: "level"))
  var failOn = FailureThreshold.warning

  @Flag(help: "List all rules with their levels.")
  var listRules = false

  @OptionGroup var reporting: ReportOptions

  @Option(help: ArgumentHelp("The name for standard input.", valueName: "name"))
  var stdinPath: String?

  @OptionGroup var global: GlobalOptions

  func run(_ environment: CommandEnvironment, _ console: Console) throws(CommandFailure) -> CommandStatus {
    let levels = try RuleArguments.levels(rule)
    if listRules {
      console.output.write(RuleArguments.table(levels))
      return .fine
    }
    guard !paths.isEmpty else {
      throw CommandFailure(
        Diagnostic(.usage, .error, "expected a PATH, found nothing", help: ["run `flow lint --help`"]))
    }
    let review = LintReview(paths: paths, standardInputName: stdinPath, levels: levels)
    guard fix || unsafeFixes || diff else {
      return try end(review.run(environment), environment, console)
    }
    let fixer = try LintFixer(review, allowing: unsafeFixes ? [.safe, .unsafe] : [.safe])
    let fixed = try fixer.run(environment)
    if diff { return show(fixed, console) }
    try fixed.write(environment.files)
    if fixed.fixCount > 0 {
      let fixes = fixed.fixCount == 1 ? "1 fix" : "\(Counted.number(fixed.fixCount)) fixes"
      console.say("made \(fixes) in \(Counted.noun(fixed.files.count, "file"))")
    }
    return try end(fixed.found, environment, console)
  }

  private func show(_ fixed: LintFixer.Outcome, _ console: Console) -> CommandStatus {
    for file in fixed.files {
      let path = FilePath.normalized(file.path).drop { $0 == "/" }
      console.output.write(
        UnifiedDiff(from: file.old, to: file.new).rendered(oldName: "a/\(path)", newName: "b/\(path)"))
    }
    let counts = fixed.found.diagnostics.report().counts
    let left = Counted.noun(counts.errors + counts.warnings + counts.notes, "finding")
    let isClean = counts == SeverityCounts()
    if fixed.files.isEmpty {
      console.say(isClean ? "nothing to fix" : "nothing to fix, and \(left) left")
    } else if !isClean {
      console.say("\(left) left after these fixes")
    }
    return failOn.isReached(by: fixed.asFound) ? .findings : .fine
  }

  private func end(
    _ found: FoundCampaigns, _ environment: CommandEnvironment, _ console: Console
  ) throws(CommandFailure) -> CommandStatus {
    let report = found.diagnostics.report()
    try reporting.write(report, of: found.files, environment, console)
    for file in found.files { console.sayMore("linted \(file.name.terminalSafe)") }
    if report.counts == SeverityCounts() { console.say(summary(of: found, report)) }
    return failOn.isReached(by: report.counts) ? .findings : .fine
  }

  private func summary(of found: FoundCampaigns, _ report: DiagnosticReport) -> String {
    let campaigns = found.campaigns.count
    let files = Counted.noun(found.files.count, "file")
    let what = campaigns == 0 ? files : "\(Counted.noun(campaigns, "campaign")), \(files)"
    let suppressed = report.diagnostics.filter { $0.suppression != nil }.count
    return "linted \(what): no findings" + (suppressed > 0 ? ", \(suppressed) suppressed" : "")
  }
}

/// From which severity on findings make a command fail.
enum FailureThreshold: String, CaseIterable, ExpressibleByArgument {
  case error, warning, never

  func isReached(by counts: SeverityCounts) -> Bool {
    switch self {
    case .error: counts.errors > 0
    case .warning: counts.errors + counts.warnings > 0
    case .never: false
    }
  }
}
