internal import ArgumentParser
internal import FlowDiagnostics
internal import FlowText

/// `flow check PATH…`.
struct CheckCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Parse, resolve names and check types. No opinion, only errors.",
    discussion: """
      A path is a campaign directory or a .flow file. Directories without a campaign of their own are searched for \
      campaigns below them.

      Example:
        flow check reminders
        flow check . --format github
        cat draft.flow | flow check - --stdin-path reminders/draft.flow
      """)

  @Argument(
    help: ArgumentHelp("Campaign directories or .flow files; - is standard input.", valueName: "path"),
    completion: .file())
  var paths: [String]

  @OptionGroup var reporting: ReportOptions

  @Option(help: ArgumentHelp("The name for standard input.", valueName: "name"))
  var stdinPath: String?

  @OptionGroup var global: GlobalOptions

  func run(_ environment: CommandEnvironment, _ console: Console) throws(CommandFailure) -> CommandStatus {
    let zones = SystemZones(environment)
    var finder = CampaignFinder(environment, zones: zones.table, standardInputName: stdinPath)
    let found = try finder.find(paths)
    try zones.requireData()
    let report = found.diagnostics.report()
    try reporting.write(report, of: found.files, environment, console)
    for file in found.files { console.sayMore("checked \(file.name.terminalSafe)") }
    if report.counts.errors > 0 { return .findings }
    console.say(summary(of: found))
    return .fine
  }

  private func summary(of found: FoundCampaigns) -> String {
    let campaigns = found.campaigns.count
    let files = Counted.noun(found.files.count, "file")
    let what = campaigns == 0 ? files : "\(Counted.noun(campaigns, "campaign")), \(files)"
    return "checked \(what): no errors"
  }
}
