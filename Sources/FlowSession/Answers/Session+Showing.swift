internal import FlowCheck
internal import FlowRuntime
internal import FlowSchema
internal import FlowStory
internal import FlowSyntax
internal import FlowTesting
internal import FlowText

/// `:show`, `:trace`, `:help`.
extension Session {
  func show(_ topic: SessionTopic) throws(SessionProblem) -> SessionReply {
    let state = try state(of: history.present)
    let text: String =
      switch topic {
      case .overview: overview(state)
      case .participants: participants(state)
      case .communications: communications(state)
      case .flows: flows(state)
      case .fields: fields(state)
      case .runs: runs(state)
      }
    return SessionReply(output: text)
  }

  func help(_ topic: String?) throws(SessionProblem) -> SessionReply {
    if let page = HelpPage.rendered(topic, surroundings.style) { return SessionReply(output: page) }
    let topics = HelpPage.all.map(\.topic)
    let near = closestName(to: topic ?? "", among: topics).map { ["did you mean `\($0)`?"] }
    throw SessionProblem(
      .unknownTopic, "there is no help on `\((topic ?? "").terminalSafe)`",
      notes: ["topics: \(topics.joined(separator: ", "))"], help: near ?? [])
  }

  func trace(_ detail: TraceDetail) -> SessionReply {
    self.detail = detail
    return SessionReply(output: "trace: \(detail.rawValue)\n")
  }

  private func overview(_ state: ScenarioPlayer) -> String {
    let moment = history.present
    let people = state.simulation.peopleCount
    var text = "\(describe(moment.campaign))\n"
    text += moment.campaign.path.map { "loaded from \($0.terminalSafe)" } ?? "typed, not loaded"
    text += "\n\(Telling.time(state))\n"
    text += "\(Counted.noun(people, "participant")), \(Counted.noun(moment.inputs.count, "statement"))"
    text += history.stepsAhead > 0 ? ", \(Counted.noun(history.stepsAhead, "step")) ahead\n" : "\n"
    text += moment.seed.map { "models answer with the draws of seed \($0)\n" } ?? ""
    if forkNames.count > 1 {
      text += "forks: \(forkNames.joined(separator: ", ").terminalSafe), on \(forkName)\n"
    }
    let replaced = moment.campaign.replaced.map(\.description).sorted()
    if !replaced.isEmpty { text += "typed for what the files have: \(replaced.joined(separator: ", "))\n" }
    return text
  }

  /// One line for each of the first few, and how many there are beyond.
  private func listed(_ lines: [String], of count: Int, _ noun: String) -> String {
    if count == 0 { return "no \(noun)s\n" }
    let shown = lines.prefix(SessionLimit.rowsShown)
    let rest = count - shown.count
    return shown.map { $0.terminalSafe + "\n" }.joined()
      + (rest > 0 ? "… and \(Counted.noun(rest, "more \(noun)"))\n" : "")
  }

  private func shownPeople(_ state: ScenarioPlayer) -> [Int] {
    Array(
      (0..<state.simulation.peopleCount).lazy.filter { state.simulation.exists($0) }
        .prefix(SessionLimit.rowsShown))
  }

  private func participants(_ state: ScenarioPlayer) -> String {
    let lines = shownPeople(state).map { person in
      let fields = state.simulation.fields(of: person, campaign: 0).filter {
        $0.level == .participant && $0.value != nil
      }
      let values = fields.map { "\($0.field.name) = \($0.value ?? "")" }.joined(separator: ", ")
      return "\(state.simulation.name(of: person))  \(values)"
    }
    return listed(lines, of: state.simulation.peopleCount, "participant")
  }

  private func communications(_ state: ScenarioPlayer) -> String {
    let isSeveral = state.simulation.peopleCount > 1
    let lines = shownPeople(state).flatMap { person in
      let zone = state.simulation.zone(of: person, campaign: 0)
      let key = isSeveral ? state.simulation.name(of: person) + "  " : ""
      return state.simulation.communications(of: person, campaign: 0).map {
        key + CommunicationWords.text(of: $0, zone)
      }
    }
    let text = listed(lines, of: lines.count, "communication")
    let rest = state.simulation.peopleCount - SessionLimit.rowsShown
    return rest > 0 ? text + "those of \(Counted.noun(rest, "more participant")) are not shown\n" : text
  }

