public import FlowSchema
public import FlowSyntax
public import FlowText
public import FlowValues

/// What is worth telling beyond the state: stories, failures, stopped cascades, the log of runs.
struct Journal {
  /// Whether the person at hand is one that somebody is curious about.
  var isRecording = false
  var entries: [JournalEntry] = []
  /// Failed runs by where and why.
  var failures = FailureLog()
  var stops: [StoppedCascade] = []
  /// Whether every run is logged (`--out`).
  var logsRuns = false
  var runs: [RunRecord] = []
  /// What scripts had to say of those of `runs` that they failed, by position.
  var scriptFailures: [Int: ScriptFailure] = [:]
  /// The person at hand, to tell whose failure came first.
  var personIndex = 0
}

/// One run, as `runs.jsonl` lists it.
struct RunRecord {
  var at: Int64
  var campaign: Int
  var flow: Int
  var trigger: TriggerKind
  /// The number of the communication the event was about, 0 without.
  var communication: Int
  var failure: RunFailureReason?
  var node: Int
}

/// What happened to one person, in order: the trace of `run`, the effects of the pure step, the story of a test.
///
/// Recording is off while a population runs; who is curious about a person turns it on for them.
public enum JournalEntry: Sendable {
  case event(Instant, campaign: Int, JournalEvent)
  case runStarted(flow: Int)
  case node(JournalNode)
  case fieldChanged(level: FieldLevel, field: String, from: String, to: String)
  case communication(CommunicationChange)
  case handOver(flow: Int, at: Instant?)
  case handOverCanceled(flow: Int)
  case runFinished(flow: Int)
  case runFailed(flow: Int, RunFailureReason)
  /// What a script had to say before its run failed.
  case scriptFailed(ScriptFailure)
  case modelFailed(agent: Int, RunFailureReason)
  case cascadeStopped
  /// A report that changed nothing (semantics C2).
  case reportIgnored(Instant, campaign: Int, name: String?, CommunicationStatus)
  /// How far apart two sides were, in deployments that observe.
  case observed(Observation)
}

/// A statement that was reached.
public struct JournalNode: Sendable {
  /// The flow's position, or -1 in a model.
  public var flow: Int
  /// The agent of the model it stands in, or -1 in a flow.
  public var model: Int
  public var file: FileID
  public var statement: StatementID
  /// What its condition or arguments read.
  public var values: [JournalValue]
  /// Which way a check or chance went; `nil` for other statements, and where the condition failed the run.
  public var port: Port?
}

/// The two ways out of a check (semantics K1).
public enum Port: Sendable, Hashable, CaseIterable {
  case match
  case otherwise

  public var spelling: String {
    switch self {
    case .match: "match"
    case .otherwise: "else"
    }
  }
}

/// What a run answers to.
public enum JournalEvent: Sendable, Equatable {
  case participantCreated
  case participantUpdated(fields: [String])
  case communicationUpdated(name: String?, number: Int, CommunicationStatus)
  case communicationEnded(name: String?, number: Int, CommunicationStatus)
  case incomingSession(number: Int)
  case fromFlow(flow: Int)
}

/// A field with the value it had when a statement was reached.
public struct JournalValue: Sendable, Hashable {
  public var source: String
  public var value: String

  public init(source: String, value: String) {
    self.source = source
    self.value = value
  }
}

/// A step in the life of a communication.
public struct CommunicationChange: Sendable, Hashable {
  public var campaign: Int
  /// From 1, in order of creation, for each participant.
  public var number: Int
  /// `nil` for an incoming session.
  public var name: String?
  public var channel: ChannelKind?
  public var agent: String?
  public var status: CommunicationStatus
  /// When it is planned for, while `status` is planned.
  public var plannedAt: Instant?
  /// What the agent receives, when it starts.
  public var payload: [JournalValue]
  public var results: [JournalValue]
  /// Why it was skipped; `nil` where a report from outside says so, or where it was not.
  public var skipReason: SkipReason?
}

/// Why a planned communication did not start (semantics C3).
public enum SkipReason: Sendable, Equatable {
  case conditionNotTrue
  /// The participant lacks the address of the channel.
  case noAddress
  /// The window moved the start beyond `expires in`.
  case expired
}
