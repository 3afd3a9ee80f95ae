internal import FlowCheck
internal import FlowRuntime
internal import FlowSchema
internal import FlowStory
internal import FlowSyntax
internal import FlowTesting
internal import FlowText
internal import FlowValues

/// Tells why something is as it is: the run that did it, with the checks it passed, the event that began it, and so on
/// back to what was typed.
struct CauseChain {
  /// How far back it is told.
  private static let maximumLinks = 12

  private let causes: StoryCauses
  private let cast: StoryCast
  private let style: TextStyle
  private let inputs: [(start: Int, text: String)]
  private var text = ""
  private var zone: Zone { cast.zone }

  /// - Parameter inputs: What was typed about the person, with where the story stood.
  init(_ causes: StoryCauses, _ cast: StoryCast, _ style: TextStyle, inputs: [(start: Int, text: String)]) {
    self.causes = causes
    self.cast = cast
    self.style = style
    self.inputs = inputs
  }

  /// - Parameter place: Where something happened.
  mutating func tell(_ place: (moment: Int, run: Int?)) -> String {
    var place = place
    for link in 0..<Self.maximumLinks {
      let moment = causes.moments[place.moment]
      if let run = place.run {
        text += link == 0 ? "" : "\n"
        text +=
          "\(StoryClock.text(causes.moments[causes.runs[run].moment].at, in: zone))  flow \(flowName(run))\n"
        text += nodes(run, moment)
      }
      text += event(moment, isFirst: place.run == nil)
      guard case .run(let source) = causes.sources[place.moment] else {
        typed(before: causes.storyIndices[place.moment])
        return text
      }
      // A report on what a run has planned comes from outside too.
      if isReported(moment) { typed(before: causes.storyIndices[place.moment]) }
      place = (causes.runs[source].moment, source)
    }
    return text + "…\n"
  }

  private func flowName(_ run: Int) -> String { cast.campaigns[0].flows[causes.runs[run].flow].name }

  private func nodes(_ run: Int, _ moment: StoryMoment) -> String {
    var entries = causes.runs[run].entries
    entries = entries.filter { entry in
      switch entry {
      case .node, .communication, .handOver, .handOverCanceled, .fieldChanged: true
      case .event, .runStarted, .runFinished, .runFailed, .scriptFailed, .modelFailed, .cascadeStopped,
        .reportIgnored, .observed:
        false
      }
    }
    return StoryTrace.nodes(of: entries, cast, style: style, indent: "  ")
  }

  private func event(_ moment: StoryMoment, isFirst: Bool) -> String {
    let words: String
    switch moment.event {
    case .participantCreated: words = "participant created"
    case .participantUpdated(let fields): words = "participant updated (\(fields.joined(separator: ", ")))"
    case .communicationUpdated(let name, _, let status): words = "\(name ?? "session") \(status.spelling)"
    case .communicationEnded(let name, let number, let status):
      let results = StoryWords.results(of: number, in: moment.causes)
      words = "\(name ?? "session") \(status.spelling)" + (results.isEmpty ? "" : ": \(results)")
    case .incomingSession: words = "incoming session"
    case .fromFlow(let flow): words = "\(cast.campaigns[0].flows[flow].name) handed over to"
    case nil: words = "from outside"
    }
    let time = isFirst ? "\(StoryClock.text(moment.at, in: zone))  " : "  because of: "
    return time + words.terminalSafe + "\n"
  }

  private func isReported(_ moment: StoryMoment) -> Bool {
    switch moment.event {
    case .communicationUpdated(_, _, let status): status != .started
    case .communicationEnded(_, _, let status): status != .skipped && status != .canceled
    case .participantCreated, .participantUpdated, .incomingSession, .fromFlow, nil: false
    }
  }

  private mutating func typed(before index: Int) {
    guard let input = inputs.last(where: { $0.start <= index }) else { return }
    text += "  typed: \(input.text.terminalSafe)\n"
  }
}
