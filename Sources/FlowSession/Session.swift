public import FlowCheck
internal import FlowDiagnostics
internal import FlowRuntime
internal import FlowSchema
internal import FlowTesting
internal import FlowText

/// A workbench for a campaign: what is typed is carried out, entry by entry, and everything can be taken back.
///
/// A session is a campaign and a list of statements; where it stands is what playing the statements on the campaign
/// gives. So going back is going to an earlier list, and a changed campaign is met by playing the same statements on it.
public final class Session {
  let surroundings: any SessionSurroundings
  var history: History
  /// The histories that are not at hand, by name, and the name of the one that is.
  var forks: [String: History] = [:]
  var forkName = Session.firstFork
  /// What `it` is.
  var lastValue: LastValue?
  var detail = TraceDetail.short
  /// Where the entry at hand stands.
  var place = EntryPlace.prompt
  private var entry = ""
  /// Who runs Python, and the scripts they know.
  var scriptHost: (scripts: [String], host: (any ScriptHost)?)?
  /// What is to be said behind the answer to the entry at hand.
  var remarks = SessionProblem([])

  static let firstFork = "main"

  public init(_ surroundings: any SessionSurroundings) {
    self.surroundings = surroundings
    let campaign = SessionCampaign.empty(surroundings.zones)
    history = History(Moment(campaign, seed: nil, inputs: [], state: nil, cause: "the beginning"))
  }

  /// Carries out one whole entry: language (statements, declarations, an expression) or a command that begins with a
  /// colon. Where something is wrong with it, nothing of it is done.
  ///
  /// - Parameter place: Of which text the entry is a part, for messages.
  public func enter(_ entry: String, at place: EntryPlace = .prompt) -> SessionReply {
    let trimmed = entry.drop { $0.isWhitespace }
    if trimmed.isEmpty { return SessionReply() }
    (self.entry, self.place) = (entry, place)
    remarks = SessionProblem([])
    do throws(SessionProblem) {
      var answer = trimmed.hasPrefix(":") ? try command(entry) : try language(entry)
      answer.errors += reply(to: remarks).errors
      return answer
    } catch {
      return reply(to: error)
    }
  }

  func reply(to problem: SessionProblem) -> SessionReply {
    let renderer = FullRenderer(
      files: problem.sources.map(shown), palette: surroundings.style == .terminal ? .ansi : .plain)
    let rest = problem.diagnostics.count - SessionLimit.errorsTold
    let shown = Array(problem.diagnostics.prefix(SessionLimit.errorsTold))
    let omitted = rest > 0 ? "\n… and \(Counted.noun(rest, "more finding"))\n" : ""
    return SessionReply(
      errors: shown.isEmpty ? "" : renderer.render(DiagnosticReport(shown)) + omitted,
      isError: problem.diagnostics.contains { $0.severity == .error })
  }

  /// Parts of an entry are read with blanks in the place of the rest; what is shown is what was typed.
  private func shown(_ source: SourceFile) -> SourceFile {
    let isEntry = source.name == place.name && source.bytes.count == entry.utf8.count
    return isEntry ? place.source(entry, source.id) : source
  }

  private func command(_ entry: String) throws(SessionProblem) -> SessionReply {
    let source = place.source(entry, FileID(0))
    let parsed = ParsedCommand(source)
    guard let command = parsed.command else { throw SessionProblem(parsed.diagnostics, [source]) }
    switch command {
    case .load(let path): return try load(path)
    case .reload: return try reload()
    case .help(let topic): return try help(topic)
    case .type(let expression): return try type(of: expression)
    case .show(let topic, let key): return try show(topic, of: key)
    case .graph(let flow): return try outline(of: flow)
    case .trace(let detail): return trace(detail)
    case .story(let key): return try story(of: key)
    case .why(let question, let key): return try why(question, of: key)
    case .back(let steps): return try travel(by: -steps)
    case .forward(let steps): return try travel(by: steps)
    case .fork(let name): return try fork(name)
    case .switchTo(let name): return try switchTo(name)
    case .saveTest(let name, let file): return try saveTest(name, file)
    case .seed(let seed): return try choose(seed: seed)
    case .quit: return SessionReply(wantsToQuit: true)
    }
  }

  // MARK: What completion asks

  /// The campaign at hand.
  public var campaign: CheckedCampaign? { history.present.campaign.campaign }
  /// The names that communications of the campaign have.
  public var communicationNames: [String] { campaign?.schema.communications.map(\.name) ?? [] }
  /// The keys of people, in order of creation.
  public var participantKeys: [String] {
    guard let simulation = history.present.state?.simulation else { return [] }
    return (0..<min(simulation.peopleCount, SessionLimit.completedKeys)).map { simulation.name(of: $0) }
      .filter { !$0.isEmpty }
  }
  /// The names of forks.
  public var forkNames: [String] { (forks.keys + [forkName]).sorted() }

  // MARK: What tests look at

  /// All that the state is: the clock, and what the store keeps of everybody.
  package func fingerprint() throws -> [[UInt8]] {
    let state = try state(of: history.present)
    return [Array("\(state.now)".utf8)] + state.simulation.records
  }

  /// Drops all states, which are then played again when they are wanted.
  package func forgetStates() { for moment in history.moments { moment.state = nil } }

  /// The names of the tests of the campaign that fail.
  package func failedTests() throws -> [String] {
    try run(history.present.campaign.check) { _ in true }.filter { $0.failure != nil }.map(\.test.name)
  }
}
