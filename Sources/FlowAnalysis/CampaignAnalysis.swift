public import FlowCheck
internal import FlowSyntax
internal import FlowText

/// All that is known about what a campaign does, short of running it.
///
/// - Precondition: the campaign checks without errors.
public struct CampaignAnalysis: Sendable {
  public let campaign: CheckedCampaign
  /// By position in `CheckedCampaign.files`.
  public let files: [FileView]
  /// Those of `CheckedCampaign.flows`, then those of `CheckedCampaign.models`.
  public let graphs: [FlowGraph]
  public let names: CampaignNames
  public let table: VariableTable
  public let numbers: ValueNumbers
  /// By position in `graphs`.
  let facts: [FlowFacts]
  public let events: EventGraph
  /// Every assignment that some run of an active flow may come to.
  let assignments: [(flow: Int, node: Int, assignment: Assignment)]

  public init(_ campaign: CheckedCampaign) {
    self.campaign = campaign
    let files = campaign.files.indices.map { FileView(campaign, $0) }
    self.files = files
    let names = CampaignNames(campaign)
    self.names = names
    let graphs =
      campaign.flows.map { FlowGraph($0, files[$0.file.index]) }
      + campaign.models.map { FlowGraph($0, files[$0.file.index]) }
    self.graphs = graphs
    numbers = ValueNumbers(campaign, files)
    var atoms = AtomBuilder(
      campaign: campaign, names: names, table: VariableTable(campaign, files, numbers))
    for file in files { atoms.add(file) }
    let table = atoms.table
    self.table = table
    assignments = Self.assignments(campaign, graphs, files)
    events = EventGraph(campaign, graphs, files, names)
    facts = graphs.indices.map { index in
      let triggers = index < campaign.flows.count ? campaign.flows[index].triggers : []
      return FlowFacts(triggers, graphs[index], files[graphs[index].file], names, table, campaign.schema)
    }
  }

  /// Where the models stand in `graphs`.
  public var models: Range<Int> { campaign.flows.count..<graphs.count }

  private static func assignments(
    _ campaign: CheckedCampaign, _ graphs: [FlowGraph], _ files: [FileView]
  ) -> [(flow: Int, node: Int, assignment: Assignment)] {
    var result: [(flow: Int, node: Int, assignment: Assignment)] = []
    for flow in campaign.flows.indices where campaign.flows[flow].isActive {
      let graph = graphs[flow]
      let file = files[graph.file]
      let reached = graph.reachable(from: graph.entries)
      for node in graph.nodes.indices.reversed() where reached[node] {
        guard let id = graph.nodes[node].statement,
          case .update(let list) = file.statements[Int(id.index)].kind
        else {
          continue
        }
        for assignment in file.tree[list] { result.append((flow, node, assignment)) }
      }
    }
    return result
  }
}
