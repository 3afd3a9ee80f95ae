internal import ArgumentParser
internal import FlowDiagnostics
internal import FlowSession
internal import FlowText

/// `flow repl [PATH]`.
struct ReplCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repl",
    abstract: "Play with a campaign: type what happens, ask why, go back.",
    discussion: """
      Statements of scenarios, declarations and expressions are typed as in files, and commands begin with a colon; \
      `:help` tells more. From a pipe it answers without a prompt and ends at the first error.

      Example:
        flow repl reminders
        flow repl reminders < script.txt
      """)

  @Argument(
    help: ArgumentHelp("A campaign directory or a .flow file to begin with.", valueName: "path"),
    completion: .file())
  var path: String?

  @Option(
    help: ArgumentHelp("The Python to run scripts with; the first in PATH otherwise.", valueName: "path"),
    completion: .file())
  var pythonInterpreter: String?

  @Flag(help: "Run scripts of campaigns that come from elsewhere.")
  var allowPython = false

  @OptionGroup var global: GlobalOptions

  func run(_ environment: CommandEnvironment, _ console: Console) throws(CommandFailure) -> CommandStatus {
    if path == "-" {
      throw CommandFailure(
        Diagnostic(.usage, .error, "expected a campaign's path, found `-`: standard input is what is typed"))
    }
    if let path {
      _ = try reportingFiles { () throws(FileFailure) in try environment.files.status(of: path) }
    }
    environment.interruption.rearm()
    let zones = SystemZones(environment)
    let surroundings = ReplSurroundings(
      environment, zones: zones.table, style: console.outputStyle,
      python: ReplPython(interpreter: pythonInterpreter, isAllowed: allowPython))
    let session = Session(surroundings)
    var answers = ReplAnswers(environment, session)
    // The path is a word like any other, whatever is in it.
    let prompt = environment.lineEditor.map { ReplPrompt(environment, $0, console) }
    prompt?.sayHello()
    if let path { answers.load(path, isSaid: prompt != nil && !console.settings.isQuiet) }
    try zones.requireData()
    return prompt?.run(&answers) ?? ReplPipe(environment).run(&answers)
  }
}
