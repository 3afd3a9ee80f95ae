internal import FlowCheck
internal import FlowSchema
internal import FlowSyntax

/// `a in (x, y)`, which is `a == x or a == y` (semantics K2).
extension Interpreter {
  func membership(
    _ state: AbstractState, _ id: ExpressionID, _ operand: ExpressionID, _ elements: [ExpressionID],
    _ file: FileView, _ wanted: TruthSet
  ) -> [AbstractState] {
    let value = value(operand, state, file)
    let values = elements.map { elementValue($0, operand, state, file) }
    let possible = Self.possible(value, values)
    guard let decided = decided(state, id, file, possible, wanted, isVague: value.isVague) else { return [] }
    let left = possible.intersection(wanted)
    guard left != possible, let variable = table.variable(operand.bare(file), file) else { return [decided] }
    let narrowed = Self.narrow(value, values, left)
    if narrowed.isEmpty { return [] }
    var result = decided
    if narrowed != value { result.narrow(variable, to: narrowed) }
    return [result]
  }

  private func elementValue(
    _ element: ExpressionID, _ operand: ExpressionID, _ state: AbstractState, _ file: FileView
  ) -> ValueSet {
    let value = value(element, state, file)
    switch (file.type(operand.bare(file)), file.type(element.bare(file))) {
    case (.numeric, .integer): return value.scaled
    case (.integer, .numeric): return value.unscaled
    case (.date, .datetime), (.datetime, .date), (.email, _), (.phone, _), (_, .email), (_, .phone):
      return ValueSet(.anything, canBeUnset: value.canBeUnset)
    case _: return value
    }
  }

  private static func possible(_ value: ValueSet, _ elements: [ValueSet]) -> TruthSet {
    let each = elements.map { possible(.equal, value, $0) }
    var result: TruthSet = []
    if each.contains(where: { $0.contains(.yes) }) { result.insert(.yes) }
    if value.canBeUnset || each.contains(where: { $0.contains(.unknown) }) { result.insert(.unknown) }
    // Not any of them: what is left without them, if something is.
    if value.canBeSet, without(value.content, elements) != .nothing, each.allSatisfy({ $0.contains(.no) }) {
      result.insert(.no)
    }
    return result
  }

  private static func without(_ content: ValueSet.Content, _ elements: [ValueSet]) -> ValueSet.Content {
    elements.reduce(content) { $1.isSingle ? $0.subtracting($1.content) : $0 }
  }

  private static func narrow(_ value: ValueSet, _ elements: [ValueSet], _ truths: TruthSet) -> ValueSet {
    var content = ValueSet.Content.nothing
    if truths.contains(.yes) {
      for element in elements { content = content.union(value.content.intersection(element.content)) }
    }
    if truths.contains(.no) { content = content.union(without(value.content, elements)) }
    if truths.contains(.unknown), elements.contains(where: \.canBeUnset) { content = value.content }
    return ValueSet(
      content, canBeUnset: value.canBeUnset && truths.contains(.unknown), isVague: value.isVague)
  }
}
