internal import FlowAnalysis
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSyntax

/// A step that no `go` leads to is never run.
enum UnusedStep: LintRule {
  static let name: DiagnosticName = "unused-step"
  static let defaultSeverity = Severity.warning

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.campaign.flows.indices.flatMap { flow in
      let used = stepsWithGo(context, flow)
      return context.campaign.flows[flow].steps.indices.filter { !used.contains($0) }
        .map { unused(context, flow, $0) }
    }
  }

  /// Steps that a statement of the flow goes to; whether a run ever comes to that statement is another rule's matter.
  private static func stepsWithGo(_ context: LintContext, _ flow: Int) -> Set<Int> {
    let graph = context.analysis.graphs[flow]
    let file = context.analysis.files[graph.file]
    let names = Dictionary(
      uniqueKeysWithValues: context.campaign.flows[flow].steps.enumerated().map { ($1.name, $0) })
    var used: Set<Int> = []
    for node in graph.nodes {
      guard let statement = node.statement, case .go(step: let step) = file.tree[statement].kind else {
        continue
      }
      if let number = names[context.campaign.symbols[step.symbol]] { used.insert(number) }
    }
    return used
  }

  private static func unused(_ context: LintContext, _ flow: Int, _ step: Int) -> Diagnostic {
    let declaration = context.stepNames(flow)[step]
    return Diagnostic(
      name, defaultSeverity, unusedMessage(context.campaign.flows[flow].steps[step].name),
      at: Label(context.span(flow, declaration.range), "never run"),
      help: [unusedHelp(context.campaign.flows[flow].name)])
  }

  static let page = Explanation(
    name, summary: "no `go` leads to a step",
    meaning: """
      A step is run only where `go` leads to it. One that nothing leads to is text without effect, and often the `go` was \
      lost when the flow was changed.
      """,
    reason: """
      What it does is missing where it was meant to happen, and nobody is told.
      """,
    wrong: """
      campaign demo { }

      participant { status: enum(new, greeted) = new internal }

      flow welcome {
        on participant created {
          stop
        }

        step greet {
          update participant.status = greeted
        }
      }
      """,
    right: """
      campaign demo { }

      participant { status: enum(new, greeted) = new internal }

      flow welcome {
        on participant created {
          go greet
        }

        step greet {
          update participant.status = greeted
        }
      }
      """,
    decision: "A `go` anywhere in the flow counts, in the step itself and in what no run comes to as well.",
    limits: """
      Whether a run ever comes to the `go` is not looked at: `constant-check` and `unreachable-node` say that.
      """)

  private static func unusedMessage(_ step: String) -> String { "no `go` leads to step `\(step)`" }
  private static func unusedHelp(_ flow: String) -> String {
    "continue with it somewhere in flow `\(flow)`, or remove it"
  }
}
