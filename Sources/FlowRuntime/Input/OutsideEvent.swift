public import FlowSchema
public import FlowValues

/// Something that happened outside, as an event file tells it (semantics E1).
public struct OutsideEvent: Hashable, Sendable {
  /// The line of the file, from 1.
  public var line: Int
  public var at: Instant
  /// Which campaign it belongs to; `nil` where only one runs.
  public var campaign: String?
  /// Whose event it is: at least one key, in the order of semantics D4.
  public var keys: [Key]
  public var kind: Kind

  /// A key field with its value in normal form.
  public struct Key: Hashable, Sendable {
    public var field: SystemField.Profile
    public var value: String

    public init(_ field: SystemField.Profile, _ value: String) {
      self.field = field
      self.value = value
    }
  }

  public enum Kind: Hashable, Sendable {
    /// The status is a final one.
    case communicationEnded(CommunicationReport)
    /// The status is one between planned and final.
    case communicationUpdated(CommunicationReport)
    /// The participant got in touch; channel and agent as the campaign names them, `nil` where not said.
    case sessionIncoming(channel: String?, agent: String?)
    /// An edit. `null` clears a field, an empty text leaves it.
    case participantUpdated([NamedScalar])
    /// A row. `null` clears a field, an empty text leaves it.
    case participantUploaded([NamedScalar])
  }

  public init(line: Int, at: Instant, campaign: String? = nil, keys: [Key], kind: Kind) {
    self.line = line
    self.at = at
    self.campaign = campaign
    self.keys = keys
    self.kind = kind
  }
}

/// What is said about a communication.
public struct CommunicationReport: Hashable, Sendable {
  public enum Target: Hashable, Sendable {
    /// The latest of this name that is not final.
    case named(String)
    /// The session: a communication without a name.
    case session
    /// By its number, where a name occurs twice; the name is `nil` where it is not said, or a session's.
    case numbered(Int, name: String?)
  }

  public var target: Target
  public var status: CommunicationStatus
  /// What the agent recorded; empty unless the status is final.
  public var results: [NamedScalar]

  public init(_ target: Target, _ status: CommunicationStatus, results: [NamedScalar] = []) {
    self.target = target
    self.status = status
    self.results = results
  }
}
