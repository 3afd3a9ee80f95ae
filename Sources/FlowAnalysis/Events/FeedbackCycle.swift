internal import FlowCheck
internal import FlowSchema
public import FlowSyntax
internal import FlowValues

/// A cycle over the flows of a campaign that goes on by itself.
public struct FeedbackCycle: Sendable {
  /// A run that an event starts, and the node at which it causes the next one.
  public struct Link: Sendable {
    public let trigger: TriggerID
    public let node: Int
    public let event: CausedEvent
  }

  public let links: [Link]
  /// What is known of fields each time the cycle has gone round.
  public let fields: [(level: FieldLevel, slot: Int, value: ValueSet)]
  /// Whether all of it happens at one instant.
  public let isAtOnce: Bool
}

extension CampaignAnalysis {
  /// Every cycle that is still going after `CyclePlayer.rounds` rounds, one for the same flows.
  public func feedbackCycles() -> [FeedbackCycle] {
    var flows: Set<Set<Int>> = []
    return CycleSearch(campaign, events).cycles().compactMap { links in
      guard let cycle = CyclePlayer(self, links).play(),
        flows.insert(Set(links.map(\.trigger.flow))).inserted
      else { return nil }
      return cycle
    }
  }
}

/// Goes round a cycle with sets of values, beginning with new counters, until nothing is left that goes on or it has gone
/// round often enough to say that nothing ends it.
///
/// Only what happens without anybody's help counts: nobody answers, so that results are unset; and where the analysis
/// cannot follow a turn, it does not go on.
struct CyclePlayer {
  /// A cycle that a counter ends later than this is taken for one that does not end.
  static let rounds = 100
  /// How many triggers may take one event for the analysis to look at what they do to the cycle.
  static let maximumTakers = 256

  private let analysis: CampaignAnalysis
  private let links: [CycleLink]
  private let interpreter: Interpreter
  private let isAtOnce: Bool

  init(_ analysis: CampaignAnalysis, _ links: [CycleLink]) {
    self.analysis = analysis
    self.links = links
    let changed = links.compactMap { link -> Variable? in
      guard case .changed(let slot) = link.event else { return nil }
      return analysis.table.field(.participant, slot)
    }
    isAtOnce = links.allSatisfy { Self.isAtOnce($0, analysis) }
    interpreter = Interpreter(
      analysis, flows: Array(Set(links.map(\.trigger.flow))).sorted(), following: changed,
      doesTimePass: !isAtOnce)
  }

  private static func isAtOnce(_ link: CycleLink, _ analysis: CampaignAnalysis) -> Bool {
    switch link.event {
    case .changed, .canceled: return true
    case .created: return false
    case .handedOver:
      let flow = link.trigger.flow
      return (analysis.events.causes[link.event] ?? []).filter { $0.flow == flow }.allSatisfy { cause in
        let graph = analysis.graphs[flow]
        guard let id = graph.nodes[cause.node].statement,
          case .handOver(_, let schedule) = analysis.files[graph.file].statements[Int(id.index)].kind
        else { return false }
        if case .now = schedule.kind { return true }
        return false
      }
    }
  }

  func play() -> FeedbackCycle? {
    let entries = links.indices.map { links[($0 + links.count - 1) % links.count].event }
    let others = links.indices.compactMap { disturbers(of: entries[$0], except: links[$0].trigger) }
    guard others.count == links.count else { return nil }
    var states = [start()]
    var nodes: [Int] = []
    for _ in 0..<Self.rounds {
      let before = states
      nodes = []
      for (index, link) in links.enumerated() {
        let entered = states.flatMap { enter($0, link, entries[index], others[index]) }
        guard let (node, ends) = pass(link, entered) else { return nil }
        nodes.append(node)
        states = ends
      }
      // Once a round changes nothing, no further one does.
      if states == before { break }
    }
    return FeedbackCycle(
      links: zip(links, nodes).map { .init(trigger: $0.trigger, node: $1, event: $0.event) },
      fields: states.first.map(fields) ?? [], isAtOnce: isAtOnce)
  }

  private func fields(_ state: AbstractState) -> [(level: FieldLevel, slot: Int, value: ValueSet)] {
    state.entries.compactMap { entry in
      guard let field = analysis.table.fieldOf(entry.variable), !entry.set.isVague,
        entry.set != analysis.table.top(entry.variable)
      else { return nil }
      return (field.level, field.slot, entry.set)
    }
  }

  // MARK: Beginning

  /// Counters are what they are in a new record, or some number where a row brings it; of all else nothing is known.
  private func start() -> AbstractState {
    var state = AbstractState()
    let flows = Set(links.map(\.trigger.flow))
    for variable in flows.flatMap({ analysis.facts[$0].counters }).sorted() {
      guard let field = analysis.table.fieldOf(variable) else { continue }
      interpreter.set(
        variable, Self.beginning(analysis.campaign.schema.fields(field.level)[field.slot]), &state)
    }
    for variable in interpreter.scope.followed.sorted()
    where analysis.table.atomOf(variable)?.isCount ?? false {
      interpreter.set(variable, .number(0), &state)
    }
    return state
  }

