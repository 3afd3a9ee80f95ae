internal import FlowDiagnostics
internal import FlowText

/// Whether the scripts of a run are our own (semantics P3).
///
/// Our own is what lies in the repository of the current directory, or, where there is none, below the current
/// directory: who works there trusts it as they trust its other programs. All else comes from elsewhere, and so does
/// what is read from standard input.
struct ScriptPermission {
  private let environment: CommandEnvironment

  init(_ environment: CommandEnvironment) { self.environment = environment }

  func require(_ paths: [String], _ files: [SourceFile]) throws(CommandFailure) {
    guard let stranger = stranger(paths, files) else { return }
    throw CommandFailure(
      Diagnostic(
        .pythonNotAllowed, .error, "the campaign runs Python and comes from elsewhere: \(stranger)",
        notes: [Self.rule],
        help: [
          "read its scripts, then run it with `--allow-python`",
          "`--python forbid` plays it without them",
        ]))
  }

  static let rule =
    "what lies in the repository of the current directory, or below that directory, runs without asking"

  /// What comes from elsewhere, in a sentence's words; `nil` where nothing does.
  func stranger(_ paths: [String], _ files: [SourceFile]) -> String? {
    if paths.contains("-") { return "standard input" }
    let current = environment.currentDirectory
    let root = RepositoryPaths(environment, root: nil).repository(above: current) ?? current
    let stranger = files.first { FilePath.relative(environment.absolute($0.name), to: root) == nil }
    return stranger.map { "`\($0.name)`" }
  }
}
