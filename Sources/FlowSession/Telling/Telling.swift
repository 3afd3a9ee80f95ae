internal import FlowCheck
internal import FlowRuntime
internal import FlowSchema
internal import FlowStory
internal import FlowSyntax
internal import FlowTesting
internal import FlowText
internal import FlowValues

/// What a statement has led to, in the words of stories.
struct Telling {
  private let session: Session
  private let campaign: SessionCampaign
  private let before: ScenarioPlayer
  private let behind: ScenarioPlayer
  private var style: TextStyle { session.surroundings.style }

  init(
    _ session: Session, _ campaign: SessionCampaign, from before: ScenarioPlayer, to behind: ScenarioPlayer
  ) {
    self.session = session
    self.campaign = campaign
    self.before = before
    self.behind = behind
  }

  /// The time of the campaign: `Mon 2026-01-19 10:00 Europe/Madrid`.
  static func time(_ state: ScenarioPlayer) -> String {
    "it is \(StoryClock.text(state.now, in: state.zone)) \(state.zone.name)"
  }

  var text: String {
    if session.detail == .off { return "" }
    let changed = changedPeople
    var text = ""
    for person in changed.prefix(SessionLimit.peopleTold) { text += tell(person) }
    text += stops
    text += refusals
    if changed.count > SessionLimit.peopleTold || behind.simulation.peopleCount > SessionLimit.stories {
      text += totals(changed.count)
    }
    if text.isEmpty { text = "nothing happened\n" }
    return text + due(changed)
  }

  // MARK: People

  /// Those of whom something is told.
  private var changedPeople: [Int] {
    behind.simulation.stories.compactMap { story in
      story.entries.count > entryCount(story.person) ? story.person : nil
    }
  }

  private func entryCount(_ person: Int) -> Int { before.simulation.story(of: person)?.entries.count ?? 0 }

  private func tell(_ person: Int) -> String {
    guard let story = behind.simulation.story(of: person) else { return "" }
    let entries = Array(story.entries.dropFirst(entryCount(person)))
    let isKnown = before.simulation.exists(person)
    let zone = behind.simulation.zone(of: person, campaign: 0)
    let cast = StoryCast([campaign.campaign], zone: zone, zones: session.surroundings.zones)
    let isSeveral = behind.simulation.peopleCount > 1
    let head = isSeveral ? style.bold(story.key.terminalSafe) + "\n" : ""
    let body: String
    switch session.detail {
    case .off: body = ""
    case .short: body = Self.lines(entries, cast, behind.now, isKnown)
    case .nodes, .full:
      body = StoryTrace.events(
        of: entries, cast, start: behind.now, style: style, places: session.detail == .full)
    }
    return head + body
  }

  private static func lines(
    _ entries: [JournalEntry], _ cast: StoryCast, _ now: Instant, _ isKnown: Bool
  ) -> String {
    let lines = StoryDigest.lines(of: entries, cast, start: now, isKnown: isKnown)
    let width = lines.map(\.time.count).max() ?? 0
    var last = ""
    var text = ""
    for line in lines.prefix(SessionLimit.linesTold) {
      let time = line.time == last ? "" : line.time
      last = line.time
      text += time + String(repeating: " ", count: width - time.count) + "  \(line.text.terminalSafe)\n"
    }
    let rest = lines.count - SessionLimit.linesTold
    if rest > 0 { text += "… \(Counted.noun(rest, "more line"))\n" }
    for case .reportIgnored(_, _, let name, let status) in entries {
      text += "report \(name ?? "session") \(status.spelling) ignored: it is not a step forward\n"
    }
    return text
  }

  /// Cascades that were stopped (semantics E6), where the many lines before do not hide it.
  private var stops: String {
    let stops = behind.simulation.stoppedCascades
    var text = ""
    for stop in stops.prefix(SessionLimit.peopleTold) {
      let links = stop.chain.map { "\(campaign.campaign.flows[$0.flow].name) (\($0.trigger.spelling))" }
      let key = behind.simulation.peopleCount > 1 ? " for \(stop.key.terminalSafe)" : ""
      text +=
        "\(style.bold("stopped\(key)")): the flows trigger one another without end: "
        + (links + links.prefix(1)).joined(separator: " → ") + "\n"
    }
    let rest = stops.count - SessionLimit.peopleTold
    return rest > 0 ? text + "… and stopped for \(Counted.number(rest)) more\n" : text
  }

  // MARK: Many

  private var refusals: String {
    let refused = behind.refusals
    var text = ""
    for refusal in refused.prefix(SessionLimit.refusalsTold) {
      let place = refusal.field.isEmpty ? "" : "`\(refusal.field)`: "
      text += "row \(refusal.row) was refused: \(place)\(refusal.reason)\n".terminalSafeLines
    }
    let rest = behind.rejectedRows - before.rejectedRows - min(refused.count, SessionLimit.refusalsTold)
    if rest > 0 { text += "… \(Counted.noun(rest, "more refused row"))\n" }
    return text
  }

  private func totals(_ told: Int) -> String {
    let newcomers = behind.simulation.peopleCount - before.simulation.peopleCount
    var parts: [String] = []
    if newcomers > 0 { parts.append("\(Counted.number(newcomers)) uploaded") }
    for (index, flow) in campaign.campaign.flows.enumerated() {
      let old = before.simulation.runCounts(flow: index, campaign: 0)
      let new = behind.simulation.runCounts(flow: index, campaign: 0)
      let finished = new.finished - old.finished
      let failed = new.failed - old.failed
      if finished + failed == 0 { continue }
      let failures = failed > 0 ? ", \(Counted.number(failed)) failed" : ""
      parts.append("\(flow.name) \(Counted.noun(finished + failed, "run"))\(failures)")
    }
    if parts.isEmpty { return "" }
    return "in all: \(parts.joined(separator: "; "))\n"
  }

  // MARK: What comes next

  private func due(_ changed: [Int]) -> String {
    if behind.simulation.peopleCount > 1 || changed.isEmpty { return dueOfAll }
    return behind.simulation.nextDue(of: changed[0]).map { line($0, of: changed[0], nil) }
      ?? "nothing is due\n"
  }

  private var dueOfAll: String {
    let time = Self.time(behind) + "\n"
    guard let earliest = behind.simulation.earliestDue,
      let due = behind.simulation.nextDue(of: earliest.person)
    else { return time + (behind.simulation.peopleCount > 0 ? "nothing is due\n" : "") }
    let key = behind.simulation.peopleCount > 1 ? behind.simulation.name(of: earliest.person) : nil
    return time + line(due, of: earliest.person, key)
  }

  private func line(_ due: DueEvent, of person: Int, _ key: String?) -> String {
    let words = DueWords.text(of: due, campaign.campaign, behind.simulation.zone(of: person, campaign: 0))
    let whose = key.map { " (\($0.terminalSafe))" } ?? ""
    return style.pale("next: \(words)\(whose)") + "\n"
  }
}

/// What is due, and when: `REMINDER starts Mon 2026-01-19 10:00`.
enum DueWords {
  static func text(of due: DueEvent, _ campaign: CheckedCampaign, _ zone: Zone) -> String {
    let what =
      switch due.subject {
      case .start(let name): "\(name) starts"
      case .expiry(let name): "\(name) expires"
      case .handOver(let flow): "\(campaign.flows[flow].name) begins"
      case .report(let name): "a report on \(name)"
      }
    return "\(what) \(StoryClock.text(due.at, in: zone))"
  }
}

extension String {
  /// Safe for a terminal, but for the line break at its end.
  fileprivate var terminalSafeLines: String { String(dropLast()).terminalSafe + "\n" }
}
