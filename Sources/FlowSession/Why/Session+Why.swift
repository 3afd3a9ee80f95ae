internal import FlowCheck
internal import FlowRuntime
internal import FlowSchema
internal import FlowStory
internal import FlowSyntax
internal import FlowTesting
internal import FlowText
internal import FlowValues

/// `:why`.
extension Session {
  /// - Parameter key: Of whom it is asked.
  func why(_ question: WhyQuestion, of key: String?) throws(SessionProblem) -> SessionReply {
    let moment = history.present
    let state = try state(of: moment)
    switch question {
    case .communication(let name):
      try require(communication: name)
      return SessionReply(output: try scene(question, key, state).communication(name))
    case .field(let level, let name):
      let field = try require(field: name, level)
      return SessionReply(output: try scene(question, key, state).field(level, field))
    case .absence(let name):
      try require(communication: name)
      let answer = try scene(question, key, state).absence(of: name)
      // Other values are tried with scripts too, which may take long.
      if surroundings.isInterrupted {
        throw SessionProblem(.interruptedStatement, "interrupted: nothing was found")
      }
      return SessionReply(output: answer)
    }
  }

  private func scene(
    _ question: WhyQuestion, _ key: String?, _ state: ScenarioPlayer
  ) throws(SessionProblem) -> WhyScene {
    let person = try person(key, state, for: question.command) { isLikely($0, question, state) }
    let story = try fullStory(of: person, history.present)?.entries ?? []
    return WhyScene(self, history.present, state, person, story)
  }

  /// Whether a question has more than the shortest answer.
  private func isLikely(_ person: Int, _ question: WhyQuestion, _ state: ScenarioPlayer) -> Bool {
    switch question {
    case .communication(let name):
      state.simulation.communications(of: person, campaign: 0).contains { $0.name == name }
    case .absence(let name):
      !state.simulation.communications(of: person, campaign: 0).contains {
        $0.name == name && $0.status != .skipped
      }
    case .field(let level, let name):
      state.simulation.fields(of: person, campaign: 0).contains {
        $0.level == level && $0.field.name == name && $0.value != nil
      }
    }
  }

  private func require(field name: String, _ level: FieldLevel) throws(SessionProblem) -> Field {
    let fields = history.present.campaign.campaign.schema.fields(level).fields
    if let field = fields.first(where: { $0.name == name }) { return field }
    let near = closestName(to: name, among: fields.map(\.name))
    throw SessionProblem(
      .nothingThere, "`\(level.spelling)` has no field `\(name.terminalSafe)`",
      help: near.map { ["did you mean `\(level.spelling).\($0)`?"] } ?? [])
  }

  private func require(communication name: String) throws(SessionProblem) {
    if communicationNames.contains(name) { return }
    let near = closestName(to: name, among: communicationNames).map { ["did you mean `\($0)`?"] }
    throw SessionProblem(
      .nothingThere, "the campaign has no communication `\(name.terminalSafe)`",
      notes: communicationNames.isEmpty
        ? []
        : ["communications: \(communicationNames.prefix(SessionLimit.rowsShown).joined(separator: ", "))"],
      help: near ?? [])
  }
}

/// Answers about one person.
private struct WhyScene {
  let campaign: CheckedCampaign
  let state: ScenarioPlayer
  let person: Int
  let story: [JournalEntry]
  let causes: StoryCauses
  let cast: StoryCast
  let style: TextStyle
  let inputs: [(start: Int, text: String)]
  var zone: Zone { cast.zone }

  init(
    _ session: Session, _ moment: Moment, _ state: ScenarioPlayer, _ person: Int, _ story: [JournalEntry]
  ) {
    campaign = moment.campaign.campaign
    self.state = state
    self.person = person
    self.story = story
    causes = StoryCauses(story, start: state.start)
    let zone = state.simulation.zone(of: person, campaign: 0)
    cast = StoryCast([campaign], zone: zone, zones: session.surroundings.zones)
    style = session.surroundings.style
    inputs = state.inputs.filter { $0.person == person && $0.statement < moment.inputs.count }.map {
      ($0.storyStart, moment.inputs[$0.statement].text.split { $0.isWhitespace }.joined(separator: " "))
    }
  }

  /// The causes of the last entry of a kind; `nil` where there is none.
  private func chain(_ isEffect: @escaping (JournalEntry) -> Bool) -> String? {
    guard let place = causes.last(isEffect) else { return nil }
    var chain = CauseChain(causes, cast, style, inputs: inputs)
    return chain.tell(place, isEffect)
  }

  // MARK: What is there

