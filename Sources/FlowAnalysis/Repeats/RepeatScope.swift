internal import FlowCheck
internal import FlowSchema
internal import FlowSyntax

/// The flows that matter to a trigger that comes again: those on the ways from it to communications, and those that
/// change what is checked on these ways.
struct RepeatScope {
  /// How many flows are followed from one trigger.
  static let maximumFlows = 16
  /// How many triggers may take one event for the search to look at what they do.
  static let maximumTakers = 256

  /// The trigger's own, then those that it hands over to, and that listen to counters.
  let flows: [Int]
  /// What the checks on the ways read, and the `only if` at their ends.
  let checked: Set<Variable>
  /// The other flows that the row starts.
  let siblings: OtherRuns
  /// The runs that such a row causes further: whether they come about on the way at hand, nobody looks at.
  private(set) var consequences = OtherRuns()
  /// The runs that the own events of each communication start.
  private(set) var listeners: [Int: OtherRuns] = [:]
  private(set) var interpreter: Interpreter
  /// What is known of the latest communication where there has been one: any that some flow creates.
  private(set) var latest: AbstractState
  private let trigger: TriggerID
  private let counters: Set<Variable>

  /// `nil` where no flow creates anything. Consequences and listeners are left out.
  init?(_ analysis: CampaignAnalysis, _ trigger: TriggerID, _ uploads: UploadTriggers) {
    let (flows, counters) = Self.followed(from: trigger.flow, analysis)
    guard flows.contains(where: { Self.createsSomething($0, analysis) }) else { return nil }
    self.trigger = trigger
    self.flows = flows
    self.counters = counters
    checked = flows.reduce(into: counters) { $0.formUnion(analysis.facts[$1].readInConditions) }
    var followed = checked
    var siblings = uploads.siblings(of: trigger, changing: followed, analysis.table)
    while true {
      // What the siblings check decides what they change.
      for other in siblings.triggers { followed.formUnion(analysis.facts[other.flow].readInConditions) }
      let more = uploads.siblings(of: trigger, changing: followed, analysis.table)
      if more.triggers.count == siblings.triggers.count { break }
      siblings = more
    }
    self.siblings = siblings
    interpreter = Interpreter(
      analysis, flows: flows + siblings.triggers.map(\.flow), following: counters.sorted())
    latest = Self.latest(interpreter)
  }

  /// The same with consequences and listeners: nearly always there is no need to look at them.
  func withReactions(_ analysis: CampaignAnalysis) -> RepeatScope {
    var result = self
    let started = flows + siblings.triggers.map(\.flow)
    result.consequences = Self.runs(
      taking: Self.causes(started, analysis), except: siblings.triggers + [trigger], changing: checked,
      analysis)
    result.listeners = Self.listeners(flows, checked, analysis)
    let others =
      siblings.triggers + result.consequences.triggers + result.listeners.values.flatMap(\.triggers)
    let changes = Self.changes(result.consequences, started, analysis)
    result.interpreter = Interpreter(
      analysis, flows: Array(Set(flows + others.map(\.flow))).sorted(),
      following: counters.union(changes).sorted())
    result.latest = Self.latest(result.interpreter)
    return result
  }

  private static func latest(_ interpreter: Interpreter) -> AbstractState {
    var state = AbstractState()
    let table = interpreter.table
    let properties = [CommunicationProperty.name, .channel, .agent, .status, .plannedAt].map(table.property)
    // Nearly always nobody asks.
    guard properties.contains(where: interpreter.scope.followed.contains) else { return state }
    for variable in properties { interpreter.set(variable, table.top(variable).withoutUnset, &state) }
    let created = interpreter.analysis.events.causes.keys.compactMap { event -> Int? in
      if case .created(let communication) = event { communication } else { nil }
    }
    interpreter.setNames(created.sorted(), &state)
    return state
  }

  private static func createsSomething(_ flow: Int, _ analysis: CampaignAnalysis) -> Bool {
    analysis.events.eventsOfFlow[flow].contains { if case .created = $0 { true } else { false } }
  }

  // MARK: Ways

  /// The flows that may be come to from a flow, and the counters that lead to them.
  private static func followed(
    from first: Int, _ analysis: CampaignAnalysis
  ) -> (flows: [Int], counters: Set<Variable>) {
    var flows = [first]
    var next = 0
    var counters: Set<Variable> = []
    while next < flows.count {
      for event in analysis.events.eventsOfFlow[flows[next]] {
        for flow in followers(of: event, from: flows[next], analysis)
        where !flows.contains(flow) && flows.count < maximumFlows {
          flows.append(flow)
          if case .changed(let slot) = event { counters.insert(analysis.table.field(.participant, slot)) }
        }
      }
      next += 1
    }
    return (flows, counters)
  }

  /// The flows that an event starts. Of changes only those of counters matter here: any other value that a run writes is
  /// there already when the row comes again.
  private static func followers(
    of event: CausedEvent, from flow: Int, _ analysis: CampaignAnalysis
  ) -> [Int] {
    switch event {
    case .handedOver(let target): return [target]
    case .changed(let slot):
      guard analysis.facts[flow].counters.contains(analysis.table.field(.participant, slot)) else {
        return []
      }
      return analysis.events.takers(of: event).map(\.flow)
    case .created, .canceled: return []
    }
  }
}
