internal import FlowAnalysis
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSchema

/// A result that an agent records and nobody reads.
enum UnusedResult: LintRule {
  static let name: DiagnosticName = "unused-result"
  static let defaultSeverity = Severity.warning

  static func check(_ context: LintContext) -> [Diagnostic] {
    let schema = context.campaign.schema
    let read = Set(context.usage.resultsRead.map { schema.resultNames[$0] })
    return schema.agents.flatMap { agent in
      agent.results.fields.compactMap { result in
        guard let declaration = result.declaration, !read.contains(result.name) else { return nil }
        return finding(
          message(result.name, agent.name), at: Label(declaration, primaryLabel), help: [help(result.name)])
      }
    }
  }

  static let page = Explanation(
    name, summary: "nobody reads a result of an agent",
    meaning: """
      The agent records the result in every conversation, and no flow asks for it. Mostly a check is missing: what people \
      say is written down and nothing follows from it.
      """,
    reason: """
      An answer that somebody gave and that changes nothing is asked for in vain, or is lost.
      """,
    wrong: """
      campaign demo { }

      participant { outcome: enum(yes, no) internal }

      agent caller {
        channel voice
        results {
          outcome: enum(yes, no)
          call_back: boolean
        }
      }

      flow answered {
        on communication ended (completed) {
          update participant.outcome = result.outcome
        }

        on incoming session { stop }
      }
      """,
    right: """
      campaign demo { }

      participant { outcome: enum(yes, no) internal }

      agent caller {
        channel voice
        results { outcome: enum(yes, no) }
      }

      flow answered {
        on communication ended (completed) {
          update participant.outcome = result.outcome
        }

        on incoming session { stop }
      }
      """,
    decision:
      "`result.f` anywhere counts for all agents that record an `f`; scripts count by what they declare to read.",
    limits: "Results that only an export shows have to be kept with a comment that says so.")

  private static func message(_ result: String, _ agent: String) -> String {
    "no flow reads `\(result)`, which agent `\(agent)` records"
  }
  private static let primaryLabel = "recorded for nobody"
  private static func help(_ result: String) -> String {
    "read `result.\(result)` where the conversation has ended, or remove it"
  }
}
