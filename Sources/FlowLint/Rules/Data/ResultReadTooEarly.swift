internal import FlowAnalysis
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSyntax
internal import FlowText

/// A result that is read where no conversation can have ended yet.
enum ResultReadTooEarly: LintRule {
  static let name: DiagnosticName = "result-read-too-early"
  static let defaultSeverity = Severity.warning

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.campaign.flows.indices.filter { context.campaign.flows[$0].isActive }.flatMap { flow in
      let graph = context.analysis.graphs[flow]
      let triggers = context.campaign.flows[flow].triggers
      let early = triggers.indices.filter { isEarly(triggers[$0], context) }
      guard !early.isEmpty else { return [Diagnostic]() }
      let late = graph.reachable(
        from: triggers.indices.filter { !early.contains($0) }.map { graph.entries[$0] })
      return context.reached[flow].filter { !late[$0.node] }.flatMap { place in
        reads(context, place).map { tooEarly(context, place, $0, triggers, early) }
      }
    }
  }

  /// Whether nothing has been recorded when the event comes (semantics C5, E10).
  private static func isEarly(_ trigger: CheckedTrigger, _ context: LintContext) -> Bool {
    switch trigger.kind {
    case .participantCreated: context.campaign.reupload == .updated
    case .communicationUpdated, .incomingSession: true
    case .participantUpdated, .communicationEnded, .fromFlow: false
    }
  }

  private static func reads(_ context: LintContext, _ place: ReachedNode) -> [ExpressionID] {
    var found: [ExpressionID] = []
    guard let id = context.analysis.graphs[place.flow].nodes[place.node].statement else { return [] }
    place.file.eachExpression(id) { expression in
      place.file.eachInside(expression) { inner in
        if case .result = place.file.reference(inner) { found.append(inner) }
      }
    }
    return found
  }

  private static func tooEarly(
    _ context: LintContext, _ place: ReachedNode, _ id: ExpressionID, _ triggers: [CheckedTrigger],
    _ early: [Int]
  ) -> Diagnostic {
    let range = place.file.expressions[Int(id.index)].range
    let labels = early.map {
      Label(context.span(place.flow, triggers[$0].range), triggerLabel(triggers[$0].kind))
    }
    return finding(
      message(place.file.tree.source.text(range)), at: Label(place.file.span(range), primaryLabel),
      secondary: labels,
      help: [help])
  }

  static let page = Explanation(
    name, summary: "a result is read before a conversation can have ended",
    meaning: """
      Results can be read once the communication has ended. When a session begins, when a communication is delivered or \
      read, and when a participant is new, there is none: the result is unset, and a comparison with it takes Else.
      """,
    reason: """
      A check of it always takes Else, so that the branch for those who answered is never run.
      """,
    wrong: """
      campaign demo { }

      participant { wants_more: boolean = false internal }

      agent desk {
        channel voice
        results { more: boolean }
      }

      flow session {
        on incoming session {
          check result.more { update participant.wants_more = true }
        }
      }
      """,
    right: """
      campaign demo { }

      participant { wants_more: boolean = false internal }

      agent desk {
        channel voice
        results { more: boolean }
      }

      flow session {
        on incoming session { update participant.wants_more = false }

        on communication ended (completed) {
          check result.more { update participant.wants_more = true }
        }
      }
      """,
    decision: """
      Statements that can be reached from `on incoming session` and `on communication updated` alone, or with \
      `reupload: updated` from `on participant created`, and from no other trigger of the flow.
      """,
    limits: """
      After a hand-over the result is that of the sender's communication, and nothing is said. Neither is it where one \
      of several triggers comes early.
      """)

  private static func message(_ result: String) -> String {
    "`\(result)` is read before anything can be recorded"
  }
  private static let primaryLabel = "always unset here"
  private static func triggerLabel(_ kind: TriggerKind) -> String {
    kind == .participantCreated
      ? "the participant is new, and there was no communication" : "the communication has not ended"
  }
  private static let help = "read it under `on communication ended`"
}
