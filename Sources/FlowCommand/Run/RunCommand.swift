internal import ArgumentParser
internal import FlowDiagnostics
internal import FlowText

/// `flow run PATH…`.
struct RunCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Play campaigns on a virtual clock over lists of people.")
  @OptionGroup var global: GlobalOptions
  func run(_ environment: CommandEnvironment, _ console: Console) throws(CommandFailure) -> ExitStatus { .fine }
}
