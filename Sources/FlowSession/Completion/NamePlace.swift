internal import FlowCheck
internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// What kind of name stands at a place.
enum NamePlace: Equatable {
  case field(FieldLevel)
  /// Fields of a row: those that an upload may fill.
  case rowField(FieldLevel?)
  case result
  /// What the agent of a communication records; of all agents where the name is unknown.
  case resultKey(communication: String?)
  case property
  case campaignProperty
  /// Agents with a channel of a kind; all where it is `nil`.
  case agent(ChannelKind?)
  case channel(agent: String)
  case channelKind
  case communication
  /// Also `session`.
  case subject
  case statuses([CommunicationStatus])
  /// Flows that can be handed over to.
  case handOver
  case flow
  case runOutcome
  case step
  case window
  case type
  case modifier
  case reupload
  /// In the parentheses of `communications`.
  case counted
  /// In the narrowing of `communication ended` or `updated`.
  case narrowing([CommunicationStatus])
  /// Something new, which nobody can guess.
  case new
}

extension CommunicationStatus {
  static var finals: [CommunicationStatus] { allCases.filter(\.isFinal) }
  static var intermediates: [CommunicationStatus] { allCases.filter { !$0.isFinal && $0 != .planned } }
}

/// Tells from the tokens before a place what is named there, and what the names are.
struct NamePlaces {
  let trail: TokenTrail
  let scene: CompletionScene

  var schema: Schema { scene.campaign?.schema ?? Schema() }

  func candidates(_ place: NamePlace) -> [String] {
    switch place {
    case .field(let level): scene.fieldNames(level)
    case .rowField(let level): rowFields(level)
    case .result: schema.resultNames
    case .resultKey(let name): resultKeys(name)
    case .property: CommunicationProperty.allCases.map(\.rawValue)
    case .campaignProperty: ["name"]
    case .agent(let kind):
      schema.agents.filter { agent in kind == nil || agent.channels.contains { $0.kind == kind } }.map(\.name)
    case .channel(let agent): schema.agents.first { $0.name == agent }?.channels.map(\.name) ?? []
    case .channelKind: ChannelKind.allCases.map(\.spelling)
    case .communication: schema.communications.map(\.name)
    case .subject: schema.communications.map(\.name) + ["session"]
    case .statuses(let statuses): statuses.map(\.spelling)
    case .handOver:
      scene.campaign?.flows.filter { $0.triggers.contains { $0.kind == .fromFlow } }.map(\.name) ?? []
    case .flow: scene.campaign?.flows.map(\.name) ?? []
    case .runOutcome: ["finished", "failed"]
    case .step: trail.words(after: .step)
    case .window: Array(scene.campaign?.windows.keys ?? [:].keys) + Self.days
    case .type: Self.types + schema.enumerations.dropFirst(4).compactMap(\.name)
    case .modifier: ["required", "internal"]
    case .reupload: ["created", "updated"]
    case .counted:
      schema.communications.map(\.name) + ChannelKind.allCases.map(\.spelling)
        + CommunicationStatus.allCases.map(\.spelling) + ["within"]
    case .narrowing(let statuses): schema.communications.map(\.name) + statuses.map(\.spelling)
    case .new: []
    }
  }

  private static let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
  private static let types = [
    "string", "integer", "numeric", "boolean", "date", "datetime", "enum(", "email", "phone",
  ]

  private func rowFields(_ level: FieldLevel?) -> [String] {
    func names(_ level: FieldLevel) -> [String] {
      schema.fields(level).fields.filter { !$0.isInternal }.map(\.name)
    }
    if let level { return names(level) }
    return names(.participant) + names(.profile)
  }

  private func resultKeys(_ communication: String?) -> [String] {
    guard let type = schema.communications.first(where: { $0.name == communication }) else {
      return schema.resultNames
    }
    return schema.agents[type.agent].results.fields.map(\.name)
  }
}
