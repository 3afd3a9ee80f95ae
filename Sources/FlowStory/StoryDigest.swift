internal import FlowCheck
package import FlowRuntime
internal import FlowSchema
internal import FlowSyntax
package import FlowText
package import FlowValues

/// The short form of a story: what the person would notice, and what was planned and noted about them.
package struct StoryDigest {
  /// How many lines of one story are shown.
  static let maximumLines = 16

  private let cast: StoryCast
  private let style: TextStyle
  private var clock: StoryClock
  private var lines: [(time: String, text: String)] = []
  /// The campaigns that the person is in by now.
  private var entered: Set<Int> = []
  private var isSeveral: Bool { cast.campaigns.count > 1 }

  package static func render(_ story: Story, _ cast: StoryCast, start: Instant, style: TextStyle) -> String {
    var digest = StoryDigest(cast, style)
    for moment in StoryMoment.moments(of: story.entries, start: start) { digest.tell(moment) }
    return digest.rendered(story)
  }

  /// The lines of a part of a story, each with its time where that differs from the one before.
  ///
  /// - Parameter isKnown: Whether the person takes part already when it begins.
  package static func lines(
    of entries: [JournalEntry], _ cast: StoryCast, start: Instant, isKnown: Bool
  ) -> [(time: String, text: String)] {
    var digest = StoryDigest(cast, .plain)
    if isKnown { digest.entered = Set(cast.campaigns.indices) }
    for moment in StoryMoment.moments(of: entries, start: start) { digest.tell(moment) }
    return digest.lines
  }

  private init(_ cast: StoryCast, _ style: TextStyle) {
    self.cast = cast
    self.style = style
    clock = StoryClock(cast.zone, cast.zones)
  }

  private mutating func tell(_ moment: StoryMoment) {
    for entry in moment.causes { clock.note(entry) }
    let time = clock.minutes(moment.at)
    if let headline = headline(moment) {
      let place = isSeveral ? "\(cast.campaigns[moment.campaign].name): " : ""
      lines.append((time, place + headline))
    }
    for run in moment.runs { tell(run, of: moment, time) }
    if moment.isStopped { lines.append((time, "  stopped: its flows trigger one another without end")) }
  }

  /// What happened; `nil` where only what follows is worth a line.
  private mutating func headline(_ moment: StoryMoment) -> String? {
    switch moment.event {
    case .participantCreated:
      let isNew = entered.insert(moment.campaign).inserted
      return isNew ? "uploaded" : "uploaded again"
    case .participantUpdated:
      // A flow's own updates are told where they are made.
      let changes = StoryWords.changes(in: moment.causes)
      return changes.isEmpty ? nil : "updated: \(changes)"
    case .communicationUpdated(let name, _, let status): return "\(name ?? "session") \(status.spelling)"
    case .communicationEnded(let name, let number, let status):
      let results = StoryWords.results(of: number, in: moment.causes)
      let detail = StoryWords.skipReason(of: number, in: moment.causes) ?? results
      return "\(name ?? "session") \(StoryWords.word(status))" + (detail.isEmpty ? "" : ": \(detail)")
    case .incomingSession(let number):
      return "gets in touch" + (StoryWords.channel(of: number, in: moment.causes).map { " on \($0)" } ?? "")
    case .fromFlow(let flow): return moment.runs.isEmpty ? nil : "\(flowName(flow, moment)) begins"
    case nil:
      let changes = StoryWords.changes(in: moment.causes)
      return changes.isEmpty ? nil : "updated: \(changes)"
    }
  }

  private mutating func tell(_ run: StoryMoment.Run, of moment: StoryMoment, _ time: String) {
    for entry in run.entries {
      switch entry {
      case .communication(let change):
        guard change.status == .planned, let at = change.plannedAt, at > moment.at else { continue }
        let name = change.name ?? "session"
        let channel = change.channel.map { " (\($0.spelling))" } ?? ""
        lines.append((time, "  \(name)\(channel) planned for \(clock.minutes(at))"))
      case .handOver(let flow, .some(let at)) where at > moment.at:
        lines.append((time, "  \(flowName(flow, moment)) planned for \(clock.minutes(at))"))
      case .handOverCanceled, .handOver, .node, .event, .runStarted, .runFinished, .runFailed, .scriptFailed,
        .modelFailed, .cascadeStopped, .reportIgnored, .fieldChanged, .observed:
        clock.note(entry)
      }
    }
    let changes = StoryWords.changes(in: run.entries)
    if run.failure == nil, !changes.isEmpty { lines.append((time, "  \(changes)")) }
    guard let failure = run.failure else { return }
    lines.append((time, "  \(flowName(run.flow, moment)) failed: \(failure.message)"))
  }

  private func flowName(_ flow: Int, _ moment: StoryMoment) -> String {
    cast.campaigns[moment.campaign].flows[flow].name
  }

  private func rendered(_ story: Story) -> String {
    let name = story.name.map { "  \($0.terminalSafe)" } ?? ""
    var result = style.bold(story.key.terminalSafe) + name + style.pale("  (\(clock.zone.name))") + "\n"
    let width = lines.prefix(Self.maximumLines).map(\.time.count).max() ?? 0
    var last = ""
    for line in lines.prefix(Self.maximumLines) {
      let time = line.time == last ? "" : line.time
      last = line.time
      let padding = String(repeating: " ", count: width - time.count)
      result += "  \(time)\(padding)  \(line.text.terminalSafe)\n"
    }
    if lines.isEmpty { result += "  nothing happened\n" }
    let rest = lines.count - Self.maximumLines
    if rest > 0 {
      result +=
        "  … \(Counted.noun(rest, "more line")): --trace \(story.key.shellQuoted.terminalSafe) tells all\n"
    }
    return result
  }
}
