public import FlowSchema
public import FlowSyntax
public import FlowText
public import FlowValues

/// A campaign whose names are resolved and whose expressions have types: what is run, linted, drawn and tested.
///
/// The text stays the text: statements are read from the trees, and what the checker found out about their
/// expressions stands beside them in `facts`, under the same index.
public struct CheckedCampaign: Sendable {
  public var name: String
  public var title: String?
  /// The zone of whoever has none of their own; `UTC` when left out (semantics T2).
  public var timezone: String
  public var reupload: Reupload
  public var schema: Schema
  /// Active and inactive flows in the order in which events reach them (semantics E3).
  public var flows: [CheckedFlow]
  /// At most one for each agent.
  public var models: [CheckedModel]
  /// The tests of all files, in the order of the text.
  public var tests: [CheckedTest]
  /// What was typed at a prompt and is to be carried out; its file is the last.
  public var prompt: CheckedPrompt?
  /// Named windows.
  public var windows: [String: ContactWindow]
  /// The trees of all files, the campaign's own first; `FileID.index` is the position.
  public var files: [SyntaxTree]
  /// How many of the files, from the first on, are the campaign's own; the rest are used by them.
  public var ownFileCount: Int
  /// What the checker found out, one entry a file.
  public var facts: [FileFacts]
  public var symbols: SymbolTable

  public subscript(flow name: String) -> Int? { flows.firstIndex { $0.name == name } }
}

/// What a row of somebody already known does (semantics E9).
public enum Reupload: Sendable {
  case created
  case updated
}

public struct CheckedFlow: Sendable {
  public var name: String
  public var title: String?
  public var isActive: Bool
  /// Which of the campaign's files it stands in.
  public var file: FileID
  public var declaration: FlowDeclaration
  public var triggers: [CheckedTrigger]
  public var steps: [CheckedStep]
}

/// One kind of event that starts runs of a flow. Kinds that share a body are triggers of their own here.
public struct CheckedTrigger: Sendable {
  public var kind: TriggerKind
  public var range: SourceRange
  public var body: Block
  /// `on participant updated (f, …)`: slots of participant fields, one of which must have changed. Empty: any.
  public var fields: [Int]
  /// `on communication ended (NAME, …)`: positions in `Schema.communications`. Empty: any, sessions too.
  public var names: [Int]
  /// `on communication ended (completed, …)`. Empty: any.
  public var statuses: [CommunicationStatus]
}

public struct CheckedStep: Sendable {
  public var name: String
  public var range: SourceRange
  public var body: Block
}

/// How the people whom an agent contacts answer (language 7).
public struct CheckedModel: Sendable {
  /// The position in `Schema.agents`.
  public var agent: Int
  public var file: FileID
  public var range: SourceRange
  public var body: Block
}

/// A test: what happens, and what is expected then (language 6).
public struct CheckedTest: Sendable {
  public var name: String
  public var title: String?
  public var file: FileID
  public var range: SourceRange
  public var nameRange: SourceRange
  /// Of the draws of models; `nil` where models do not answer.
  public var seed: Int64?
  public var body: Block
}

/// Statements or an expression that were typed at a prompt (language 6).
public struct CheckedPrompt: Sendable {
  public var file: FileID
  public var content: PromptContent
  /// What `it` stands for.
  public var lastValue: LastValue?
}

public enum PromptContent: Sendable {
  case statements(StatementList)
  case expression(ExpressionID)
}

/// The value that was printed last.
public struct LastValue: Sendable, Hashable {
  /// Values of fields, and of the types that only expressions have.
  public enum Content: Sendable, Hashable {
    case unset
    case constant(ConstantValue)
    case time(TimeOfDay)
    case duration(CalendarDuration)
  }

  public var type: ValueType
  public var value: Content

  public init(type: ValueType, value: Content) {
    self.type = type
    self.value = value
  }
}

/// What the checker found out about the expressions of one file, by `ExpressionID.index`.
public struct FileFacts: Sendable {
  /// `nil` for `unset`, and where an error was reported. The type is the one the place gives the expression
  /// before any conversion: an integer literal where a numeric is wanted is an integer.
  public var types: [ValueType?]
  public var references: [Reference]

  public init(expressionCount: Int) {
    types = Array(repeating: nil, count: expressionCount)
    references = Array(repeating: .none, count: expressionCount)
  }

  public func type(of id: ExpressionID) -> ValueType? { types[Int(id.index)] }
  public func reference(of id: ExpressionID) -> Reference { references[Int(id.index)] }
}

/// What a name, member or call stands for.
public enum Reference: Sendable, Hashable {
  case none
  /// A slot of the profile's or the participant's fields.
  case field(FieldLevel, Int)
  /// A slot of `Schema.resultNames`.
  case result(Int)
  case communication(CommunicationProperty)
  case campaignName
  case enumerationCase(CaseID)
  case function(BuiltinFunction)
  /// In the arguments of `communications`: a position in `Schema.communications`, a channel, a status.
  case communicationName(Int)
  case channel(ChannelKind)
  case status(CommunicationStatus)
  /// In the arguments of `runs`: a position in `CheckedCampaign.flows`, and which runs count.
  case flow(Int)
  case runOutcome(isFailed: Bool)
  /// `it`, at a prompt.
  case lastValue
}

/// `communication.…` (language 5).
public enum CommunicationProperty: String, Sendable, Hashable, CaseIterable {
  case name
  case channel
  case agent
  case status
  case plannedAt = "planned_at"
  case startedAt = "started_at"
  case endedAt = "ended_at"
}

/// The functions of the language (language 5). The raw value is the name in the text; the three that the text
/// spells alike and types tell apart have a raw value with a mark behind the name.
public enum BuiltinFunction: String, Sendable, Hashable, CaseIterable {
  case abs, ceil, floor, round, min, max
  case length, lower, upper, trim, slice, text
  /// `date(datetime)`, `time(datetime)`, `time(hour, minute)`, `datetime(date, time)`.
  case date
  case timeOf = "time"
  case timeFromParts = "time/2"
  case datetime
  case year, month, day, weekday, hour, minute
  case days, hours
  case `default`
  case `if`
  case communications
  /// In tests only.
  case runs, rejected
}
