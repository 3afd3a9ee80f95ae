public import FlowCheck
public import FlowSchema
public import FlowSyntax

/// With what a run begins (semantics C5, E9, E10).
extension Interpreter {
  /// What is known when an event starts a run, whatever happened before.
  func entry(_ trigger: CheckedTrigger) -> AbstractState {
    var state = AbstractState()
    switch trigger.kind {
    case .participantCreated:
      // With `updated` it happens once, before any communication.
      if analysis.campaign.reupload == .updated {
        clearResults(&state)
        for property in CommunicationProperty.allCases { set(table.property(property), .unset, &state) }
      }
    case .participantUpdated, .fromFlow: break
    case .communicationEnded:
      setNames(trigger.names, &state)
      setStatuses(trigger.statuses.isEmpty ? Self.finalStatuses : trigger.statuses, &state)
    case .communicationUpdated:
      clearResults(&state)
      setNames(trigger.names, &state)
      setStatuses(trigger.statuses.isEmpty ? Self.passingStatuses : trigger.statuses, &state)
    case .incomingSession:
      clearResults(&state)
      set(table.property(.name), .unset, &state)
      set(table.property(.plannedAt), .unset, &state)
      set(table.property(.endedAt), .unset, &state)
      setStatuses([.started], &state)
    }
    return state
  }

  /// What is known when a model answers: what it answers has just started (semantics E2, language 7).
  func entry(_ model: CheckedModel) -> AbstractState {
    var state = AbstractState()
    let schema = analysis.campaign.schema
    clearResults(&state)
    setNames(schema.communications.indices.filter { schema.communications[$0].agent == model.agent }, &state)
    setStatuses([.started], &state)
    return state
  }

  static let finalStatuses = CommunicationStatus.allCases.filter(\.isFinal)
  static let passingStatuses = CommunicationStatus.allCases.filter { !$0.isFinal && $0 != .planned }

  func set(_ variable: Variable, _ value: ValueSet, _ state: inout AbstractState) {
    if scope.followed.contains(variable) { state.narrow(variable, to: value) }
  }

  func clearResults(_ state: inout AbstractState) {
    for slot in analysis.campaign.schema.resultNames.indices { set(table.result(slot), .unset, &state) }
  }

  func setStatuses(_ statuses: [CommunicationStatus], _ state: inout AbstractState) {
    let bits = statuses.reduce(UInt128(0)) { $0 | numbers.bit(analysis.campaign.schema.caseID(of: $1)) }
    set(table.property(.status), ValueSet(.cases(bits)), &state)
  }

  /// The communications that an event can be about: by name, channel and agent.
  func setNames(_ names: [Int], _ state: inout AbstractState) {
    guard !names.isEmpty else { return }
    let schema = analysis.campaign.schema
    var name: UInt128 = 0
    var channel: UInt128 = 0
    var agent: UInt128 = 0
    for communication in names.map({ schema.communications[$0] }) {
      name |= scope.bit(communication.caseID)
      channel |= numbers.bit(schema.caseID(of: communication.kind))
      agent |= scope.bit(schema.agents[communication.agent].caseID)
    }
    set(table.property(.name), ValueSet(.cases(name)), &state)
    set(table.property(.channel), ValueSet(.cases(channel)), &state)
    set(table.property(.agent), ValueSet(.cases(agent)), &state)
  }
}

/// The states before every node of one flow, or of one model, whatever happened before its runs.
public struct FlowStates: Sendable {
  private let interpreter: Interpreter
  private let file: FileView
  /// By node.
  public let sets: [StateSet]

  init(_ analysis: CampaignAnalysis, _ index: Int) {
    let interpreter = Interpreter(analysis, flows: [index])
    self.interpreter = interpreter
    let graph = analysis.graphs[index]
    file = analysis.files[graph.file]
    let campaign = analysis.campaign
    let entries =
      index < campaign.flows.count
      ? campaign.flows[index].triggers.map(interpreter.entry)
      : [interpreter.entry(campaign.models[index - campaign.flows.count])]
    sets = interpreter.run(index, from: zip(graph.entries, entries).map { ($0, [$1]) })
  }

  /// Whether any run can come to a node.
  public func isReached(_ node: Int) -> Bool { !sets[node].isEmpty }

  /// What a condition at a node can come to, over all ways there.
  public func truths(_ condition: ExpressionID, at node: Int) -> TruthSet {
    sets[node].states.reduce(into: TruthSet()) { $0.formUnion(interpreter.truths(condition, $1, file)) }
  }

  /// What a variable can be before a node, over all ways there.
  public func value(_ variable: Variable, at node: Int) -> ValueSet {
    sets[node].states.reduce(into: ValueSet(.nothing)) { $0 = $0.union(interpreter.value(variable, $1)) }
  }

  /// Whether a run may have written a variable before it comes to a node.
  public func isWritten(_ variable: Variable, at node: Int) -> Bool {
    sets[node].states.contains { $0[variable]?.isWritten ?? false }
  }

  /// What an expression can come to at a node, over all ways there.
  public func value(of expression: ExpressionID, at node: Int) -> ValueSet {
    sets[node].states.reduce(into: ValueSet(.nothing)) {
      $0 = $0.union(interpreter.value(expression, $1, file))
    }
  }

  /// What a variable can be where a condition of the node is true: of an `only if`.
  public func value(_ variable: Variable, at node: Int, where condition: ExpressionID?) -> ValueSet {
    guard let condition else { return value(variable, at: node) }
    var result = ValueSet(.nothing)
    for state in sets[node].states {
      for state in interpreter.refined(state, condition, file, to: .yes) {
        result = result.union(interpreter.value(variable, state))
      }
    }
    return result
  }

  /// The names of communications, or of agents, that a property can have before a node; `nil` among them stands for any
  /// other.
  public func names(_ property: CommunicationProperty, at node: Int) -> (cases: [CaseID?], canBeUnset: Bool) {
    let set = value(interpreter.table.property(property), at: node)
    guard case .cases(let bits) = set.content else { return (set.canBeSet ? [nil] : [], set.canBeUnset) }
    return (interpreter.scope.cases(bits), set.canBeUnset)
  }
}

extension CampaignAnalysis {
  /// Interprets one flow or model by itself, by its position in `graphs`.
  public func states(of index: Int) -> FlowStates { FlowStates(self, index) }
}

extension ValueNumbers {
  /// The cases of an enumeration's set that have a bit of their own.
  public func cases(_ set: ValueSet) -> [CaseID] {
    guard case .cases(let bits) = set.content else { return [] }
    return caseOfBit.indices.filter { bits >> UInt128($0) & 1 == 1 }.map { caseOfBit[$0] }
  }
}
