internal import FlowCheck
internal import FlowSchema
internal import FlowSyntax

/// What others write, so that the checks let a row through again.
extension RepeatSearch {
  /// Values that other flows write into fields which these flows check, apart from those that open the way on purpose: the
  /// value of a new record, and cases that a check on the way names.
  func findOpenings() -> [[WrittenValue]] {
    let named = namedBits()
    var result: [[WrittenValue]] = []
    for variable in scope.checked.sorted() {
      guard let field = analysis.table.fieldOf(variable) else { continue }
      let isBoolean = analysis.campaign.schema.fields(field.level)[field.slot].type == .boolean
      let written = (writtenValues[variable] ?? []).filter { $0.place.flow != trigger.flow }
        .map { isBoolean ? $0 : $0.without(named) }.filter(\.value.canBeSet)
      if !written.isEmpty { result.append(written) }
    }
    return result
  }

  /// The cases that conditions of these flows name.
  private func namedBits() -> UInt128 {
    var bits: UInt128 = 0
    for flow in scope.flows {
      let graph = analysis.graphs[flow]
      let file = analysis.files[graph.file]
      for id in graph.nodes.compactMap(\.statement) {
        guard let condition = condition(of: id, file) else { continue }
        file.eachInside(condition) { inner in
          if case .enumerationCase(let element) = file.reference(inner) {
            bits |= analysis.numbers.bit(element)
          }
        }
      }
    }
    return bits
  }

  private func condition(of id: StatementID, _ file: FileView) -> ExpressionID? {
    switch file.statements[Int(id.index)].kind {
    case .check(let condition, _, _): condition
    case .communication(let communication): file.tree[communication].condition
    case .cancelCommunications, .update, .handOver, .cancelHandOvers, .python, .stop, .go, .progress, .end,
      .chance, .scenario:
      nil
    }
  }

  func opened(_ state: AbstractState, _ opening: WrittenValue, _ value: ValueSet) -> AbstractState? {
    var state = state
    let variable = analysis.table.field(opening.place.level, opening.place.slot)
    // A value that the first run itself leaves there opens nothing that was not open.
    let before = interpreter.value(variable, state)
    if before.content.union(value.content) == before.content { return nil }
    interpreter.write(variable, value, &state)
    return state
  }

  /// The first statement of runs of others that writes what is checked on the way.
  func firstWrite(of runs: OtherRuns) -> RepeatedContact.Opening? {
    for flow in runs.triggers.map(\.flow) {
      let graph = analysis.graphs[flow]
      let file = analysis.files[graph.file]
      for node in graph.nodes.indices.reversed() {
        guard let id = graph.nodes[node].statement,
          case .update(let assignments) = file.statements[Int(id.index)].kind
        else { continue }
        for assignment in file.tree[assignments] {
          guard let field = analysis.names.field(assignment.target),
            scope.checked.contains(analysis.table.field(field.level, field.slot))
          else { continue }
          return RepeatedContact.Opening(flow: flow, node: node, level: field.level, slot: field.slot)
        }
      }
    }
    return nil
  }
}
