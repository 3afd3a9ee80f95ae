internal import FlowCheck
internal import FlowRuntime
internal import FlowSchema
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// A test that was found, with what it comes to.
public struct ProposedTest: Sendable {
  public var name: String
  /// As `flow fmt` does not yet have it.
  var source: String
  public var counts: CoverageCounts
  /// The place it was looked for.
  public var place: Int
}

/// Writes scenarios as tests that expect what they did.
struct ProposedTestWriter {
  let campaign: CheckedCampaign
  let map: CoverageMap
  let zones: ZoneTable
  let zone: Zone

  /// How long a condition in a name can be, in characters.
  private static let maximumNamePart = 64

  // MARK: Names

  /// What happens at a place, in the words of the flow.
  func name(_ place: CoveragePlace) -> String {
    let flow = campaign.flows[place.flow]
    let tree = campaign.files[place.file.index]
    let title = place.statement.flatMap { tree[$0].title }.map { tree[$0] }
    let text = Self.shortened(tree.source.text(place.range))
    let what =
      switch place.kind {
      case .trigger: "on \(text)"
      case .node: title ?? text
      case .port(.match): title.map { "\($0) (match)" } ?? text
      case .port(.otherwise): title.map { "\($0) (else)" } ?? "not (\(text))"
      case .bound(let side): "\(text) (\(side.words))"
      }
    return "\(flow.title ?? flow.name): \(what)"
  }

  private static func shortened(_ text: String) -> String {
    let line = text.split { $0.isWhitespace }.joined(separator: " ")
    return line.count > maximumNamePart ? String(line.prefix(maximumNamePart - 1)) + "…" : line
  }

  // MARK: Texts

  func source(_ scenario: PlayedScenario, name: String, place: CoveragePlace) -> String {
    var lines = scenario.steps.indices.map { position in
      scenario.steps[position].source(at: moment(scenario.states[position].now, zone))
    }
    lines += expectations(scenario, place)
    let body = lines.map { "  \($0)\n" }.joined()
    return "test \(ScenarioValue.quoted(name)) {\n\(body)}\n"
  }

  /// Local where that says which instant is meant.
  private func moment(_ instant: Instant, _ zone: Zone) -> String {
    let local = zone.local(of: instant)
    return zone.instant(of: local) == instant ? local.preciseDescription : instant.description
  }

  // MARK: Expectations

  /// What the last step did: communications, fields, and where it did neither, runs.
  private func expectations(_ scenario: PlayedScenario, _ place: CoveragePlace) -> [String] {
    let before = scenario.states.dropLast().last ?? ScenarioState(now: scenario.start)
    let lines = communications(before, scenario.state) + fields(before, scenario.state, scenario.steps.last)
    return lines.isEmpty ? [runs(scenario, place)] : lines
  }

  private func communications(_ before: ScenarioState, _ after: ScenarioState) -> [String] {
    var seen: Set<String> = []
    var lines: [String] = []
    for (position, change) in after.communications.enumerated().reversed() {
      // An expectation is about the latest of its name.
      guard let name = change.name, seen.insert(name).inserted else { continue }
      let old = position < before.communications.count ? before.communications[position] : nil
      if old?.status == change.status { continue }
      let time =
        change.status == .planned ? change.plannedAt.map { " at \(moment($0, zone(of: after)))" } ?? "" : ""
      lines.append("expect \(name) \(change.status.spelling)\(time)")
    }
    return lines.reversed()
  }

  private func zone(of state: ScenarioState) -> Zone {
    let own = state.fields["participant.timezone"] ?? state.fields["profile.timezone"]
    return own.flatMap { zones.zone(named: String($0.dropFirst().dropLast())) } ?? zone
  }

  private func fields(_ before: ScenarioState, _ after: ScenarioState, _ step: ScenarioStep?) -> [String] {
    let given = Self.given(step)
    var parts: [String] = []
    for level in [FieldLevel.participant, .profile] {
      for field in campaign.schema.fields(level).fields {
        let name = "\(level.spelling).\(field.name)"
        guard before.fields[name] != after.fields[name], !given.contains(name), !given.contains(field.name)
        else {
          continue
        }
        parts.append(after.fields[name].map { Self.condition(name, $0, field.type) } ?? "\(name) is not set")
      }
    }
    return parts.isEmpty ? [] : ["expect " + parts.joined(separator: " and ")]
  }

  /// The fields that a step has named itself.
  private static func given(_ step: ScenarioStep?) -> Set<String> {
    switch step {
    case .upload(let cells): Set(cells.map(\.name))
    case .edit(let cell): [cell.name]
    case .end, .progress, .session, .advanceToDue, .advance, nil: []
    }
  }

  private static func condition(_ name: String, _ shown: String, _ type: ValueType) -> String {
    guard type == .boolean else { return "\(name) == \(source(shown, type))" }
    return shown == "true" ? name : "not \(name)"
  }

  /// Stories show texts between quotes as they are.
  private static func source(_ shown: String, _ type: ValueType) -> String {
    switch type {
    case .string, .email, .phone: ScenarioValue.quoted(String(shown.dropFirst().dropLast()))
    case .integer, .numeric, .boolean, .date, .datetime, .time, .duration, .enumeration: shown
    }
  }

  private func runs(_ scenario: PlayedScenario, _ place: CoveragePlace) -> String {
    var (finished, failed) = (0, 0)
    for entry in scenario.journals.joined() {
      if case .runFinished(place.flow) = entry { finished += 1 }
      if case .runFailed(place.flow, _) = entry { failed += 1 }
    }
    let flow = campaign.flows[place.flow].name
    let count = scenario.state.communications.count
    let runs = failed > 0 ? "runs(\(flow), failed) == \(failed)" : "runs(\(flow)) == \(finished)"
    return "expect \(runs) and communications() == \(count)"
  }
}
