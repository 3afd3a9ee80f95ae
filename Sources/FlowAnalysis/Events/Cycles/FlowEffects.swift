internal import FlowCheck
internal import FlowSchema
internal import FlowSyntax
internal import FlowValues

/// What the nodes of a flow do that others can notice.
struct FlowEffects {
  struct Effect {
    let node: Int
    var events: [CausedEvent] = []
    var writes: [Write] = []
    var cancels: [CausedEvent] = []
    /// `cancel communications` without names.
    var cancelsAll = false
    /// A communication that is created, with its condition.
    var creates: Int?
  }

  /// A field that is written, and what it is computed from.
  struct Write {
    let target: Variable
    var sources: [Variable] = []
    /// The sum of the numbers in the expression, without their signs: by no more than that one write shifts a value.
    var reach: Int64 = 0
  }

  private(set) var effects: [Effect] = []

  init(_ flow: Int, _ analysis: CampaignAnalysis) {
    let graph = analysis.graphs[flow]
    let file = analysis.files[graph.file]
    for node in graph.nodes.indices.reversed() {
      guard let statement = graph.nodes[node].statement else { continue }
      if let effect = Self.effect(node, statement, file, analysis) { effects.append(effect) }
    }
  }

  private static func effect(
    _ node: Int, _ statement: StatementID, _ file: FileView, _ analysis: CampaignAnalysis
  ) -> Effect? {
    let names = analysis.names
    var effect = Effect(node: node, events: EventGraph.events(statement, file, names))
    switch file.statements[Int(statement.index)].kind {
    case .update(let assignments):
      effect.writes = file.tree[assignments].compactMap { write($0, file, analysis) }
    case .python(let python):
      effect.writes = file.tree[file.tree[python].writes].compactMap { target in
        names.field(target).map { Write(target: analysis.table.field($0.level, $0.slot)) }
      }
    case .communication(let id): effect.creates = names.communication(file.tree[id].name)
    case .cancelCommunications(_, let list):
      effect.cancelsAll = file.tree[list].isEmpty
      effect.cancels = file.tree[list].compactMap(names.communication).map { .created(communication: $0) }
    case .cancelHandOvers(let flow): effect.cancels = names.flow(flow).map { [.handedOver(flow: $0)] } ?? []
    case .handOver: break
    case .check, .stop, .go, .progress, .end, .chance, .scenario: return nil
    }
    return effect
  }

  private static func write(
    _ assignment: Assignment, _ file: FileView, _ analysis: CampaignAnalysis
  ) -> Write? {
    guard let field = analysis.names.field(assignment.target) else { return nil }
    var write = Write(target: analysis.table.field(field.level, field.slot))
    file.eachInside(assignment.value) { id in
      if let source = analysis.table.variable(id, file) { write.sources.append(source) }
    }
    write.reach = file.numbersInside(
      assignment.value, as: analysis.campaign.schema.fields(field.level)[field.slot].type)
    return write
  }
}

extension FlowEffects.Effect {
  /// Whether it takes away what an earlier run has planned.
  func cancels(_ event: CausedEvent) -> Bool {
    if case .created = event, cancelsAll { return true }
    return cancels.contains(event)
  }
}

extension FileView {
  /// The sum of all numbers in an expression, without their signs, in the unit of a type.
  func numbersInside(_ id: ExpressionID, as type: ValueType) -> Int64 {
    var sum: Int64 = 0
    eachInside(id) { inner in
      let number: Int64
      switch kind(inner) {
      case .integer(let value):
        number = type == .numeric ? (ValueSet.number(value).scaled.single ?? .max) : value
      case .numeric(let value): number = value.millionths
      case .duration(let duration):
        number = type == .date ? Int64(duration.days) : duration.comparisonMilliseconds
      case _: return
      }
      sum = ValueSet.plus(sum, number == .min ? .max : abs(number))
    }
    return sum
  }
}

extension ValueSet {
  /// The one number there is.
  var single: Int64? {
    guard !canBeUnset, case .range(let low, let high) = content, low == high else { return nil }
    return low
  }
}
