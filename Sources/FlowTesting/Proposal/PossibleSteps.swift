internal import FlowCheck
internal import FlowRuntime
internal import FlowSchema
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// What can happen in a campaign, with the values worth trying.
struct PossibleSteps {
  private static let maximumDurations = 6

  /// The row of somebody new: who they are, and what is required.
  let row: [ScenarioCell]
  /// The cells that a row can have beside, or in place of those.
  let rowCells: [ScenarioCell]
  /// Edits from outside: of fields that are uploaded, and of those that only flows write.
  let edits: [ScenarioStep]
  let internalEdits: [ScenarioStep]
  let sessions: [ScenarioStep]
  let advances: [ScenarioStep]
  /// By name, `nil` for the session: its ends and reports.
  private let reports: [String?: [ScenarioStep]]

  init(_ campaign: CheckedCampaign, now: LocalDateTime) {
    let literals = ConditionLiterals(campaign)
    let candidates = CandidateValues(campaign.schema, literals, now: now)
    let fields = InputCells(campaign.schema, literals, candidates)
    row = fields.row
    rowCells = fields.cells
    edits = fields.edits(ofInternal: false)
    internalEdits = fields.edits(ofInternal: true)
    let kinds = Set(campaign.flows.filter(\.isActive).flatMap(\.triggers).map(\.kind))
    let ends = ReportSteps(campaign, literals, candidates, hasUpdates: kinds.contains(.communicationUpdated))
    var reports: [String?: [ScenarioStep]] = [:]
    for communication in campaign.schema.communications {
      reports[communication.name] = ends.steps(communication.name, agent: communication.agent)
    }
    reports[.none] = campaign.schema.agents.indices.flatMap { ends.steps(nil, agent: $0) }
    self.reports = reports
    sessions =
      kinds.contains(.incomingSession) || kinds.contains(.communicationEnded)
      ? campaign.schema.agents.flatMap { agent in
        agent.channels.map { ScenarioStep.session(channel: $0.kind, agent: agent.name) }
      } : []
    advances =
      [.advanceToDue]
      + literals.durations.prefix(Self.maximumDurations).map { .advance($0) }
  }

  /// What can come in between two other steps, the first of which is the last of a scenario: no rows, and no time.
  func interjections(after scenario: PlayedScenario, withInternalEdits: Bool) -> [ScenarioStep] {
    steps(after: scenario, withInternalEdits: withInternalEdits).filter { step in
      switch step {
      case .edit, .end, .progress, .session: true
      case .upload, .advanceToDue, .advance: false
      }
    }
  }

  /// What can happen behind the last step of a scenario.
  func steps(after scenario: PlayedScenario, withInternalEdits: Bool) -> [ScenarioStep] {
    let state = scenario.state
    if state.isNobody {
      return [.upload(row)] + rowCells.map { .upload(Self.replacing($0, in: row)) }
    }
    var result: [ScenarioStep] = [.advanceToDue]
    var seen: Set<String?> = []
    for communication in state.communications
    where !communication.status.isFinal && seen.insert(communication.name).inserted {
      result += reports[communication.name] ?? []
    }
    if !state.hasOpenSession { result += sessions }
    result += edits
    if withInternalEdits { result += internalEdits }
    // The row that brought them comes again.
    let last = scenario.steps.last { if case .upload = $0 { true } else { false } }
    return result + (last.map { [$0] } ?? []) + advances.dropFirst()
  }

  /// The row with one cell more, with another value in it, or without it where that is `unset`.
  static func replacing(_ cell: ScenarioCell, in cells: [ScenarioCell]) -> [ScenarioCell] {
    if cell.value.cell == nil { return cells.filter { $0.name != cell.name } }
    var cells = cells
    if let position = cells.firstIndex(where: { $0.name == cell.name }) {
      cells[position] = cell
    } else {
      cells.append(cell)
    }
    return cells
  }

  /// The cells that a step could have instead.
  func alternatives(_ step: ScenarioStep) -> [ScenarioStep] {
    switch step {
    case .upload(let cells): return rowCells.map { .upload(Self.replacing($0, in: cells)) }
    case .end(let name, let status, _):
      return (reports[name] ?? []).filter {
        if case .end(_, status, _) = $0 { $0 != step } else { false }
      }
    case .edit(let cell):
      return (edits + internalEdits).filter {
        if case .edit(let other) = $0 { other.name == cell.name } else { false }
      }
    case .progress, .session, .advanceToDue, .advance: return []
    }
  }
}

