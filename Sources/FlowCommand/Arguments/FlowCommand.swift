internal import ArgumentParser

/// The root of all commands.
struct FlowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "flow",
    abstract: "Check and run campaign flows: who is contacted, when, on which channel, and what follows.",
    discussion: """
      Example:
        flow new reminders
        flow check reminders
        flow run reminders --participants reminders/participants.csv
      """,
    version: "flow \(FlowTool.version)",
    subcommands: [
      CheckCommand.self, LintCommand.self, FormatCommand.self, RunCommand.self, TestCommand.self,
      ReplCommand.self, ExplainCommand.self, NewCommand.self,
      CompletionsCommand.self,
    ])

  /// Commands of the design that this version does not have yet.
  static let plannedNames = ["graph"]

  static var commandNames: [String] {
    configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
  }

  static func command(named name: String) -> (any ParsableCommand.Type)? {
    configuration.subcommands.first { $0.configuration.commandName == name }
  }
}

/// What every command takes.
struct GlobalOptions: ParsableArguments {
  @Flag(name: [.short, .long], help: "Say nothing but results and errors.")
  var quiet = false

  @Flag(name: [.short, .long], help: "Say more about what is done.")
  var verbose = false

  @Option(help: ArgumentHelp("When to use colour.", valueName: "when"))
  var color = ColorChoice.auto

  struct Settings {
    var isQuiet = false
    var isVerbose = false
    var color = ColorChoice.auto

    /// For errors of usage, where the options could not be read as a whole.
    static func guessed(from arguments: [String]) -> Settings {
      var settings = Settings()
      for (index, argument) in arguments.enumerated() {
        if argument.hasPrefix("--color=") {
          settings.color = ColorChoice(rawValue: String(argument.dropFirst(8))) ?? .auto
        } else if argument == "--color", index + 1 < arguments.count {
          settings.color = ColorChoice(rawValue: arguments[index + 1]) ?? .auto
        }
      }
      return settings
    }
  }

  var settings: Settings { Settings(isQuiet: quiet, isVerbose: verbose, color: color) }
}

enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
  case auto, always, never
}

/// `flow completions SHELL`.
struct CompletionsCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions",
    abstract: "Print a script that completes commands and options in a shell.",
    discussion: """
      Example:
        flow completions bash > ~/.local/share/bash-completion/completions/flow
      """)

  enum Shell: String, CaseIterable, ExpressibleByArgument { case bash, zsh, fish }

  @Argument(help: "The shell: bash, zsh or fish.")
  var shell: Shell

  @OptionGroup var global: GlobalOptions

  func run(_ environment: CommandEnvironment, _ console: Console) -> CommandStatus {
    let kind: CompletionShell =
      switch shell {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    environment.output.write(FlowCommand.completionScript(for: kind) + "\n")
    return .fine
  }
}
