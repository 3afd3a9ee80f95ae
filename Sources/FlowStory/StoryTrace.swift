internal import FlowCheck
package import FlowRuntime
internal import FlowSchema
internal import FlowSyntax
package import FlowText
package import FlowValues

/// The long form of a story: every event, run and node with the values it saw, every effect, with source
/// lines.
package struct StoryTrace {
  /// How much of a statement's source is shown, in characters.
  private static let maximumSource = 76

  private let cast: StoryCast
  private let style: TextStyle
  private var clock: StoryClock
  private var text = ""
  private var showsPlaces = true

  /// The events of a part of a story, without a headline.
  ///
  /// - Parameter places: Whether the lines of the source are told.
  package static func events(
    of entries: [JournalEntry], _ cast: StoryCast, start: Instant, style: TextStyle, places: Bool
  ) -> String {
    var trace = StoryTrace(cast, style)
    trace.showsPlaces = places
    for moment in StoryMoment.moments(of: entries, start: start) { trace.tell(moment) }
    return trace.text
  }

  /// Nodes and effects alone, with the lines of the source.
  package static func nodes(
    of entries: [JournalEntry], _ cast: StoryCast, style: TextStyle, indent: String
  ) -> String {
    var trace = StoryTrace(cast, style)
    let moment = StoryMoment(event: nil, at: .minimum, campaign: 0, causes: [])
    trace.tell(entries, moment, indent: indent)
    return trace.text
  }

  package static func render(_ story: Story, _ cast: StoryCast, start: Instant, style: TextStyle) -> String {
    var trace = StoryTrace(cast, style)
    let moments = StoryMoment.moments(of: story.entries, start: start)
    for moment in moments { trace.tell(moment) }
    let name = story.name.map { "  \($0.terminalSafe)" } ?? ""
    let head = style.bold(story.key.terminalSafe) + name + "\n"
    return head + (moments.isEmpty ? "\nnothing happened\n" : trace.text)
  }

  private init(_ cast: StoryCast, _ style: TextStyle) {
    self.cast = cast
    self.style = style
    clock = StoryClock(cast.zone, cast.zones)
  }

  private mutating func tell(_ moment: StoryMoment) {
    for entry in moment.causes { clock.note(entry) }
    let campaign = cast.campaigns.count > 1 ? "  [\(cast.campaigns[moment.campaign].name)]" : ""
    let zone = style.pale(clock.zone.name)
    text += "\n\(style.bold(clock.text(moment.at))) \(zone)  \(headline(moment))\(campaign)\n"
    tell(moment.causes, moment, indent: "  ")
    for run in moment.runs {
      let flow = cast.campaigns[moment.campaign].flows[run.flow]
      let title = flow.title.map { " \"\($0.terminalSafe)\"" } ?? ""
      text += "  flow \(flow.name)\(title)\n"
      tell(run.entries, moment, indent: "    ")
      if let failure = run.failure {
        text += "    failed: \(failure.message); nothing of this run remains\n"
      }
    }
    if moment.isStopped {
      text += "  stopped: more runs at this instant than the budget of one participant\n"
    }
  }

  private func headline(_ moment: StoryMoment) -> String {
    switch moment.event {
    case .participantCreated: "participant created"
    case .participantUpdated(let fields): "participant updated (\(fields.joined(separator: ", ")))"
    case .communicationUpdated(let name, let number, let status):
      "communication updated: \(name ?? "session") \(status.spelling) (number \(number))"
    case .communicationEnded(let name, let number, let status):
      "communication ended: \(name ?? "session") \(status.spelling) (number \(number))"
    case .incomingSession(let number): "incoming session (number \(number))"
    case .fromFlow(let flow): "from flow: \(cast.campaigns[moment.campaign].flows[flow].name)"
    case nil: moment.isIgnoredReport ? "a report" : "no event"
    }
  }

  private mutating func tell(_ entries: [JournalEntry], _ moment: StoryMoment, indent: String) {
    for entry in entries {
      clock.note(entry)
      switch entry {
      case .node(let node):
        tell(node, moment.campaign, indent: indent)
        if !node.values.isEmpty { text += "\(indent)  sees \(StoryWords.list(node.values).terminalSafe)\n" }
      case .fieldChanged(let level, let field, let from, let to):
        let change = from == "unset" ? to : "\(from) → \(to)"
        text += "\(indent)  \(level.spelling).\(field): \(change.terminalSafe)\n"
      case .communication(let change): tell(change, indent)
      case .handOver(let flow, let at):
        let name = cast.campaigns[moment.campaign].flows[flow].name
        text += "\(indent)  hand-over to \(name) " + (at.map { "at \(clock.text($0))" } ?? "now") + "\n"
      case .handOverCanceled(let flow):
        text += "\(indent)  hand-overs to \(cast.campaigns[moment.campaign].flows[flow].name) dropped\n"
      case .modelFailed(let agent, let reason):
        let name = cast.campaigns[moment.campaign].schema.agents[agent].name
        text += "\(indent)model \(name) failed: \(reason.message)\n"
      case .reportIgnored(_, _, let name, let status):
        text +=
          "\(indent)  report \(name ?? "session") \(status.spelling) ignored: it is not a step forward\n"
      case .scriptFailed(let failure):
        for line in ScriptTraceback.lines(of: failure) { text += "\(indent)  \(line.terminalSafe)\n" }
      case .event, .runStarted, .runFinished, .runFailed, .cascadeStopped, .observed: break
      }
    }
  }

  private mutating func tell(_ change: CommunicationChange, _ indent: String) {
    var line = "\(change.name ?? "session") \(change.status.spelling)"
    if change.status == .planned {
      line += change.plannedAt.map { " for \(clock.text($0))" } ?? ""
      let sender = [change.channel?.spelling, change.agent.map { "by \($0)" }].compactMap { $0 }
      line += " (\(sender.joined(separator: " ")))"
    }
    if change.status == .started || change.status == .planned, !change.payload.isEmpty {
      line += " with \(StoryWords.list(change.payload))"
    }
    if change.status.isFinal, !change.results.isEmpty { line += ": \(StoryWords.list(change.results))" }
    if let reason = StoryWords.skipReason(of: change) { line += ": \(reason)" }
    text += "\(indent)  \(line.terminalSafe)\n"
  }

  // MARK: Statements

  private mutating func tell(_ node: JournalNode, _ campaign: Int, indent: String) {
    let tree = cast.campaigns[campaign].files[node.file.index]
    let statement = tree[node.statement]
    let line = tree.source.position(at: statement.range.lower).line
    let title = statement.title.map { "  \"\(tree[$0].terminalSafe)\"" } ?? ""
    let place = showsPlaces ? "  " + style.pale("\(tree.source.name.terminalSafe):\(line)") : ""
    let model = node.model >= 0 ? "model: " : ""
    let port = node.port.map { " → \($0.spelling)" } ?? ""
    text += "\(indent)\(model)\(source(of: statement, in: tree))\(port)\(place)\(title)\n"
  }

  /// The statement on one line; of a check or chance what stands before its first brace.
  private func source(of statement: Statement, in tree: SyntaxTree) -> String {
    let block = StoryTrace.matchBlock(of: statement)
    let end = block.map(\.range.lower) ?? statement.range.upper
    let range = SourceRange(statement.range.lower, max(end, statement.range.lower))
    let line = tree.source.text(range).split { $0.isWhitespace }.joined(separator: " ").terminalSafe
    return line.count > Self.maximumSource ? String(line.prefix(Self.maximumSource - 1)) + "…" : line
  }

  private static func matchBlock(of statement: Statement) -> Block? {
    switch statement.kind {
    case .check(_, let match, _), .chance(_, let match, _): match
    case .communication, .cancelCommunications, .update, .handOver, .cancelHandOvers, .python, .stop, .go,
      .progress, .end, .scenario:
      nil
    }
  }
}
