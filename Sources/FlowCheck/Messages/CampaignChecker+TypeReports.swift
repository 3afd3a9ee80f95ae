internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// Types that do not go together.
extension CampaignChecker {
  /// The cases of one enumeration that another lacks, as a note.
  func missingCases(_ found: ValueType, in wanted: ValueType) -> [String] {
    guard case .enumeration(let a) = found, case .enumeration(let b) = wanted else { return [] }
    let missing = schema[a].cases.filter { !has(b, $0) }.map { schema[$0] }
    return [
      "cases without a counterpart: \(listing(missing))",
      "cases: \(listing(schema[b].cases.map { schema[$0] }))",
    ]
  }

  /// How a value of one type becomes one of another, where there is a way.
  func conversion(of id: ExpressionID, from found: ValueType, to wanted: ValueType) -> [String] {
    let written = tree.source.text(expressions[Int(id.index)].range)
    switch (found, wanted) {
    case (.datetime, .date): return ["`date(\(written))` is its day"]
    case (.datetime, .time): return ["`time(\(written))` is its time of day"]
    case (.date, .datetime): return ["`datetime(\(written), 09:00)` is that day at nine"]
    case (.numeric, .integer): return ["`round(\(written))`, `floor` and `ceil` give an integer"]
    case (.duration, .integer): return ["`days(\(written))` and `hours(\(written))` count it"]
    case (.string, .enumeration(let id)):
      let cases = schema[id].cases.map { schema[$0] }
      return ["cases are written bare: \(listing(cases))"]
    case (_, .string): return ["`text(\(written))` makes a text of it"]
    case (_, .boolean) where found != .boolean: return ["compare it, or ask whether it `is set`"]
    default: return []
    }
  }

  mutating func reportIncomparable(
    _ id: ExpressionID, _ operation: String, _ left: (id: ExpressionID, type: ValueType),
    _ right: (id: ExpressionID, type: ValueType)
  ) {
    let mending = bareCase(left, right) ?? bareCase(right, left)
    let range = expressions[Int((mending?.literal ?? id).index)].range
    var notes: [String] = []
    if case .enumeration(let a) = left.type, case .enumeration(let b) = right.type {
      notes = [a, b].map { "cases: \(listing(schema[$0].cases.map { schema[$0] }))" }
    }
    report(
      .incomparableTypes, "cannot compare \(described(left.type)) with \(described(right.type))",
      at: range, label: mending?.label ?? "",
      secondary: [left, right].filter { expressions[Int($0.id.index)].range != range }
        .map { Label(span(expressions[Int($0.id.index)].range), described($0.type)) },
      notes: notes,
      help: mending.map { [$0.help] } ?? conversion(of: right.id, from: right.type, to: left.type),
      fixes: mending?.fixes ?? [])
  }

  /// A text beside an enumeration was meant to be a case.
  private func bareCase(
    _ enumeration: (id: ExpressionID, type: ValueType), _ other: (id: ExpressionID, type: ValueType)
  ) -> (literal: ExpressionID, label: String, help: String, fixes: [Fix])? {
    guard case .enumeration(let wanted) = enumeration.type, other.type == .string,
      case .text(let text) = expressions[Int(other.id.index)].kind
    else { return nil }
    let cases = schema[wanted].cases.map { schema[$0] }
    let help = "cases are written bare: \(listing(cases))"
    let meant = cases.contains(tree[text]) ? tree[text] : closestName(to: tree[text], among: cases)
    guard let meant else { return (other.id, "", help, []) }
    return (other.id, didYouMean(meant), help, renaming(expressions[Int(other.id.index)].range, to: meant))
  }

