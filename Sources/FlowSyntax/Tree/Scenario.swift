public import FlowText

/// `test "…" [simulated [seed N]] { statements of a scenario }` (language 6).
public struct TestDeclaration: Sendable {
  public var range: SourceRange
  public var name: TextLiteral
  public var documentation: TextLiteral?
  public var simulation: SimulationClause?
  public var body: Block
}

/// `simulated [seed N]`: models answer.
public struct SimulationClause: Sendable {
  public var range: SourceRange
  /// Zero where none is given.
  public var seed: Int64
}

/// What only a scenario says (language 6): what happens, and what is expected then.
///
/// The same statements stand in tests, in files that hold nothing else, and at a prompt.
public enum ScenarioStatement: Sendable {
  /// `at DATETIME`
  case at(ExpressionID)
  /// `advance DURATION`
  case advance(ExpressionID)
  /// `upload { field = e, … }`: one row.
  case upload(CellList)
  /// `upload "people.csv"`
  case uploadFile(TextLiteral)
  /// `progress NAME STATUS`
  case progress(ReportSubject, status: Name)
  /// `end NAME STATUS [{ result = e, … }]`
  case end(ReportSubject, status: Name, results: EntryList)
  /// `incoming session [on CHANNEL] [by AGENT]`
  case incomingSession(channel: Name?, agent: Name?)
  /// `for "c1" { … }`
  case participant(TextLiteral, Block)
  /// `expect CONDITION`
  case expect(ExpressionID)
  /// `expect NAME STATUS [at DATETIME] [with { key = e }]`
  case expectCommunication(CommunicationExpectation)
  /// `expect no NAME [STATUS]`
  case expectNone(name: Name, status: Name?)
}

/// What a report is about.
public enum ReportSubject: Sendable {
  case communication(Name)
  /// The word `session`: the conversation that the participant has opened.
  case session(SourceRange)

  public var range: SourceRange {
    switch self {
    case .communication(let name): name.range
    case .session(let range): range
    }
  }
}

/// `NAME STATUS [at DATETIME] [with { key = e }]`.
public struct CommunicationExpectation: Sendable {
  public var name: Name
  public var status: Name
  public var time: ExpressionID?
  /// `at` and the time; empty where there is none.
  public var timeRange: SourceRange
  public var payload: EntryList
}

/// `key = e` or `level.key = e` in a row.
public struct UploadCell: Sendable {
  public var level: Name?
  public var field: Name
  public var value: ExpressionID

  /// The key as it is written.
  public var keyRange: SourceRange { (level?.range ?? field.range).extended(to: field.range) }

  public init(level: Name?, field: Name, value: ExpressionID) {
    self.level = level
    self.field = field
    self.value = value
  }
}
