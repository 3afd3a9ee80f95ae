internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// `and`, `or` and arithmetic (language 5).
extension CampaignChecker {
  mutating func binary(
    _ id: ExpressionID, _ operation: BinaryOperator, _ left: ExpressionID, _ right: ExpressionID
  ) -> ValueType? {
    switch operation {
    case .and, .or:
      let isLeftRight = requireOperand(left, operation)
      let isRightRight = requireOperand(right, operation)
      return isLeftRight && isRightRight ? .boolean : nil
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      return comparison(id, operation, left, right)
    case .contains, .startsWith, .endsWith, .matches:
      return textComparison(operation, left, right)
    case .multiply, .divide, .remainder, .add, .subtract:
      return arithmetic(id, operation, left, right)
    }
  }

  private mutating func arithmetic(
    _ id: ExpressionID, _ operation: BinaryOperator, _ left: ExpressionID, _ right: ExpressionID
  ) -> ValueType? {
    for side in [left, right] where isUnset(side) {
      check(side == left ? right : left, .silent)
      return reportUnsetOperand(side, "`\(operation.spelling)`")
    }
    let a = check(left, .none)
    let b = check(right, .none)
    guard let a, let b else { return nil }
    guard let type = resultType(operation, a, b) else {
      reportArithmetic(id, operation, (left, a), (right, b))
      return nil
    }
    if a == .date, b == .duration, hasHours(right) { reportHours(right, operation) }
    return type
  }

  /// The rows of the table of operators.
  private func resultType(_ operation: BinaryOperator, _ a: ValueType, _ b: ValueType) -> ValueType? {
    switch (operation, a, b) {
    case (.divide, .integer, .integer): return .numeric
    case (.add, .string, .string): return .string
    case (.add, .date, .duration), (.subtract, .date, .duration): return .date
    case (.add, .datetime, .duration), (.subtract, .datetime, .duration): return .datetime
    case (.add, .duration, .duration), (.subtract, .duration, .duration): return .duration
    case (.subtract, .datetime, .datetime), (.subtract, .date, .date): return .duration
    case (.multiply, .duration, .integer): return .duration
    default: break
    }
    guard isNumber(a), isNumber(b) else { return nil }
    return a == .integer && b == .integer ? .integer : .numeric
  }

  /// Whether a literal duration has hours, minutes or seconds, which a date cannot take up.
  private func hasHours(_ id: ExpressionID) -> Bool {
    switch expressions[Int(id.index)].kind {
    case .duration(let duration): duration.milliseconds != 0
    case .parenthesized(let inner): hasHours(inner)
    case .unary(.minus, let inner): hasHours(inner)
    default: false
    }
  }

  private mutating func reportHours(_ id: ExpressionID, _ operation: BinaryOperator) {
    if case .parenthesized(let inner) = expressions[Int(id.index)].kind {
      return reportHours(inner, operation)
    }
    let range = expressions[Int(id.index)].range
    report(
      .hoursOnDate, "expected whole days beside a date, found `\(tree.source.text(range))`", at: range,
      notes: ["`d` and `w` are days of the calendar; `s`, `m` and `h` are parts of a day"],
      help: ["`datetime(DATE, TIME)` makes a datetime, which takes every duration"])
  }

  private mutating func reportArithmetic(
    _ id: ExpressionID, _ operation: BinaryOperator, _ left: (id: ExpressionID, type: ValueType),
    _ right: (id: ExpressionID, type: ValueType)
  ) {
    let sign = operation.spelling
    var help: [String] = []
    switch (operation, left.type, right.type) {
    case (.add, .string, _), (.add, _, .string):
      let other = left.type == .string ? right.id : left.id
      help = ["write `text(\(tree.source.text(expressions[Int(other.index)].range)))` to join it to a text"]
    case (_, .date, .integer), (_, .datetime, .integer):
      help = ["a number of days is written `3d`, or `1d * n`"]
    case (.multiply, .integer, .duration): help = ["the duration stands first: `1d * 3`"]
    case (.add, .duration, .date), (.add, .duration, .datetime):
      help = ["the \(plain(right.type)) stands first"]
    case (.subtract, .date, .datetime), (.subtract, .datetime, .date):
      help = ["`date(DATETIME)` is the day of a datetime"]
    default: break
    }
    report(
      .operandType, "`\(sign)` does not take \(described(left.type)) and \(described(right.type))",
      at: expressions[Int(id.index)].range,
      secondary: [
        Label(span(expressions[Int(left.id.index)].range), described(left.type)),
        Label(span(expressions[Int(right.id.index)].range), described(right.type)),
      ], notes: takes(operation), help: help)
  }

  private func takes(_ operation: BinaryOperator) -> [String] {
    switch operation {
    case .add:
      ["`+` takes two numbers, two texts, two durations, or a date or datetime and a duration"]
    case .subtract:
      ["`-` takes two numbers, two durations, two dates, two datetimes, or a date or datetime and a duration"]
    case .multiply: ["`*` takes two numbers, or a duration and an integer"]
    case .divide, .remainder: ["`\(operation.spelling)` takes two numbers"]
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .contains, .startsWith,
      .endsWith, .matches, .and, .or:
      []
    }
  }
}
