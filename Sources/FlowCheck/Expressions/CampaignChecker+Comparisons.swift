internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// `==`, `<`, `in`, `contains` and the like (language 5).
extension CampaignChecker {
  mutating func comparison(
    _ id: ExpressionID, _ operation: BinaryOperator, _ left: ExpressionID, _ right: ExpressionID
  ) -> ValueType? {
    if isUnset(left) || isUnset(right) { return reportUnsetComparison(id, operation, left, right) }
    guard let (a, b) = typesOfSides(left, right) else { return nil }
    guard isComparable(a, b) else {
      reportIncomparable(id, operation.spelling, (left, a), (right, b))
      return nil
    }
    let isEquality = operation == .equal || operation == .notEqual
    if isEquality || (isOrdered(a) && isOrdered(b)) { return .boolean }
    report(
      .operandType, "`\(operation.spelling)` does not order \(described(a))",
      at: expressions[Int((isOrdered(a) ? right : left).index)].range,
      notes: ["ordered types: integer, numeric, date, datetime, time, duration, string"])
    return nil
  }

  /// The types of two operands that tell each other what is expected; `nil` where one is wrong.
  private mutating func typesOfSides(
    _ left: ExpressionID, _ right: ExpressionID
  ) -> (ValueType, ValueType)? {
    let a: ValueType?
    let b: ValueType?
    if needsPlace(left), !needsPlace(right) {
      b = check(right, .none)
      a = check(left, Expectation(b))
    } else {
      a = check(left, .none)
      b = check(right, Expectation(a))
    }
    guard let a, let b else { return nil }
    return (a, b)
  }

  mutating func membership(_ element: ExpressionID, _ list: ExpressionList) -> ValueType? {
    let elements = tree[list]
    var type: ValueType?
    var known: (id: ExpressionID, type: ValueType?)?
    if needsPlace(element), let typed = elements.first(where: { !needsPlace($0) && !isUnset($0) }) {
      let typeOfTyped = check(typed, .none)
      known = (typed, typeOfTyped)
      type = check(element, Expectation(typeOfTyped))
    } else if isUnset(element) {
      reportUnsetOperand(element, "`in`")
    } else {
      type = check(element, .none)
    }
    var isRight = type != nil
    for other in elements {
      if isUnset(other) {
        reportUnsetOperand(other, "`in (…)`")
        isRight = false
        continue
      }
      let found = known?.id == other ? known?.type : check(other, Expectation(type))
      guard let found, let type else {
        isRight = false
        continue
      }
      if !isComparable(type, found) {
        reportIncomparable(other, "in", (element, type), (other, found))
        isRight = false
      }
    }
    return isRight ? .boolean : nil
  }

  /// `contains`, `starts with`, `ends with`, `matches`.
  mutating func textComparison(
    _ operation: BinaryOperator, _ left: ExpressionID, _ right: ExpressionID
  ) -> ValueType? {
    let isLeftRight = requireText(left, operation)
    guard operation == .matches else { return requireText(right, operation) && isLeftRight ? .boolean : nil }
    guard case .text(let pattern) = expressions[Int(right.index)].kind else {
      if check(right, .none) != nil || isUnset(right) { reportNoPattern(right) }
      return nil
    }
    types[Int(right.index)] = .string
    do {
      _ = try Pattern(tree[pattern])
      return isLeftRight ? .boolean : nil
    } catch {
      reportPattern(right, error)
      return nil
    }
  }

  private mutating func requireText(_ id: ExpressionID, _ operation: BinaryOperator) -> Bool {
    if isUnset(id) {
      reportUnsetOperand(id, "`\(operation.spelling)`")
      return false
    }
    guard let type = check(id, .none) else { return false }
    if isText(type) { return true }
    report(
      .operandType, "expected a text on both sides of `\(operation.spelling)`, found \(described(type))",
      at: expressions[Int(id.index)].range,
      help: ["`text(…)` makes a text of any value"])
    return false
  }

  private mutating func reportNoPattern(_ id: ExpressionID) {
    report(
      .invalidPattern, "expected a pattern between quotes after `matches`, found another expression",
      at: expressions[Int(id.index)].range,
      notes: ["patterns are compiled when the campaign is checked"],
      help: ["`contains` looks for a text that is worked out"])
  }

  private mutating func reportPattern(_ id: ExpressionID, _ error: PatternError) {
    let range = expressions[Int(id.index)].range
    // Offsets are those of the text only where it has no escapes.
    let isPlain =
      range.count - 2 == tree.source.text(range).utf8.count - 2 && !tree.source.text(range).contains("\\")
    let offset = min(range.lower + 1 + error.offset, range.upper - 1)
    report(
      .invalidPattern, "the pattern does not compile: \(error.message)",
      at: isPlain ? SourceRange(offset, offset + 1) : range,
      notes: [
        "understood are classes, groups, `|`, repeats, `^ $ \\b \\d \\w \\s` and `(?i)` at the beginning"
      ])
  }
}