  /// `x == unset` is never true; what was meant is `x is not set`.
  mutating func reportUnsetComparison(
    _ id: ExpressionID, _ operation: BinaryOperator, _ left: ExpressionID, _ right: ExpressionID
  ) -> ValueType? {
    let other = isUnset(left) ? right : left
    if !isUnset(other) { check(other, .none) }
    let range = expressions[Int(id.index)].range
    let otherRange = expressions[Int(other.index)].range
    let isEquality = operation == .equal || operation == .notEqual
    let words = operation == .notEqual ? "is set" : "is not set"
    let written = "\(tree.source.text(otherRange)) \(words)"
    report(
      .unsetOperand, "expected a value beside `\(operation.spelling)`, found `unset`", at: range,
      label: isEquality ? "did you mean `\(words)`?" : "",
      notes: ["a comparison with something unset is unknown, never true"],
      fixes: isEquality && !isUnset(other)
        ? [Fix("write `\(written)`", .safe, [Edit(span(range), written)])] : [])
    return nil
  }

  @discardableResult
  mutating func reportUnsetOperand(_ id: ExpressionID, _ what: String) -> ValueType? {
    report(
      .unsetOperand, "expected a value for \(what), found `unset`", at: expressions[Int(id.index)].range,
      notes: ["whatever is worked out from something unset is unset"],
      help: ["`is set` and `is not set` ask whether there is a value"])
    return nil
  }

  mutating func reportChoice(
    _ function: BuiltinFunction, _ first: (id: ExpressionID, type: ValueType),
    _ second: (id: ExpressionID, type: ValueType)
  ) {
    report(
      .typeMismatch,
      "expected \(described(first.type)) as the other value of `\(function.spelling)`, found \(described(second.type))",
      at: expressions[Int(second.id.index)].range,
      secondary: [Label(span(expressions[Int(first.id.index)].range), described(first.type))],
      notes: ["`\(function.spelling)` gives back one of its values, so they need a type in common"],
      help: conversion(of: second.id, from: second.type, to: first.type))
  }

  mutating func reportArgument(
    _ id: ExpressionID, _ function: BuiltinFunction, _ parameter: Parameter, _ type: ValueType
  ) {
    var help: [String] = []
    if case .exactly(let wanted) = parameter { help = conversion(of: id, from: type, to: wanted) }
    if case .text = parameter { help = conversion(of: id, from: type, to: .string) }
    report(
      .typeMismatch, "expected \(parameter.description) for `\(function.spelling)`, found \(described(type))",
      at: expressions[Int(id.index)].range, notes: ["written as `\(function.usage)`"], help: help)
  }

  mutating func reportArgumentCount(
    _ id: ExpressionID, _ name: Name, _ function: BuiltinFunction, _ count: Int
  ) {
    let range = function.parameterCount
    let expected =
      range.upperBound == .max
      ? "at least \(range.lowerBound)"
      : range.lowerBound == range.upperBound
        ? "\(range.lowerBound)" : "\(range.lowerBound) or \(range.upperBound)"
    let noun = range.upperBound == 1 ? "value" : "values"
    report(
      .argumentCount, "`\(text(name))` takes \(expected) \(noun), found \(count)",
      at: expressions[Int(id.index)].range, help: ["written as `\(function.usage)`"])
  }

  mutating func reportUnknownFunction(_ name: Name) {
    let right = BuiltinFunction.allCases.filter { place.isScenario || !$0.isOfTests }
    let all = Set(right.map(\.spelling)).sorted()
    let near = Self.usualFunctionNames[text(name)] ?? suggestion(text(name), all)
    report(
      .unknownFunction, "there is no function `\(text(name))`", at: name.range, label: didYouMean(near),
      notes: ["functions: \(all.joined(separator: ", "))"],
      fixes: renaming(name.range, to: near))
  }

  /// What people call functions who come from other languages.
  private static let usualFunctionNames = [
    "coalesce": "default", "ifnull": "default", "isnull": "default", "nvl": "default", "len": "length",
    "size": "length", "count": "communications", "substring": "slice", "substr": "slice", "mid": "slice",
    "iif": "if", "lowercase": "lower", "tolower": "lower", "uppercase": "upper", "toupper": "upper",
    "ceiling": "ceil", "str": "text", "string": "text", "strip": "trim", "dayofweek": "weekday",
  ]
}
