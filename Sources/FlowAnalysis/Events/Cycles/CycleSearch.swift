internal import FlowCheck

/// A trigger whose run causes an event that the next link's trigger takes.
struct CycleLink: Hashable {
  var trigger: TriggerID
  var event: CausedEvent
}

/// Finds cycles of triggers and events. Which of them go on, others decide.
struct CycleSearch {
  /// How many cycles of one component are looked at; more are left out, silently.
  static let maximumCyclesPerComponent = 32
  /// How many in a whole campaign.
  static let maximumCycles = 1_000

  private enum Vertex: Hashable {
    case trigger(TriggerID)
    case event(CausedEvent)
    /// All triggers that take events of a kind whatever these are about: one vertex between the many and the many.
    case takersOfAny(EventKind)
  }

  private enum EventKind { case changed, created, canceled, handedOver }

  private var vertices: [Vertex] = []
  private var numbers: [Vertex: Int] = [:]
  private var followers: [[Int]] = []

  init(_ campaign: CheckedCampaign, _ events: EventGraph) {
    for (index, flow) in campaign.flows.enumerated() where flow.isActive {
      for trigger in flow.triggers.indices {
        let from = number(.trigger(TriggerID(index, trigger)))
        followers[from] = events.eventsOfFlow[index].map { number(.event($0)) }
      }
    }
    for kind in [EventKind.changed, .created, .canceled] {
      let vertex = number(.takersOfAny(kind))
      followers[vertex] = Self.takersOfAny(kind, events).map { number(.trigger($0)) }
    }
    for index in vertices.indices {
      guard case .event(let event) = vertices[index] else { continue }
      let any = number(.takersOfAny(Self.kind(event)))
      followers[index] = (events.takers[event] ?? []).map { number(.trigger($0)) } + [any]
    }
  }

  private static func kind(_ event: CausedEvent) -> EventKind {
    switch event {
    case .changed: .changed
    case .created: .created
    case .canceled: .canceled
    case .handedOver: .handedOver
    }
  }

  private static func takersOfAny(
    _ kind: EventKind, _ events: EventGraph
  ) -> [TriggerID] {
    switch kind {
    case .changed: events.anyUpdated
    case .created: events.takersOfAnyCreated
    case .canceled: events.takersOfAnyCanceled
    case .handedOver: []
    }
  }

  private mutating func number(_ vertex: Vertex) -> Int {
    if let known = numbers[vertex] { return known }
    numbers[vertex] = vertices.count
    vertices.append(vertex)
    followers.append([])
    return vertices.count - 1
  }

  /// Cycles in the order of the triggers that they begin with, the shortest of each first step.
  func cycles() -> [[CycleLink]] {
    let components = self.components()
    var counts: [Int: Int] = [:]
    var found: [[CycleLink]] = []
    var seen: Set<Set<CycleLink>> = []
    for start in vertices.indices {
      guard case .trigger = vertices[start], found.count < Self.maximumCycles else { continue }
      let component = components[start]
      for (first, second) in beginnings(start, components) {
        guard counts[component, default: 0] < Self.maximumCyclesPerComponent else { break }
        counts[component, default: 0] += 1
        guard let path = shortestPath(from: second, to: start, components) else { continue }
        let links = links([start, first] + path)
        if seen.insert(Set(links)).inserted { found.append(links) }
      }
    }
    return found
  }

  /// The first two steps from a trigger that stay in its component: an event, and who takes it.
  private func beginnings(_ start: Int, _ components: [Int]) -> [(Int, Int)] {
    var result: [(Int, Int)] = []
    for first in followers[start] where components[first] == components[start] {
      for second in followers[first] where components[second] == components[start] {
        result.append((first, second))
        if result.count >= Self.maximumCyclesPerComponent { return result }
      }
    }
    return result
  }

  /// Behind a trigger stands the event that it causes.
  private func links(_ path: [Int]) -> [CycleLink] {
    var links: [CycleLink] = []
    for (index, number) in path.enumerated() {
      guard case .trigger(let trigger) = vertices[number], index + 1 < path.count,
        case .event(let event) = vertices[path[index + 1]]
      else { continue }
      links.append(CycleLink(trigger: trigger, event: event))
    }
    return links
  }

  /// Within a component, breadth first, with both ends.
  private func shortestPath(from start: Int, to end: Int, _ components: [Int]) -> [Int]? {
    if start == end { return [end] }
    var previous: [Int: Int] = [start: -1]
    var queue = [start]
    var next = 0
    while next < queue.count {
      let vertex = queue[next]
      next += 1
      if vertex == end { break }
      for follower in followers[vertex]
      where components[follower] == components[end] && previous[follower] == nil {
        previous[follower] = vertex
        queue.append(follower)
      }
    }
    guard previous[end] != nil else { return nil }
    var vertex = end
    var path: [Int] = []
    while vertex >= 0 {
      path.append(vertex)
      vertex = previous[vertex] ?? -1
    }
    return path.reversed()
  }

  /// The strongly connected component of each vertex (Tarjan, without recursion).
  private func components() -> [Int] {
    var components = Array(repeating: -1, count: vertices.count)
    var order = Array(repeating: -1, count: vertices.count)
    var lowest = Array(repeating: 0, count: vertices.count)
    var open: [Int] = []
    var isOpen = Array(repeating: false, count: vertices.count)
    var counter = 0
    var componentCount = 0
    for root in vertices.indices where order[root] < 0 {
      var work: [(vertex: Int, next: Int)] = [(root, 0)]
      while let (vertex, next) = work.last {
        if next == 0 {
          order[vertex] = counter
          lowest[vertex] = counter
          counter += 1
          open.append(vertex)
          isOpen[vertex] = true
        }
        if next < followers[vertex].count {
          work[work.count - 1].next += 1
          let follower = followers[vertex][next]
          if order[follower] < 0 {
            work.append((follower, 0))
          } else if isOpen[follower] {
            lowest[vertex] = min(lowest[vertex], order[follower])
          }
          continue
        }
        work.removeLast()
        if let parent = work.last?.vertex { lowest[parent] = min(lowest[parent], lowest[vertex]) }
        guard lowest[vertex] == order[vertex] else { continue }
        while let member = open.popLast() {
          isOpen[member] = false
          components[member] = componentCount
          if member == vertex { break }
        }
        componentCount += 1
      }
    }
    return components
  }
}
