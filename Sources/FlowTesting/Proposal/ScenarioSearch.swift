internal import FlowCheck
internal import FlowRuntime
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// Looks for scenarios that come to places of a campaign.
///
/// What can happen is tried from state to state: first where a check came nearest to the port that is wanted, as the
/// engine observed it, then in order of discovery. What is found is what the engine did, so nothing here can be wrong,
/// only incomplete. The same campaign gives the same scenarios.
struct ScenarioSearch {
  private let map: CoverageMap
  private let steps: PossibleSteps
  private let distances: PortDistance
  private let limit: Int
  private let start: Instant
  let world: ScenarioWorld
  /// The scenario that came to each place first, by place.
  private(set) var found: [Int: PlayedScenario] = [:]
  /// How far the nearest visit of a check was from each port, where it was not taken yet.
  private(set) var nearest: [Int: Double] = [:]
  /// Why the latest failed run of each flow failed.
  private(set) var failures: [Int: RunFailureReason] = [:]

  private var nodes: [Node] = []
  private var signatures: Set<String> = []
  /// The nodes that have still to be followed, in order of discovery: those that came to something new, and others.
  private var promising = Waiting()
  private var others = Waiting()
  /// How many steps had been played when something new was found last.
  private var lastNews = 0
  /// For each port that is not taken yet, the nodes that came nearest, the nearest first.
  private var targets: [Int: [(distance: Double, node: Int)]] = [:]
  private var withInternalEdits = false

  /// A scenario from which others go on.
  private struct Node {
    var scenario: PlayedScenario
    var isFollowed = false
    /// Whether it came to something that none before it did.
    var isNews = false
    /// How near it came to ports on its way.
    var distances: [Int: Double]
    /// Its length when it last came nearer to one than before.
    var lastGain = 0
  }

  private struct Waiting {
    private var nodes: [Int] = []
    private var head = 0

    mutating func append(_ node: Int) { nodes.append(node) }

    mutating func next() -> Int? {
      guard head < nodes.count else { return nil }
      head += 1
      return nodes[head - 1]
    }
  }

  /// How many nodes are kept for a port.
  private static let nodesForTarget = 200
  /// The longest scenario.
  private static let maximumLength = 64
  /// The longest scenario whose earlier steps are changed.
  private static let maximumChangedLength = 5
  /// How many times more is waited behind a stretch that is repeated.
  private static let maximumWait = 3
  /// The longest stretch that is repeated, in steps.
  private static let maximumStretch = 6
  /// How often a stretch that brought a scenario nearer is repeated.
  private static let maximumRepeats = 12

  init(
    _ campaign: CheckedCampaign, _ deployment: Deployment, _ map: CoverageMap, _ engine: EngineConfiguration,
    zone: Zone, start: Instant, limit: Int
  ) {
    self.map = map
    self.start = start
    self.limit = limit
    steps = PossibleSteps(campaign, now: zone.local(of: start))
    distances = PortDistance(campaign, deployment.programs[0].comparisons)
    world = ScenarioWorld(deployment, engine, zone: zone)
  }

  /// Searches until all wanted places are found, or too long without finding anything: first with what comes from
  /// outside as a rule, then also with edits of fields that only flows write.
  mutating func run(_ wanted: Set<Int>) {
    for phase in [false, true] {
      withInternalEdits = phase
      restart()
      let end = world.playedCount + limit / 2
      var turn = 0
      while world.playedCount < min(end, lastNews + limit / 4), !wanted.isSubset(of: found.keys) {
        guard let next = next(wanted, turn) else { break }
        turn += 1
        follow(next, end)
      }
    }
  }

  /// The second phase goes over what the first has found with more that can happen.
  private mutating func restart() {
    if nodes.isEmpty {
      nodes.append(Node(scenario: PlayedScenario(start: start), distances: [:]))
    }
    (promising, others) = (Waiting(), Waiting())
    for index in nodes.indices {
      nodes[index].isFollowed = false
      if nodes[index].isNews { promising.append(index) } else { others.append(index) }
    }
    lastNews = world.playedCount
  }

  /// In turn what came nearest to a port, and what was discovered first.
  private mutating func next(_ wanted: Set<Int>, _ turn: Int) -> Int? {
    if turn % 2 == 1 {
      let open = targets.keys.filter { wanted.contains($0) && found[$0] == nil }.sorted()
      for offset in open.indices {
        let target = open[(turn / 2 + offset) % open.count]
        if let best = nearest(to: target, prefersShort: turn % 4 == 3) { return best }
      }
    }
    while let node = promising.next() ?? others.next() {
      if !nodes[node].isFollowed { return node }
    }
    return nil
  }

  /// Of the nodes that have still to be followed, the nearest to a port; or the shortest, since the nearest may have gone
  /// where it goes no further.
  private func nearest(to target: Int, prefersShort: Bool) -> Int? {
    let open = (targets[target] ?? []).filter { !nodes[$0.node].isFollowed }
    guard prefersShort else { return open.first?.node }
    return open.min {
      (nodes[$0.node].scenario.steps.count, $0.node) < (nodes[$1.node].scenario.steps.count, $1.node)
    }?.node
  }

  private mutating func follow(_ index: Int, _ end: Int) {
    nodes[index].isFollowed = true
    let node = nodes[index]
    repeatLastGain(node)
    if node.scenario.steps.count < Self.maximumLength {
      for step in steps.steps(after: node.scenario, withInternalEdits: withInternalEdits) {
        guard world.playedCount < end else { return }
        if let (state, journal) = world.play(step, node.scenario.state) {
          take(step, state, journal, after: node)
        }
      }
    }
    interject(node, end)
    if node.scenario.steps.count <= Self.maximumChangedLength { change(node, end) }
  }

