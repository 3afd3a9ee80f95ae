internal import ArgumentParser
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowRuntime
internal import FlowText
internal import FlowValues

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
        flow check . --format github --python
        cat draft.flow | flow check - --stdin-path reminders/draft.flow
      """)

  @Argument(
    help: ArgumentHelp("Campaign directories or .flow files; - is standard input.", valueName: "path"),
    completion: .file())
  var paths: [String]

  @OptionGroup var reporting: ReportOptions

  @Flag(help: "Have Python compile the scripts as well. Nothing of them is run.")
  var python = false

  @Option(
    help: ArgumentHelp("The Python to compile scripts with; the first in PATH otherwise.", valueName: "path"),
    completion: .file())
  var pythonInterpreter: String?

  @Option(help: ArgumentHelp("The name for standard input.", valueName: "name"))
  var stdinPath: String?

  @OptionGroup var global: GlobalOptions

  func run(_ environment: CommandEnvironment, _ console: Console) throws(CommandFailure) -> CommandStatus {
    let zones = SystemZones(environment)
    var finder = CampaignFinder(environment, zones: zones.table, standardInputName: stdinPath)
    let found = try finder.find(paths)
    try zones.requireData()
    let scripts = try checkScripts(found, zones.table, environment)
    var diagnostics = found.diagnostics
    diagnostics.add(contentsOf: scripts.diagnostics)
    let report = diagnostics.report()
    try reporting.write(report, of: scripts.files, environment, console)
    for file in found.files { console.sayMore("checked \(file.name.terminalSafe)") }
    if report.counts.errors > 0 { return .findings }
    console.say(summary(of: found))
    return .fine
  }

  /// Scripts are read where there are no errors so far, and compiled where that is asked for.
  private func checkScripts(
    _ found: FoundCampaigns, _ zones: ZoneTable, _ environment: CommandEnvironment
  ) throws(CommandFailure) -> (files: [SourceFile], diagnostics: [Diagnostic]) {
    var scripts = CampaignScripts(environment, files: found.files)
    guard found.diagnostics.report().counts.errors == 0 else { return (found.files, []) }
    for check in found.campaigns {
      guard let deployment = try? Deployment([check.campaign], zones: zones) else { continue }
      let numbers = check.sources.map(found.number(of:))
      scripts.add(deployment.programs[0]) { SourceSpan(numbers[$0.file.index], $0.range) }
    }
    guard python, !scripts.isEmpty, scripts.diagnostics.isEmpty else {
      return (scripts.files, scripts.diagnostics)
    }
    switch environment.openPython(pythonInterpreter, scripts.sources) {
    case .success(let host): return (scripts.files, scripts.mistakes(host))
    case .failure(let missing): throw CommandFailure(Diagnostic(missing))
    }
  }

  private func summary(of found: FoundCampaigns) -> String {
    let campaigns = found.campaigns.count
    let files = Counted.noun(found.files.count, "file")
    let what = campaigns == 0 ? files : "\(Counted.noun(campaigns, "campaign")), \(files)"
    return "checked \(what): no errors"
  }
}
