import ArgumentParser

/// The tasks of those who work on Flow itself.
struct FlowDevelop: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "flow-develop", abstract: "Tasks of those who work on Flow itself.",
    subcommands: [Bench.self, Generate.self, Profile.self, FrontEnd.self, LintCorpus.self])
}

FlowDevelop.main()
