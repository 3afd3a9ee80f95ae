internal import FlowCheck
internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// Runs flows on sets of values instead of values (semantics K1, K2, E4).
///
/// A state is kept for each way through a flow, up to a bound; what an interpretation says can happen is a superset of
/// what can, and a state that is not uncertain says what happens for some values.
final class Interpreter: Sendable {
  let analysis: CampaignAnalysis
  let scope: AnalysisScope
  let table: VariableTable
  let numbers: ValueNumbers
  /// The counts of communications among what is followed, ascending.
  private let counts: [(variable: Variable, filter: CountFilter)]

  init(_ analysis: CampaignAnalysis, _ scope: AnalysisScope) {
    self.analysis = analysis
    self.scope = scope
    table = analysis.table
    numbers = analysis.numbers
    counts = scope.followed.compactMap { variable in
      analysis.table.atomOf(variable)?.count.map { (variable, $0) }
    }.sorted { $0.variable < $1.variable }
  }

  convenience init(_ analysis: CampaignAnalysis, flows: [Int], following more: [Variable] = []) {
    self.init(analysis, AnalysisScope(flows.map { analysis.facts[$0] }, following: more))
  }

  /// The states before each node of a flow, from states at some of them.
  ///
  /// - Parameters:
  ///   - slice: The nodes that matter; all others are passed over.
  ///   - avoided: Nodes that no way may go through.
  func run(
    _ flow: Int, from starts: [(node: Int, states: [AbstractState])], along slice: FlowSlice? = nil,
    avoiding avoided: (Int) -> Bool = { _ in false }
  ) -> [StateSet] {
    let graph = analysis.graphs[flow]
    let file = analysis.files[graph.file]
    var sets = Array(repeating: StateSet(), count: graph.nodes.count)
    func add(_ state: AbstractState, _ node: Int) { sets[slice?.from(node) ?? node].add(state, table) }
    for start in starts { for state in start.states { add(state, start.node) } }
    for index in graph.nodes.indices.reversed() {
      let node = graph.nodes[index]
      guard let statement = node.statement, !sets[index].isEmpty, !avoided(index) else { continue }
      for state in sets[index].states { step(state, node, statement, file, add) }
    }
    return sets
  }

  private func step(
    _ state: AbstractState, _ node: FlowNode, _ statement: StatementID, _ file: FileView,
    _ add: (AbstractState, Int) -> Void
  ) {
    guard let otherwise = node.otherwise else {
      add(after(statement, state, file), node.next)
      return
    }
    guard case .check(let condition, _, _) = file.statements[Int(statement.index)].kind else {
      // A chance takes either port, whatever the state.
      add(state, node.next)
      add(state, otherwise)
      return
    }
    let matching = refined(state, condition, file, to: .yes)
    let others = refined(state, condition, file, to: .notTrue)
    for state in matching { add(state, node.next) }
    for state in others { add(state, otherwise) }
    let isUncertain = matching.contains(where: \.isUncertain) || others.contains(where: \.isUncertain)
    if isUncertain, !state.isUncertain, let join = node.join {
      // Nobody can say which port is taken, but both come here.
      add(forgettingWrites(of: statement, state, file), join)
    }
  }

  /// What holds after a check of which nobody can say what it came to.
  private func forgettingWrites(
    of statement: StatementID, _ state: AbstractState, _ file: FileView
  ) -> AbstractState {
    var state = state
    file.eachStatement(inside: statement) { inner in
      switch file.statements[Int(inner.index)].kind {
      case .update(let assignments):
        for assignment in file.tree[assignments] { write(assignment.target, nil, &state) }
      case .python(let python):
        for target in file.tree[file.tree[python].writes] { write(target, nil, &state) }
      case .communication, .cancelCommunications:
        for (variable, _) in counts { write(variable, nil, &state) }
        forgetProgress(&state)
      case .check, .handOver, .cancelHandOvers, .stop, .go, .progress, .end, .chance, .scenario: break
      }
    }
    return state
  }

  /// What holds after a statement that is no check.
  func after(_ statement: StatementID, _ state: AbstractState, _ file: FileView) -> AbstractState {
    var state = state
    switch file.statements[Int(statement.index)].kind {
    case .update(let assignments): update(assignments, &state, file)
    case .communication(let communication): create(file.tree[communication], &state)
    case .cancelCommunications: forgetProgress(&state)
    case .python(let python): for target in file.tree[file.tree[python].writes] { write(target, nil, &state) }
    case .check, .handOver, .cancelHandOvers, .stop, .go, .progress, .end, .chance, .scenario: break
    }
    return state
  }

  // MARK: Writing

  /// All right sides are read before anything is written.
  private func update(_ assignments: AssignmentList, _ state: inout AbstractState, _ file: FileView) {
    let list = file.tree[assignments]
    let values = list.map { assigned($0, state, file) }
    for (assignment, value) in zip(list, values) { write(assignment.target, value, &state) }
  }

  /// What an assignment writes. A copy of another field is a set without its connection to that field.
  func assigned(_ assignment: Assignment, _ state: AbstractState, _ file: FileView) -> ValueSet? {
    guard let field = analysis.names.field(assignment.target),
      scope.followed.contains(table.field(field.level, field.slot))
    else { return nil }
    var value = value(assignment.value, state, file)
    let type = analysis.campaign.schema.fields(field.level)[field.slot].type
    if type == .numeric, file.type(assignment.value.bare(file)) == .integer { value = value.scaled }
    return value
  }

  /// Writes a value, or whatever a script made of it.
  private func write(_ target: QualifiedName, _ value: ValueSet?, _ state: inout AbstractState) {
    guard let field = analysis.names.field(target) else { return }
    write(table.field(field.level, field.slot), value, &state)
  }

  func write(_ variable: Variable, _ value: ValueSet?, _ state: inout AbstractState) {
    guard scope.followed.contains(variable) else { return }
    state.write(variable, value ?? table.top(variable).vague)
    state.removeAll { table.atomOf($0)?.reads.contains(variable) ?? false }
  }

  /// Counts go up by one where they count what was created.
  private func create(_ communication: CommunicationStatement, _ state: inout AbstractState) {
    guard let number = analysis.names.communication(communication.name) else { return }
    created(number, &state)
  }

  func created(_ communication: Int, _ state: inout AbstractState) {
    let kind = analysis.campaign.schema.communications[communication].kind
    for (variable, filter) in counts where filter.counts(communication, kind) {
      let before = state[variable]?.set ?? table.top(variable)
      write(variable, before.shifted(by: 1), &state)
    }
  }

  /// After a cancellation, what communications have come to is known no more.
  private func forgetProgress(_ state: inout AbstractState) {
    let properties = [CommunicationProperty.status, .endedAt].map { table.property($0) }
    for variable in properties { write(variable, nil, &state) }
    for (variable, filter) in counts where !filter.statuses.isEmpty { write(variable, nil, &state) }
  }
}
