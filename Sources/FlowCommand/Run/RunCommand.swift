internal import ArgumentParser
internal import FlowDiagnostics
internal import FlowText

/// `flow run PATH…`.
struct RunCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Play campaigns on a virtual clock over lists of people.",
    discussion: """
      Campaigns that are named together share their profiles; NAME= before a file says whose participants it has. T is \
      a date (2026-01-16), a local datetime (2026-01-16T09:00) or one with an offset (2026-01-16T08:00:00Z).

      Example:
        flow run reminders --participants reminders/participants.csv
        flow run reminders --participants people.csv --participants people.csv@2026-01-16 --from 2026-01-02
        flow run reminders --participants people.csv --trace c1
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }

  @Argument(
    help: ArgumentHelp("Campaign directories or .flow files; - is standard input.", valueName: "path"),
    completion: .file())
  var paths: [String]

  @Option(
    help: ArgumentHelp(
      "Upload a CSV or JSON Lines file, at T or else at the start.", valueName: "[campaign=]file[@T]"),
    completion: .file())
  var participants: [String] = []

  @Option(
    help: ArgumentHelp("Play what happened outside, one JSON object a line.", valueName: "file"),
    completion: .file())
  var events: String?

  @Option(help: ArgumentHelp("When to start.", valueName: "T"))
  var from: String?

  @Option(help: ArgumentHelp("The last instant to play; a year after the start otherwise.", valueName: "T"))
  var until: String?

  @Option(help: ArgumentHelp("Choose other answers of the models.", valueName: "n"))
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp("How many cores to use; all otherwise. The results are the same.", valueName: "n"))
  var jobs: Int?

  @Option(help: ArgumentHelp("Tell the whole story of one participant.", valueName: "id"))
  var trace: String?

  @Flag(help: "Rejected rows give exit code 1.")
  var strict = false

  @Option(help: "How to write the results.")
  var format = Format.text

  @Option(
    help: ArgumentHelp(
      "Write all participants, communications, runs and rejected rows to files.", valueName: "dir"),
    completion: .directory)
  var out: String?

  @Flag(help: "Pass over columns that no field has the name of.")
  var ignoreUnknownColumns = false

  @OptionGroup var scripting: PythonOptions

  @Option(help: ArgumentHelp("The name for standard input.", valueName: "name"))
  var stdinPath: String?

  @OptionGroup var global: GlobalOptions

  func run(_ environment: CommandEnvironment, _ console: Console) throws(CommandFailure) -> CommandStatus {
    try refuseContradictions()
    environment.interruption.listen()
    let start = environment.machine.nanoseconds()
    let zones = SystemZones(environment)
    var finder = CampaignFinder(environment, zones: zones.table, standardInputName: stdinPath)
    let found = try finder.find(paths)
    try zones.requireData()
    let report = found.diagnostics.report()
    guard report.counts.errors == 0 else {
      console.report(report, sources: found.files)
      return .findings
    }
    let cast = try Cast(found, zones: zones.table)
    let scripts = try RunScripts(scripting, paths, cast, environment)
    let plan = try RunPlan(self, cast, environment)
    return try Performance(self, cast, scripts, plan, environment, console, start: start).play()
  }

  private func refuseContradictions() throws(CommandFailure) {
    if trace != nil, format == .json {
      throw CommandFailure(
        Diagnostic(.usage, .error, "`--trace` tells a story, which `--format json` has no place for"))
    }
    let files = paths + participants.map(UploadArgument.file) + (events.map { [$0] } ?? [])
    if files.count(where: { $0 == "-" }) > 1 {
      throw CommandFailure(
        Diagnostic(
          .usage, .error, "expected one `-` at most, as standard input can be read once, found several"))
    }
    if let jobs, !(1...1024).contains(jobs) {
      throw CommandFailure(
        Diagnostic(.usage, .error, "expected 1 to 1024 after `--jobs`, found `\(jobs)`"))
    }
  }
}