  private static func beginning(_ field: Field) -> ValueSet {
    switch field.defaultValue {
    case .integer(let value): field.type == .numeric ? ValueSet.number(value).scaled : .number(value)
    case .numeric(let value): .number(value.millionths)
    case .none: field.isInternal ? .unset : field.type == .numeric ? ValueSet.number(3).scaled : .number(3)
    case .string, .boolean, .date, .localDateTime, .instant, .enumeration: .unset
    }
  }

  // MARK: Links

  /// The other triggers that take the same event and write what matters here; `nil` where there are too many to look at.
  private func disturbers(of event: CausedEvent, except trigger: TriggerID) -> [TriggerID]? {
    let takers = analysis.events.takers(of: event)
    guard takers.count <= Self.maximumTakers else { return nil }
    return takers.filter {
      $0.flow != trigger.flow && !analysis.facts[$0.flow].written.isDisjoint(with: interpreter.scope.followed)
    }
  }

  /// The states in which the runs of others at the same event write nothing that matters; where there are none, the state
  /// without what they write.
  private func undisturbed(_ state: AbstractState, by disturbers: [TriggerID]) -> [AbstractState] {
    var states = [state]
    for disturber in disturbers {
      let entry = analysis.graphs[disturber.flow].entries[disturber.trigger]
      let file = analysis.files[analysis.graphs[disturber.flow].file]
      let ends = interpreter.run(disturber.flow, from: [(entry, states)], avoiding: { writes($0, file) })
      let quiet = ends[FlowGraph.end].states.filter { !$0.isUncertain }
      if quiet.isEmpty {
        for index in states.indices {
          for variable in analysis.facts[disturber.flow].written.sorted() {
            interpreter.write(variable, nil, &states[index])
          }
        }
      } else {
        states = quiet
      }
    }
    return states
  }

  /// Whether a statement writes a field that matters here.
  private func writes(_ statement: StatementID, _ file: FileView) -> Bool {
    let targets: [QualifiedName]
    switch file.statements[Int(statement.index)].kind {
    case .update(let assignments): targets = file.tree[assignments].map(\.target)
    case .python(let python): targets = Array(file.tree[file.tree[python].writes])
    case .check, .communication, .cancelCommunications, .handOver, .cancelHandOvers, .stop, .go, .progress,
      .end,
      .chance, .scenario:
      return false
    }
    return targets.contains { target in
      analysis.names.field(target).map {
        interpreter.scope.followed.contains(analysis.table.field($0.level, $0.slot))
      } ?? false
    }
  }

  /// The states with which an event starts the next run.
  private func enter(
    _ state: AbstractState, _ link: CycleLink, _ event: CausedEvent, _ disturbers: [TriggerID]
  ) -> [AbstractState] {
    var state = state
    let table = analysis.table
    let keepsContext: Bool
    if case .handedOver = event { keepsContext = true } else { keepsContext = false }
    if !keepsContext {
      state.removeAll { variable in
        table.isContext(variable) || (table.atomOf(variable)?.reads.contains { table.isContext($0) } ?? false)
      }
    }
    interpreter.clearResults(&state)
    switch event {
    case .created(let communication):
      interpreter.setNames([communication], &state)
      let trigger = analysis.campaign.flows[link.trigger.flow].triggers[link.trigger.trigger]
      interpreter.setStatuses(EventGraph.ownStatuses(trigger), &state)
    case .canceled(let communication):
      interpreter.setNames([communication], &state)
      interpreter.setStatuses([.canceled], &state)
    case .changed, .handedOver: break
    }
    if !isAtOnce { letTimePass(&state) }
    return undisturbed(state, by: disturbers)
  }

  /// What counts within a time, or by status, is not known any more.
  private func letTimePass(_ state: inout AbstractState) {
    for variable in interpreter.scope.followed.sorted() {
      guard let filter = analysis.table.atomOf(variable)?.count, !filter.isLasting else { continue }
      interpreter.write(variable, nil, &state)
    }
  }

  /// The states after a run that causes the link's event, and the node that causes it.
  private func pass(_ link: CycleLink, _ states: [AbstractState]) -> (Int, [AbstractState])? {
    let flow = link.trigger.flow
    let graph = analysis.graphs[flow]
    let file = analysis.files[graph.file]
    let before = interpreter.run(flow, from: [(graph.entries[link.trigger.trigger], states)])
    var found: Int?
    var ends = StateSet()
    for cause in analysis.events.causes[link.event] ?? [] where cause.flow == flow {
      guard let statement = graph.nodes[cause.node].statement else { continue }
      let after = before[cause.node].states.filter { !$0.isUncertain }
        .compactMap { interpreter.causing(link.event, $0, statement, file) }
        .map { interpreter.after(statement, $0, file) }
      if after.isEmpty { continue }
      let last = interpreter.run(flow, from: [(graph.nodes[cause.node].next, after)])[FlowGraph.end].states
        .filter { !$0.isUncertain }
      if last.isEmpty { continue }
      found = found ?? cause.node
      for state in last { ends.add(state, analysis.table) }
    }
    return found.map { ($0, ends.states) }
  }
}
