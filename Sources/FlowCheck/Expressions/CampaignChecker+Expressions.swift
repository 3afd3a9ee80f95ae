internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// What the place of an expression tells about its type.
enum Expectation {
  /// Nothing.
  case none
  case type(ValueType)
  /// Something that is wrong and was reported: a bare name that needs a type is no further error.
  case silent

  /// What the other side of an operator tells.
  init(_ type: ValueType?) { self = type.map(Expectation.type) ?? .silent }
}

/// Types of expressions (language 5).
extension CampaignChecker {
  /// The type of an expression; `nil` for `unset`, and where an error was reported.
  @discardableResult
  mutating func check(_ id: ExpressionID, _ expected: Expectation) -> ValueType? {
    let type = computedType(id, expected)
    types[Int(id.index)] = type
    return type
  }

  private mutating func computedType(_ id: ExpressionID, _ expected: Expectation) -> ValueType? {
    let expression = expressions[Int(id.index)]
    switch expression.kind {
    case .missing, .unset: return nil
    case .now, .localDateTime, .instant: return .datetime
    case .today, .date: return .date
    case .boolean: return .boolean
    case .integer: return .integer
    case .numeric: return .numeric
    case .time: return .time
    case .duration: return .duration
    case .text(let text): return literal(text, expression.range, expected)
    case .name(let symbol): return bareName(id, symbol, expected)
    case .member(let base, let name): return checkMember(id, base, name)
    case .unary(let operation, let inner): return unary(operation, inner)
    case .binary(let operation, let left, let right): return binary(id, operation, left, right)
    case .membership(let element, _, let list): return membership(element, list)
    case .presence(let inner, _):
      check(inner, .none)
      return .boolean
    case .call(let name, let arguments): return call(id, name, arguments, expected)
    case .within(let inner):
      check(inner, .none)
      reportMisplacedWithin(expression.range)
      return nil
    case .parenthesized(let inner): return check(inner, expected)
    }
  }

  private mutating func checkMember(_ id: ExpressionID, _ base: Symbol, _ name: Name) -> ValueType? {
    let start = expressions[Int(id.index)].range.lower
    let baseRange = SourceRange(start, start + symbols.bytes(of: base).count)
    let (type, reference) = member(base: base, baseRange: baseRange, name)
    references[Int(id.index)] = reference
    return type
  }

  /// A text literal stands for an email or a phone where one is expected, and must then be one.
  private mutating func literal(_ id: TextID, _ range: SourceRange, _ expected: Expectation) -> ValueType? {
    guard case .type(let type) = expected, type == .email || type == .phone else { return .string }
    if normalForm(tree[id], type) != nil { return type }
    report(
      .invalidAddress,
      type == .email
        ? "expected an email address, found \"\(tree[id])\""
        : "expected a phone number, found \"\(tree[id])\"",
      at: range,
      notes: [
        type == .email
          ? "an address has one `@` between a name and a domain, as in `ana@example.com`"
          : "a phone number keeps its digits only, and must have some"
      ])
    return nil
  }

  private mutating func unary(_ operation: UnaryOperator, _ inner: ExpressionID) -> ValueType? {
    switch operation {
    case .not:
      return requireCondition(inner, "`not`") ? .boolean : nil
    case .minus:
      if isUnset(inner) { return reportUnsetOperand(inner, "`-`") }
      guard let type = check(inner, .none) else { return nil }
      switch type {
      case .integer, .numeric, .duration: return type
      case .string, .boolean, .date, .datetime, .time, .email, .phone, .enumeration:
        report(
          .operandType, "expected a number or a duration after `-`, found \(described(type))",
          at: expressions[Int(inner.index)].range)
        return nil
      }
    }
  }

  /// Whether an expression is the literal `unset`.
  func isUnset(_ id: ExpressionID) -> Bool {
    switch expressions[Int(id.index)].kind {
    case .unset: true
    case .parenthesized(let inner): isUnset(inner)
    default: false
    }
  }

  /// A condition must be boolean; false where it is not, which was reported.
  @discardableResult
  mutating func requireCondition(_ id: ExpressionID, _ what: String) -> Bool {
    require(id, .boolean, what)
  }

  /// The same for a side of `and` or `or`.
  mutating func requireOperand(_ id: ExpressionID, _ operation: BinaryOperator) -> Bool {
    if isUnset(id) {
      reportUnsetOperand(id, "`\(operation.spelling)`")
      return false
    }
    guard let found = check(id, .type(.boolean)) else { return false }
    if found == .boolean { return true }
    reportMismatch(
      id, expected: described(.boolean), found: described(found), for: "`\(operation.spelling)`",
      help: conversion(of: id, from: found, to: .boolean))
    return false
  }

  /// An expression must have a type; false where it has not, which was reported.
  @discardableResult
  mutating func require(_ id: ExpressionID, _ type: ValueType, _ what: String) -> Bool {
    if isUnset(id) {
      reportMismatch(id, expected: described(type), found: "`unset`", after: what)
      return false
    }
    guard let found = check(id, .type(type)) else { return false }
    if isAssignable(found, to: type) { return true }
    reportMismatch(
      id, expected: described(type), found: described(found), after: what,
      help: conversion(of: id, from: found, to: type))
    return false
  }
}
