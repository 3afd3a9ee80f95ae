internal import FlowText

/// Does something again whenever a file that it has looked at changes, until the user asks to stop.
struct WatchLoop {
  /// How long nobody looks at the files, in milliseconds.
  static let intervalMilliseconds = 200

  let environment: CommandEnvironment
  let console: Console

  /// Ends with what became of the last time: what was wrong then is wrong still.
  func run(
    _ round: (CommandEnvironment, Console) throws(CommandFailure) -> CommandStatus
  ) -> CommandStatus {
    environment.interruption.listen()
    var cause: String?
    while true {
      let files = WatchedFiles(environment.files)
      let status = play(round, files, cause)
      guard let changed = wait(for: files) else { return status }
      cause = changed
    }
  }

  private func play(
    _ round: (CommandEnvironment, Console) throws(CommandFailure) -> CommandStatus, _ files: WatchedFiles,
    _ cause: String?
  ) -> CommandStatus {
    var watched = environment
    watched.files = files
    separate(cause)
    var status: CommandStatus
    do throws(CommandFailure) {
      status = try round(watched, console)
    } catch {
      console.report(error.diagnostics, sources: error.sources)
      status = .failure
    }
    if !environment.interruption.isAsked { console.say("watching; Ctrl-C ends it") }
    console.output.flush()
    return status
  }

  /// A terminal begins anew; elsewhere a line stands between two times.
  private func separate(_ cause: String?) {
    if environment.terminal.showsOutput { console.output.write("\u{1B}[H\u{1B}[2J\u{1B}[3J") }
    if let cause { console.say("— \(cause.terminalSafe) has changed —") }
  }

  /// - Returns: What has changed; `nil` once the user asks to stop.
  private func wait(for files: WatchedFiles) -> String? {
    while !environment.interruption.isAsked {
      if let changed = files.changed { return changed }
      environment.machine.pause(Self.intervalMilliseconds)
    }
    return nil
  }
}
