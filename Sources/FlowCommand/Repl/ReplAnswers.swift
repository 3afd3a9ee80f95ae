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

  /// Loads the campaign that the command was given.
  ///
  /// - Parameter isSaid: Whether what was loaded is said, as to somebody who has just sat down.
  mutating func load(_ path: String, isSaid: Bool) {
    let escaped = path.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
    var reply = session.enter(":load \"\(escaped)\"")
    if !isSaid { reply.output = "" }
    tell(reply)
  }

  /// - Parameter name: What the text is called that the entry is a part of; `nil` for what somebody types.
  mutating func answer(_ entry: TypedEntry, of name: String? = nil) {
    let place = name.map { EntryPlace(name: $0, firstLine: entry.firstLine) } ?? .prompt
    tell(session.enter(entry.text, at: place))
  }

  private mutating func tell(_ reply: SessionReply) {
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
