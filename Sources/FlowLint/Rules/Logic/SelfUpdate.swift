internal import FlowAnalysis
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSyntax

/// Under `on participant updated` without narrowing, a flow's own update starts it again.
enum SelfUpdate: LintRule {
  static let name: DiagnosticName = "self-update"
  static let defaultSeverity = Severity.warning

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.campaign.flows.indices.filter { context.campaign.flows[$0].isActive && !isLoop($0, context) }
      .compactMap { flow in
        guard let trigger = context.campaign.flows[flow].triggers.firstIndex(where: takesAnyUpdate),
          let update = firstUnguardedUpdate(context, flow, trigger),
          let span = context.headline(flow, update.node)
        else { return nil }
        let declaration = context.campaign.flows[flow].triggers[trigger]
        return finding(
          message(context.campaign.flows[flow].name), at: Label(span, primaryLabel),
          secondary: [Label(context.span(flow, declaration.range), triggerLabel)], help: [help])
      }
  }

  private static func takesAnyUpdate(_ trigger: CheckedTrigger) -> Bool {
    trigger.kind == .participantUpdated && trigger.fields.isEmpty
  }

  /// A cycle that nothing ends is reported as such.
  private static func isLoop(_ flow: Int, _ context: LintContext) -> Bool {
    context.cycles.contains { $0.links.count == 1 && $0.links[0].trigger.flow == flow }
  }

  /// An update of participant fields that no check of the same fields stands before.
  private static func firstUnguardedUpdate(_ context: LintContext, _ flow: Int, _ trigger: Int)
    -> ReachedNode?
  {
    let graph = context.analysis.graphs[flow]
    let reachable = graph.reachable(from: [graph.entries[trigger]])
    var checked: Set<Variable> = []
    for place in context.reached[flow] where reachable[place.node] {
      switch place.statement.kind {
      case .check(let condition, _, _):
        place.file.eachInside(condition) { id in
          if case .field(let level, let slot) = place.file.reference(id) {
            checked.insert(context.analysis.table.field(level, slot))
          }
        }
      case .update(let assignments):
        let written = place.file.tree[assignments].compactMap { context.analysis.names.field($0.target) }
          .filter { $0.level == .participant }.map { context.analysis.table.field($0.level, $0.slot) }
        if !written.isEmpty, checked.isDisjoint(with: written) { return place }
      case .communication, .cancelCommunications, .handOver, .cancelHandOvers, .python, .stop, .go, .progress,
        .end,
        .chance, .scenario:
        break
      }
    }
    return nil
  }

  static let page = Explanation(
    name, summary: "a flow that takes every update starts itself with its own",
    meaning: """
      `on participant updated` without fields takes every change of the participant, also the one that the flow itself makes: \
      each run is followed by a second one that has nothing to do.
      """,
    reason: """
      The second run may create a second communication, and a later change of the flow easily makes it a loop. With the \
      fields in parentheses the trigger says what it is about.
      """,
    wrong: """
      campaign demo { }

      participant {
        amount: numeric
        reviewed: boolean = false internal
      }

      flow review {
        on participant updated {
          update participant.reviewed = participant.amount > 100
        }
      }
      """,
    right: """
      campaign demo { }

      participant {
        amount: numeric
        reviewed: boolean = false internal
      }

      flow review {
        on participant updated (amount) {
          update participant.reviewed = participant.amount > 100
        }
      }
      """,
    decision: """
      It is reported where an update of participant fields can be reached from the trigger and no check before it in the flow \
      reads one of the fields that it writes. If nothing ends the repetition, `feedback-loop` reports it instead.
      """,
    limits: """
      A check of one of these fields before the update is taken to end it, whatever it asks for. What the second run \
      does is not looked at.
      """)

  private static func message(_ flow: String) -> String { "this update starts `\(flow)` itself again" }
  private static let primaryLabel = "changes the participant"
  private static let triggerLabel = "takes every change"
  private static let help = "name the fields that the trigger is about: `on participant updated (field, …)`"
}
