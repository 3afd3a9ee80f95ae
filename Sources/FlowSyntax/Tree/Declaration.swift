public import FlowText

/// What stands at the top level of a file (language 3, 4, 6, 7).
public enum Declaration: Sendable {
  case use(UseDeclaration)
  case campaign(CampaignDeclaration)
  case fields(FieldsDeclaration)
  case enumeration(EnumerationDeclaration)
  case window(WindowDeclaration)
  case agent(AgentDeclaration)
  case flow(FlowDeclaration)
  case model(ModelDeclaration)
  case test(TestDeclaration)

  public var range: SourceRange {
    switch self {
    case .use(let declaration): declaration.range
    case .campaign(let declaration): declaration.range
    case .fields(let declaration): declaration.range
    case .enumeration(let declaration): declaration.range
    case .window(let declaration): declaration.range
    case .agent(let declaration): declaration.range
    case .flow(let declaration): declaration.range
    case .model(let declaration): declaration.range
    case .test(let declaration): declaration.range
    }
  }
}

/// A text literal and where it stands.
public struct TextLiteral: Sendable {
  public var value: String
  public var range: SourceRange

  public init(_ value: String, _ range: SourceRange) {
    self.value = value
    self.range = range
  }
}

/// `use "../shared/customer.flow"`.
public struct UseDeclaration: Sendable {
  public var range: SourceRange
  public var path: TextLiteral
}

/// `campaign name "Title" { key: value … }`.
public struct CampaignDeclaration: Sendable {
  public var range: SourceRange
  public var name: Name
  public var title: TextLiteral?
  public var documentation: TextLiteral?
  /// `timezone: "…"`.
  public var timezone: TextLiteral?
  /// `reupload: created` or `updated`; any other word is here too, for the checker to judge.
  public var reupload: Name?
  /// `lint { rule-name: level … }`; rule names have dashes, so they are ranges of text here.
  public var lintLevels: [LintLevel] = []
}

public struct LintLevel: Sendable {
  public var rule: TextLiteral
  public var level: Name
}

public enum FieldLevel: UInt8, Sendable, Hashable, CaseIterable {
  case profile
  case participant

  public var spelling: String {
    switch self {
    case .profile: "profile"
    case .participant: "participant"
    }
  }
}

/// `profile { … }` or `participant { … }`.
public struct FieldsDeclaration: Sendable {
  public var range: SourceRange
  public var level: FieldLevel
  /// The word `profile` or `participant`.
  public var wordRange: SourceRange
  public var fields: [FieldDeclaration]
}

/// `name: type [= default] [required] [internal] ["Title"]`; also a result of an agent.
public struct FieldDeclaration: Sendable {
  public var range: SourceRange
  public var name: Name
  public var type: TypeReference
  /// A literal, a signed number or a case.
  public var defaultValue: ExpressionID?
  /// The word `required`, where it stands.
  public var required: SourceRange?
  /// The word `internal`, where it stands.
  public var `internal`: SourceRange?
  public var title: TextLiteral?
  public var documentation: TextLiteral?
}

public struct TypeReference: Sendable {
  public enum Kind: Sendable {
    case string, integer, numeric, boolean, date, datetime, email, phone
    /// `enum(a, b)`
    case enumeration([Name])
    case named(Name)
    /// Not a type; reported.
    case missing
  }

  public var kind: Kind
  public var range: SourceRange

  public init(_ kind: Kind, _ range: SourceRange) {
    self.kind = kind
    self.range = range
  }
}

/// `enum outcome (paid, promised)`.
public struct EnumerationDeclaration: Sendable {
  public var range: SourceRange
  public var name: Name
  public var documentation: TextLiteral?
  public var cases: [Name]
}

/// `window office 09:00..20:00 mon..fri`.
public struct WindowDeclaration: Sendable {
  public var range: SourceRange
  public var name: Name
  public var documentation: TextLiteral?
  public var window: WindowSyntax
}

/// `agent collector "Payment collector" { channel … results { … } }`.
public struct AgentDeclaration: Sendable {
  public var range: SourceRange
  public var name: Name
  public var title: TextLiteral?
  public var documentation: TextLiteral?
  public var channels: [ChannelDeclaration]
  public var results: [FieldDeclaration]
}

/// `channel voice madrid_line`.
public struct ChannelDeclaration: Sendable {
  public var range: SourceRange
  public var kind: ChannelKind
  public var name: Name?
}

/// `flow name [inactive] ["Title"] { triggers and steps }`.
public struct FlowDeclaration: Sendable {
  public var range: SourceRange
  public var name: Name
  /// The word `inactive`, where it stands.
  public var inactive: SourceRange?
  public var title: TextLiteral?
  public var documentation: TextLiteral?
  /// Triggers and steps in the order of the text.
  public var members: [FlowMember]
}

public enum FlowMember: Sendable {
  case trigger(TriggerDeclaration)
  case step(StepDeclaration)
}

/// `on a, b { … }`.
public struct TriggerDeclaration: Sendable {
  public var range: SourceRange
  public var documentation: TextLiteral?
  public var events: [TriggerEvent]
  public var body: Block
}

/// One kind of event of a trigger, with its narrowing.
public struct TriggerEvent: Sendable {
  public var kind: TriggerKind
  public var range: SourceRange
  /// The names between parentheses; empty when there are none.
  public var narrowing: [Name]
}

public enum TriggerKind: UInt8, BitwiseCopyable, Sendable, Hashable, CaseIterable {
  case participantCreated
  case participantUpdated
  case communicationEnded
  case communicationUpdated
  case incomingSession
  case fromFlow

  public var spelling: String {
    switch self {
    case .participantCreated: "participant created"
    case .participantUpdated: "participant updated"
    case .communicationEnded: "communication ended"
    case .communicationUpdated: "communication updated"
    case .incomingSession: "incoming session"
    case .fromFlow: "from flow"
    }
  }
}

/// `step name { … }`.
public struct StepDeclaration: Sendable {
  public var range: SourceRange
  public var name: Name
  public var documentation: TextLiteral?
  public var body: Block
}

/// `model AGENT { … }`.
public struct ModelDeclaration: Sendable {
  public var range: SourceRange
  public var agent: Name
  public var documentation: TextLiteral?
  public var body: Block
}
