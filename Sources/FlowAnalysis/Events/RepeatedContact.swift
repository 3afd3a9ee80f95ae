internal import FlowCheck
internal import FlowSchema
public import FlowSyntax
internal import FlowValues

/// A communication that the same event, coming again, creates again.
public struct RepeatedContact: Sendable {
  /// A statement of a flow that writes a value with which the checks let the event through again.
  public struct Opening: Sendable {
    public let flow: Int
    public let node: Int
    public let level: FieldLevel
    public let slot: Int
  }

  public let trigger: TriggerID
  /// Nodes on the way that hand over, or change a counter that another flow listens to, in order; then the
  /// communication's.
  public let chain: [(flow: Int, node: Int)]
  /// `nil` where nothing at all has to happen between the two events.
  public let opening: Opening?
}

extension CampaignAnalysis {
  /// All communications that a second row of the same participant creates a second time.
  public func repeatedContacts() -> [RepeatedContact] {
    let values = writtenValues()
    return campaign.flows.indices.filter { campaign.flows[$0].isActive }.flatMap { flow in
      campaign.flows[flow].triggers.indices.filter { isRepeated(campaign.flows[flow].triggers[$0]) }
        .flatMap { RepeatSearch(self, TriggerID(flow, $0), values).contacts() }
    }
  }

  /// Whether a second row starts the trigger although it brings nothing that the trigger asks for (semantics E9).
  private func isRepeated(_ trigger: CheckedTrigger) -> Bool {
    switch (trigger.kind, campaign.reupload) {
    case (.participantCreated, .created): true
    case (.participantUpdated, .updated): trigger.fields.isEmpty
    case (.participantCreated, .updated), (.participantUpdated, .created), (.communicationEnded, _),
      (.communicationUpdated, _), (.incomingSession, _), (.fromFlow, _):
      false
    }
  }
}

/// A value that a statement writes into a field, whatever held before it.
private struct WrittenValue {
  var place: RepeatedContact.Opening
  var value: ValueSet

  /// The same without some cases, and without what has no bit of its own.
  func without(_ bits: UInt128) -> WrittenValue {
    var result = self
    result.value.content = value.content.intersection(.cases(~(bits | ValueNumbers.others)))
    return result
  }
}

extension CampaignAnalysis {
  /// What is written into each field but the value of a new record, each value with the first two places that write it.
  fileprivate func writtenValues() -> [Variable: [WrittenValue]] {
    let interpreter = Interpreter(self, flows: [])
    var result: [Variable: [WrittenValue]] = [:]
    for (flow, node, assignment) in assignments {
      guard let field = names.field(assignment.target) else { continue }
      let declared = campaign.schema.fields(field.level)[field.slot]
      var value = interpreter.value(assignment.value, AbstractState(), files[graphs[flow].file]).withoutUnset
      guard case .cases = value.content, !value.isVague,
        declared.type != .boolean || declared.defaultValue != nil
      else { continue }
      value.content = value.content.subtracting(RepeatSearch.initial(declared, numbers).content)
      let variable = table.field(field.level, field.slot)
      let same = (result[variable] ?? []).filter { $0.value == value }
      guard value.canBeSet, same.count < 2, same.allSatisfy({ $0.place.flow != flow }) else { continue }
      let place = RepeatedContact.Opening(flow: flow, node: node, level: field.level, slot: field.slot)
      result[variable, default: []].append(WrittenValue(place: place, value: value))
    }
    return result
  }
}

/// Interprets a trigger twice: from a new record, and from what the first run has left.
private struct RepeatSearch {
  /// How many hand-overs and events in a row are followed.
  static let maximumHandOvers = 4
  /// How many flows are followed from one trigger.
  static let maximumFlows = 16
  /// How many communications of one trigger are looked at.
  static let maximumWays = 32
  /// A contact that so many repetitions do not end is taken for one that nothing ends.
  static let repetitions = 20

  /// A way from the trigger to a communication.
  private struct Way {
    var chain: [(flow: Int, node: Int)]
    /// The states at the end of the run that created it.
    var ends: [AbstractState]
  }

  private let analysis: CampaignAnalysis
  private let trigger: TriggerID
  private let flows: [Int]
  private let writtenValues: [Variable: [WrittenValue]]
  private let interpreter: Interpreter

