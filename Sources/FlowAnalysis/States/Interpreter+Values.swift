internal import FlowCheck
internal import FlowSchema
internal import FlowSyntax
internal import FlowValues

/// What expressions come to.
extension Interpreter {
  /// A superset of what an expression can be. Numbers are in the unit of their type: millionths of a numeric, days of a
  /// date, milliseconds of an instant or duration.
  func value(_ id: ExpressionID, _ state: AbstractState, _ file: FileView) -> ValueSet {
    if let variable = table.variable(id, file) { return value(variable, state) }
    switch file.kind(id) {
    case .parenthesized(let inner): return value(inner, state, file)
    case .unset: return .unset
    case .boolean(let value): return .truth(value)
    case .integer(let value): return .number(value)
    case .numeric(let value): return .number(value.millionths)
    case .text(let text): return ValueSet(.cases(numbers.bit(file.tree[text])))
    case .date(let date): return .number(Int64(date.dayNumber))
    case .instant(let instant): return .number(instant.milliseconds)
    case .time(let time): return .number(Int64(time.milliseconds))
    case .duration(let duration): return .number(duration.comparisonMilliseconds)
    case .name: return caseValue(id, file)
    case .unary(.minus, let inner): return value(inner, state, file).negated
    case .binary(let sign, let left, let right): return binary(id, sign, left, right, state, file)
    case .unary(.not, _), .membership, .presence: return truthValue(id, state, file)
    case .call(_, let arguments): return call(id, Array(file.tree[arguments]), state, file)
    case .now, .today: return ValueSet(.range(.min, .max), isVague: true)
    case .missing, .localDateTime, .member, .within:
      return ValueSet(.anything, canBeUnset: true, isVague: true)
    }
  }

  func value(_ variable: Variable, _ state: AbstractState) -> ValueSet {
    state[variable]?.set ?? table.top(variable)
  }

  /// A bare case. Those that name communications and agents are numbered by the scope.
  private func caseValue(_ id: ExpressionID, _ file: FileView) -> ValueSet {
    guard case .enumerationCase(let element) = file.reference(id) else {
      return ValueSet(.anything, isVague: true)
    }
    if case .enumeration(let type) = file.type(id),
      type == Schema.nameEnumeration || type == Schema.agentEnumeration
    {
      return ValueSet(.cases(scope.bit(element)))
    }
    return ValueSet(.cases(numbers.bit(element)))
  }

  private func truthValue(_ id: ExpressionID, _ state: AbstractState, _ file: FileView) -> ValueSet {
    truths(id, state, file).valueSet.vague
  }

  private func binary(
    _ id: ExpressionID, _ sign: BinaryOperator, _ left: ExpressionID, _ right: ExpressionID,
    _ state: AbstractState,
    _ file: FileView
  ) -> ValueSet {
    switch sign {
    case .add, .subtract:
      guard let type = file.type(id) else { break }
      let a = operand(left, as: type, state, file)
      let b = operand(right, as: type, state, file)
      return a.adding(sign == .add ? b : b.negated)
    case .multiply, .divide, .remainder: break
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .contains, .startsWith, .endsWith,
      .matches, .and, .or:
      return truthValue(id, state, file)
    }
    return unknown(id, [left, right], state, file)
  }

  /// An operand of a sum in the unit of the sum. Only sums of numbers, and of dates and whole days, are followed.
  private func operand(
    _ id: ExpressionID, as type: ValueType, _ state: AbstractState, _ file: FileView
  ) -> ValueSet {
    let value = value(id, state, file)
    switch (type, file.type(id.bare(file))) {
    case (.integer, .integer), (.numeric, .numeric), (.date, .date), (.duration, .duration): return value
    case (.numeric, .integer): return value.scaled
    case (.date, .duration):
      guard case .range(let low, let high) = value.content, low == high else { break }
      return .number(low / TimeOfDay.millisecondsPerDay)
    case _: break
    }
    return ValueSet(.anything, canBeUnset: value.canBeUnset, isVague: true)
  }

