internal import FlowSession
internal import FlowText

/// Carries out entries and writes what the session has to say to them.
struct ReplAnswers {
  let session: Session
  private let environment: CommandEnvironment
  private(set) var hasFailed = false
  private(set) var wantsToQuit = false

  init(_ environment: CommandEnvironment, _ session: Session) {
    self.environment = environment
    self.session = session
  }

  /// Nobody listens any more.
  var isDeaf: Bool { environment.output.failure != nil }

  mutating func load(_ path: String) {
    let escaped = path.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
    answer(TypedEntry(text: ":load \"\(escaped)\"", firstLine: 1))
  }

  mutating func answer(_ entry: TypedEntry) {
    let reply = session.enter(entry.text)
    environment.output.write(reply.output)
    // What has been printed so far comes first where both go to one terminal; and who asks through a pipe waits.
    environment.output.flush()
    environment.errors.write(reply.errors)
    environment.errors.flush()
    hasFailed = hasFailed || reply.isError
    wantsToQuit = wantsToQuit || reply.wantsToQuit
    // What Ctrl-C was meant for has ended.
    if environment.interruption.isAsked { environment.interruption.rearm() }
  }
}
