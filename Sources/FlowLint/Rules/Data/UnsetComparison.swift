internal import FlowAnalysis
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// A condition that asks for "not" of a field that can be unset: unset is unknown, and unknown takes Else.
enum UnsetComparison: LintRule {
  static let name: DiagnosticName = "unset-comparison"
  static let defaultSeverity = Severity.warning

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.reachedNodes.flatMap { place -> [Diagnostic] in
      switch place.statement.kind {
      case .check(let condition, _, _): find(condition, place, context)
      case .communication(let id): place.file.tree[id].condition.map { find($0, place, context) } ?? []
      case .cancelCommunications, .update, .handOver, .cancelHandOvers, .python, .stop, .go, .progress, .end,
        .chance, .scenario:
        []
      }
    }
  }

  /// Negations among the parts that `and` joins: there unknown makes the whole unknown. The others of these parts may
  /// establish that the field is set.
  private static func find(_ condition: ExpressionID, _ place: ReachedNode, _ context: LintContext)
    -> [Diagnostic]
  {
    conjuncts(condition, place.file).compactMap { part in
      guard let operand = negated(part, place.file), let field = field(operand, place.file),
        canStayUnset(field, context),
        isUnset(field, part, condition, place, context)
      else { return nil }
      return unset(context, place, part, operand, field)
    }
  }

  private static func conjuncts(_ id: ExpressionID, _ file: FileView) -> [ExpressionID] {
    let id = id.bare(file)
    if case .binary(.and, let left, let right) = file.kind(id) {
      return conjuncts(left, file) + conjuncts(right, file)
    }
    return [id]
  }

  /// The operand of `not x`, `x == false`, `x != y`, `x not in (…)`.
  private static func negated(_ id: ExpressionID, _ file: FileView) -> ExpressionID? {
    switch file.kind(id) {
    case .unary(.not, let inner): return inner.bare(file)
    case .binary(.notEqual, let left, let right): return isLiteral(right, file) ? left.bare(file) : nil
    case .binary(.equal, let left, let right):
      if case .boolean(false) = file.kind(right.bare(file)) { return left.bare(file) }
      return nil
    case .membership(let operand, negated: true, _): return operand.bare(file)
    case _: return nil
    }
  }

  private static func isLiteral(_ id: ExpressionID, _ file: FileView) -> Bool {
    switch file.kind(id.bare(file)) {
    case .name, .boolean, .text, .integer, .numeric: true
    case _: false
    }
  }

  private static func field(_ id: ExpressionID, _ file: FileView) -> (level: FieldLevel, slot: Int)? {
    if case .field(let level, let slot) = file.reference(id) { return (level, slot) }
    return nil
  }

  /// Whether a record can be without it: no default, not required.
  private static func canStayUnset(_ field: (level: FieldLevel, slot: Int), _ context: LintContext) -> Bool {
    let declared = context.campaign.schema.fields(field.level)[field.slot]
    return declared.defaultValue == nil && !declared.isRequired && declared.declaration != nil
  }

  /// Whether it can be unset at this place, and no other part of the condition asks that it is set.
  private static func isUnset(
    _ field: (level: FieldLevel, slot: Int), _ part: ExpressionID, _ condition: ExpressionID,
    _ place: ReachedNode,
    _ context: LintContext
  ) -> Bool {
    let variable = context.analysis.table.field(field.level, field.slot)
    guard context.states[place.flow].value(variable, at: place.node).canBeUnset else { return false }
    return !conjuncts(condition, place.file).contains { other in
      guard other != part, case .presence(let operand, _) = place.file.kind(other) else { return false }
      return place.file.reference(operand.bare(place.file)) == .field(field.level, field.slot)
    }
  }

  private static func unset(
    _ context: LintContext, _ place: ReachedNode, _ part: ExpressionID, _ operand: ExpressionID,
    _ field: (level: FieldLevel, slot: Int)
  ) -> Diagnostic {
    let fieldName = context.fieldName(field.level, field.slot)
    let range = place.file.expressions[Int(part.index)].range
    let declaration = context.campaign.schema.fields(field.level)[field.slot].declaration
    return finding(
      message(fieldName), at: Label(place.file.span(range), primaryLabel),
      secondary: declaration.map { [Label($0, declarationLabel)] } ?? [], help: [help(fieldName)],
      fixes: [
        Fix(
          fixTitle(fieldName), .unsafe,
          [
            Edit(place.file.span(SourceRange(at: range.lower)), "(\(fieldName) is not set or "),
            Edit(place.file.span(SourceRange(at: range.upper)), ")"),
          ])
      ])
  }

  static let page = Explanation(
    name, summary: "a negative condition is not true where the field is unset",
    meaning: """
      A comparison with an unset field is unknown, and so is its negation: the check takes Else and an `only if` skips. Whoever \
      writes `participant.status != paid` mostly means everybody who has not paid, those without a status too.
      """,
    reason: """
      Those of whom nothing is known are mostly the larger part, and it is they who silently drop out.
      """,
    wrong: """
      campaign demo { }

      profile { phone: phone required }
      participant { answer: enum(yes, no) }
      agent caller { channel voice }

      flow call {
        on participant updated (answer) {
          check participant.answer != no {
            voice CALL by caller within 10:00..18:00
          }
        }
      }
      """,
    right: """
      campaign demo { }

      profile { phone: phone required }
      participant { answer: enum(yes, no) }
      agent caller { channel voice }

      flow call {
        on participant updated (answer) {
          check participant.answer is not set or participant.answer != no {
            voice CALL by caller within 10:00..18:00
          }
        }
      }
      """,
    decision: """
      `not x`, `x == false`, `x != …` and `x not in (…)` as a whole condition, or as a part that `and` joins to others, where `x` \
      is a declared field without a default that uploads need not fill, that can be unset at this place, and that no other part \
      asks to be set.
      """,
    limits: """
      Results are not looked at: they are unset whenever nobody answered. Neither is the negation of a longer condition.
      """)

  private static func message(_ field: String) -> String { "this is not true where `\(field)` is unset" }
  private static let primaryLabel = "unset is unknown, and takes Else"
  private static let declarationLabel = "without a default, and not required"
  private static func help(_ field: String) -> String {
    "ask for `\(field) is not set` as well, or give the field a default"
  }
  private static func fixTitle(_ field: String) -> String {
    "let it be true as well where `\(field)` is unset"
  }
}
