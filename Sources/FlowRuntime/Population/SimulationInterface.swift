public import FlowSyntax
public import FlowValues

/// What a simulation can choose.
public struct SimulationConfiguration: Sendable {
  public var engine: EngineConfiguration
  /// The last instant that is played; what is due exactly then is done.
  public var until: Instant
  /// How many cores to use, at least 1. The results do not depend on it.
  public var jobs: Int
  /// How many of the first people have their story recorded.
  public var storyCount: Int
  /// A key (external id or other) of somebody whose story is recorded wherever they stand.
  public var followedKey: String?
  /// Somebody, by their position, whose story is recorded wherever they stand.
  public var followedPerson: Int?
  /// Whether somebody settles between inputs, so that it is worth knowing when something is due for whom. For one job.
  public var settles: Bool
  /// Whether every run is listed in the export.
  public var logsRuns: Bool

  public init(
    engine: EngineConfiguration = EngineConfiguration(), until: Instant, jobs: Int = 1, storyCount: Int = 0,
    followedKey: String? = nil, followedPerson: Int? = nil, settles: Bool = false, logsRuns: Bool = false
  ) {
    self.engine = engine
    self.until = until
    self.jobs = max(jobs, 1)
    self.storyCount = storyCount
    self.followedKey = followedKey
    self.followedPerson = followedPerson
    self.settles = settles
    self.logsRuns = logsRuns
  }
}

/// A row that the store refused: whose it is cannot be told, or a value has no meaning there.
public struct RowRefusal: Sendable, Equatable {
  /// The number of the row in its file, from 1.
  public var row: Int
  /// The field at fault, empty where the whole row is.
  public var field: String
  public var value: String
  public var reason: String

  public init(row: Int, field: String, value: String, reason: String) {
    self.row = row
    self.field = field
    self.value = value
    self.reason = reason
  }
}

extension RowRefusal {
  /// A local datetime of the row has no instant in the person's zone.
  static func datetimeOutOfRange(row: Int, field: String) -> RowRefusal {
    RowRefusal(
      row: row, field: field, value: "",
      reason: "the datetime lies outside the years 0001 to 9999 in the participant's time zone")
  }
}

/// How an event from outside ended.
public enum OutsideOutcome: Sendable, Equatable {
  case applied
  /// A report of a status at or before the present one (semantics C2).
  case ignored
  /// Nobody, or no communication, that the event could be about (semantics C2, E11).
  case unmatched(Mismatch)
  /// The event asks for what the campaign does not allow (semantics C6); nothing of it was applied.
  case refused(String)
  /// A row of the event was refused (semantics D4).
  case rowRefused(RowRefusal)
}

/// Why an event is about nothing; the text says it as a message does.
public enum Mismatch: Sendable, Equatable {
  /// Nobody has its keys, or not in this campaign.
  case nobody(String)
  /// It names what the campaign does not have: a communication, an agent, a channel.
  case unknownName(String)
  /// This participant has no such communication.
  case noCommunication(String)
}

/// The files of an export (commands, `run --out`).
public enum ExportFile: Sendable, Hashable, CaseIterable {
  case participants
  case communications
  case runs
  /// The profiles, where several campaigns ran together.
  case profiles
}

/// One person's story.
public struct Story: Sendable {
  public var person: Int
  /// `external_id`, else the first other key (semantics D4).
  public var key: String
  /// The person's `name` field, where it is set.
  public var name: String?
  public var entries: [JournalEntry]
}

/// What a finished simulation amounts to.
public struct SimulationSummary: Sendable {
  public struct Flow: Sendable {
    public var name: String
    public var isActive: Bool
    public var finished: Int
    public var failed: Int
  }

  public struct Communications: Sendable {
    /// `nil` for incoming sessions.
    public var name: String?
    public var channel: ChannelKind?
    public var created: Int
    /// By `CommunicationStatus.rawValue`.
    public var byStatus: [Int]
  }

  /// How often each value of an enumeration or boolean field occurs.
  public struct Field: Sendable {
    public var level: FieldLevel
    public var name: String
    /// The cases in the order of the declaration (`false`, `true` for a boolean), then `unset`.
    public var counts: [(value: String, count: Int)]
  }

  public struct Campaign: Sendable {
    public var name: String
    public var title: String?
    public var rowsCreated: Int
    public var rowsUpdated: Int
    public var participants: Int
    public var flows: [Flow]
    /// Named communications in order of their statements; sessions last, if there were any.
    public var communications: [Communications]
    public var fields: [Field]
    /// By `TriggerKind.rawValue`: whether or not a flow listens.
    public var events: [Int]
  }

  public struct Failure: Sendable {
    public var place: FailurePlace
    public var count: FailureCount
    /// Whether these are all failures of a script that fails in too many ways for each to be told by itself.
    public var isManifold: Bool
  }

  public var campaigns: [Campaign]
  public var profiles: Int
  public var profileFields: [Field]
  /// Failed runs by place, in order of the text.
  public var failures: [Failure]
  public var stoppedCascades: [StoppedCascade]
  public var ignoredReports: Int
  /// What was still pending when the last instant had been played: starts, hand-overs, reports.
  public var pending: Int
  /// Whether somebody asked to stop before the end; people not reached are counted as they were then.
  public var wasInterrupted: Bool

  /// All events of all campaigns.
  public var eventCount: Int { campaigns.reduce(0) { $0 + $1.events.reduce(0, +) } }
}
