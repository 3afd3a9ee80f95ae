public import FlowSyntax
public import FlowText

/// All that a campaign declares but its flows and models: fields, enumerations, agents, communications.
public struct Schema: Sendable {
  public var profile = FieldTable(SystemField.profileFields)
  public var participant = FieldTable(SystemField.participantFields)
  public var enumerations: [Enumeration] = []
  public var agents: [Agent] = []
  /// The named communications of all flows, in order of their statements.
  public var communications: [CommunicationType] = []
  /// The names of results that any agent records: `result.f` reads by this table's slot, whichever agent it was.
  public var resultNames: [String] = []

  public private(set) var caseNames: [String] = []
  private var caseIDs: [String: CaseID] = [:]

  /// The built-in enumerations are there from the beginning.
  public init() {
    for kind in ChannelKind.allCases { _ = intern(case: kind.spelling) }
    for status in CommunicationStatus.allCases { _ = intern(case: status.spelling) }
    enumerations = [
      Enumeration(name: "channel", cases: ChannelKind.allCases.map { caseID(of: $0) }),
      Enumeration(name: "status", cases: CommunicationStatus.allCases.map { caseID(of: $0) }),
      Enumeration(name: "agent", cases: []),
      Enumeration(name: "name", cases: []),
    ]
  }

  /// `communication.channel`, `.status`, `.agent` and `.name` have these types.
  public static let channelEnumeration = EnumerationID(0)
  public static let statusEnumeration = EnumerationID(1)
  public static let agentEnumeration = EnumerationID(2)
  public static let nameEnumeration = EnumerationID(3)

  public mutating func intern(case name: String) -> CaseID {
    if let known = caseIDs[name] { return known }
    let id = CaseID(caseNames.count)
    caseNames.append(name)
    caseIDs[name] = id
    return id
  }

  public func caseID(named name: String) -> CaseID? { caseIDs[name] }
  public func caseID(of channel: ChannelKind) -> CaseID { CaseID(Int(channel.rawValue)) }
  public func caseID(of status: CommunicationStatus) -> CaseID {
    CaseID(ChannelKind.allCases.count + Int(status.rawValue))
  }

  public subscript(id: EnumerationID) -> Enumeration { enumerations[id.index] }
  public subscript(id: CaseID) -> String { caseNames[id.index] }

  public func fields(_ level: FieldLevel) -> FieldTable {
    switch level {
    case .profile: profile
    case .participant: participant
    }
  }
}

/// Who talks: a voice bot, a mailing template, a chat assistant.
public struct Agent: Sendable {
  public var name: String
  public var title: String?
  public var caseID: CaseID
  public var channels: [Channel]
  /// What it records, in the order of the declaration.
  public var results: FieldTable
  public var declaration: SourceSpan

  public init(
    name: String, title: String?, caseID: CaseID, channels: [Channel], results: FieldTable,
    declaration: SourceSpan
  ) {
    self.name = name
    self.title = title
    self.caseID = caseID
    self.channels = channels
    self.results = results
    self.declaration = declaration
  }
}

public struct Channel: Hashable, Sendable {
  /// The declared name, else the kind's.
  public var name: String
  public var kind: ChannelKind

  public init(name: String, kind: ChannelKind) {
    self.name = name
    self.kind = kind
  }
}

/// A named communication: the statement that creates communications of this name.
public struct CommunicationType: Sendable {
  public var name: String
  public var caseID: CaseID
  /// The index of its agent in `Schema.agents`, and of the channel in `Agent.channels`.
  public var agent: Int
  public var channel: Int
  public var kind: ChannelKind
  public var declaration: SourceSpan

  public init(
    name: String, caseID: CaseID, agent: Int, channel: Int, kind: ChannelKind, declaration: SourceSpan
  ) {
    self.name = name
    self.caseID = caseID
    self.agent = agent
    self.channel = channel
    self.kind = kind
    self.declaration = declaration
  }
}
