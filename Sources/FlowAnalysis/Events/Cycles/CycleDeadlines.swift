internal import FlowCheck
internal import FlowSyntax

/// The runs of others that have been set going together with a cycle, or when the participant was created, and that come to
/// it some time later: `to flow give_up in 30d`.
struct CycleDeadlines {
  /// How many triggers are looked at: more, and nothing is known.
  static let maximumTriggers = 256

  private let analysis: CampaignAnalysis
  private let own: Set<TriggerID>
  /// The triggers that are started some time later.
  private(set) var triggers: [TriggerID] = []

  /// `nil` where there are too many.
  init?(_ analysis: CampaignAnalysis, _ links: [CycleLink]) {
    self.analysis = analysis
    own = Set(links.map(\.trigger))
    guard let starters = starters(), let later = later(than: starters) else { return nil }
    triggers = later
  }

  /// Whoever may have set the cycle going, at any distance, and whoever takes new participants.
  private func starters() -> [TriggerID]? {
    var found = own.sorted()
    var seen = own
    func add(_ trigger: TriggerID) { if seen.insert(trigger).inserted { found.append(trigger) } }
    for (flow, checked) in analysis.campaign.flows.enumerated() where checked.isActive {
      for (index, trigger) in checked.triggers.enumerated() where trigger.kind == .participantCreated {
        add(TriggerID(flow, index))
        guard found.count <= Self.maximumTriggers else { return nil }
      }
    }
    var next = 0
    while next < found.count {
      guard found.count <= Self.maximumTriggers else { return nil }
      for event in analysis.events.taken(by: found[next], analysis.campaign) {
        for (flow, node) in analysis.events.causes[event] ?? [] {
          let graph = analysis.graphs[flow]
          for (trigger, entry) in graph.entries.enumerated() where graph.reachable(from: [entry])[node] {
            add(TriggerID(flow, trigger))
          }
        }
      }
      next += 1
    }
    return found.filter { !own.contains($0) }
  }

  /// What follows from runs after some time. What follows at once is part of the beginning.
  private func later(than starters: [TriggerID]) -> [TriggerID]? {
    var isLater = Dictionary(uniqueKeysWithValues: starters.map { ($0, false) })
    var open = starters
    while let trigger = open.popLast() {
      guard isLater.count <= Self.maximumTriggers * 2 else { return nil }
      for (event, isDelayed) in events(of: trigger) {
        guard analysis.events.takerCount(of: event) <= Self.maximumTriggers else { return nil }
        for taker in analysis.events.takers(of: event) where !own.contains(taker) && isUnaided(taker, event) {
          let later = isDelayed || isLater[trigger] == true
          if isLater[taker] == true || isLater[taker] == later { continue }
          isLater[taker] = later
          open.append(taker)
        }
      }
    }
    return isLater.filter(\.value).map(\.key).sorted()
  }

  private func isUnaided(_ trigger: TriggerID, _ event: CausedEvent) -> Bool {
    guard case .created = event else { return true }
    let own = EventGraph.ownStatuses(analysis.campaign.flows[trigger.flow].triggers[trigger.trigger])
    return !CycleScope.unaided.isDisjoint(with: own)
  }

  private func events(of trigger: TriggerID) -> [(event: CausedEvent, isDelayed: Bool)] {
    let graph = analysis.graphs[trigger.flow]
    let file = analysis.files[graph.file]
    let reached = graph.reachable(from: [graph.entries[trigger.trigger]])
    return graph.nodes.indices.filter { reached[$0] }.flatMap { node -> [(CausedEvent, Bool)] in
      guard let statement = graph.nodes[node].statement else { return [] }
      return EventGraph.events(statement, file, analysis.names).map { event in
        (event, Self.isDelayed(event, file.statements[Int(statement.index)]))
      }
    }
  }

  private static func isDelayed(_ event: CausedEvent, _ statement: Statement) -> Bool {
    switch event {
    case .changed, .canceled: return false
    case .created: return true
    case .handedOver:
      if case .handOver(_, let schedule) = statement.kind, case .now = schedule.kind { return false }
      return true
    }
  }
}

extension CyclePlayer {
  /// The states that keep the cycle going and that nothing set going with it changes to others.
  func lasting(_ states: [AbstractState], counting counted: Set<Variable>) -> [AbstractState] {
    guard let deadlines = CycleDeadlines(analysis, links) else { return [] }
    var states = states
    for trigger in deadlines.triggers {
      let effects = FlowEffects(trigger.flow, analysis).effects
      guard effects.contains(where: { scope.cancels($0) || !scope.written($0).isEmpty }) else { continue }
      let avoided = Set(effects.filter(scope.cancels).map(\.node))
      let entry = analysis.graphs[trigger.flow].entries[trigger.trigger]
      states = states.filter { state in
        let sets = interpreter.run(
          trigger.flow, from: [(entry, [withoutContext(state)])], avoiding: avoided.contains)
        return sets[FlowGraph.end].states.contains { end in
          !end.isUncertain && states.contains { isWithin(end, $0, counted) }
        }
      }
    }
    return states
  }

  /// Whether all values of fields in one state are possible in another. What is counted does not matter.
  private func isWithin(_ one: AbstractState, _ other: AbstractState, _ counted: Set<Variable>) -> Bool {
    other.entries.allSatisfy { entry in
      guard analysis.table.fieldOf(entry.variable) != nil, !counted.contains(entry.variable) else {
        return true
      }
      let value = interpreter.value(entry.variable, one)
      return !value.isVague && value.union(entry.set) == entry.set
    }
  }
}
