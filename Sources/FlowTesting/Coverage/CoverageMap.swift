public import FlowCheck
public import FlowRuntime
internal import FlowSchema
public import FlowSyntax
public import FlowText
internal import FlowValues

/// All that tests of a campaign can come to, numbered in the order of flows and of the text.
///
/// Inactive flows never run and models are the simulated world, so neither counts.
public struct CoverageMap: Sendable {
  public private(set) var places: [CoveragePlace] = []
  /// For each file, by statement: the place of the node, or -1. The ports of a check follow it, Match first.
  private var nodes: [[Int32]]
  /// By flow and kind: the place of the trigger, or -1.
  private var triggers: [[Int32]]
  /// The first of the three sides of each comparison's bound, or -1.
  private var comparisons: [Int32] = []
  /// The bounds of a communication's window and expiry: the first of the three sides of each.
  private var schedules: [StatementKey: [Int]] = [:]

  struct StatementKey: Hashable, Sendable {
    var file: FileID
    var statement: StatementID
  }

  /// - Precondition: the deployment is of this campaign alone.
  public init(_ campaign: CheckedCampaign, _ deployment: Deployment) {
    nodes = campaign.files.map { Array(repeating: -1, count: $0.statements.count) }
    triggers = Array(
      repeating: Array(repeating: -1, count: TriggerKind.allCases.count), count: campaign.flows.count)
    let observed = deployment.programs[0].comparisons
    comparisons = Array(repeating: -1, count: observed.count)
    let byFlow = Dictionary(grouping: observed.indices) { observed[$0].flow }
    for (index, flow) in campaign.flows.enumerated() where flow.isActive {
      var walk = CoverageWalk(campaign: campaign, flow: index, first: places.count)
      walk.visit(flow)
      walk.visit(comparisons: byFlow[index] ?? [], observed)
      take(walk)
    }
  }

  private mutating func take(_ walk: CoverageWalk) {
    for (offset, place) in walk.places.enumerated() {
      let position = walk.first + offset
      switch place.kind {
      case .trigger(let kind): triggers[place.flow][Int(kind.rawValue)] = Int32(truncatingIfNeeded: position)
      case .node:
        if let id = place.statement {
          nodes[place.file.index][Int(id.index)] = Int32(truncatingIfNeeded: position)
        }
      case .bound(.justBefore): take(place, at: position)
      case .bound, .port: break
      }
    }
    places += walk.places
  }

  private mutating func take(_ place: CoveragePlace, at position: Int) {
    guard let bound = place.bound else { return }
    if case .comparison(let number) = bound.kind {
      comparisons[number] = Int32(truncatingIfNeeded: position)
    } else if let id = place.statement {
      schedules[StatementKey(file: place.file, statement: id), default: []].append(position)
    }
  }

  // MARK: What happened

  /// How often each place was come to. Reaching a statement counts, also where the run then failed.
  public func counts(of stories: [Story]) -> CoverageCounts {
    var counts = CoverageCounts()
    for story in stories { add(story.entries, to: &counts) }
    return counts
  }

  func add(_ entries: [JournalEntry], to counts: inout CoverageCounts) {
    var event: TriggerKind?
    for entry in entries {
      switch entry {
      case .event(_, _, let found): event = found.trigger
      case .runStarted(let flow):
        if let event { count(Int(triggers[flow][Int(event.rawValue)]), &counts) }
      case .node(let node) where node.flow >= 0:
        guard let place = self.node(node.statement, node.file) else { continue }
        count(place, &counts)
        if let port = node.port { count(self.port(port, ofNode: place), &counts) }
      case .observed(let observation): count(observation, &counts)
      case .node, .fieldChanged, .communication, .handOver, .handOverCanceled, .runFinished, .runFailed,
        .scriptFailed, .modelFailed, .cascadeStopped, .reportIgnored:
        break
      }
    }
  }

  /// The place of a statement of a flow.
  public func node(_ statement: StatementID, _ file: FileID) -> Int? {
    let place = Int(nodes[file.index][Int(statement.index)])
    return place < 0 ? nil : place
  }

  func port(_ port: Port, ofNode node: Int) -> Int {
    switch port {
    case .match: node + 1
    case .otherwise: node + 2
    }
  }

  private func count(_ place: Int, _ counts: inout CoverageCounts) {
    if place >= 0 { counts.add(place) }
  }

  private func count(_ observation: Observation, _ counts: inout CoverageCounts) {
    switch observation {
    case .comparison(let number, let distance):
      guard comparisons[number] >= 0, let distance else { return }
      count(side: distance, ofBoundAt: Int(comparisons[number]), &counts)
    case .window(let file, let statement, let asked):
      for first in schedules[StatementKey(file: file, statement: statement)] ?? [] {
        guard let distance = places[first].bound?.distance(of: asked) else { continue }
        count(side: distance, ofBoundAt: first, &counts)
      }
    case .expiry(let file, let statement, let distance):
      for first in schedules[StatementKey(file: file, statement: statement)] ?? []
      where places[first].bound?.kind == .expiry {
        count(side: distance, ofBoundAt: first, &counts)
      }
    }
  }

  private func count(side distance: Int64, ofBoundAt first: Int, _ counts: inout CoverageCounts) {
    guard let bound = places[first].bound, let side = BoundSide(distance, unit: bound.unit) else { return }
    counts.add(first + side.rawValue)
  }
}

extension TimingBound {
  /// How far a start that is asked for lies from an edge of its window; `nil` for other bounds.
  func distance(of asked: LocalDateTime) -> Int64? {
    switch kind {
    case .windowStart(let time), .windowEnd(let time):
      let distance = Int64(asked.time.milliseconds) - time
      // Midnight is near at both ends of the day.
      if distance > Self.day / 2 { return distance - Self.day }
      return distance < -Self.day / 2 ? distance + Self.day : distance
    case .weekday(let day):
      let distance = (asked.date.weekday - day + 10) % 7 - 3
      return Int64(distance)
    case .comparison, .expiry: return nil
    }
  }
}

extension JournalEvent {
  /// The kind of trigger that answers to it.
  public var trigger: TriggerKind {
    switch self {
    case .participantCreated: .participantCreated
    case .participantUpdated: .participantUpdated
    case .communicationUpdated: .communicationUpdated
    case .communicationEnded: .communicationEnded
    case .incomingSession: .incomingSession
    case .fromFlow: .fromFlow
    }
  }
}