  func communication(_ name: String) -> String {
    let known = state.simulation.communications(of: person, campaign: 0).filter { $0.name == name }
    guard let latest = known.last else {
      return "there is no \(name)\n" + absence(of: name)
    }
    var text = style.bold(CommunicationWords.text(of: latest, zone)) + "\n"
    if let reason = skipReason(latest) { text += "  skipped: \(reason)\n" }
    if latest.status == .canceled, let chain = chain({ CauseChain.isChange($0, latest.number, .canceled) }) {
      // What canceled it is the cause of what it is, before what planned it.
      text += chain + "it was planned by\n"
    } else if latest.status.isFinal, latest.status != .skipped {
      text += reported(latest.number)
    }
    return text + (chain { CauseChain.isChange($0, latest.number, .planned) } ?? "")
  }

  /// What was typed that ended a communication.
  private func reported(_ number: Int) -> String {
    let index = story.lastIndex { entry in
      if case .communication(let change) = entry {
        change.number == number && change.status.isFinal
      } else {
        false
      }
    }
    guard let index, let input = inputs.last(where: { $0.start <= index }) else { return "" }
    return "  typed: \(input.text.terminalSafe)\n"
  }

  private func skipReason(_ state: CommunicationState) -> String? {
    StoryWords.skipReason(of: state.number, in: story)
  }

  func field(_ level: FieldLevel, _ field: Field) -> String {
    let name = "\(level.spelling).\(field.name)"
    let value = state.simulation.fields(of: person, campaign: 0).first {
      $0.level == level && $0.field.name == field.name
    }?.value
    let head = style.bold("\(name) = \((value ?? "unset").terminalSafe)") + "\n"
    let chain = chain { entry in
      if case .fieldChanged(level, field.name, _, _) = entry { true } else { false }
    }
    if let chain { return head + chain }
    return head
      + (value == nil ? "nothing has ever set it\n" : "its default; nothing has ever changed it\n")
  }

  // MARK: What is not there

  func absence(of name: String) -> String {
    let known = state.simulation.communications(of: person, campaign: 0).last { $0.name == name }
    if let known, known.status != .skipped {
      return "there is one: \(CommunicationWords.text(of: known, zone)); `:why \(name)` tells its cause\n"
    }
    var text = ""
    if let known {
      text = CommunicationWords.text(of: known, zone) + (skipReason(known).map { ": \($0)" } ?? "") + "\n"
      return text + told(state.trial(thatStarts: known, person))
    }
    guard let absence = state.absence(of: name, person) else { return text }
    return text + tell(absence, "plan \(name)")
  }

  private func tell(_ absence: Absence, _ what: String) -> String {
    let flow = campaign.flows[absence.flow]
    guard absence.hasRun else {
      if !flow.isActive { return "flow \(flow.name), which would \(what), is inactive\n" }
      let kinds = flow.triggers.map { "on \($0.kind.spelling)" }.joined(separator: ", ")
      let head = "flow \(flow.name), which would \(what), has not begun: \(kinds)\n"
      return head + absence.handOver.map { tell($0, "hand over to it") }.joined()
    }
    let time = absence.at.map { StoryClock.text($0, in: zone) } ?? ""
    if absence.isReached {
      return "flow \(flow.name) did \(what): \(time)" + due(absence.flow) + "\n"
    }
    var text = "the run of flow \(flow.name) that came nearest: \(time)\n"
    if let reason = absence.failure { text += "  it failed: \(reason.message)\n" }
    if let stop = absence.stop {
      let tree = campaign.files[stop.file.index]
      let place = "\(tree.source.name):\(tree.source.position(at: stop.condition.lower).line)"
      let condition = tree.source.text(stop.condition).split { $0.isWhitespace }.joined(separator: " ")
      text +=
        "  check \(condition.terminalSafe) → \(stop.taken.spelling)  \(style.pale(place.terminalSafe))\n"
      if !stop.values.isEmpty { text += "    sees \(StoryWords.list(stop.values).terminalSafe)\n" }
      text += "  to \(what) it would have had to take \(stop.needed.spelling)\n"
    }
    if let index = absence.storyIndex, let input = inputs.last(where: { $0.start <= index }) {
      text += "  typed: \(input.text.terminalSafe)\n"
    }
    return text + told(absence.trial)
  }

  /// What is still to come.
  private func due(_ flow: Int) -> String {
    guard let due = state.simulation.nextDue(of: person) else { return "" }
    return "; what is due next comes \(StoryClock.text(due.at, in: zone))"
  }

  private func told(_ trial: Absence.Trial?) -> String {
    guard let trial else { return "" }
    guard let change = trial.change else {
      if trial.fields.isEmpty { return "no field makes a difference on the way to it\n" }
      return "no other value that was tried of one of these alone would have led to it: "
        + trial.fields.joined(separator: ", ") + "\n"
    }
    let outcome = change.outcome?.plannedAt.map { ", planned for \(StoryClock.text($0, in: zone))" } ?? ""
    let words = "with \(change.field) = \(change.wanted), not \(change.actual), it would be there\(outcome)"
    return words.terminalSafe + "\n"
  }
}
