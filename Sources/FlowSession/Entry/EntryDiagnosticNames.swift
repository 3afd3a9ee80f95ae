internal import FlowDiagnostics

/// What can be wrong with a command behind a colon.
extension DiagnosticName {
  static let unknownCommand: Self = "unknown-command"
  static let commandArgument: Self = "command-argument"
  static let unknownTopic: Self = "unknown-topic"
}
