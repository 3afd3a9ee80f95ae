internal import FlowRuntime
internal import FlowSchema
internal import FlowStory
internal import FlowSyntax
internal import FlowTesting
internal import FlowText
internal import FlowValues

/// How the same statements have ended on two campaigns, for the first few people.
struct StateDifference {
  private let before: ScenarioPlayer
  private let behind: ScenarioPlayer

  init(_ before: ScenarioPlayer, _ behind: ScenarioPlayer) {
    self.before = before
    self.behind = behind
  }

  var text: String {
    let count = min(max(before.simulation.peopleCount, behind.simulation.peopleCount), SessionLimit.stories)
    let different = (0..<count).map { ($0, lines(of: $0)) }.filter { !$0.1.isEmpty }
    if different.isEmpty { return "nothing is different\n" }
    var text = ""
    for (person, lines) in different.prefix(SessionLimit.peopleTold) {
      let state = behind.simulation.exists(person) ? behind : before
      text += "\(state.simulation.name(of: person).terminalSafe)\n"
      for line in lines.prefix(SessionLimit.linesTold) { text += "  \(line.terminalSafe)\n" }
      let rest = lines.count - SessionLimit.linesTold
      if rest > 0 { text += "  … \(Counted.noun(rest, "more line"))\n" }
    }
    let rest = different.count - SessionLimit.peopleTold
    return rest > 0 ? text + "… and \(Counted.number(rest)) more\n" : text
  }

  private func lines(of person: Int) -> [String] {
    fields(of: person) + communications(of: person)
  }

  private func fields(of person: Int) -> [String] {
    let old = values(person, before)
    let new = values(person, behind)
    return new.compactMap { name, value in
      let former = old.first { $0.name == name }?.value ?? "unset"
      return former == value ? nil : "\(name): \(former) → \(value)"
    }
  }

  private func values(_ person: Int, _ state: ScenarioPlayer) -> [(name: String, value: String)] {
    guard state.simulation.exists(person) else { return [] }
    return state.simulation.fields(of: person, campaign: 0).map {
      ("\($0.level.spelling).\($0.field.name)", $0.value ?? "unset")
    }
  }

  private func communications(of person: Int) -> [String] {
    let old = words(person, before)
    let new = words(person, behind)
    let more = new.filter { !old.contains($0) }.map { "now: \($0)" }
    return old.filter { !new.contains($0) }.map { "no more: \($0)" } + more
  }

  private func words(_ person: Int, _ state: ScenarioPlayer) -> [String] {
    guard state.simulation.exists(person) else { return [] }
    let zone = state.simulation.zone(of: person, campaign: 0)
    return state.simulation.communications(of: person, campaign: 0).map {
      CommunicationWords.text(of: $0, zone)
    }
  }
}

/// A communication in a line: `REMINDER planned for Mon 2026-01-19 10:00`.
enum CommunicationWords {
  static func text(of state: CommunicationState, _ zone: Zone) -> String {
    let time: String? =
      switch state.status {
      case .planned: state.plannedAt.map { "for \(StoryClock.text($0, in: zone))" }
      case .started, .delivered, .read, .replied:
        state.startedAt.map { "since \(StoryClock.text($0, in: zone))" }
      case .completed, .noResponse, .failed, .canceled, .skipped:
        state.endedAt.map { "at \(StoryClock.text($0, in: zone))" }
      }
    return [state.name ?? "session", state.status.spelling, time].compactMap { $0 }.joined(separator: " ")
  }
}
