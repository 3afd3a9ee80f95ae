internal import FlowCheck
internal import FlowSchema
public import FlowSyntax

/// What the names in statements stand for. Expressions have their references from the checker; targets of updates,
/// communications and hand-overs are looked up here, by symbol.
public struct CampaignNames: Sendable {
  private var profile: [Symbol: Int] = [:]
  private var participant: [Symbol: Int] = [:]
  private var communications: [Symbol: Int] = [:]
  private var flows: [Symbol: Int] = [:]
  private var agents: [Symbol: Int] = [:]

  init(_ campaign: CheckedCampaign) {
    let symbols = campaign.symbols
    func numbers(_ names: [String]) -> [Symbol: Int] {
      let pairs = names.enumerated().compactMap { number, name in symbols.find(name).map { ($0, number) } }
      return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }
    profile = numbers(campaign.schema.profile.fields.map(\.name))
    participant = numbers(campaign.schema.participant.fields.map(\.name))
    communications = numbers(campaign.schema.communications.map(\.name))
    flows = numbers(campaign.flows.map(\.name))
    agents = numbers(campaign.schema.agents.map(\.name))
  }

  /// The slot of a field that is written.
  public func field(_ name: QualifiedName) -> (level: FieldLevel, slot: Int)? {
    switch name.level.symbol.keyword {
    case .profile: profile[name.field.symbol].map { (.profile, $0) }
    case .participant: participant[name.field.symbol].map { (.participant, $0) }
    case _: nil
    }
  }

  /// A position in `Schema.communications`.
  public func communication(_ name: Name) -> Int? { communications[name.symbol] }
  /// A position in `CheckedCampaign.flows`.
  public func flow(_ name: Name) -> Int? { flows[name.symbol] }
  /// A position in `Schema.agents`.
  public func agent(_ name: Name) -> Int? { agents[name.symbol] }
}
