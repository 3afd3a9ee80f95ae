package import FlowRuntime
package import FlowValues

/// Something that came from outside about one person, so that it can be tried again with one thing different.
package struct PlayedInput: Sendable {
  package enum Event: Sendable {
    case step(StepEvent)
    /// A row of a file that made the person; what it held stands at the beginning of their story.
    case rowOfFile
  }

  package var person: Int
  /// How long the person's story was before.
  package var storyStart: Int
  /// The person before; nobody where this made them.
  package var before: PersonState
  package var event: Event
  package var at: Instant
  /// How many statements were played before the one that this is part of.
  package var statement: Int
}

/// Remembering inputs. Of many people only what is about one of them alone is worth it.
extension ScenarioPlayer {
  /// So many people's dues and rows of files are remembered.
  private static let rememberedPeople = 1_000

  func remember(_ event: StepEvent, _ person: Int) {
    inputs.append(
      PlayedInput(
        person: person, storyStart: simulation.story(of: person)?.entries.count ?? 0,
        before: simulation.state(of: person), event: .step(event), at: now,
        statement: statementCount - 1))
  }

  /// A row, before it is played: whose it is may only be known by its keys.
  func rememberRow(_ fields: [NamedScalar]) {
    let known = fields.filter { $0.name == "external_id" || $0.name == "profile.external_id" }
    let found = known.compactMap(\.text).flatMap(simulation.people(withKey:))
    remember(.row(keys: [], fields: fields, campaign: 0), found.first ?? simulation.peopleCount)
  }

  func rememberNewcomers(from first: Int) {
    let last = min(simulation.peopleCount, Self.rememberedPeople)
    for person in first..<max(first, last) {
      inputs.append(
        PlayedInput(
          person: person, storyStart: 0, before: PersonState(), event: .rowOfFile, at: now,
          statement: statementCount - 1))
    }
  }

  /// What is due by now, before it is played.
  func rememberDue() {
    guard simulation.peopleCount <= Self.rememberedPeople else { return }
    for person in simulation.people(dueUpTo: now) { remember(.due, person) }
  }
}

extension NamedScalar {
  fileprivate var text: String? { if case .text(let text) = value { text } else { nil } }
}