/// The cells of rows and edits.
private struct InputCells {
  private(set) var row = [ScenarioCell(name: "external_id", value: ScenarioValue(text: "c1"))]
  private(set) var cells: [ScenarioCell] = []
  private var edited: [(cell: ScenarioCell, isInternal: Bool)] = []

  init(_ schema: Schema, _ literals: ConditionLiterals, _ candidates: CandidateValues) {
    let addresses = SystemField.Profile.self
    // Who can be reached everywhere is where most begins; what does not matter is left out in the end.
    let kinds = Set(schema.agents.flatMap(\.channels).map(\.kind))
    let used: [SystemField.Profile: Bool] = [
      .email: kinds.contains(.email), .phone: kinds.contains(.voice) || kinds.contains(.whatsapp),
      .telegramID: kinds.contains(.telegram),
    ]
    for level in [FieldLevel.profile, .participant] {
      for (slot, field) in schema.fields(level).fields.enumerated() {
        let system = level == .profile ? addresses.init(rawValue: slot) : nil
        if system == .externalID { continue }
        let isAddress = system.map { used[$0] ?? false } ?? false
        let read = ReadField.field(level, slot)
        guard field.isRequired || isAddress || literals.read.contains(read) else { continue }
        add(field, level, schema, candidates.values(field, read), isNeeded: field.isRequired || isAddress)
      }
    }
  }

  private mutating func add(
    _ field: Field, _ level: FieldLevel, _ schema: Schema, _ values: [ScenarioValue], isNeeded: Bool
  ) {
    let isAtBoth =
      schema.profile.index(of: field.name) != nil && schema.participant.index(of: field.name) != nil
    let qualified = "\(level.spelling).\(field.name)"
    let name = isAtBoth ? qualified : field.name
    if !field.isInternal {
      if isNeeded, let usual = values.first { row.append(ScenarioCell(name: name, value: usual)) }
      cells += values.dropFirst(isNeeded ? 1 : 0).map { ScenarioCell(name: name, value: $0) }
      if isNeeded, !field.isRequired { cells.append(ScenarioCell(name: name, value: .unset)) }
    }
    edited += (values + [.unset]).map { (ScenarioCell(name: qualified, value: $0), field.isInternal) }
  }

  func edits(ofInternal isInternal: Bool) -> [ScenarioStep] {
    edited.filter { $0.isInternal == isInternal }.map { .edit($0.cell) }
  }
}

/// The reports of a communication.
private struct ReportSteps {
  /// How many combinations of one agent's results are tried.
  private static let maximumResultCount = 24

  private let schema: Schema
  private let candidates: CandidateValues
  private let read: Set<ReadField>
  private let ends: [CommunicationStatus]
  private let updates: [CommunicationStatus]

  init(
    _ campaign: CheckedCampaign, _ literals: ConditionLiterals, _ candidates: CandidateValues,
    hasUpdates: Bool
  ) {
    schema = campaign.schema
    self.candidates = candidates
    read = literals.read
    ends = [.completed, .noResponse, .failed, .canceled, .skipped].filter {
      $0 == .completed || $0 == .noResponse || literals.statuses.contains($0)
    }
    let between: [CommunicationStatus] = [.started, .delivered, .read, .replied]
    updates = hasUpdates ? between.filter { $0 == .delivered || literals.statuses.contains($0) } : []
  }

  func steps(_ name: String?, agent: Int) -> [ScenarioStep] {
    updates.map { .progress(name: name, $0) }
      + ends.flatMap { status in
        ([[]] + (status == .completed ? results(of: schema.agents[agent]) : [])).map {
          .end(name: name, status, results: $0)
        }
      }
  }

  /// Each result alone, then two together.
  private func results(of agent: Agent) -> [[ScenarioCell]] {
    let cells = agent.results.fields.map { field -> [ScenarioCell] in
      guard let slot = schema.resultNames.firstIndex(of: field.name), read.contains(.result(slot)) else {
        return []
      }
      return candidates.values(field, .result(slot)).map { ScenarioCell(name: field.name, value: $0) }
    }
    var result = cells.flatMap { $0.map { [$0] } }
    for (first, ones) in cells.enumerated() {
      for others in cells.dropFirst(first + 1) {
        for one in ones { result += others.prefix(4).map { [one, $0] } }
      }
    }
    return Array(result.prefix(Self.maximumResultCount))
  }
}
