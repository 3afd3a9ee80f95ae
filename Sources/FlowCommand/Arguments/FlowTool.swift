internal import ArgumentParser
internal import FlowDiagnostics
internal import FlowText

/// The whole tool: reads the arguments, runs one command, sees to it that all output has arrived.
public enum FlowTool {
  public static let version = "0.1.0"

  public static func run(_ environment: CommandEnvironment) -> CommandStatus {
    let status = runCommand(environment)
    environment.output.close()
    environment.errors.flush()
    guard let failure = environment.output.failure, failure.reason != .closedPipe else { return status }
    let console = Console(environment, GlobalOptions.Settings())
    console.report([Diagnostic(.outputFailed, .error, failure.message)])
    environment.errors.flush()
    return .failure
  }

  private static func runCommand(_ environment: CommandEnvironment) -> CommandStatus {
    // Who calls the tool by its mere name and sits at a terminal wants to play.
    let isBare = environment.arguments.isEmpty && environment.lineEditor != nil
    let arguments = isBare ? ["repl"] : environment.arguments
    if let misnamed = UsageErrors.commandProblem(arguments) {
      Console(environment, .guessed(from: arguments)).report([misnamed])
      return .failure
    }
    do {
      let parsed = try FlowCommand.parseAsRoot(arguments)
      guard let command = parsed as? any RunnableCommand else {
        // `flow help` and the like: the text is in the error that running it throws.
        var other = parsed
        try other.run()
        return .fine
      }
      return run(command, environment)
    } catch {
      return answer(error, environment)
    }
  }

  private static func run(_ command: any RunnableCommand, _ environment: CommandEnvironment) -> CommandStatus
  {
    let console = Console(environment, command.global.settings)
    do throws(CommandFailure) {
      return try command.run(environment, console)
    } catch {
      console.report(error.diagnostics, sources: error.sources)
      return .failure
    }
  }

  /// Help and the version go to standard output; everything else is an error of usage.
  private static func answer(_ error: any Error, _ environment: CommandEnvironment) -> CommandStatus {
    guard FlowCommand.exitCode(for: error) != .success else {
      let width = min(max(environment.terminal.width, 40), 100)
      let text = FlowCommand.fullMessage(for: error, columns: width)
      environment.output.write(text + "\n")
      return .fine
    }
    let arguments = environment.arguments
    let problem = UsageErrors.diagnostic(FlowCommand.message(for: error), arguments: arguments)
    Console(environment, .guessed(from: arguments)).report([problem])
    return .failure
  }
}

/// A command that knows its world.
protocol RunnableCommand: ParsableCommand {
  var global: GlobalOptions { get }

  func run(_ environment: CommandEnvironment, _ console: Console) throws(CommandFailure) -> CommandStatus
}

/// Why a command could not do its work.
struct CommandFailure: Error {
  var diagnostics: [Diagnostic]
  var sources: [SourceFile] = []

  init(_ diagnostics: [Diagnostic], sources: [SourceFile] = []) {
    self.diagnostics = diagnostics
    self.sources = sources
  }

  init(_ diagnostic: Diagnostic) { self.init([diagnostic]) }

  init(_ failure: FileFailure) { self.init(Diagnostic(failure)) }
}

/// Runs something that reads or writes files, with its failure told as the command's.
func reportingFiles<Result>(_ body: () throws(FileFailure) -> Result) throws(CommandFailure) -> Result {
  do { return try body() } catch { throw CommandFailure(error) }
}
