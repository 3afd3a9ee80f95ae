internal import FlowCheck
internal import FlowSchema
internal import FlowSyntax

/// What matters to a cycle: the variables that its turns depend on, the nodes that write them, and the triggers of others
/// that its runs start and that write them as well.
///
/// Found by a fixed point: what matters reads variables, and what writes these matters.
struct CycleScope {
  /// How many triggers of others may be started by a cycle, directly and by each other, for the analysis to go through them.
  static let maximumOthers = 256

  /// A trigger that is no link, and that runs of the cycle or of such triggers start.
  private struct Other {
    let trigger: TriggerID
    var taken: [CausedEvent]
    let effects: [FlowEffects.Effect]
  }

  let links: [CycleLink]
  /// Events of the cycle that lie ahead for some time, so that a cancellation may take them away.
  let waiting: Set<CausedEvent>
  /// The variables that matter.
  private(set) var followed: Set<Variable> = []
  /// By flow.
  private(set) var slices: [Int: FlowSlice] = [:]
  /// The triggers of others that take an event and write what matters, or start what does.
  private(set) var meddlers: [CausedEvent: [TriggerID]] = [:]
  /// What the flows of the cycle do, and those of the others.
  private(set) var effects: [Int: [FlowEffects.Effect]] = [:]

  private let analysis: CampaignAnalysis
  private let statuses: [CausedEvent: Set<CommunicationStatus>]
  private var reached: [Int: [Bool]] = [:]
  private var others: [Other] = []

  /// `nil` where the cycle starts more than can be looked at.
  init?(_ analysis: CampaignAnalysis, _ links: [CycleLink], waiting: Set<CausedEvent>) {
    self.analysis = analysis
    self.links = links
    self.waiting = waiting
    statuses = Self.statuses(links, analysis)
    guard findOthers() else { return nil }
    for link in links {
      if case .changed(let slot) = link.event { followed.insert(analysis.table.field(.participant, slot)) }
    }
    var count = -1
    while followed.count != count {
      count = followed.count
      findMeddlers()
      for flow in effects.keys.sorted() { slice(flow) }
    }
  }

  // MARK: Others

  /// Through which statuses the communications of the cycle go.
  private static func statuses(
    _ links: [CycleLink], _ analysis: CampaignAnalysis
  ) -> [CausedEvent: Set<CommunicationStatus>] {
    var result: [CausedEvent: Set<CommunicationStatus>] = [:]
    for (index, link) in links.enumerated() {
      let next = links[(index + 1) % links.count].trigger
      let trigger = analysis.campaign.flows[next.flow].triggers[next.trigger]
      guard case .created = link.event else { continue }
      result[link.event, default: []].formUnion(EventGraph.ownStatuses(trigger))
      result[link.event]?.formUnion(trigger.kind == .communicationEnded ? [.started] : unaided)
    }
    return result
  }

  /// What becomes of a communication that nobody answers.
  static let unaided: Set<CommunicationStatus> = [.started, .noResponse]

  /// Whether a trigger takes an event in the course of things that the cycle asks for.
  func takes(_ trigger: TriggerID, _ event: CausedEvent) -> Bool {
    guard case .created = event else { return true }
    let own = EventGraph.ownStatuses(analysis.campaign.flows[trigger.flow].triggers[trigger.trigger])
    return !(statuses[event] ?? Self.unaided).isDisjoint(with: own)
  }

  private mutating func findOthers() -> Bool {
    let own = Set(links.map(\.trigger))
    var numbers: [TriggerID: Int] = [:]
    var events: [CausedEvent] = []
    var seen: Set<CausedEvent> = []
    func add(_ effects: [FlowEffects.Effect]) {
      for event in effects.flatMap(\.events) where seen.insert(event).inserted { events.append(event) }
    }
    for trigger in own.sorted() { add(reach(trigger)) }
    var next = 0
    while next < events.count {
      let event = events[next]
      next += 1
      guard analysis.events.takerCount(of: event) <= Self.maximumOthers else { return false }
      for trigger in analysis.events.takers(of: event) where !own.contains(trigger) && takes(trigger, event) {
        if let number = numbers[trigger] {
          others[number].taken.append(event)
          continue
        }
        guard others.count < Self.maximumOthers else { return false }
        numbers[trigger] = others.count
        let effects = reach(trigger)
        others.append(Other(trigger: trigger, taken: [event], effects: effects))
        add(effects)
      }
    }
    return true
  }

