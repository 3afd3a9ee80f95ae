internal import FlowCheck
internal import FlowRuntime
internal import FlowSchema
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// Looks for the smallest change of one field that would have led to something: by trying, with the engine itself.
///
/// The input that led to the nearest run is played again on the person as they were before it, with one field of another
/// value: the boundaries of the checks on the way, their neighbours, and all values where there are few. Where a script
/// reads the field nobody knows the boundaries, and they are looked for. People share nothing, so one person is enough.
struct OneFieldSearch {
  private let player: ScenarioPlayer
  private let input: PlayedInput
  private let fields: [TriedField]
  private let isThere: (JournalEntry) -> CommunicationChange??
  /// What a row of a file held, as its story tells.
  private let rowFields: [NamedScalar]

  init?(
    _ player: ScenarioPlayer, _ person: Int, _ storyIndex: Int, _ ways: [WayToStatement],
    _ isThere: @escaping (JournalEntry) -> CommunicationChange??, addresses: Bool = false
  ) {
    let inputs = player.inputs.filter { $0.person == person && $0.storyStart <= storyIndex }
    guard let input = inputs.last else { return nil }
    self.player = player
    self.input = input
    self.isThere = isThere
    fields = TriedField.all(on: ways, player.run.campaign, addresses: addresses)
    rowFields = Self.row(player.simulation.story(of: person)?.entries ?? [])
  }

  /// The values that a story begins with.
  private static func row(_ entries: [JournalEntry]) -> [NamedScalar] {
    var fields: [NamedScalar] = []
    for entry in entries {
      guard case .fieldChanged(let level, let field, _, let value) = entry else { break }
      let text = value.hasPrefix("\"") ? String(value.dropFirst().dropLast()) : value
      fields.append(NamedScalar("\(level.spelling).\(field)", .text(text)))
    }
    return fields
  }

  /// Tries, and says what it has tried.
  func trial() -> Absence.Trial {
    var stepper = Stepper(player.run.deployment, player.simulation.engineConfiguration)
    var best: (change: Absence.Change, cost: Double)?
    for read in fields {
      let actual = actualValue(of: read)
      for candidate in read.candidates(player.now, input.at, player.zone) where candidate.text != actual {
        consider(candidate, read, actual, &best, &stepper)
      }
      for direction: Int64 in [1, -1] where read.hasUnknownBounds {
        let steps = SteppedValues(
          read.field.type, from: actual, direction: direction, player.zone.local(of: input.at))
        guard let steps, let nearest = nearest(steps, read, &stepper) else { continue }
        consider(nearest, read, actual, &best, &stepper)
      }
    }
    return Absence.Trial(change: best?.change, fields: fields.map(\.name))
  }

  private func consider(
    _ candidate: TriedField.Candidate, _ read: TriedField, _ actual: String?,
    _ best: inout (change: Absence.Change, cost: Double)?, _ stepper: inout Stepper
  ) {
    let cost = candidate.distance(from: actual)
    guard cost < best?.cost ?? .infinity, let outcome = attempt(read, candidate.cell, &stepper) else {
      return
    }
    let change = Absence.Change(
      field: read.name, actual: actual ?? "unset", wanted: candidate.text, outcome: outcome)
    best = (change, cost)
  }

  /// The first value in one direction that leads there: by steps that grow, and then between the last that did not and the
  /// first that did. Where what reads the field changes its mind more than once, it may not be the very first.
  private func nearest(
    _ steps: SteppedValues, _ read: TriedField, _ stepper: inout Stepper
  ) -> TriedField.Candidate? {
    func leadsThere(_ step: Int64) -> Bool {
      guard let candidate = steps[step] else { return false }
      return attempt(read, candidate.cell, &stepper) != nil
    }
    var low: Int64 = 0
    var high: Int64 = 1
    while !leadsThere(high) {
      (low, high) = (high, high * 2)
      if steps[high] == nil { return nil }
    }
    while high - low > 1 {
      let middle = (low + high) / 2
      if leadsThere(middle) { high = middle } else { low = middle }
    }
    return steps[high]
  }

  /// What the field held when the run began: its value before the input, or in the row.
  private func actualValue(of read: TriedField) -> String? {
    let story = player.simulation.story(of: input.person)?.entries ?? []
    var value: String?
    var isKnown = false
    for entry in story.dropFirst(input.storyStart) {
      guard case .fieldChanged(read.level, read.field.name, let from, let to) = entry else { continue }
      // A row or edit writes before any run begins.
      value = isWritten(read) ? to : from
      isKnown = true
      break
    }
    if !isKnown {
      value =
        player.simulation.fields(of: input.person, campaign: 0)
        .first { $0.level == read.level && $0.field.name == read.field.name }?.value
    }
    return value == "unset" ? nil : value
  }

  /// Whether the input itself gives the field a value.
  private func isWritten(_ read: TriedField) -> Bool {
    given.contains { $0.name == read.name || $0.name == read.field.name }
  }

  private var given: [NamedScalar] {
    switch input.event {
    case .rowOfFile: rowFields
    case .step(.row(_, let fields, _)), .step(.outside(.participantUpdated(let fields), _)): fields
    case .step: []
    }
  }

  /// Plays the input with the field of another value. `nil` where that does not lead there.
  private func attempt(
    _ read: TriedField, _ cell: String?, _ stepper: inout Stepper
  ) -> CommunicationChange?? {
    let scalar = NamedScalar(read.name, cell.map { .text($0) } ?? .null)
    var state = input.before
    var event: StepEvent
    switch input.event {
    case .rowOfFile: event = .row(keys: [], fields: rowFields, campaign: 0)
    case .step(let step): event = step
    }
    let isRow = if case .row = event { true } else { false }
    if isWritten(read) || (state.isNobody && isRow && !read.field.isInternal) {
      event = event.replacing(scalar, bare: read.field.name)
    } else {
      guard let changed = stepper.state(state, setting: scalar, campaign: 0, at: input.at) else { return nil }
      state = changed
    }
    let first = stepper.step(state, event, at: input.at)
    guard first.outcome == .applied else { return nil }
    let second = stepper.step(first.state, .due, at: input.at)
    let journal = first.journal + second.journal
    guard let found = journal.lazy.compactMap(isThere).first else { return nil }
    guard let change = found else { return .some(nil) }
    let isSkipped = journal.contains { entry in
      if case .communication(let later) = entry {
        later.number == change.number && later.status == .skipped
      } else {
        false
      }
    }
    return isSkipped ? nil : .some(change)
  }
}

extension StepEvent {
  /// The same with another value for one field.
  fileprivate func replacing(_ scalar: NamedScalar, bare: String) -> StepEvent {
    func changed(_ fields: [NamedScalar]) -> [NamedScalar] {
      fields.filter { $0.name != scalar.name && $0.name != bare } + [scalar]
    }
    switch self {
    case .row(let keys, let fields, let campaign):
      return .row(keys: keys, fields: changed(fields), campaign: campaign)
    case .outside(.participantUpdated(let fields), let campaign):
      return .outside(.participantUpdated(changed(fields)), campaign: campaign)
    case .outside, .due: return self
    }
  }
}
