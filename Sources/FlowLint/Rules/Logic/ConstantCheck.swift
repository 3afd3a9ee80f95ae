internal import FlowAnalysis
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax

/// A check that always takes the same port decides nothing.
enum ConstantCheck: LintRule {
  static let name: DiagnosticName = "constant-check"
  static let defaultSeverity = Severity.warning

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.checks.compactMap { check in
      guard !check.isShadowed, !readsUnsetResult(context, check) else { return nil }
      if !check.truths.contains(.yes) {
        return constant(context, check, message: neverMessage, label: neverLabel)
      }
      if check.truths == .yes { return constant(context, check, message: alwaysMessage, label: alwaysLabel) }
      return nil
    }
  }

  /// Results that cannot be there yet have rules of their own.
  private static func readsUnsetResult(_ context: LintContext, _ check: CheckChain) -> Bool {
    var found = false
    check.file.eachInside(check.condition) { id in
      guard case .result(let slot) = check.file.reference(id) else { return }
      let value = context.states[check.flow].value(context.analysis.table.result(slot), at: check.node)
      if !value.canBeSet { found = true }
    }
    return found
  }

  private static func constant(
    _ context: LintContext, _ check: CheckChain, message: String, label: String
  ) -> Diagnostic {
    let range = check.file.expressions[Int(check.condition.index)].range
    return finding(
      message, at: Label(check.file.span(range), label), notes: facts(context, check), help: [help])
  }

  /// What the fields of the condition are known to be.
  private static func facts(_ context: LintContext, _ check: CheckChain) -> [String] {
    var notes: [String] = []
    check.file.eachInside(check.condition) { id in
      guard case .field(let level, let slot) = check.file.reference(id) else { return }
      let variable = context.analysis.table.field(level, slot)
      let value = context.states[check.flow].value(variable, at: check.node)
      guard value != context.analysis.table.top(variable),
        let text = context.description(value, context.campaign.schema.fields(level)[slot].type)
      else { return }
      let note = "here `\(context.fieldName(level, slot))` is \(text)"
      if !notes.contains(note) { notes.append(note) }
    }
    return notes
  }

  static let page = Explanation(
    name, summary: "a check always takes the same port",
    meaning: """
      Whatever the data, the condition comes to the same at this place: by the types, by what checks before it on the way \
      have decided, or by what the run itself has written. One of the ports is dead, and the check is mostly not the one \
      that was meant.
      """,
    reason: """
      A check that decides nothing is a slip: a wrong field, a wrong case, a bound on the wrong side. Those for whom \
      the dead port was written are treated like all others.
      """,
    wrong: """
      campaign demo { }

      participant { status: enum(new, asked, paid) = new internal }

      flow ask {
        on participant created {
          check participant.status == new {
            check participant.status == paid { stop }
            update participant.status = asked
          }
        }
      }

      flow pay {
        on incoming session { update participant.status = paid }
      }
      """,
    right: """
      campaign demo { }

      participant { status: enum(new, asked, paid) = new internal }

      flow ask {
        on participant created {
          check participant.status == paid { stop }
          update participant.status = asked
        }
      }

      flow pay {
        on incoming session { update participant.status = paid }
      }
      """,
    decision: """
      Each flow is interpreted on sets of values, from triggers about which nothing is known but what they say themselves: \
      booleans and enumerations as sets of cases, numbers and dates as ranges, each with unset or without, refined at every \
      port by the rules of three-valued logic (semantics K1, K2). A condition that is not followed further, such as \
      `profile.email ends with "…"`, is known to come to the same again until one of its fields is written.
      """,
    limits: """
      A connection between two fields is not followed: after `a < b` it is not known that `b < a` is false. Where more than \
      eight ways meet, those most alike are taken together.
      """)

  private static let neverMessage = "this check never matches"
  private static let neverLabel = "never true here"
  private static let alwaysMessage = "this check always matches"
  private static let alwaysLabel = "always true here"
  private static let help = "change the condition, or keep only the statements of the port that is taken"
}
