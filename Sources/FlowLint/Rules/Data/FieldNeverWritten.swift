internal import FlowAnalysis
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax

/// An internal field that checks read and nothing ever writes.
enum FieldNeverWritten: LintRule {
  static let name: DiagnosticName = "field-never-written"
  static let defaultSeverity = Severity.warning

  static func check(_ context: LintContext) -> [Diagnostic] {
    var seen: Set<Variable> = []
    var found: [Diagnostic] = []
    for place in context.reachedNodes {
      for condition in conditions(place) {
        place.file.eachInside(condition) { id in
          guard case .field(let level, let slot) = place.file.reference(id),
            isNeverWritten(context, level, slot),
            seen.insert(context.analysis.table.field(level, slot)).inserted
          else { return }
          found.append(neverWritten(context, place, id, level, slot))
        }
      }
    }
    return found
  }

  /// What decides: the condition of a check, and `only if`.
  private static func conditions(_ place: ReachedNode) -> [ExpressionID] {
    switch place.statement.kind {
    case .check(let condition, _, _): [condition]
    case .communication(let id): place.file.tree[id].condition.map { [$0] } ?? []
    case .cancelCommunications, .update, .handOver, .cancelHandOvers, .python, .stop, .go, .progress, .end,
      .chance, .scenario:
      []
    }
  }

  private static func isNeverWritten(_ context: LintContext, _ level: FieldLevel, _ slot: Int) -> Bool {
    context.campaign.schema.fields(level)[slot].isInternal
      && !context.usage.written.contains(context.analysis.table.field(level, slot))
  }

  private static func neverWritten(
    _ context: LintContext, _ place: ReachedNode, _ id: ExpressionID, _ level: FieldLevel, _ slot: Int
  ) -> Diagnostic {
    let field = context.campaign.schema.fields(level)[slot]
    let range = place.file.expressions[Int(id.index)].range
    return finding(
      message(context.fieldName(level, slot)),
      at: Label(place.file.span(range), field.defaultValue == nil ? unsetLabel : defaultLabel),
      secondary: field.declaration.map { [Label($0, declarationLabel)] } ?? [],
      notes: [note], help: [help(context.fieldName(level, slot))])
  }

  static let page = Explanation(
    name, summary: "a check reads a field that nothing ever writes",
    meaning: """
      The field is `internal`, so that no upload brings it, and no update and no script writes it: it is what it is in a new \
      record, for everybody and for ever. The check decides nothing; mostly the update that belongs to it is missing.
      """,
    reason: """
      The branch behind the check is never run, or always: whoever it was written for is treated like everybody else.
      """,
    wrong: """
      campaign demo { }

      profile { email: email required }
      participant { welcomed: boolean = false internal }
      agent host { channel email }

      flow welcome {
        on incoming session {
          check not participant.welcomed and communications(HELLO) == 0 {
            email HELLO by host within 09:00..18:00
          }
        }
      }
      """,
    right: """
      campaign demo { }

      profile { email: email required }
      participant { welcomed: boolean = false internal }
      agent host { channel email }

      flow welcome {
        on incoming session {
          check not participant.welcomed {
            email HELLO by host within 09:00..18:00
            update participant.welcomed = true
          }
        }
      }
      """,
    decision: """
      Internal fields that the condition of a check or an `only if` reads, and that no `update` of any flow and no `writes` of a \
      script names. It is reported once, where it is read first.
      """,
    limits: "Edits from outside may write internal fields. Where that is meant, say so in a comment.")

  private static func message(_ field: String) -> String { "nothing ever writes `\(field)`" }
  private static let unsetLabel = "always unset"
  private static let defaultLabel = "always the default"
  private static let declarationLabel = "internal: no upload brings it"
  private static let note = "no `update` and no script writes it"
  private static func help(_ field: String) -> String { "write `update \(field) = …` where it changes" }
}
