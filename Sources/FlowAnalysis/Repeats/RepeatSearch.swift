internal import FlowCheck
internal import FlowSchema
internal import FlowSyntax

/// Interprets a trigger twice: from a new record, and from what the first run has left.
struct RepeatSearch {
  /// How many communications of one trigger are looked at.
  static let maximumWays = 32
  /// A contact that so many repetitions do not end is taken for one that nothing ends.
  static let repetitions = 20

  /// A way from the trigger to a communication.
  struct Way {
    var chain: [(flow: Int, node: Int)]
    var communication: CommunicationStatement
    /// The states when all runs that the row starts have been.
    var ends: [AbstractState]

    func isSame(as other: Way) -> Bool { chain.elementsEqual(other.chain) { $0 == $1 } }
  }

  let analysis: CampaignAnalysis
  let trigger: TriggerID
  private(set) var scope: RepeatScope
  let writtenValues: [Variable: [WrittenValue]]
  /// Those of `scope.siblings` that run before the trigger, and behind it (semantics E3).
  var before: [TriggerID]
  var behind: [TriggerID]

  var interpreter: Interpreter { scope.interpreter }

  init?(
    _ analysis: CampaignAnalysis, _ trigger: TriggerID, _ uploads: UploadTriggers,
    _ writtenValues: [Variable: [WrittenValue]]
  ) {
    guard let scope = RepeatScope(analysis, trigger, uploads) else { return nil }
    self.analysis = analysis
    self.trigger = trigger
    self.scope = scope
    self.writtenValues = writtenValues
    before = scope.siblings.triggers.filter { $0 < trigger }
    behind = scope.siblings.triggers.filter { trigger < $0 }
  }

  /// What is left where everything that the row sets off has been looked at.
  func contacts() -> [RepeatedContact] {
    guard !candidates().isEmpty else { return [] }
    var whole = self
    whole.scope = scope.withReactions(analysis)
    return whole.candidates()
  }

  private func candidates() -> [RepeatedContact] {
    let ways = ways(from: [newRecord()]).prefix(Self.maximumWays)
    guard !ways.isEmpty else { return [] }
    let openings = findOpenings()
    return ways.compactMap { repeated($0, openings) }
  }

  private func repeated(_ way: Way, _ openings: [[WrittenValue]]) -> RepeatedContact? {
    let started = starting(way, way.ends)
    if started.isEmpty { return nil }
    let followed = withConsequences(of: way, started)
    if isRepeated(way, from: started), isRepeated(way, from: followed, hasConsequences: true) {
      return RepeatedContact(
        trigger: trigger, chain: way.chain,
        opening: isRepeatedAlone(way) ? nil : firstWrite(of: scope.siblings),
        lateGuard: lateGuard(way, from: started))
    }
    for written in openings {
      // All values of a field at once first: mostly none of them opens anything.
      let all = written.dropFirst().reduce(written[0].value) { $0.union($1.value) }
      guard again(way, from: followed.compactMap { opened($0, written[0], all) }) != nil else { continue }
      for one in written where again(way, from: followed.compactMap({ opened($0, one, one.value) })) != nil {
        return RepeatedContact(trigger: trigger, chain: way.chain, opening: one.place, lateGuard: nil)
      }
    }
    return nil
  }

  /// Whether the event creates the communication again, and again, with nothing else happening between but perhaps what
  /// it has caused itself.
  private func isRepeated(_ way: Way, from states: [AbstractState], hasConsequences: Bool = false) -> Bool {
    if hasConsequences, scope.consequences.isEmpty { return true }
    var states = states
    for _ in 0..<Self.repetitions {
      guard var next = again(way, from: states) else { return false }
      if hasConsequences { next = withConsequences(of: way, next) }
      if Set(next) == Set(states) { return true }
      states = next
    }
    return true
  }

  /// The states after the event has created the communication once more, and it has started; `nil` where it does not.
  private func again(_ way: Way, from states: [AbstractState]) -> [AbstractState]? {
    guard let other = ways(from: states.map(nextRow)).first(where: { $0.isSame(as: way) }) else { return nil }
    let isAskedLater = way.communication.condition != nil
    let started = starting(way, isAskedLater ? afterCourse(of: way, other.ends) : other.ends)
    return started.isEmpty ? nil : started
  }

  /// The states in which a communication starts: its `only if` is read then (semantics C3).
  private func starting(_ way: Way, _ states: [AbstractState]) -> [AbstractState] {
    guard let condition = way.communication.condition, let flow = way.chain.last?.flow else { return states }
    let file = analysis.files[analysis.graphs[flow].file]
    return states.flatMap { interpreter.refined($0, condition, file, to: .yes) }.filter { !$0.isUncertain }
  }

  /// What holds the event back as soon as the communication has taken its course.
  private func lateGuard(_ way: Way, from states: [AbstractState]) -> RepeatedContact.Opening? {
    guard let number = analysis.names.communication(way.communication.name),
      let listeners = scope.listeners[number], !listeners.isEmpty,
      again(way, from: afterCourse(of: way, states)) == nil
    else { return nil }
    return firstWrite(of: listeners)
  }

  /// Whether the same happens without the other flows that the row starts.
  private func isRepeatedAlone(_ way: Way) -> Bool {
    if scope.siblings.isEmpty { return true }
    var alone = self
    alone.before = []
    alone.behind = []
    guard let same = alone.ways(from: [newRecord()]).first(where: { $0.isSame(as: way) }) else {
      return false
    }
    return alone.isRepeated(same, from: alone.starting(same, same.ends))
  }
}