  /// Lets something happen just before the last step, on which it may depend where that went.
  private mutating func interject(_ node: Node, _ end: Int) {
    guard node.scenario.steps.count > 1, let last = node.scenario.steps.last else { return }
    let before = node.scenario.withoutLast
    for step in steps.interjections(after: before, withInternalEdits: withInternalEdits) {
      guard world.playedCount < end else { return }
      guard let (state, journal) = world.play(step, before.state) else { continue }
      var scenario = before
      scenario.append(step, state, journal)
      guard let (final, finalJournal) = world.play(last, state) else { continue }
      scenario.append(last, final, finalJournal)
      note(scenario, parent: Node(scenario: before, distances: [:]), from: scenario.steps.count - 2)
    }
  }

  /// Tries the same scenario with other values in its steps.
  private mutating func change(_ node: Node, _ end: Int) {
    for (position, step) in node.scenario.steps.enumerated().reversed() {
      for alternative in steps.alternatives(step) {
        guard world.playedCount < end else { return }
        var changed = node.scenario.steps
        changed[position] = alternative
        guard let played = world.play(changed, from: start) else { continue }
        note(played, parent: Node(scenario: PlayedScenario(start: start), distances: [:]), from: 0)
      }
    }
  }

  /// What has brought a scenario nearer may do so again: a counter goes up by one each day.
  private mutating func repeatLastGain(_ node: Node) {
    let length = node.scenario.steps.count
    guard node.lastGain == length else { return }
    for count in 2...Self.maximumStretch where count < length {
      repeatStretch(node.scenario.steps.suffix(count), after: node)
    }
  }

  private mutating func repeatStretch(_ stretch: ArraySlice<ScenarioStep>, after node: Node) {
    var last = node
    for _ in 0..<Self.maximumRepeats where last.scenario.steps.count + stretch.count <= Self.maximumLength {
      let before = last.distances
      for step in stretch {
        guard let next = play(step, after: last) else { return }
        last = next
      }
      // What was brought about may be due only behind something else.
      for _ in 0..<Self.maximumWait where last.distances == before {
        guard let next = play(.advanceToDue, after: last) else { break }
        last = next
      }
      if last.distances == before { return }
    }
  }

  private mutating func play(_ step: ScenarioStep, after node: Node) -> Node? {
    guard node.scenario.steps.count < Self.maximumLength,
      let (state, journal) = world.play(step, node.scenario.state)
    else { return nil }
    return take(step, state, journal, after: node)
  }

  @discardableResult
  private mutating func take(
    _ step: ScenarioStep, _ state: ScenarioState, _ journal: [JournalEntry], after node: Node
  ) -> Node {
    var scenario = node.scenario
    scenario.append(step, state, journal)
    return note(scenario, parent: node, from: scenario.steps.count - 1)
  }

  /// Takes in what the steps of a scenario from one on have come to.
  @discardableResult
  private mutating func note(_ scenario: PlayedScenario, parent: Node, from first: Int) -> Node {
    var node = Node(scenario: scenario, distances: parent.distances, lastGain: parent.lastGain)
    for journal in scenario.journals[first...] {
      var counts = CoverageCounts()
      map.add(journal, to: &counts)
      for place in counts.covered where found[place] == nil {
        found[place] = scenario
        node.isNews = true
      }
      if measure(journal, &node) { node.isNews = true }
    }
    if node.isNews { lastNews = world.playedCount }
    let isNew = signatures.insert(scenario.state.signature).inserted
    guard isNew || node.isNews else { return node }
    nodes.append(node)
    if node.isNews { promising.append(nodes.count - 1) } else { others.append(nodes.count - 1) }
    for (target, distance) in node.distances.sorted(by: { $0.key < $1.key }) where found[target] == nil {
      keep(nodes.count - 1, distance, for: target)
    }
    return node
  }

  /// Whether a journal comes nearer to a port than all before.
  private mutating func measure(_ journal: [JournalEntry], _ node: inout Node) -> Bool {
    var isNearer = false
    for case .runFailed(let flow, let reason) in journal { failures[flow] = reason }
    for visit in PortDistance.visits(journal) {
      guard let place = map.node(visit.node.statement, visit.node.file), let port = visit.node.port else {
        continue
      }
      let other = map.port(port == .match ? .otherwise : .match, ofNode: place)
      if found[other] != nil { continue }
      let distance = distances.toOtherPort(visit)
      if distance < node.distances[other] ?? .infinity { node.lastGain = node.scenario.steps.count }
      node.distances[other] = distance
      if distance < nearest[other] ?? .infinity {
        nearest[other] = distance
        isNearer = true
      }
    }
    return isNearer
  }

  private mutating func keep(_ node: Int, _ distance: Double, for target: Int) {
    var kept = targets[target] ?? []
    let position = kept.firstIndex { other in
      let length = nodes[other.node].scenario.steps.count
      return (distance, nodes[node].scenario.steps.count) < (other.distance, length)
    }
    kept.insert((distance, node), at: position ?? kept.count)
    // Those that were followed make room for others.
    if kept.count > Self.nodesForTarget {
      kept.remove(at: kept.lastIndex { nodes[$0.node].isFollowed } ?? kept.count - 1)
    }
    targets[target] = kept
  }
}
