internal import FlowAnalysis
public import FlowCheck
internal import FlowSchema
internal import FlowSyntax
public import FlowValues

/// What rules look at: a campaign that checks without errors, and what is known about it.
public struct LintContext: Sendable {
  let campaign: CheckedCampaign
  let analysis: CampaignAnalysis
  /// Which values the fields can have where, by flow.
  let states: [FlowStates]
  /// For each node of each flow, whether a run may come there that no hand-over has started.
  let startedDirectly: [[Bool]]
  /// Cycles over the flows that nothing ends.
  let cycles: [FeedbackCycle]
  let usage: Usage
  /// Positions in `Schema.communications`, by the case that is the name.
  let communicationOfCase: [CaseID: Int]
  let zones: ZoneTable

  /// - Precondition: the campaign checks without errors.
  public init(_ campaign: CheckedCampaign, zones: ZoneTable) {
    self.campaign = campaign
    self.zones = zones
    let analysis = CampaignAnalysis(campaign)
    self.analysis = analysis
    states = campaign.flows.indices.map { analysis.states(ofFlow: $0) }
    startedDirectly = zip(campaign.flows, analysis.graphs).map { flow, graph in
      graph.reachable(from: zip(flow.triggers, graph.entries).filter { $0.0.kind != .fromFlow }.map(\.1))
    }
    cycles = analysis.feedbackCycles()
    usage = Usage(analysis)
    communicationOfCase = Dictionary(
      uniqueKeysWithValues: campaign.schema.communications.enumerated().map { ($1.caseID, $0) })
  }
}

/// A statement of a flow that some run may come to.
struct ReachedNode {
  let flow: Int
  let node: Int
  let statement: Statement
  let file: FileView
}

extension LintContext {
  /// Every statement that runs of the flow may come to, as far as its checks tell; in the order of the graph.
  func reached(_ flow: Int) -> [ReachedNode] {
    let graph = analysis.graphs[flow]
    let file = analysis.files[graph.file]
    return graph.nodes.indices.reversed().compactMap { node in
      guard let id = graph.nodes[node].statement, states[flow].isReached(node) else { return nil }
      return ReachedNode(flow: flow, node: node, statement: file.statements[Int(id.index)], file: file)
    }
  }

  /// The same of all flows that are switched on.
  var reachedNodes: [ReachedNode] {
    campaign.flows.indices.filter { campaign.flows[$0].isActive }.flatMap(reached)
  }

  /// Communications among the statements that runs may come to.
  var reachedCommunications: [(place: ReachedNode, communication: CommunicationStatement)] {
    reachedNodes.compactMap { place in
      guard case .communication(let id) = place.statement.kind else { return nil }
      return (place, place.file.tree[id])
    }
  }
}
