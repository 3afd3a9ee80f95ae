import FlowSchema

/// One person while the engine works on them: the profile, and what every campaign of the deployment holds.
///
/// All memory is reused from person to person. Between two visits a person is a few packed bytes
/// (`Engine.store`).
struct Person: ~Copyable {
  /// The profile's slots, then each campaign's participant fields (`Deployment`).
  var values: Buffer<Value>
  /// One a campaign.
  var participants: Buffer<Participant>
  /// Of all campaigns, in order of creation.
  var communications = Buffer<Communication>(capacity: 16)
  /// What communications still to start will send, by `Communication.payload`.
  var payloads = Buffer<Value>(capacity: 16)
  /// What agents recorded, by `Communication.results`.
  var results = Buffer<Value>(capacity: 32)
  /// What is due later, a binary heap with the earliest first.
  var pending = Buffer<PendingEvent>(capacity: 16)
  /// The texts that values of this person point into.
  var text = Buffer<UInt8>(capacity: 1024)
  /// Numbers what is scheduled (semantics E2: ties go in the order in which they were scheduled).
  var nextSequence: UInt32 = 0
  /// The values of nobody: copying them is quicker than writing as many words of three parts.
  private let nobody: Buffer<Value>
  /// Whether anything but budgets may differ from the record the person was loaded from. Whatever writes to a
  /// person says so, rather once too often.
  var hasChanged = false

  init(_ deployment: Deployment) {
    values = Buffer(capacity: deployment.slotCount)
    values.append(repeating: .unset, count: deployment.slotCount)
    var nobody = Buffer<Value>(capacity: deployment.slotCount)
    nobody.append(repeating: .unset, count: deployment.slotCount)
    self.nobody = nobody
    participants = Buffer(capacity: deployment.programs.count)
    participants.append(repeating: Participant(), count: deployment.programs.count)
  }

  /// Makes this nobody, ready to be filled.
  mutating func reset() {
    values.pointer.update(from: nobody.base, count: values.count)
    participants.pointer.update(repeating: Participant(), count: participants.count)
    communications.truncate(to: 0)
    payloads.truncate(to: 0)
    results.truncate(to: 0)
    pending.truncate(to: 0)
    text.truncate(to: 0)
    nextSequence = 0
    hasChanged = true
  }

  /// The first of the keys that is set.
  @inline(__always) var key: Value {
    for slot in 0..<SystemField.Profile.keyCount where values[slot].isSet { return values[slot] }
    return .unset
  }

  mutating func appendText(_ bytes: UnsafeBufferPointer<UInt8>) -> Value {
    let value = Value(bits: Int64(text.count), extra: Int32(bytes.count))
    text.append(bytes: bytes)
    return value
  }
}

/// What one campaign holds about a person beyond the fields.
struct Participant: BitwiseCopyable {
  /// Whether the person takes part: a row of this campaign has named them.
  var exists = false
  /// Whether the cascade of `budgetInstant` was stopped (semantics E6).
  var isStopped = false
  /// How many communications it created: the number of the latest.
  var communicationCount: Int32 = 0
  /// Positions in `Person.communications`, -1 for none (semantics C5).
  var lastCreated: Int32 = -1
  var lastEnded: Int32 = -1
  var runsAtInstant: Int32 = 0
  var budgetInstant = Int64.min
  /// The effective zone's position in the engine's clock, -1 until it is asked for.
  var zone: Int32 = -1
}

/// A communication of a person (semantics D1, C1).
struct Communication: BitwiseCopyable {
  static let unsetTime = Int64.min

  var plannedAt = Communication.unsetTime
  var startedAt = Communication.unsetTime
  var endedAt = Communication.unsetTime
  /// From 1, in order of creation, for each participant.
  var number: Int32
  /// The position of the plan in its program, -1 for an incoming session.
  var plan: Int32
  /// The position of its name in the schema, -1 for a session.
  var name: Int32
  /// The agent's position, -1 for a session without one.
  var agent: Int32
  /// Where its payload begins in `Person.payloads`, -1 once it has started or ended.
  var payload: Int32 = -1
  /// Where its results begin in `Person.results`, -1 without.
  var results: Int32 = -1
  /// What `communication` and `result` are in its `only if`: those of the run that created it (semantics C3).
  var contextCommunication: Int32
  var contextResult: Int32
  var campaign: UInt16
  var status: CommunicationStatus
  /// `ChannelKind.rawValue`, or 255 for a session whose channel is not known.
  var channel: UInt8
}

/// Something that becomes due for a person.
struct PendingEvent: BitwiseCopyable {
  enum Kind: UInt8 {
    /// A communication's start or expiry; `subject` is its position.
    case start
    case expiry
    /// A scheduled hand-over to flow `subject`.
    case handOver
    /// What a model reports about communication `subject`.
    case report
    /// Dropped by `cancel flow`.
    case dropped

    var rank: Rank {
      switch self {
      case .start: .start
      case .expiry: .expiry
      case .handOver, .dropped: .handOver
      case .report: .report
      }
    }
  }

  var time: Int64
  /// The rank at one instant (semantics E2): class, campaign, sequence.
  var order: UInt64
  var subject: Int32
  /// The context of a hand-over; for a report, where its results begin, -1 without.
  var contextCommunication: Int32
  var contextResult: Int32
  /// The position of a model's report plan in its program.
  var plan: Int32
  var campaign: UInt16
  var kind: Kind

  /// What comes first at one instant (semantics E2).
  enum Rank: UInt64 {
    case report = 1
    case expiry = 2
    case handOver = 3
    case start = 4
  }

  static func order(_ rank: Rank, campaign: Int, sequence: UInt32) -> UInt64 {
    rank.rawValue << 56 | UInt64(campaign) << 32 | UInt64(sequence)
  }

  @inline(__always) func isBefore(_ other: PendingEvent) -> Bool {
    time != other.time ? time < other.time : order < other.order
  }
}

extension Person {
  mutating func schedule(_ event: PendingEvent) {
    pending.append(event)
    let heap = pending.pointer
    var child = pending.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child].isBefore(heap[parent]) else { return }
      swap(&heap[child], &heap[parent])
      child = parent
    }
  }

  mutating func removeEarliest() -> PendingEvent {
    let earliest = pending[0]
    let last = pending.removeLast()
    guard pending.count > 0 else { return earliest }
    pending[0] = last
    let heap = pending.pointer
    var parent = 0
    while true {
      var child = 2 * parent + 1
      guard child < pending.count else { break }
      if child + 1 < pending.count, heap[child + 1].isBefore(heap[child]) { child += 1 }
      guard heap[child].isBefore(heap[parent]) else { break }
      swap(&heap[child], &heap[parent])
      parent = child
    }
    return earliest
  }

  /// Whether a pending event has lost its meaning: its communication was canceled, reported on, ended.
  func isStale(_ event: PendingEvent) -> Bool {
    switch event.kind {
    case .start, .expiry: communications[Int(event.subject)].status != .planned
    case .report: communications[Int(event.subject)].status.isFinal
    case .handOver: false
    case .dropped: true
    }
  }

  /// When something is due next; `nil` when nothing is pending. Drops what has lost its meaning.
  mutating func nextDue() -> Int64? {
    while pending.count > 0, isStale(pending[0]) { _ = removeEarliest() }
    return pending.count > 0 ? pending[0].time : nil
  }
}
