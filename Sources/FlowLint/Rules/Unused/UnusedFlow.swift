internal import FlowAnalysis
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSyntax

/// A flow that only hand-overs start is never run where nothing hands over to it.
enum UnusedFlow: LintRule {
  static let name: DiagnosticName = "unused-flow"
  static let defaultSeverity = Severity.warning

  static func check(_ context: LintContext) -> [Diagnostic] {
    let started = flowsWithHandOver(context)
    return context.campaign.flows.indices
      .filter { index in
        let flow = context.campaign.flows[index]
        return flow.isActive && flow.triggers.allSatisfy { $0.kind == .fromFlow }
          && !started.contains(flow.name)
      }
      .map { unused(context, $0) }
  }

  /// The names of flows that an active one hands over to.
  private static func flowsWithHandOver(_ context: LintContext) -> Set<String> {
    var names: Set<String> = []
    for (flow, graph) in zip(context.campaign.flows, context.analysis.graphs) where flow.isActive {
      let statements = context.analysis.files[graph.file].statements
      for node in graph.nodes {
        guard let id = node.statement, case .handOver(let target, _) = statements[Int(id.index)].kind else {
          continue
        }
        names.insert(context.campaign.symbols[target.symbol])
      }
    }
    return names
  }

  private static func unused(_ context: LintContext, _ index: Int) -> Diagnostic {
    let flow = context.campaign.flows[index]
    return Diagnostic(
      name, defaultSeverity, unusedMessage(flow.name),
      at: Label(context.span(index, flow.declaration.name.range), "never run"), notes: [onlyTrigger],
      help: [unusedHelp(flow.name)])
  }

  static let page = Explanation(
    name, summary: "nothing hands over to a flow that waits for it",
    meaning: """
      A flow whose only trigger is `on from flow` runs when another flow hands over to it with `to flow`. Where no active \
      flow does, it never runs.
      """,
    reason: """
      Somebody counts on what it does, and it does nothing: mostly the `to flow` was lost in a change, or was never \
      written.
      """,
    wrong: """
      campaign demo { }

      participant { status: enum(new, greeted) = new internal }

      flow greet {
        on from flow {
          update participant.status = greeted
        }
      }
      """,
    right: """
      campaign demo { }

      participant { status: enum(new, greeted) = new internal }

      flow start {
        on participant created { to flow greet }
      }

      flow greet {
        on from flow {
          update participant.status = greeted
        }
      }
      """,
    decision: """
      A `to flow` anywhere in an active flow counts, also where no run comes to it. Flows that are switched off are left \
      alone.
      """,
    limits: """
      A hand-over under a condition that is never true counts as well; that condition is reported by `constant-check`.
      """)

  private static let onlyTrigger = "its only trigger is `on from flow`"
  private static func unusedMessage(_ flow: String) -> String { "no active flow hands over to `\(flow)`" }
  private static func unusedHelp(_ flow: String) -> String {
    "write `to flow \(flow)` where it should begin, or switch it off with `flow \(flow) inactive`"
  }
}
