internal import FlowCheck
internal import FlowSchema
internal import FlowSyntax

/// The triggers that a row of somebody who is there already starts, although it brings nothing that they ask for, in the
/// order in which they run (semantics E3, E9).
struct UploadTriggers {
  let all: [TriggerID]
  /// Positions in `all` by what their flows write, and by which communications these create.
  private var writers: [Variable: [Int]] = [:]
  private var creators: [Int] = []
  private var creatorsOfChannel: [ChannelKind: [Int]] = [:]
  private var creatorsOfName: [Int: [Int]] = [:]

  init(_ analysis: CampaignAnalysis) {
    let campaign = analysis.campaign
    all = campaign.flows.indices.filter { campaign.flows[$0].isActive }.flatMap { flow in
      campaign.flows[flow].triggers.indices
        .filter { Self.isStarted(campaign.flows[flow].triggers[$0], campaign) }.map { TriggerID(flow, $0) }
    }
    for (position, trigger) in all.enumerated() {
      for variable in analysis.facts[trigger.flow].written { writers[variable, default: []].append(position) }
      addCommunications(of: trigger.flow, position, analysis)
    }
  }

  private static func isStarted(_ trigger: CheckedTrigger, _ campaign: CheckedCampaign) -> Bool {
    switch (trigger.kind, campaign.reupload) {
    case (.participantCreated, .created): return true
    case (.participantUpdated, .updated):
      // Any change of a row is one of these fields where they are all that a row can bring.
      let fields = campaign.schema.participant.fields
      return trigger.fields.isEmpty
        || fields.indices.allSatisfy { fields[$0].isInternal || trigger.fields.contains($0) }
    case (.participantCreated, .updated), (.participantUpdated, .created), (.communicationEnded, _),
      (.communicationUpdated, _), (.incomingSession, _), (.fromFlow, _):
      return false
    }
  }

  private mutating func addCommunications(of flow: Int, _ position: Int, _ analysis: CampaignAnalysis) {
    var channels: Set<ChannelKind> = []
    for case .created(let communication) in analysis.events.eventsOfFlow[flow] {
      creatorsOfName[communication, default: []].append(position)
      let kind = analysis.campaign.schema.communications[communication].kind
      if channels.insert(kind).inserted { creatorsOfChannel[kind, default: []].append(position) }
    }
    if !channels.isEmpty { creators.append(position) }
  }

  /// The others that a row starts as well and that change something of what is followed.
  func siblings(of trigger: TriggerID, changing followed: Set<Variable>, _ table: VariableTable) -> OtherRuns
  {
    var positions: Set<Int> = []
    var changed: Set<Variable> = []
    for variable in followed.sorted() {
      let candidates = writers[variable] ?? table.atomOf(variable)?.count.map(creators(counted:)) ?? []
      for position in candidates where all[position] != trigger {
        changed.insert(variable)
        positions.insert(position)
        if positions.count > OtherRuns.maximumCount { break }
      }
    }
    return OtherRuns(positions.sorted().map { all[$0] }, changing: changed)
  }

  private func creators(counted filter: CountFilter) -> [Int] {
    if let name = filter.name { return creatorsOfName[name] ?? [] }
    if let channel = filter.channel { return creatorsOfChannel[channel] ?? [] }
    return creators
  }
}

/// Runs of other flows that change something of what a search follows.
struct OtherRuns {
  /// Of more runs than this nobody says what they do: what they change is not known behind them.
  static let maximumCount = 8

  let triggers: [TriggerID]
  let forgotten: Set<Variable>

  var isEmpty: Bool { triggers.isEmpty && forgotten.isEmpty }

  init(_ triggers: [TriggerID] = [], changing changed: Set<Variable> = []) {
    let isTooMany = triggers.count > Self.maximumCount
    self.triggers = isTooMany ? [] : triggers
    forgotten = isTooMany ? changed : []
  }

  /// Runs of which nobody looks at any.
  init(forgetting forgotten: Set<Variable>) {
    triggers = []
    self.forgotten = forgotten
  }
}
