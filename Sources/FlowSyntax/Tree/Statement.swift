public import FlowText
public import FlowValues

/// One statement: one node of the canvas (language 4.2–4.4, 6, 7).
public struct Statement: Sendable {
  public var range: SourceRange
  /// The `///` lines directly above.
  public var title: TitleID?
  public var kind: Kind

  public init(_ kind: Kind, _ range: SourceRange, title: TitleID? = nil) {
    self.kind = kind
    self.range = range
    self.title = title
  }

  public enum Kind: Sendable {
    case check(condition: ExpressionID, match: Block, else: ElseBranch)
    case communication(CommunicationID)
    /// `cancel [planned] communications [NAME, …]`; no names means all.
    case cancelCommunications(plannedOnly: Bool, names: NameList)
    case update(AssignmentList)
    case handOver(flow: Name, schedule: Schedule)
    case cancelHandOvers(flow: Name)
    case python(PythonID)
    case stop
    case go(step: Name)
    // In models only.
    case progress(status: Name, delay: Delay)
    case end(status: Name, results: EntryList, delay: Delay)
    /// `chance P%`, P in millionths of a percent point as a `Numeric` from 0 to 100.
    case chance(percent: Numeric, match: Block, else: ElseBranch)
    // In scenarios only, where `update` stands as well.
    case scenario(ScenarioID)
  }
}

/// What stands behind `else`, if anything.
public enum ElseBranch: Sendable {
  case none
  case block(Block)
  /// `else check …`, `else chance …`: the statement that follows.
  case statement(StatementID)
}

/// Statements between braces; the range includes the braces.
public struct Block: Sendable {
  public var range: SourceRange
  public var statements: StatementList

  public init(_ range: SourceRange, _ statements: StatementList) {
    self.range = range
    self.statements = statements
  }
}

/// `email NAME by AGENT[.CHANNEL] [schedule] [within …] [expires in …] [only if …] [with { … }]`.
public struct CommunicationStatement: Sendable {
  public var channel: ChannelKind
  public var channelRange: SourceRange
  public var name: Name
  public var agent: Name
  public var agentChannel: Name?
  public var schedule: Schedule
  public var window: WindowReference?
  /// `expires in D`.
  public var expiry: ExpressionID?
  /// `only if CONDITION`.
  public var condition: ExpressionID?
  /// `with { key = e }`.
  public var payload: EntryList
}

public enum ChannelKind: UInt8, Sendable, Hashable, CaseIterable {
  case email
  case telegram
  case voice
  case whatsapp

  public var spelling: String {
    switch self {
    case .email: "email"
    case .telegram: "telegram"
    case .voice: "voice"
    case .whatsapp: "whatsapp"
    }
  }
}

/// When something is asked for (language 4.3).
public struct Schedule: Sendable {
  public enum Kind: Sendable {
    case now
    /// `in DURATION`
    case `in`(ExpressionID)
    /// `at TIME` or `at DATETIME`
    case at(ExpressionID)
    /// `on DATE [at TIME]`
    case on(ExpressionID, at: ExpressionID?)
  }

  public var kind: Kind
  /// From the first word to the last expression; empty for `now`.
  public var range: SourceRange

  public init(_ kind: Kind, _ range: SourceRange) {
    self.kind = kind
    self.range = range
  }
}

public enum WindowReference: Sendable {
  case named(Name)
  case inline(WindowID)
}

/// `09:00..20:00 mon..fri`, or the days alone.
public struct WindowSyntax: Sendable {
  public var range: SourceRange
  public var window: ContactWindow
}

/// `after D` or `after D..D`.
public struct Delay: Sendable {
  public var lower: ExpressionID
  /// `nil` for a single duration.
  public var upper: ExpressionID?
  public var range: SourceRange

  public init(_ lower: ExpressionID, _ upper: ExpressionID?, _ range: SourceRange) {
    self.lower = lower
    self.upper = upper
    self.range = range
  }
}

/// `key = e` in `with { … }` and in the results of `end`.
public struct Entry: Sendable {
  public var key: Name
  public var value: ExpressionID

  public init(_ key: Name, _ value: ExpressionID) {
    self.key = key
    self.value = value
  }
}

/// `participant.f`, where the level is a name the checker judges.
public struct QualifiedName: Sendable {
  public var level: Name
  public var field: Name
  public var range: SourceRange { level.range.extended(to: field.range) }

  public init(_ level: Name, _ field: Name) {
    self.level = level
    self.field = field
  }
}

/// `participant.f = e`.
public struct Assignment: Sendable {
  public var target: QualifiedName
  public var value: ExpressionID

  public init(_ target: QualifiedName, _ value: ExpressionID) {
    self.target = target
    self.value = value
  }
}

/// `python "path.py" …` or `python """ … """ …`.
public struct PythonStatement: Sendable {
  public enum Script: Sendable {
    case file(TextID)
    /// The text as Python sees it: common indentation and the first and last line break dropped.
    case inline(TextID)
  }

  public var script: Script
  public var scriptRange: SourceRange
  public var reads: FieldList
  public var writes: FieldList
  public var timeout: ExpressionID?
}
