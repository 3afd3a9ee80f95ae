internal import FlowAnalysis
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax

/// A field that nothing reads and nothing writes.
enum UnusedField: LintRule {
  static let name: DiagnosticName = "unused-field"
  static let defaultSeverity = Severity.warning

  static func check(_ context: LintContext) -> [Diagnostic] {
    FieldLevel.allCases.flatMap { level in
      let fields = context.campaign.schema.fields(level)
      return (0..<fields.count).compactMap { slot -> Diagnostic? in
        let variable = context.analysis.table.field(level, slot)
        guard let declaration = fields[slot].declaration, !isSystem(fields[slot].name, level),
          !context.usage.read.contains(variable), !context.usage.written.contains(variable)
        else { return nil }
        return finding(
          message(context.fieldName(level, slot)), at: Label(declaration, primaryLabel), help: [help])
      }
    }
  }

  /// The system itself reads its fields, to find people and to reach them.
  private static func isSystem(_ name: String, _ level: FieldLevel) -> Bool {
    switch level {
    case .profile: SystemField.profileFields.contains { $0.name == name }
    case .participant: SystemField.participantFields.contains { $0.name == name }
    }
  }

  static let page = Explanation(
    name, summary: "a field is neither read nor written",
    meaning: """
      No condition, message or script reads the field, and no update writes it. Either the campaign has forgotten it, or every \
      upload carries a column for nothing.
      """,
    reason: """
      A column for nothing costs whoever fills it, and a field that the campaign has forgotten is mostly a check that \
      is missing.
      """,
    wrong: """
      campaign demo { }

      participant {
        amount: numeric
        invoice: string
        large: boolean = false internal
      }

      flow sort {
        on participant updated (amount) {
          update participant.large = participant.amount > 1000
        }
      }
      """,
    right: """
      campaign demo { }

      participant {
        amount: numeric
        large: boolean = false internal
      }

      flow sort {
        on participant updated (amount) {
          update participant.large = participant.amount > 1000
        }
      }
      """,
    decision: """
      Any expression counts, in models and in flows that are switched off as well, and what scripts declare. System fields \
      that are declared again are used by the system.
      """,
    limits: """
      A field that only people or other tools read, in an export, has to be kept with a comment that says so. Fields of \
      used files are not reported: another campaign may use them.
      """)

  private static func message(_ field: String) -> String { "`\(field)` is neither read nor written" }
  private static let primaryLabel = "nothing uses it"
  private static let help = "use it, or remove the declaration"
}
