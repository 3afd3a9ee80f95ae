internal import FlowCheck
internal import FlowRuntime
internal import FlowSchema
internal import FlowStory
internal import FlowSyntax
internal import FlowTesting
internal import FlowText
internal import FlowValues

/// `:show`, `:trace`, `:help`.
extension Session {
  /// - Parameter key: Of whom alone it is shown.
  func show(_ topic: SessionTopic, of key: String?) throws(SessionProblem) -> SessionReply {
    let state = try state(of: history.present)
    var person: Int?
    if let key { person = try self.person(withKey: key, state) }
    let people = person.map { [$0] } ?? shownPeople(state)
    let text: String =
      switch topic {
      case .overview:
        try person.map { person throws(SessionProblem) in try about(person, state) } ?? overview(state)
      case .participants: participants(people, of: person == nil ? state.simulation.peopleCount : 1, state)
      case .communications: communications(people, isOne: person != nil, state)
      case .flows: try flows(of: person, state)
      case .fields: fields(of: person ?? state.onlyPerson, state)
      case .runs: try runs(of: people, isOne: person != nil, state)
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

  /// All that is known of one person, but their story.
  private func about(_ person: Int, _ state: ScenarioPlayer) throws(SessionProblem) -> String {
    let zone = state.simulation.zone(of: person, campaign: 0)
    let due = state.simulation.nextDue(of: person).map {
      "next: \(DueWords.text(of: $0, history.present.campaign.campaign, zone))\n"
    }
    return "\(surroundings.style.bold(state.simulation.name(of: person).terminalSafe))"
      + surroundings.style.pale("  (\(zone.name))") + "\n" + fields(of: person, state)
      + communications([person], isOne: true, state) + (due ?? "nothing is due\n")
  }

  private func participants(_ people: [Int], of count: Int, _ state: ScenarioPlayer) -> String {
    let lines = people.map { person in
      let fields = state.simulation.fields(of: person, campaign: 0).filter {
        $0.level == .participant && $0.value != nil
      }
      let values = fields.map { "\($0.field.name) = \($0.value ?? "")" }.joined(separator: ", ")
      return "\(state.simulation.name(of: person))  \(values)"
    }
    return listed(lines, of: count, "participant")
  }

  private func communications(_ people: [Int], isOne: Bool, _ state: ScenarioPlayer) -> String {
    let isSeveral = !isOne && state.simulation.peopleCount > 1
    let lines = people.flatMap { person in
      let zone = state.simulation.zone(of: person, campaign: 0)
      let key = isSeveral ? state.simulation.name(of: person) + "  " : ""
      return state.simulation.communications(of: person, campaign: 0).map {
        key + CommunicationWords.text(of: $0, zone)
      }
    }
    let text = listed(lines, of: lines.count, "communication")
    let rest = isOne ? 0 : state.simulation.peopleCount - SessionLimit.rowsShown
    return rest > 0 ? text + "those of \(Counted.noun(rest, "more participant")) are not shown\n" : text
  }

  private func flows(of person: Int?, _ state: ScenarioPlayer) throws(SessionProblem) -> String {
    let campaign = history.present.campaign.campaign
    var runs: [StoryMoment.Run]?
    if let person { runs = try moments(of: person, state).flatMap(\.runs) }
    let lines = campaign.flows.enumerated().map { index, flow in
      let counts = Self.counts(of: index, runs) ?? state.simulation.runCounts(flow: index, campaign: 0)
      let title = flow.title.map { " \"\($0)\"" } ?? ""
      let triggers = flow.triggers.map(\.kind.spelling).joined(separator: ", ")
      let failed = counts.failed > 0 ? ", \(Counted.number(counts.failed)) failed" : ""
      let runs =
        flow.isActive ? "\(Counted.noun(counts.finished + counts.failed, "run"))\(failed)" : "inactive"
      return "\(flow.name)\(title)  on \(triggers)  \(runs)"
    }
    return listed(lines, of: lines.count, "flow")
  }

  private static func counts(of flow: Int, _ runs: [StoryMoment.Run]?) -> (finished: Int, failed: Int)? {
    guard let own = runs?.filter({ $0.flow == flow }) else { return nil }
    let failed = own.count { $0.failure != nil }
    return (own.count - failed, failed)
  }

  private func moments(of person: Int, _ state: ScenarioPlayer) throws(SessionProblem) -> [StoryMoment] {
    let story = try fullStory(of: person, history.present)
    return StoryMoment.moments(of: story?.entries ?? [], start: state.start)
  }

  private func fields(of person: Int?, _ state: ScenarioPlayer) -> String {
    guard let person else {
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

  /// Runs, latest last.
  private func runs(of people: [Int], isOne: Bool, _ state: ScenarioPlayer) throws(SessionProblem) -> String {
    let campaign = history.present.campaign.campaign
    let isSeveral = !isOne && state.simulation.peopleCount > 1
    var lines: [String] = []
    for person in people {
      let zone = state.simulation.zone(of: person, campaign: 0)
      let key = isSeveral ? state.simulation.name(of: person) + "  " : ""
      for moment in try moments(of: person, state) {
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
    let person = try person(key, state, for: CommandWord.trace.spelling)
    guard let story = try fullStory(of: person, moment) else {
      return SessionReply(output: "nothing happened\n")
    }
    let zone = state.simulation.zone(of: person, campaign: 0)
    let cast = StoryCast([moment.campaign.campaign], zone: zone, zones: surroundings.zones)
    return SessionReply(
      output: StoryTrace.render(story, cast, start: state.start, style: surroundings.style))
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
