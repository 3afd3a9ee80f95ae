internal import FlowCheck
internal import FlowSyntax

/// Whose runs change what is checked on the ways.
extension RepeatScope {
  /// The events that runs of flows cause at once: changes of fields, and hand-overs that are not put off.
  static func causes(_ flows: [Int], _ analysis: CampaignAnalysis) -> [CausedEvent] {
    var seen: Set<CausedEvent> = []
    var result: [CausedEvent] = []
    for flow in flows {
      for event in analysis.events.eventsOfFlow[flow] where isAtOnce(event, from: flow, analysis) {
        if seen.insert(event).inserted { result.append(event) }
      }
    }
    return result
  }

  private static func isAtOnce(_ event: CausedEvent, from flow: Int, _ analysis: CampaignAnalysis) -> Bool {
    switch event {
    case .created, .canceled: return false
    case .changed: return true
    case .handedOver:
      let graph = analysis.graphs[flow]
      return (analysis.events.causes[event] ?? []).contains { cause in
        guard cause.flow == flow, let id = graph.nodes[cause.node].statement,
          case .handOver(_, let schedule) = analysis.files[graph.file].statements[Int(id.index)].kind,
          case .now = schedule.kind
        else { return false }
        return true
      }
    }
  }

  /// The runs that events start and that change something of what is checked.
  static func runs(
    taking events: [CausedEvent], except known: [TriggerID], changing checked: Set<Variable>,
    _ analysis: CampaignAnalysis
  ) -> OtherRuns {
    var found: [TriggerID] = []
    var changed: Set<Variable> = []
    for event in events {
      let takers = analysis.events.takers(of: event)
      if takers.count > maximumTakers { return OtherRuns(forgetting: checked) }
      for taker in takers where !known.contains(taker) && !found.contains(taker) {
        let here = analysis.facts[taker.flow].written.intersection(checked)
        if here.isEmpty { continue }
        changed.formUnion(here)
        found.append(taker)
      }
    }
    return OtherRuns(found, changing: changed)
  }

  /// The fields whose changes start runs.
  static func changes(
    _ runs: OtherRuns, _ flows: [Int], _ analysis: CampaignAnalysis
  ) -> Set<Variable> {
    var result: Set<Variable> = []
    for id in runs.triggers {
      let trigger = analysis.campaign.flows[id.flow].triggers[id.trigger]
      guard trigger.kind == .participantUpdated else { continue }
      if trigger.fields.isEmpty {
        for flow in flows { result.formUnion(analysis.facts[flow].written) }
      }
      result.formUnion(trigger.fields.map { analysis.table.field(.participant, $0) })
    }
    return result.filter { analysis.table.fieldOf($0)?.level == .participant }
  }

  /// What a communication's own events start.
  static func listeners(
    _ flows: [Int], _ checked: Set<Variable>, _ analysis: CampaignAnalysis
  ) -> [Int: OtherRuns] {
    var result: [Int: OtherRuns] = [:]
    for flow in flows {
      let file = analysis.files[analysis.graphs[flow].file]
      for node in analysis.graphs[flow].nodes {
        guard let id = node.statement, case .communication(let communication) = file.tree[id].kind,
          let number = analysis.names.communication(file.tree[communication].name)
        else { continue }
        result[number] = runs(
          taking: [.created(communication: number)], except: [], changing: checked, analysis)
      }
    }
    return result
  }
}
