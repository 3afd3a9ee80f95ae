internal import FlowCheck
internal import FlowSchema
internal import FlowSyntax

/// A trigger of a flow.
public struct TriggerID: Hashable, Sendable, Comparable {
  public let flow: Int
  /// The position in `CheckedFlow.triggers`.
  public let trigger: Int

  public init(_ flow: Int, _ trigger: Int) {
    self.flow = flow
    self.trigger = trigger
  }

  public static func < (a: TriggerID, b: TriggerID) -> Bool { (a.flow, a.trigger) < (b.flow, b.trigger) }
}

/// Something that runs bring about, and that starts runs.
public enum CausedEvent: Hashable, Sendable {
  /// A participant field was really changed (semantics E7).
  case changed(slot: Int)
  /// A communication has been created, and will go through its statuses.
  case created(communication: Int)
  /// A communication was canceled (semantics C4).
  case canceled(communication: Int)
  /// A flow was handed over to.
  case handedOver(flow: Int)
}

/// Which runs cause which events, and which triggers take them, over all active flows.
///
/// Between the two stand events, so that a field that a thousand flows write and a thousand listen to makes two thousand
/// edges and not a million.
public struct EventGraph: Sendable {
  /// The nodes of each flow that cause each event.
  public private(set) var causes: [CausedEvent: [(flow: Int, node: Int)]] = [:]
  /// The triggers that take each event.
  public private(set) var takers: [CausedEvent: [TriggerID]] = [:]
  /// The events that a run of each flow may cause, in the order of its nodes.
  private(set) var eventsOfFlow: [[CausedEvent]]
  /// Triggers without narrowing, and without names.
  private(set) var anyUpdated: [TriggerID] = []
  private(set) var takersOfAnyCreated: [TriggerID] = []
  private(set) var takersOfAnyCanceled: [TriggerID] = []

  init(_ campaign: CheckedCampaign, _ graphs: [FlowGraph], _ files: [FileView], _ names: CampaignNames) {
    eventsOfFlow = Array(repeating: [], count: campaign.flows.count)
    for (index, flow) in campaign.flows.enumerated() where flow.isActive {
      addTriggers(index, flow)
      let graph = graphs[index]
      let file = files[graph.file]
      let reached = graph.reachable(from: graph.entries)
      var seen: Set<CausedEvent> = []
      for node in graph.nodes.indices.reversed() where reached[node] {
        guard let statement = graph.nodes[node].statement else { continue }
        for event in Self.events(statement, file, names) {
          causes[event, default: []].append((index, node))
          if seen.insert(event).inserted { eventsOfFlow[index].append(event) }
        }
      }
    }
  }

  private mutating func addTriggers(_ index: Int, _ flow: CheckedFlow) {
    for (number, trigger) in flow.triggers.enumerated() {
      let id = TriggerID(index, number)
      switch trigger.kind {
      case .participantCreated, .incomingSession: break
      case .participantUpdated:
        if trigger.fields.isEmpty { anyUpdated.append(id) }
        for slot in trigger.fields { takers[.changed(slot: slot), default: []].append(id) }
      case .communicationEnded, .communicationUpdated:
        if trigger.names.isEmpty {
          if Self.takesCreated(trigger) { takersOfAnyCreated.append(id) }
          if Self.takesCanceled(trigger) { takersOfAnyCanceled.append(id) }
        }
        for name in trigger.names {
          if Self.takesCreated(trigger) { takers[.created(communication: name), default: []].append(id) }
          if Self.takesCanceled(trigger) { takers[.canceled(communication: name), default: []].append(id) }
        }
      case .fromFlow: takers[.handedOver(flow: index), default: []].append(id)
      }
    }
  }

  /// Whether a communication that was created comes to such an event without anybody's help: people read and reply when
  /// they like, and what was canceled is an event of its own.
  private static func takesCreated(_ trigger: CheckedTrigger) -> Bool { !ownStatuses(trigger).isEmpty }

  private static func takesCanceled(_ trigger: CheckedTrigger) -> Bool {
    trigger.kind == .communicationEnded && (trigger.statuses.isEmpty || trigger.statuses.contains(.canceled))
  }

  /// The statuses of a trigger that a communication comes to by itself.
  static func ownStatuses(_ trigger: CheckedTrigger) -> [CommunicationStatus] {
    let possible: [CommunicationStatus] =
      trigger.kind == .communicationEnded
      ? [.completed, .noResponse, .failed, .skipped] : [.started, .delivered]
    return trigger.statuses.isEmpty ? possible : possible.filter { trigger.statuses.contains($0) }
  }

  /// The triggers that take an event, those without narrowing among them.
  public func takers(of event: CausedEvent) -> [TriggerID] {
    let narrowed = takers[event] ?? []
    switch event {
    case .changed: return narrowed + anyUpdated
    case .created: return narrowed + takersOfAnyCreated
    case .canceled: return narrowed + takersOfAnyCanceled
    case .handedOver: return narrowed
    }
  }

  /// How many these are.
  func takerCount(of event: CausedEvent) -> Int {
    let narrowed = takers[event]?.count ?? 0
    switch event {
    case .changed: return narrowed + anyUpdated.count
    case .created: return narrowed + takersOfAnyCreated.count
    case .canceled: return narrowed + takersOfAnyCanceled.count
    case .handedOver: return narrowed
    }
  }

  /// The events that a trigger names. Of one without narrowing these would be all, and none are said.
  func taken(by id: TriggerID, _ campaign: CheckedCampaign) -> [CausedEvent] {
    let trigger = campaign.flows[id.flow].triggers[id.trigger]
    switch trigger.kind {
    case .participantCreated, .incomingSession: return []
    case .participantUpdated: return trigger.fields.map { .changed(slot: $0) }
    case .communicationEnded, .communicationUpdated:
      return (Self.takesCreated(trigger) ? trigger.names.map { .created(communication: $0) } : [])
        + (Self.takesCanceled(trigger) ? trigger.names.map { .canceled(communication: $0) } : [])
    case .fromFlow: return [.handedOver(flow: id.flow)]
    }
  }

  /// What a statement causes, if it is run.
  static func events(_ id: StatementID, _ file: FileView, _ names: CampaignNames) -> [CausedEvent] {
    func changed(_ targets: [QualifiedName]) -> [CausedEvent] {
      targets.compactMap { names.field($0) }.filter { $0.level == .participant }.map {
        .changed(slot: $0.slot)
      }
    }
    switch file.statements[Int(id.index)].kind {
    case .update(let assignments): return changed(file.tree[assignments].map(\.target))
    case .python(let python): return changed(Array(file.tree[file.tree[python].writes]))
    case .communication(let communication):
      return names.communication(file.tree[communication].name).map { [.created(communication: $0)] } ?? []
    case .cancelCommunications(_, let list):
      // Without names it is whatever there is: too much to say what follows.
      return file.tree[list].compactMap { names.communication($0) }.map { .canceled(communication: $0) }
    case .handOver(let flow, _): return names.flow(flow).map { [.handedOver(flow: $0)] } ?? []
    case .check, .cancelHandOvers, .stop, .go, .progress, .end, .chance, .scenario: return []
    }
  }
}
