internal import FlowCheck
internal import FlowSyntax
internal import FlowValues

/// At which times of day runs can be shown to come to a place, on the person's own clock.
///
/// A run reads the clock once (semantics T5): what a check says of it holds to the end of the run, and in flows that are
/// handed over to at once. Flows are looked at when somebody asks for them.
public struct ClockTimes {
  /// Flows that hand over in a circle are gone round so often: what that shows is shown, and more is not looked for.
  static let maximumRounds = 8

  private let analysis: CampaignAnalysis
  let states: [FlowStates]
  /// By flow, then by node.
  private var times: [Int: [TimesOfDay]] = [:]

  /// - Parameter states: By position in the analysis' graphs.
  public init(_ analysis: CampaignAnalysis, _ states: [FlowStates]) {
    self.analysis = analysis
    self.states = states
  }

  func file(_ flow: Int) -> FileView { analysis.files[analysis.graphs[flow].file] }

  /// Those before a node of a flow.
  mutating func before(_ node: Int, of flow: Int) -> TimesOfDay {
    if times[flow] == nil { lookAt(flow) }
    return times[flow]?[node] ?? .none
  }

  /// Looks at a flow and at those that hand over to it, until nothing new is shown.
  private mutating func lookAt(_ flow: Int) {
    let flows = sendersFirst(flow)
    for flow in flows {
      times[flow] = Array(repeating: .none, count: analysis.graphs[flow].nodes.count)
    }
    for _ in 0..<Self.maximumRounds {
      var isSame = true
      for flow in flows {
        let found = run(flow)
        if found != times[flow] { isSame = false }
        times[flow] = found
      }
      if isSame || flows.count == 1 { return }
    }
  }

  /// The flows that have not been looked at and may lead to a flow, with the flow itself behind them.
  private func sendersFirst(_ flow: Int) -> [Int] {
    var result: [Int] = []
    var seen: Set<Int> = [flow]
    var open: [(flow: Int, senders: [Int])] = [(flow, senders(flow).map(\.flow))]
    while let last = open.indices.last {
      guard let next = open[last].senders.popLast() else {
        result.append(open.removeLast().flow)
        continue
      }
      guard times[next] == nil, seen.insert(next).inserted else { continue }
      open.append((next, senders(next).map(\.flow)))
    }
    return result
  }

  private func senders(_ flow: Int) -> [(flow: Int, node: Int)] {
    analysis.events.causes[.handedOver(flow: flow)] ?? []
  }

  private mutating func run(_ flow: Int) -> [TimesOfDay] {
    let graph = analysis.graphs[flow]
    let file = file(flow)
    var result = Array(repeating: TimesOfDay.none, count: graph.nodes.count)
    for (trigger, entry) in zip(analysis.campaign.flows[flow].triggers, graph.entries) {
      result[entry] = result[entry].union(trigger.kind == .fromFlow ? handedOver(to: flow) : .all)
    }
    for index in graph.nodes.indices.reversed() where !result[index].isEmpty {
      let node = graph.nodes[index]
      guard let statement = node.statement else { continue }
      let here = result[index]
      guard let otherwise = node.otherwise,
        case .check(let condition, _, _) = file.statements[Int(statement.index)].kind
      else {
        result[node.next] = result[node.next].union(here)
        continue
      }
      let check = ClockCondition(condition, file)
      result[node.next] = result[node.next].union(here.intersection(check.whenTrue))
      result[otherwise] = result[otherwise].union(here.intersection(check.otherwise))
    }
    return result
  }

  /// Those at which a flow is handed over to; any where nobody does.
  private mutating func handedOver(to flow: Int) -> TimesOfDay {
    let senders = senders(flow)
    if senders.isEmpty { return .all }
    var result = TimesOfDay.none
    for sender in senders {
      let file = file(sender.flow)
      guard let id = analysis.graphs[sender.flow].nodes[sender.node].statement,
        case .handOver(_, let schedule) = file.statements[Int(id.index)].kind
      else { continue }
      result = result.union(asked(schedule, at: sender.node, of: sender.flow))
    }
    return result
  }
}
