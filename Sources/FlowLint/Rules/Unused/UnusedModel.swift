internal import FlowAnalysis
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// A model for an agent whose communications nobody creates.
enum UnusedModel: LintRule {
  static let name: DiagnosticName = "unused-model"
  static let defaultSeverity = Severity.warning

  static func check(_ context: LintContext) -> [Diagnostic] {
    let schema = context.campaign.schema
    let used = Set(schema.communications.map(\.agent))
    return context.campaign.models.filter { !used.contains($0.agent) }.map { model in
      let agent = schema.agents[model.agent]
      let head = SourceRange(model.range.lower, max(model.range.lower, model.body.range.lower))
      return finding(
        message(agent.name), at: Label(SourceSpan(model.file, head), primaryLabel),
        secondary: [Label(agent.declaration, agentLabel)], help: [help])
    }
  }

  static let page = Explanation(
    name, summary: "a model answers communications that nobody creates",
    meaning: """
      A model says how people answer an agent in a simulation. No flow creates a communication by this agent, and models do \
      not answer sessions that people open: it is never asked.
      """,
    reason: """
      A simulation that was meant to answer for these people answers for nobody, and its figures are those of another \
      campaign.
      """,
    wrong: """
      campaign demo { }

      participant { called: boolean = false internal }
      agent desk { channel voice }

      flow calls {
        on incoming session { update participant.called = true }
      }

      model desk {
        end completed after 5m
      }
      """,
    right: """
      campaign demo { }

      participant { called: boolean = false internal }
      agent desk { channel voice }

      flow calls {
        on incoming session { update participant.called = true }
      }
      """,
    decision: "A communication in any flow counts, also in one that is switched off.",
    limits: """
      An agent of whom only a switched-off flow creates communications keeps its model.
      """)

  private static func message(_ agent: String) -> String { "the model of `\(agent)` is never asked" }
  private static let primaryLabel = "answers nothing"
  private static let agentLabel = "no communication is by this agent"
  private static let help = "remove the model, or create a communication by the agent"
}