  private func flows(_ state: ScenarioPlayer) -> String {
    let campaign = history.present.campaign.campaign
    let lines = campaign.flows.enumerated().map { index, flow in
      let counts = state.simulation.runCounts(flow: index, campaign: 0)
      let title = flow.title.map { " \"\($0)\"" } ?? ""
      let triggers = flow.triggers.map(\.kind.spelling).joined(separator: ", ")
      let failed = counts.failed > 0 ? ", \(Counted.number(counts.failed)) failed" : ""
      let runs =
        flow.isActive ? "\(Counted.noun(counts.finished + counts.failed, "run"))\(failed)" : "inactive"
      return "\(flow.name)\(title)  on \(triggers)  \(runs)"
    }
    return listed(lines, of: lines.count, "flow")
  }

  private func fields(_ state: ScenarioPlayer) -> String {
    guard let person = state.onlyPerson else {
      let schema = history.present.campaign.campaign.schema
      let lines = FieldLevel.allCases.flatMap { level in
        schema.fields(level).fields.filter { $0.declaration != nil }.map {
          "\(level.spelling).\($0.name): \(TypeWords.text(of: $0.type, schema))"
        }
      }
      return listed(lines, of: lines.count, "field")
    }
    let lines = state.simulation.fields(of: person, campaign: 0)
      .filter { $0.value != nil || $0.field.declaration != nil }
      .map { "\($0.level.spelling).\($0.field.name) = \($0.value ?? "unset")" }
    return lines.map { $0.terminalSafe + "\n" }.joined()
  }

  /// The runs of the first few, latest last.
  private func runs(_ state: ScenarioPlayer) -> String {
    let campaign = history.present.campaign.campaign
    var lines: [String] = []
    for person in shownPeople(state) {
      guard let story = state.simulation.story(of: person) else { continue }
      let zone = state.simulation.zone(of: person, campaign: 0)
      let key = state.simulation.peopleCount > 1 ? story.key + "  " : ""
      for moment in StoryMoment.moments(of: story.entries, start: state.start) {
        for run in moment.runs {
          let end = run.failure.map { "failed: \($0.message)" } ?? "finished"
          lines.append(
            "\(key)\(StoryClock.text(moment.at, in: zone))  \(campaign.flows[run.flow].name)  \(end)")
        }
      }
    }
    let hidden = max(lines.count - SessionLimit.rowsShown, 0)
    let shown = lines.suffix(SessionLimit.rowsShown).map { $0.terminalSafe + "\n" }.joined()
    if lines.isEmpty { return "no runs\n" }
    return (hidden > 0 ? "… \(Counted.noun(hidden, "earlier run"))\n" : "") + shown
  }

  /// The whole story of somebody.
  func story(of key: String?) throws(SessionProblem) -> SessionReply {
    let moment = history.present
    let state = try state(of: moment)
    let person: Int
    if let key { person = try self.person(withKey: key, state) } else { person = try onlyPerson(state) }
    guard let story = try fullStory(of: person, moment) else {
      return SessionReply(output: "nothing happened\n")
    }
    let zone = state.simulation.zone(of: person, campaign: 0)
    let cast = StoryCast([moment.campaign.campaign], zone: zone, zones: surroundings.zones)
    return SessionReply(
      output: StoryTrace.render(story, cast, start: state.start, style: surroundings.style))
  }

  /// Who is meant where nobody is named.
  func onlyPerson(_ state: ScenarioPlayer) throws(SessionProblem) -> Int {
    if let person = state.onlyPerson { return person }
    let count = state.simulation.peopleCount
    throw SessionProblem(
      .nothingThere,
      count == 0
        ? "expected a participant, found none: nobody has been uploaded"
        : "expected one participant, found \(Counted.number(count)) that could be meant")
  }

  /// What happened to somebody; of one beyond the first, it is played again to be told.
  func fullStory(of person: Int, _ moment: Moment) throws(SessionProblem) -> Story? {
    let state = try state(of: moment)
    if person < SessionLimit.stories { return state.simulation.story(of: person) }
    let (again, _, stop) = try replay(
      moment.inputs, on: moment.campaign, seed: moment.seed, followedPerson: person)
    if let stop { throw stop.problem }
    return again.simulation.story(of: person)
  }
}
