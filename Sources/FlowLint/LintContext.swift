internal import FlowAnalysis
public import FlowCheck
internal import FlowSchema
internal import FlowSyntax
public import FlowValues

/// What rules look at: a campaign that checks without errors, and what is known about it.
public struct LintContext: Sendable {
  let campaign: CheckedCampaign
  let analysis: CampaignAnalysis
  /// Which values the fields can have where, by position in the analysis' graphs.
  let states: [FlowStates]
  /// The statements that runs may come to, by position in the analysis' graphs.
  let reached: [[ReachedNode]]
  /// The same of all flows that are switched on.
  let reachedNodes: [ReachedNode]
  /// Communications among them.
  let reachedCommunications: [(place: ReachedNode, communication: CommunicationStatement)]
  /// The checks of all flows and models that runs may come to.
  let checks: [CheckChain]
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
    let states = analysis.graphs.indices.map { analysis.states(of: $0) }
    self.states = states
    let reached = analysis.graphs.indices.map { ReachedNode.all(of: $0, analysis, states[$0]) }
    self.reached = reached
    reachedNodes = campaign.flows.indices.filter { campaign.flows[$0].isActive }.flatMap { reached[$0] }
    reachedCommunications = reachedNodes.compactMap { place in
      guard case .communication(let id) = place.statement.kind else { return nil }
      return (place, place.file.tree[id])
    }
    checks = analysis.graphs.indices.flatMap {
      CheckChain.all(of: reached[$0], analysis.graphs[$0], states[$0])
    }
    startedDirectly = zip(campaign.flows, analysis.graphs).map { flow, graph in
      graph.reachable(from: zip(flow.triggers, graph.entries).filter { $0.0.kind != .fromFlow }.map(\.1))
    }
    cycles = analysis.feedbackCycles()
    usage = Usage(analysis)
    communicationOfCase = Dictionary(
      uniqueKeysWithValues: campaign.schema.communications.enumerated().map { ($1.caseID, $0) })
  }
}

/// A statement of a flow, or of a model, that some run may come to.
struct ReachedNode {
  /// Where its flow or model stands in the analysis' graphs.
  let flow: Int
  let node: Int
  let statement: Statement
  let file: FileView

  /// Every statement that runs may come to, as far as the checks tell; in the order of the graph.
  static func all(of index: Int, _ analysis: CampaignAnalysis, _ states: FlowStates) -> [ReachedNode] {
    let graph = analysis.graphs[index]
    let file = analysis.files[graph.file]
    return graph.nodes.indices.reversed().compactMap { node in
      guard let id = graph.nodes[node].statement, states.isReached(node) else { return nil }
      return ReachedNode(flow: index, node: node, statement: file.statements[Int(id.index)], file: file)
    }
  }
}