  /// Anything of the expression's type; unset if one of its parts is (semantics K2).
  private func unknown(
    _ id: ExpressionID, _ parts: [ExpressionID], _ state: AbstractState, _ file: FileView
  ) -> ValueSet {
    var result = file.type(id).map { VariableTable.top($0, numbers) } ?? ValueSet(.anything)
    result.canBeUnset = parts.contains { value($0, state, file).canBeUnset }
    result.isVague = true
    return result
  }

  private func call(
    _ id: ExpressionID, _ arguments: [ExpressionID], _ state: AbstractState, _ file: FileView
  ) -> ValueSet {
    guard case .function(let function) = file.reference(id) else {
      return unknown(id, arguments, state, file)
    }
    switch function {
    case .default: return defaulted(id, arguments, state, file)
    case .if: return chosen(id, arguments, state, file)
    case .min: return extremum(id, arguments, state, file, min)
    case .max: return extremum(id, arguments, state, file, max)
    case .communications, .runs, .rejected: return ValueSet(.range(0, .max), isVague: true)
    case .length: return bounded(id, 0, .max, arguments, state, file)
    case .abs: return bounded(id, 0, .max, arguments, state, file)
    case .month: return bounded(id, 1, 12, arguments, state, file)
    case .day: return bounded(id, 1, 31, arguments, state, file)
    case .weekday: return bounded(id, 1, 7, arguments, state, file)
    case .hour: return bounded(id, 0, 23, arguments, state, file)
    case .minute: return bounded(id, 0, 59, arguments, state, file)
    case .ceil, .floor, .round, .lower, .upper, .trim, .slice, .text, .date, .timeOf, .timeFromParts,
      .datetime, .year,
      .days, .hours:
      return unknown(id, arguments, state, file)
    }
  }

  private func bounded(
    _ id: ExpressionID, _ low: Int64, _ high: Int64, _ arguments: [ExpressionID], _ state: AbstractState,
    _ file: FileView
  ) -> ValueSet {
    var result = unknown(id, arguments, state, file)
    result.content = .range(low, high)
    return result
  }

  private func defaulted(
    _ id: ExpressionID, _ arguments: [ExpressionID], _ state: AbstractState, _ file: FileView
  ) -> ValueSet {
    guard arguments.count == 2 else { return unknown(id, arguments, state, file) }
    let first = converted(arguments[0], toTypeOf: id, state, file)
    return first.canBeUnset
      ? first.withoutUnset.union(converted(arguments[1], toTypeOf: id, state, file)) : first
  }

  private func chosen(
    _ id: ExpressionID, _ arguments: [ExpressionID], _ state: AbstractState, _ file: FileView
  ) -> ValueSet {
    guard arguments.count == 3 else { return unknown(id, arguments, state, file) }
    let truths = truths(arguments[0], state, file)
    var result = ValueSet(.nothing)
    if truths.contains(.yes) { result = result.union(converted(arguments[1], toTypeOf: id, state, file)) }
    if !truths.intersection(.notTrue).isEmpty {
      result = result.union(converted(arguments[2], toTypeOf: id, state, file))
    }
    return result
  }

  private func extremum(
    _ id: ExpressionID, _ arguments: [ExpressionID], _ state: AbstractState, _ file: FileView,
    _ pick: (Int64, Int64) -> Int64
  ) -> ValueSet {
    let values = arguments.map { converted($0, toTypeOf: id, state, file) }
    guard let first = values.first else { return unknown(id, arguments, state, file) }
    return values.dropFirst().reduce(first) { $0.extremum($1, pick) }
  }

  /// An argument in the unit of the whole call.
  private func converted(
    _ id: ExpressionID, toTypeOf whole: ExpressionID, _ state: AbstractState, _ file: FileView
  ) -> ValueSet {
    let value = value(id, state, file)
    return file.type(whole) == .numeric && file.type(id.bare(file)) == .integer ? value.scaled : value
  }
}
