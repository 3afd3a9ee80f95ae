internal import FlowAnalysis
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax

/// An agent that never talks to anybody.
enum UnusedAgent: LintRule {
  static let name: DiagnosticName = "unused-agent"
  static let defaultSeverity = Severity.warning

  static func check(_ context: LintContext) -> [Diagnostic] {
    // Sessions that people open may be with any agent.
    let hasSessions = context.campaign.flows.contains { $0.triggers.contains { $0.kind == .incomingSession } }
    guard !hasSessions else { return [] }
    let schema = context.campaign.schema
    let used = Set(schema.communications.map(\.agent))
    return schema.agents.indices.filter {
      !used.contains($0) && !context.usage.cases.contains(schema.agents[$0].caseID)
    }
    .map {
      finding(
        message(schema.agents[$0].name), at: Label(schema.agents[$0].declaration, primaryLabel), help: [help])
    }
  }

  static let page = Explanation(
    name, summary: "an agent creates no communication",
    meaning:
      "No communication of any flow is by this agent, and no flow listens to sessions that people open with it.",
    reason: """
      Either a communication was given to the wrong agent, or the agent is a leftover that whoever reads the campaign \
      has to understand first.
      """,
    wrong: """
      campaign demo { }

      profile { phone: phone required }
      agent caller { channel voice }
      agent second_caller { channel voice }

      flow call {
        on participant updated (timezone) { voice CALL by caller within 10:00..18:00 }
      }
      """,
    right: """
      campaign demo { }

      profile { phone: phone required }
      agent caller { channel voice }

      flow call {
        on participant updated (timezone) { voice CALL by caller within 10:00..18:00 }
      }
      """,
    decision: """
      A communication in any flow counts, also in one that is switched off; so does a comparison with `communication.agent`. \
      Where a flow has `on incoming session`, nothing is reported.
      """,
    limits: """
      Where a flow has `on incoming session`, people may open a session with any agent: then nothing is said about any \
      of them.
      """)

  private static func message(_ agent: String) -> String { "no communication is by agent `\(agent)`" }
  private static let primaryLabel = "talks to nobody"
  private static let help = "create a communication by it, or remove it"
}
