internal import FlowAnalysis
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// A chain of checks that treats some cases of an enumeration, and says nothing of the others.
enum EnumCaseMissed: LintRule {
  static let name: DiagnosticName = "enum-case-missed"
  static let defaultSeverity = Severity.warning

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.checks.compactMap { check in
      guard !check.earlier.isEmpty, isLastWithoutElse(check, context) else { return nil }
      let conditions = check.earlier.map(\.condition) + [check.condition]
      guard let operand = sharedOperand(conditions, check.file) else { return nil }
      return missed(context, check, conditions, operand)
    }
  }

  private static func isLastWithoutElse(_ check: CheckChain, _ context: LintContext) -> Bool {
    guard let id = context.analysis.graphs[check.flow].nodes[check.node].statement,
      case .check(_, _, .none) = check.file.statements[Int(id.index)].kind
    else { return false }
    return true
  }

  /// The field or result that every condition of the chain compares with cases, and nothing else.
  private static func sharedOperand(_ conditions: [ExpressionID], _ file: FileView) -> ExpressionID? {
    let operands = conditions.compactMap { comparedOperand($0, file) }
    guard operands.count == conditions.count, let first = operands.first,
      operands.allSatisfy({ file.reference($0) == file.reference(first) })
    else { return nil }
    switch file.reference(first) {
    case .field, .result: return first
    case .none, .communication, .campaignName, .enumerationCase, .function, .communicationName, .channel,
      .status, .flow, .runOutcome, .lastValue:
      return nil
    }
  }

  private static func comparedOperand(_ condition: ExpressionID, _ file: FileView) -> ExpressionID? {
    switch file.kind(condition.bare(file)) {
    case .binary(.equal, let left, _): left.bare(file)
    case .membership(let operand, negated: false, _): operand.bare(file)
    case _: nil
    }
  }

  private static func missed(
    _ context: LintContext, _ check: CheckChain, _ conditions: [ExpressionID], _ operand: ExpressionID
  ) -> Diagnostic? {
    guard case .enumeration(let type) = check.file.type(operand), let head = check.earlier.first else {
      return nil
    }
    var named: Set<CaseID> = []
    for condition in conditions {
      check.file.eachInside(condition) { id in
        if case .enumerationCase(let element) = check.file.reference(id) { named.insert(element) }
      }
    }
    let possible = possibleCases(context, check, operand, at: head.node)
    let left = context.campaign.schema[type].cases.filter {
      !named.contains($0) && possible?.contains($0) ?? true
    }
    guard !left.isEmpty, left.count <= named.count else { return nil }
    let cases = LintContext.list(left.map { "`\(context.campaign.schema[$0])`" }, "and")
    let text = check.file.tree.source.text(check.file.expressions[Int(operand.index)].range)
    return finding(
      message(cases, text), at: Label(check.span(check.condition), primaryLabel),
      secondary: check.earlier.map { Label(check.span($0.condition), earlierLabel) }, help: [help(cases)])
  }

  /// The cases that the operand can have in front of the chain; `nil` where nothing is known.
  private static func possibleCases(
    _ context: LintContext, _ check: CheckChain, _ operand: ExpressionID, at node: Int
  ) -> Set<CaseID>? {
    let variable: Variable
    switch check.file.reference(operand) {
    case .field(let level, let slot): variable = context.analysis.table.field(level, slot)
    case .result(let slot): variable = context.analysis.table.result(slot)
    case .none, .communication, .campaignName, .enumerationCase, .function, .communicationName, .channel,
      .status, .flow, .runOutcome, .lastValue:
      return nil
    }
    let value = context.states[check.flow].value(variable, at: node)
    return Set(context.analysis.numbers.cases(value))
  }

  static let page = Explanation(
    name, summary: "a chain of checks leaves out cases of an enumeration",
    meaning: """
      Each check of the chain compares the same value with cases, and there is no `else` at its end. For the cases that none \
      of them names, nothing happens, and the text does not say whether that is meant.
      """,
    reason: "A case that is added to an enumeration later falls through such chains, and nobody notices.",
    wrong: """
      campaign demo { }

      participant { answer: enum(yes, no, perhaps) }

      flow answer {
        on participant updated (answer) {
          check participant.answer == yes {
            update participant.answer = unset
          } else check participant.answer == no {
            stop
          }
        }
      }
      """,
    right: """
      campaign demo { }

      participant { answer: enum(yes, no, perhaps) }

      flow answer {
        on participant updated (answer) {
          check participant.answer == yes {
            update participant.answer = unset
          } else check participant.answer in (no, perhaps) {
            stop
          }
        }
      }
      """,
    decision: """
      A chain of two checks or more, each of which is `==` or `in` on the same field or result and nothing else, without an \
      `else`, that names at least as many cases as it leaves out. Cases that the value cannot have there are not missed.
      """,
    limits: "A single check, and chains whose conditions ask for something else as well, are left alone.")

  private static func message(_ cases: String, _ operand: String) -> String {
    "nothing is said of \(cases) in this chain over `\(operand)`"
  }
  private static let primaryLabel = "the last check, without `else`"
  private static let earlierLabel = "the same value"
  private static func help(_ cases: String) -> String {
    "name \(cases) in a check, or end the chain with `else`"
  }
}
