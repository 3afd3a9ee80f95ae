internal import FlowAnalysis
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// Flows that start each other for ever, by what they write, create and hand over.
enum FeedbackLoop: LintRule {
  static let name: DiagnosticName = "feedback-loop"
  static let defaultSeverity = Severity.warning

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.cycles.filter { !HandoverCycle.isOfHandOvers($0) }.compactMap { cycle in
      guard let labels = chain(context, cycle), let first = labels.first else { return nil }
      return finding(
        message(cycle, context), at: first, secondary: Array(labels.dropFirst()),
        notes: notes(context, cycle),
        help: [help])
    }
  }

  /// The nodes of a cycle, each with what it starts.
  static func chain(_ context: LintContext, _ cycle: FeedbackCycle) -> [Label]? {
    var labels: [Label] = []
    for (index, link) in cycle.links.enumerated() {
      guard let span = context.headline(link.trigger.flow, link.node) else { return nil }
      let next = cycle.links[(index + 1) % cycle.links.count].trigger
      labels.append(Label(span, label(link.event, next, context)))
    }
    return labels
  }

  static func notes(_ context: LintContext, _ cycle: FeedbackCycle) -> [String] {
    let facts = cycle.fields.compactMap { field -> String? in
      let type = context.campaign.schema.fields(field.level)[field.slot].type
      return context.description(field.value, type).map {
        "`\(context.fieldName(field.level, field.slot))` is \($0)"
      }
    }
    let state = facts.isEmpty ? [noState] : ["it goes on while " + LintContext.list(facts, "and")]
    return state + (cycle.isAtOnce ? [atOnce] : [])
  }

  static func flowNames(_ context: LintContext, _ cycle: FeedbackCycle) -> String {
    let names = cycle.links.map { context.campaign.flows[$0.trigger.flow].name }
    let distinct = names.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return LintContext.list(distinct.map { "`\($0)`" }, "and")
  }

  private static func label(_ event: CausedEvent, _ next: TriggerID, _ context: LintContext) -> String {
    let flow = context.campaign.flows[next.flow].name
    let schema = context.campaign.schema
    switch event {
    case .changed(let slot): return "changes `\(schema.participant[slot].name)`, which starts `\(flow)`"
    case .created(let number): return "`\(schema.communications[number].name)` in turn starts `\(flow)`"
    case .canceled(let number): return "canceling `\(schema.communications[number].name)` starts `\(flow)`"
    case .handedOver: return "hands over to `\(flow)`"
    }
  }

  static let page = Explanation(
    name, summary: "flows start each other without an end",
    meaning: """
      A run changes a field, creates or cancels a communication, or hands over; that starts a run of another flow or of the \
      same, and in the end the first one again. Nothing on the way ends it.
      """,
    reason: """
      At one instant the cascade is stopped after a thousand runs, and the participant is reported. Spread over days it is \
      worse: somebody is contacted again and again until they complain.
      """,
    wrong: """
      campaign demo { }

      profile { phone: phone required }
      agent caller { channel voice }

      flow call {
        on from flow {
          voice CALL by caller within 10:00..18:00
        }
      }

      flow again {
        on communication ended (CALL, no_response) {
          to flow call in 1d
        }
      }

      flow ask {
        on incoming session { to flow call }
      }
      """,
    right: """
      campaign demo { }

      participant { attempts: integer = 0 internal }

      profile { phone: phone required }
      agent caller { channel voice }

      flow call {
        on from flow {
          check participant.attempts >= 3 { stop }
          update participant.attempts = participant.attempts + 1
          voice CALL by caller within 10:00..18:00
        }
      }

      flow again {
        on communication ended (CALL, no_response) {
          to flow call in 1d
        }
      }

      flow ask {
        on incoming session { to flow call }
      }
      """,
    decision: """
      Flows and events make a graph: fields that are written, triggers that take the change; communications created and \
      canceled, triggers that take their end; hand-overs. Each cycle in it is gone round with what its checks, its `only if` \
      and its updates make of the values, until no value is left with which it goes on, or until a round leaves what an \
      earlier one has left: then these values keep it going, and they are reported.

      - Nobody answers meanwhile: a cycle that needs a result is kept going by people, and is not reported. What happens \
        only to those who answer does not end it either.
      - Writing the value that is there is no change (semantics E7).
      - What is counted begins as it is in a new record, or with a small and a large number where a row brings it. A counter \
        that comes to a bound ends the cycle, however far away the bound is and through however many fields and flows it is \
        counted; so does a status that changes only once.
      - Flows that the cycle starts besides take part: a flow that gives up after the third try ends it, and so does one that \
        cancels what the cycle waits for. So does a run that was planned as it began: `to flow give_up in 30d`.
      - A turn that depends on the time, or on what a script writes, is taken to end it.
      """,
    limits: """
      Where a field that only an upload or an answer changes could end the cycle, it is reported: for those of whom nothing \
      is heard it goes on. What follows `cancel communications` without names is not followed. Of the cycles of one group of \
      flows the shortest are looked at, and none that starts more than 256 triggers of others.
      """)

  private static func message(_ cycle: FeedbackCycle, _ context: LintContext) -> String {
    let names = flowNames(context, cycle)
    let isOne = Set(cycle.links.map(\.trigger.flow)).count == 1
    return isOne
      ? "nothing ends it that \(names) starts itself again" : "nothing ends it that \(names) start each other"
  }
  private static let noState = "no check on the way can end it"
  private static let atOnce = "all of it happens at one instant, where it is stopped after 1,000 runs"
  private static let help =
    "count the rounds and check the count, or check something that the cycle itself changes"
}
