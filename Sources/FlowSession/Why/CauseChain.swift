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

  /// - Parameters:
  ///   - place: Where something happened.
  ///   - isEffect: Which entry of the run it was.
  mutating func tell(
    _ place: (moment: Int, run: Int?), _ isEffect: @escaping (JournalEntry) -> Bool
  ) -> String {
    var place = place
    var isEffect = isEffect
    for _ in 0..<Self.maximumLinks {
      let moment = causes.moments[place.moment]
      if let run = place.run {
        let time = StoryClock.text(causes.moments[causes.runs[run].moment].at, in: zone)
        text += "\(time)  flow \(flowName(run))\n" + nodes(run, upTo: isEffect)
      }
      text += event(moment, isFirst: place.run == nil)
      guard case .run(let source) = causes.sources[place.moment] else {
        typed(before: causes.storyIndices[place.moment])
        return text
      }
      // A report on what a run has planned comes from outside too.
      if isReported(moment) { typed(before: causes.storyIndices[place.moment]) }
      place = (causes.runs[source].moment, source)
      isEffect = Self.effect(behind: moment)
    }
    return text + "…\n"
  }

  private func flowName(_ run: Int) -> String { cast.campaigns[0].flows[causes.runs[run].flow].name }

  /// The checks that a run passed on its way to an effect, the statement that had it, and the effect.
  private func nodes(_ run: Int, upTo isEffect: (JournalEntry) -> Bool) -> String {
    let entries = causes.runs[run].entries
    let end = entries.firstIndex(where: isEffect) ?? entries.count - 1
    guard end >= 0 else { return "" }
    let passed = entries[...end]
    let last = passed.lastIndex { if case .node = $0 { true } else { false } } ?? 0
    let told = passed.enumerated().filter { index, entry in
      if index == last || index == end { return true }
      if case .node(let node) = entry { return node.port != nil }
      return false
    }
    return StoryTrace.nodes(of: told.map(\.element), cast, style: style, indent: "  ")
  }

  /// What an earlier run did that led to a moment.
  private static func effect(behind moment: StoryMoment) -> (JournalEntry) -> Bool {
    switch moment.event {
    case .participantUpdated(let fields):
      return { entry in
        if case .fieldChanged(.participant, let field, _, _) = entry { fields.contains(field) } else { false }
      }
    case .communicationUpdated(_, let number, _): return { isChange($0, number, .planned) }
    case .communicationEnded(_, let number, let status):
      return { isChange($0, number, status == .canceled ? .canceled : .planned) }
    case .fromFlow(let flow): return { if case .handOver(flow, _) = $0 { true } else { false } }
    case .participantCreated, .incomingSession, nil: return { _ in false }
    }
  }

  static func isChange(_ entry: JournalEntry, _ number: Int, _ status: CommunicationStatus) -> Bool {
    if case .communication(let change) = entry {
      change.number == number && change.status == status
    } else {
      false
    }
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
    case .fromFlow(let flow): words = "hand-over to \(cast.campaigns[0].flows[flow].name)"
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