  /// What the runs of a trigger may do.
  private mutating func reach(_ trigger: TriggerID) -> [FlowEffects.Effect] {
    let flow = trigger.flow
    if effects[flow] == nil { effects[flow] = FlowEffects(flow, analysis).effects }
    let graph = analysis.graphs[flow]
    let here = graph.reachable(from: [graph.entries[trigger.trigger]])
    reached[flow] = reached[flow].map { zip($0, here).map { $0 || $1 } } ?? here
    return (effects[flow] ?? []).filter { here[$0.node] }
  }

  private mutating func findMeddlers() {
    meddlers = [:]
    var quiet = others
    var count = -1
    while quiet.count != count {
      count = quiet.count
      quiet.removeAll { other in
        guard other.effects.contains(where: meddles) else { return false }
        for event in other.taken { meddlers[event, default: []].append(other.trigger) }
        return true
      }
    }
  }

  // MARK: Effects

  /// Whether an effect of others gets in the way of the cycle.
  func meddles(_ effect: FlowEffects.Effect) -> Bool {
    cancels(effect) || startsMeddlers(effect) || !written(effect).isEmpty
  }

  /// Whether it takes away an event of the cycle.
  func cancels(_ effect: FlowEffects.Effect) -> Bool { waiting.contains { effect.cancels($0) } }

  func startsMeddlers(_ effect: FlowEffects.Effect) -> Bool {
    effect.events.contains { meddlers[$0] != nil }
  }

  /// The variables that matter and that an effect writes.
  func written(_ effect: FlowEffects.Effect) -> [Variable] {
    var result = effect.writes.map(\.target).filter(followed.contains)
    if let number = effect.creates {
      let kind = analysis.campaign.schema.communications[number].kind
      result += counts.filter { analysis.table.atomOf($0)?.count?.counts(number, kind) ?? false }
    }
    if effect.cancelsAll || !effect.cancels.isEmpty {
      result += counts.filter { !(analysis.table.atomOf($0)?.count?.isLasting ?? true) }
    }
    return result
  }

  private var counts: [Variable] { followed.filter { analysis.table.atomOf($0)?.isCount ?? false } }

  /// Whatever others may write of what matters.
  var writtenByOthers: [Variable] {
    Set(others.flatMap { $0.effects.flatMap(written) }).sorted()
  }

  /// Whether others may take away what the cycle waits for.
  var isCanceledByOthers: Bool { others.contains { $0.effects.contains(where: cancels) } }

  // MARK: Slices

  private mutating func slice(_ flow: Int) {
    let events = Set(links.filter { $0.trigger.flow == flow }.map(\.event))
    let own = effects[flow] ?? []
    let mattering = Set(
      own.filter { meddles($0) || $0.events.contains(where: events.contains) }.map(\.node))
    let graph = analysis.graphs[flow]
    let slice = FlowSlice(graph, mattering.contains)
    slices[flow] = slice
    let file = analysis.files[graph.file]
    for node in slice.branches where reached[flow]?[node] ?? false {
      if let condition = condition(graph.nodes[node], file) { follow(condition, file) }
    }
    for effect in own {
      for write in effect.writes where followed.contains(write.target) { followed.formUnion(write.sources) }
      if let number = effect.creates, events.contains(.created(communication: number)),
        let condition = condition(graph.nodes[effect.node], file)
      {
        follow(condition, file)
      }
    }
  }

  private mutating func follow(_ condition: ExpressionID, _ file: FileView) {
    file.eachInside(condition) { id in
      if let variable = analysis.table.variable(id, file) { followed.insert(variable) }
    }
  }

  /// The condition of a check, or of an `only if`.
  func condition(_ node: FlowNode, _ file: FileView) -> ExpressionID? {
    guard let statement = node.statement else { return nil }
    switch file.statements[Int(statement.index)].kind {
    case .check(let condition, _, _): return condition
    case .communication(let id): return file.tree[id].condition
    case .cancelCommunications, .update, .handOver, .cancelHandOvers, .python, .stop, .go, .progress, .end,
      .chance, .scenario:
      return nil
    }
  }

  /// Every condition that a turn of the cycle depends on.
  func conditions() -> [(id: ExpressionID, file: FileView)] {
    slices.keys.sorted().flatMap { flow -> [(id: ExpressionID, file: FileView)] in
      let graph = analysis.graphs[flow]
      let file = analysis.files[graph.file]
      let communications = (effects[flow] ?? []).filter { $0.creates != nil }.map(\.node)
      return ((slices[flow]?.branches ?? []) + communications).compactMap { node in
        condition(graph.nodes[node], file).map { ($0, file) }
      }
    }
  }
}
