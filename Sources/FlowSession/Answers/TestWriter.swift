internal import FlowCheck
internal import FlowRuntime
internal import FlowSchema
internal import FlowStory
internal import FlowSyntax
internal import FlowTesting
internal import FlowText
internal import FlowValues

/// Writes the statements of a session as a test, with expectations of what was seen behind each.
struct TestWriter {
  private let session: Session
  private let moment: Moment
  /// Of the file that the test will stand in.
  private let folder: String

  init(_ session: Session, _ moment: Moment, folder: String) {
    self.session = session
    self.moment = moment
    self.folder = folder
  }

  func text(_ name: String) throws(SessionProblem) -> String {
    var groups: [String] = []
    let (inputs, folder) = (moment.inputs, folder)
    let (_, _, stop) = try session.replay(inputs, on: moment.campaign, seed: moment.seed) {
      position, before, behind in
      let input = inputs[position]
      let lines =
        [Self.statement(input.text, folder)] + input.expectations + Self.expectations(before, behind)
      groups.append(lines.joined(separator: "\n"))
    }
    if let stop { throw stop.problem }
    let simulated = moment.seed.map { " simulated seed \($0)" } ?? ""
    let text =
      "test \(LiteralWords.quoted(name))\(simulated) {\n" + groups.joined(separator: "\n\n") + "\n}\n"
    guard let bytes = session.format(SourceFile(name: "test", text: text)) else {
      throw SessionProblem(.unsavedTest, "what was typed cannot be written as a test")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  // MARK: Statements

  /// The statement with the paths of uploads as they are from the folder of the test.
  private static func statement(_ text: String, _ folder: String) -> String {
    var symbols = SymbolTable()
    let parsed = parseScenario(SourceFile(name: "", text: text), symbols: &symbols)
    var edits: [TextEdits.Replacement] = []
    for case .uploadFile(let path) in parsed.tree.scenarioStatements {
      edits.append(.init(path.range, LiteralWords.quoted(relative(path.value, to: folder))))
    }
    var bytes = Array(text.utf8)
    for edit in edits.sorted(by: { $0.range.lower > $1.range.lower }) {
      bytes.replaceSubrange(edit.range.lower..<edit.range.upper, with: Array(edit.text.utf8))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A path from a folder on, both relative to one place.
  private static func relative(_ path: String, to folder: String) -> String {
    if path.hasPrefix("/") || folder.isEmpty { return path }
    var parts = path.split(separator: "/")[...]
    var folders = folder.split(separator: "/")[...]
    while let part = parts.first, parts.count > 1, part == folders.first {
      parts = parts.dropFirst()
      folders = folders.dropFirst()
    }
    return (folders.map { _ in ".." } + parts.map(String.init)).joined(separator: "/")
  }

  // MARK: Expectations

  /// What the statement has changed: communications and fields of the first few, and rows that were refused.
  private static func expectations(_ before: ScenarioPlayer, _ behind: ScenarioPlayer) -> [String] {
    var lines: [String] = []
    if behind.rejectedRows > before.rejectedRows {
      lines.append("expect rejected() == \(behind.rejectedRows)")
    }
    let changed = behind.simulation.stories.filter { story in
      story.entries.count > before.simulation.story(of: story.person)?.entries.count ?? 0
    }
    for story in changed.prefix(SessionLimit.peopleExpected) {
      let own = expectations(of: story, before, behind)
      if own.isEmpty { continue }
      if behind.simulation.peopleCount == 1 {
        lines += own
      } else if behind.simulation.people(withKey: story.key) == [story.person] {
        lines.append("for \(LiteralWords.quoted(story.key)) {\n" + own.joined(separator: "\n") + "\n}")
      }
    }
    return lines
  }

  private static func expectations(
    of story: Story, _ before: ScenarioPlayer, _ behind: ScenarioPlayer
  ) -> [String] {
    let person = story.person
    let known =
      before.simulation.exists(person) ? before.simulation.communications(of: person, campaign: 0) : []
    let present = behind.simulation.communications(of: person, campaign: 0)
    let zone = behind.simulation.zone(of: person, campaign: 0)
    var lines: [String] = []
    for (index, state) in present.enumerated() {
      guard let name = state.name, index >= known.count || known[index].status != state.status,
        !present.dropFirst(index + 1).contains(where: { $0.name == name })
      else { continue }
      let time = time(of: state).map { " at \(literal($0, zone))" } ?? ""
      lines.append("expect \(name) \(state.status.spelling)\(time)")
    }
    let start = before.simulation.story(of: person)?.entries.count ?? 0
    return lines + fields(changedIn: Array(story.entries.dropFirst(start)), person, behind)
  }

  private static func time(of state: CommunicationState) -> Instant? {
    switch state.status {
    case .planned: state.plannedAt
    case .started: state.startedAt
    case .delivered, .read, .replied: nil
    case .completed, .noResponse, .failed, .canceled, .skipped: state.endedAt
    }
  }

  /// Local to the participant where that is no other instant too.
  private static func literal(_ instant: Instant, _ zone: Zone) -> String {
    let local = zone.local(of: instant)
    return zone.instant(of: local) == instant ? local.preciseDescription : instant.description
  }

  /// The fields that runs have changed; what the statement itself wrote stands in it.
  private static func fields(
    changedIn entries: [JournalEntry], _ person: Int, _ state: ScenarioPlayer
  ) -> [String] {
    var changed: [String] = []
    for run in StoryMoment.moments(of: entries, start: state.now).flatMap(\.runs) where run.failure == nil {
      for case .fieldChanged(let level, let name, _, _) in run.entries {
        let field = "\(level.spelling).\(name)"
        if !changed.contains(field) { changed.append(field) }
      }
    }
    let values = state.simulation.fields(of: person, campaign: 0)
    return changed.compactMap { name in
      values.first { "\($0.level.spelling).\($0.field.name)" == name }.map { "expect " + condition($0, name) }
    }
  }

  private static func condition(_ state: FieldState, _ name: String) -> String {
    guard let value = state.value else { return "\(name) is not set" }
    switch state.field.type {
    case .boolean: return value == "true" ? name : "not \(name)"
    case .string, .email, .phone:
      return "\(name) == \(LiteralWords.quoted(String(value.dropFirst().dropLast())))"
    case .integer, .numeric, .date, .datetime, .time, .duration, .enumeration: return "\(name) == \(value)"
    }
  }
}
