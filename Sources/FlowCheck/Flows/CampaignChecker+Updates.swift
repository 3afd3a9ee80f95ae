internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// `update` and `python`: the statements that write fields.
extension CampaignChecker {
  mutating func checkUpdate(_ list: AssignmentList) {
    let assignments = tree[list]
    var seen: [WrittenField: SourceRange] = [:]
    for assignment in assignments {
      let target = assignment.target
      guard let (level, slot) = writable(target) else {
        check(assignment.value, .silent)
        continue
      }
      if assignments.count > 1 {
        if let earlier = seen[WrittenField(level: level, slot: slot)] {
          reportRepeated(
            target.range, "`\(tree.source.text(target.range))`", "as a target of one `update`", earlier)
        } else {
          seen[WrittenField(level: level, slot: slot)] = target.range
        }
      }
      checkAssignment(assignment.value, level, slot)
    }
  }

  private mutating func checkAssignment(_ value: ExpressionID, _ level: FieldLevel, _ slot: Int) {
    // `= unset` clears any field.
    if isUnset(value) { return }
    guard let type = fieldType(level, slot) else {
      check(value, .silent)
      return
    }
    guard let found = check(value, .type(type)), !isAssignable(found, to: type) else { return }
    let field = schema.fields(level)[slot]
    reportMismatch(
      value, expected: described(type), found: described(found), for: "`\(level.spelling).\(field.name)`",
      secondary: field.declaration.map { [Label($0, "declared here")] } ?? [],
      notes: missingCases(found, in: type), help: conversion(of: value, from: found, to: type))
  }

  /// The field that a statement may write; `nil`, and reported, where it may not.
  private mutating func writable(_ target: QualifiedName) -> (FieldLevel, Int)? {
    if target.level.isMissing || target.field.isMissing { return nil }
    guard let level = FieldLevel(target.level.symbol) else {
      reportReadOnly(target)
      return nil
    }
    guard let slot = names.slot(level, target.field.symbol) else {
      reportUnknownField(target.field, level, base: target.level.range)
      return nil
    }
    return (level, slot)
  }

  private mutating func reportReadOnly(_ target: QualifiedName) {
    let record = text(target.level)
    let facts =
      switch target.level.symbol.keyword {
      case .result: "results are recorded by the agent"
      case .communication: "a communication changes by its own course"
      case .campaign: "a campaign's settings stand in its declaration"
      default: "only `participant` and `profile` have fields that a flow writes"
      }
    report(
      .readOnlyTarget,
      "expected a field of `participant` or `profile`, found `\(record).\(text(target.field))`",
      at: target.range, notes: [facts],
      help: names.participant[target.field.symbol] == nil
        ? [] : ["did you mean `participant.\(text(target.field))`?"])
  }

  mutating func check(_ script: PythonStatement) {
    checkFieldList(script.reads) { checker, name in checker.checkReadable(name) }
    checkFieldList(script.writes) { checker, name in _ = checker.writable(name) }
    if let timeout = script.timeout { require(timeout, .duration, "`timeout`") }
  }

  private mutating func checkFieldList(
    _ list: FieldList, _ each: (inout CampaignChecker, QualifiedName) -> Void
  ) {
    var seen: [ListedField: SourceRange] = [:]
    for name in tree[list] {
      each(&self, name)
      let key = ListedField(level: name.level.symbol, field: name.field.symbol)
      if let earlier = seen[key] {
        reportRepeated(name.range, "`\(tree.source.text(name.range))`", "in one list", earlier)
      } else {
        seen[key] = name.range
      }
    }
  }

  /// A script reads what an expression reads.
  private mutating func checkReadable(_ name: QualifiedName) {
    if name.level.isMissing || name.field.isMissing { return }
    // A script asks the value itself for its type, so agents may record different ones.
    if name.level.symbol.keyword == .result,
      agentsHere().contains(where: { agentFacts[$0].results[name.field.symbol] != nil })
    {
      return
    }
    _ = member(base: name.level.symbol, baseRange: name.level.range, name.field)
  }

  func fieldType(_ level: FieldLevel, _ slot: Int) -> ValueType? {
    switch level {
    case .profile: profileFacts.types[slot]
    case .participant: participantFacts.types[slot]
    }
  }
}

private struct WrittenField: Hashable {
  var level: FieldLevel
  var slot: Int
}

private struct ListedField: Hashable {
  var level: Symbol
  var field: Symbol
}

extension FieldLevel {
  /// The level that a word names.
  init?(_ symbol: Symbol) {
    switch symbol.keyword {
    case .participant: self = .participant
    case .profile: self = .profile
    default: return nil
    }
  }
}
