internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// What a new record holds: a literal, a signed number or a case (language 3).
extension CampaignChecker {
  /// The value of a default, converted to the field's type; `nil` where it is wrong, or `unset`.
  mutating func constant(
    _ id: ExpressionID, for type: ValueType?, _ field: FieldDeclaration
  ) -> ConstantValue? {
    guard isConstant(id) else {
      reportDefaultNotConstant(id, field)
      return nil
    }
    let found = check(id, type.map(Expectation.type) ?? .silent)
    guard let type, let found else { return nil }
    guard isAssignable(found, to: type) else {
      reportDefaultType(id, found, type, field)
      return nil
    }
    return value(id, type)
  }

  private func isConstant(_ id: ExpressionID) -> Bool {
    switch expressions[Int(id.index)].kind {
    case .missing, .unset, .boolean, .integer, .numeric, .text, .date, .localDateTime, .instant, .time,
      .duration, .name:
      true
    case .unary(.minus, let inner): isNumber(inner)
    case .now, .today, .member, .unary, .binary, .membership, .presence, .call, .within, .parenthesized: false
    }
  }

  private func isNumber(_ id: ExpressionID) -> Bool {
    switch expressions[Int(id.index)].kind {
    case .integer, .numeric: true
    default: false
    }
  }

  private func value(_ id: ExpressionID, _ type: ValueType) -> ConstantValue? {
    switch expressions[Int(id.index)].kind {
    case .boolean(let value): return .boolean(value)
    case .integer(let value): return number(value, type)
    case .numeric(let value): return .numeric(value)
    case .text(let text): return .string(normalForm(tree[text], type) ?? tree[text])
    case .date(let value): return .date(value)
    case .localDateTime(let value): return .localDateTime(value)
    case .instant(let value): return .instant(value)
    case .name(let symbol): return names.cases[symbol].map { .enumeration(CaseID($0)) }
    case .unary(.minus, let inner):
      switch value(inner, type) {
      case .integer(let value): return .integer(0 &- value)
      case .numeric(let value): return .numeric(value.negated)
      default: return nil
      }
    default: return nil
    }
  }

  private func number(_ value: Int64, _ type: ValueType) -> ConstantValue? {
    type == .numeric ? Numeric(value).map(ConstantValue.numeric) : .integer(value)
  }

  private mutating func reportDefaultNotConstant(_ id: ExpressionID, _ field: FieldDeclaration) {
    report(
      .invalidDefault,
      "expected a literal or a case as the default of `\(text(field.name))`, found an expression",
      at: expressions[Int(id.index)].range,
      help: [
        "a value that has to be worked out is set by a flow: `update participant.\(text(field.name)) = …`"
      ])
  }

  private mutating func reportDefaultType(
    _ id: ExpressionID, _ found: ValueType, _ type: ValueType, _ field: FieldDeclaration
  ) {
    report(
      .invalidDefault,
      "expected \(described(type)) as the default of `\(text(field.name))`, found \(described(found))",
      at: expressions[Int(id.index)].range,
      secondary: [Label(span(field.type.range), "the type of the field")])
  }
}
