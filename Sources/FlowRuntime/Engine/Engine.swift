import FlowSchema
import FlowSyntax
import FlowValues

/// Plays events on one person at a time: the step `(program, state, event, now) → (state, effects)` with all
/// its memory reused.
///
/// The person is loaded, events are played, the person is stored. Nothing outside the person is read or
/// written but counters and the journal, and time comes only from `now`, so that a replay gives the same.
/// On the way from event to event nothing is allocated and no reference is counted: programs and tables are
/// addresses (`ProgramImage`), the person is a handful of buffers.
///
/// What is called on the way from event to event and only reads is either inlined or says `mutating`: a call that
/// borrows the engine makes the compiler copy all of it, more than a thousand bytes.
struct Engine: ~Copyable {
  let deployment: Deployment
  let configuration: EngineConfiguration
  var person: Person
  var totals: Totals
  var journal = Journal()

  /// The instant being played, in milliseconds (semantics T1).
  var now = Int64.min
  /// The campaign whose event is being played, and its tables.
  var campaign = 0
  var image: ProgramImage
  /// One a campaign.
  let images: UnsafeMutablePointer<ProgramImage>
  let storage: UnsafeMutablePointer<StorageType>
  let constantText: UnsafeMutablePointer<UInt8>
  let registers: UnsafeMutablePointer<Value>
  var clock: ZoneClock
  /// Events of the campaign at hand that wait for their turn (semantics E5).
  var queue = Buffer<QueuedEvent>(capacity: 64)
  var queueHead = 0
  /// The run at hand, and what takes it back (semantics E4).
  var run = RunState()
  /// How many runs of the budget in all are left.
  var runsLeft: Int
  var undo = Buffer<UndoEntry>(capacity: 16)
  var stagedEvents = Buffer<QueuedEvent>(capacity: 16)
  var stagedPending = Buffer<PendingEvent>(capacity: 16)
  /// The flows of the latest runs, to tell which chain repeats when a cascade is stopped.
  var recentRuns = RecentRuns()
  /// What the person is packed into.
  var writer = RecordWriter()
  let patternScratch = PatternScratch()
  var textScratch: [UInt8] = []
  var scripting = Scripting()

  init(_ deployment: Deployment, _ configuration: EngineConfiguration = EngineConfiguration()) {
    self.deployment = deployment
    self.configuration = configuration
    runsLeft = configuration.runsInAll
    person = Person(deployment)
    totals = Totals(deployment)
    images = .allocate(capacity: deployment.programs.count)
    images.initialize(from: deployment.programs.map(\.image), count: deployment.programs.count)
    storage = .allocate(capacity: deployment.storage.count)
    storage.initialize(from: deployment.storage, count: deployment.storage.count)
    image = images[0]
    constantText = deployment.constantText.base
    registers = .allocate(capacity: deployment.registerCount + 4)
    registers.initialize(repeating: .unset, count: deployment.registerCount + 4)
    clock = ZoneClock(deployment)
  }

  deinit {
    images.deallocate()
    storage.deallocate()
    registers.deallocate()
  }

  mutating func enter(_ campaign: Int) {
    guard campaign != self.campaign else { return }
    self.campaign = campaign
    image = images[campaign]
  }

  // MARK: Texts

  /// The bytes of a text value; valid until the person's text grows.
  @inline(__always) func bytes(_ value: Value) -> UnsafeBufferPointer<UInt8> {
    let base = value.bits >= 0 ? person.text.pointer + Int(value.bits) : constantText + Int(~value.bits)
    return UnsafeBufferPointer(start: base, count: Int(value.extra))
  }

  func string(_ value: Value) -> String { String(decoding: bytes(value), as: UTF8.self) }

  // MARK: The person's key

  /// The field that names the person in outputs: `external_id`, else the first other key (semantics D4).
  var key: Value { person.key }
}

/// What a simulation can choose.
public struct EngineConfiguration: Sendable {
  /// The seed of the draws of models (language 7).
  public var seed: UInt64
  /// How many runs a participant has at one instant (semantics E6).
  public var runsPerInstant: Int
  /// How many runs an engine makes before it does as if every instant's budget were used up. Only for who plays what may
  /// never come to an end, as changed flows.
  public var runsInAll = Int.max
  /// Whether models answer.
  public var usesModels: Bool
  /// Who runs Python; without anybody, `python` statements fail their runs (semantics P2).
  public var scripts: (any ScriptHost)?

  public init(
    seed: UInt64 = 0, runsPerInstant: Int = EngineLimits.runsPerInstant, usesModels: Bool = true,
    scripts: (any ScriptHost)? = nil
  ) {
    self.seed = seed
    self.runsPerInstant = runsPerInstant
    self.usesModels = usesModels
    self.scripts = scripts
  }
}

/// An event on its way to the flows.
struct QueuedEvent: BitwiseCopyable {
  var kind: TriggerKind
  /// The status the event is about; of communication events only.
  var status: CommunicationStatus = .planned
  /// The communication of a communication event or session.
  var communication: Int32 = -1
  /// What `communication` and `result` mean in its runs (semantics C5).
  var contextCommunication: Int32 = -1
  var contextResult: Int32 = -1
  /// The flow a hand-over goes to.
  var flow: Int32 = -1
  /// The fields that changed, of Participant Updated.
  var fields = FieldSet()
}

/// The run at hand.
struct RunState {
  var flow: Int32 = -1
  /// The statement it is at, by `Program.nodes`; -1 before the first.
  var node: Int32 = -1
  var contextCommunication: Int32 = -1
  var contextResult: Int32 = -1
  var failure: RunFailureReason?
  /// Fields changed since `beginUpdate`.
  var changed = FieldSet()
  /// Where the person's lists ended when the run began.
  var firstCommunication = 0
  var firstPayload = 0
  /// The local day of `now`, once it was asked for (semantics T5).
  var today = Value.unset
  /// The communication a model answers, and how many draws it has made (language 7).
  var modelCommunication: Int32 = -1
  var draws: UInt64 = 0
  /// How many scripts it has called.
  var scriptCalls: Int32 = 0
}

/// What takes one change of a run back.
struct UndoEntry: BitwiseCopyable {
  enum Kind: UInt8 {
    case field
    /// A cancellation; `value.bits` holds the old status, `value.extra` the old latest ended.
    case cancellation
    /// A dropped hand-over; `value.bits` is its order.
    case handOver
  }

  var kind: Kind
  var index: Int32
  var value: Value
}
