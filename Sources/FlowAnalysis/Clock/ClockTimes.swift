internal import FlowCheck
internal import FlowSyntax
internal import FlowValues

/// At which times of day runs can be shown to come to a place, on the person's own clock.
///
/// A run reads the clock once (semantics T5): what a check says of it holds to the end of the run, and in flows that are
/// handed over to at once. Flows are looked at when somebody asks for them.
public struct ClockTimes {
  /// How many hand-overs in a row are looked back.
  static let maximumHandOvers = 16

  private let analysis: CampaignAnalysis
  let states: [FlowStates]
  /// By flow, then by node.
  private var times: [Int: [TimesOfDay]] = [:]
  /// The flows that are being looked at.
  private var open: [Int] = []

  /// - Parameter states: By position in the analysis' graphs.
  public init(_ analysis: CampaignAnalysis, _ states: [FlowStates]) {
    self.analysis = analysis
    self.states = states
  }

  func file(_ flow: Int) -> FileView { analysis.files[analysis.graphs[flow].file] }

  /// Those before a node of a flow.
  mutating func before(_ node: Int, of flow: Int) -> TimesOfDay {
    if let known = times[flow] { return known[node] }
    // What leads back to itself shows nothing of its own.
    if open.contains(flow) || open.count >= Self.maximumHandOvers { return .none }
    open.append(flow)
    let found = run(flow)
    open.removeLast()
    times[flow] = found
    return found[node]
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
    let senders = analysis.events.causes[.handedOver(flow: flow)] ?? []
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