  init(_ analysis: CampaignAnalysis, _ trigger: TriggerID, _ writtenValues: [Variable: [WrittenValue]]) {
    self.analysis = analysis
    self.trigger = trigger
    self.writtenValues = writtenValues
    var flows = [trigger.flow]
    var next = 0
    var counters: Set<Variable> = []
    while next < flows.count {
      for event in analysis.events.eventsOfFlow[flows[next]] {
        for flow in Self.followers(of: event, from: flows[next], analysis)
        where !flows.contains(flow) && flows.count < Self.maximumFlows {
          flows.append(flow)
          if case .changed(let slot) = event { counters.insert(analysis.table.field(.participant, slot)) }
        }
      }
      next += 1
    }
    self.flows = flows
    interpreter = Interpreter(analysis, flows: flows, following: counters.sorted())
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

  func contacts() -> [RepeatedContact] {
    guard flows.contains(where: createsSomething) else { return [] }
    let ways = ways(from: [start()]).prefix(Self.maximumWays)
    guard !ways.isEmpty else { return [] }
    let openings = findOpenings()
    return ways.compactMap { repeated($0, openings) }
  }

  private func createsSomething(_ flow: Int) -> Bool {
    analysis.events.eventsOfFlow[flow].contains { if case .created = $0 { true } else { false } }
  }

  /// A new record: internal fields have their defaults, and there has been no communication.
  private func start() -> AbstractState {
    var state = AbstractState()
    let table = analysis.table
    guard analysis.campaign.flows[trigger.flow].triggers[trigger.trigger].kind == .participantCreated else {
      return state
    }
    for variable in interpreter.scope.followed.sorted() {
      if let field = table.fieldOf(variable) {
        guard field.level == .participant else { continue }
        let declared = analysis.campaign.schema.fields(field.level)[field.slot]
        if declared.isInternal { interpreter.set(variable, Self.initial(declared, analysis.numbers), &state) }
      } else if let atom = table.atomOf(variable), atom.isCount {
        interpreter.set(variable, .number(0), &state)
      }
    }
    return state
  }

  static func initial(_ field: Field, _ numbers: ValueNumbers) -> ValueSet {
    switch field.defaultValue {
    case .none: .unset
    case .boolean(let value): .truth(value)
    case .integer(let value): field.type == .numeric ? ValueSet.number(value).scaled : .number(value)
    case .numeric(let value): .number(value.millionths)
    case .date(let date): .number(Int64(date.dayNumber))
    case .instant(let instant): .number(instant.milliseconds)
    case .enumeration(let element): ValueSet(.cases(numbers.bit(element)))
    case .string(let text):
      field.type == .string ? ValueSet(.cases(numbers.bit(text))) : ValueSet(.anything)
    case .localDateTime: ValueSet(.range(.min, .max), isVague: true)
    }
  }

  // MARK: Runs

  /// All ways from the trigger to communications. Ways with a turn that could not be followed are left out.
  private func ways(from states: [AbstractState]) -> [Way] {
    ways(trigger, states, chain: [], depth: 0)
  }

  private func ways(
    _ trigger: TriggerID, _ states: [AbstractState], chain: [(flow: Int, node: Int)], depth: Int
  ) -> [Way] {
    let flow = trigger.flow
    let graph = analysis.graphs[flow]
    let file = analysis.files[graph.file]
    let before = interpreter.run(flow, from: [(graph.entries[trigger.trigger], states)])
    var result: [Way] = []
    for node in graph.nodes.indices.reversed() {
      guard let statement = graph.nodes[node].statement else { continue }
      let here = before[node].states.filter { !$0.isUncertain }
      if here.isEmpty { continue }
      let chain = chain + [(flow, node)]
      func follow(_ next: TriggerID, _ states: [AbstractState]) {
        guard depth < Self.maximumHandOvers, !states.isEmpty, flows.contains(next.flow),
          !chain.contains(where: { $0.flow == next.flow }), next.flow != self.trigger.flow
        else { return }
        result += ways(next, states, chain: chain, depth: depth + 1)
      }
      switch file.statements[Int(statement.index)].kind {
      case .communication:
        let ends = ends(flow, node, statement, here, file)
        if !ends.isEmpty { result.append(Way(chain: chain, ends: ends)) }
      case .handOver(let target, _):
        guard let next = analysis.names.flow(target), analysis.campaign.flows[next].isActive,
          let number = analysis.campaign.flows[next].triggers.firstIndex(where: { $0.kind == .fromFlow })
        else { continue }
        follow(TriggerID(next, number), ends(flow, node, statement, here, file))
      case .update(let assignments):
        for assignment in file.tree[assignments] {
          guard let field = analysis.names.field(assignment.target), field.level == .participant,
            analysis.facts[flow].counters.contains(analysis.table.field(field.level, field.slot))
          else { continue }
          let event = CausedEvent.changed(slot: field.slot)
          let causing = here.compactMap { interpreter.causing(event, $0, statement, file) }
          if causing.isEmpty { continue }
          let states = ends(flow, node, statement, causing, file).map(forgettingContext)
          for taker in analysis.events.takers(of: event) { follow(taker, states) }
        }
      case .check, .cancelCommunications, .cancelHandOvers, .python, .stop, .go, .progress, .end,
        .chance, .scenario:
        break
      }
    }
    return result
  }

  private func ends(
    _ flow: Int, _ node: Int, _ statement: StatementID, _ states: [AbstractState], _ file: FileView
  ) -> [AbstractState] {
    let after = states.map { interpreter.after(statement, $0, file) }
    let next = analysis.graphs[flow].nodes[node].next
    return interpreter.run(flow, from: [(next, after)])[FlowGraph.end].states.filter { !$0.isUncertain }
  }

  // MARK: Again

  private func repeated(_ way: Way, _ openings: [[WrittenValue]]) -> RepeatedContact? {
    if isRepeated(way, from: way.ends) {
      return RepeatedContact(trigger: trigger, chain: way.chain, opening: nil)
    }
    for written in openings {
      // All values of a field at once first: mostly none of them opens anything.
      let all = written.dropFirst().reduce(written[0].value) { $0.union($1.value) }
      guard again(way, from: way.ends.compactMap { opened($0, written[0], all) }) != nil else { continue }
      for one in written where again(way, from: way.ends.compactMap({ opened($0, one, one.value) })) != nil {
        return RepeatedContact(trigger: trigger, chain: way.chain, opening: one.place)
      }
    }
    return nil
  }

  /// Whether the event creates the communication again, and again, with nothing else happening between.
  private func isRepeated(_ way: Way, from states: [AbstractState]) -> Bool {
    var states = states
    for _ in 0..<Self.repetitions {
      guard let ends = again(way, from: states) else { return false }
      if Set(ends) == Set(states) { return true }
      states = ends
    }
    return true
  }

  /// The states after the event has created the communication once more; `nil` where it does not.
  private func again(_ way: Way, from states: [AbstractState]) -> [AbstractState]? {
    ways(from: states.map(forgettingContext)).first { other in
      other.chain.elementsEqual(way.chain) { $0 == $1 }
    }?.ends
  }

  /// The next row comes with a communication of its own, or none (semantics C5).
  private func forgettingContext(_ state: AbstractState) -> AbstractState {
    var state = state
    let table = analysis.table
    state.removeAll { variable in
      table.isContext(variable) || (table.atomOf(variable)?.reads.contains { table.isContext($0) } ?? false)
    }
    return state
  }

  // MARK: What others write

  /// Values that other flows write into fields which these flows check, apart from those that open the way on purpose: the
  /// value of a new record, and cases that a check on the way names.
  private func findOpenings() -> [[WrittenValue]] {
    let named = namedBits()
    var result: [[WrittenValue]] = []
    for variable in interpreter.scope.followed.sorted() {
      guard let field = analysis.table.fieldOf(variable) else { continue }
      let isBoolean = analysis.campaign.schema.fields(field.level)[field.slot].type == .boolean
      let written = (writtenValues[variable] ?? []).filter { $0.place.flow != trigger.flow }
        .map { isBoolean ? $0 : $0.without(named) }.filter(\.value.canBeSet)
      if !written.isEmpty { result.append(written) }
    }
    return result
  }

  /// The cases that conditions of these flows name.
  private func namedBits() -> UInt128 {
    var bits: UInt128 = 0
    for flow in flows {
      let graph = analysis.graphs[flow]
      let file = analysis.files[graph.file]
      for node in graph.nodes {
        guard let id = node.statement, case .check(let condition, _, _) = file.statements[Int(id.index)].kind
        else {
          continue
        }
        file.eachInside(condition) { inner in
          if case .enumerationCase(let element) = file.reference(inner) {
            bits |= analysis.numbers.bit(element)
          }
        }
      }
    }
    return bits
  }

  private func opened(
    _ state: AbstractState, _ opening: WrittenValue, _ value: ValueSet
  ) -> AbstractState? {
    var state = state
    let variable = analysis.table.field(opening.place.level, opening.place.slot)
    // A value that the first run itself leaves there opens nothing that was not open.
    let before = interpreter.value(variable, state)
    if before.content.union(value.content) == before.content { return nil }
    interpreter.write(variable, value, &state)
    return state
  }
}
