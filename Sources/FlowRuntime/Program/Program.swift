public import FlowCheck
import FlowSchema
import FlowSyntax
import FlowText
import FlowValues

/// A campaign compiled for a deployment: code without names, and tables that say what its numbers stand for.
///
/// Immutable once linked. Code and tables lie in the `image`, whose addresses the engine copies, so that running
/// touches no reference count; what is here beside it is read by the trace, by exports and by seldom used operations.
public final class Program: Sendable {
  public let campaign: CheckedCampaign
  /// The position among the campaigns of its deployment.
  public let index: Int
  /// The slot of the participant's first field in a person.
  public let firstSlot: Int
  let registerCount: Int
  let nodes: [ProgramNode]
  let plans: [CommunicationPlan]
  let patterns: [Pattern]
  /// The `python` statements, by the number that calls have.
  public let scripts: [ProgramScript]
  /// Whether a flow writes a field that tells who a row belongs to (semantics D4).
  let writesKeys: Bool
  /// The expressions of tests, what they count, and the register of the first count.
  let probes: [ProbeKey: Probe]
  let counts: [TestCount]
  let firstCountRegister: Int
  /// The comparisons of flows; empty unless the deployment observes.
  public let comparisons: [ObservedComparison]
  /// What the engine reads; `memory` keeps it.
  let image: ProgramImage
  private let memory = ImageMemory()

  init(_ parts: ProgramParts) {
    campaign = parts.campaign
    index = parts.index
    firstSlot = parts.firstSlot
    registerCount = parts.registerCount
    nodes = parts.nodes
    plans = parts.plans
    patterns = parts.patterns
    scripts = parts.scripts
    writesKeys = parts.writesKeys
    probes = parts.probes
    counts = parts.counts
    firstCountRegister = parts.firstCountRegister
    comparisons = parts.comparisons
    image = parts.image(in: memory)
  }
}

/// A statement of the text behind its code.
struct ProgramNode: Sendable {
  /// The flow's position, or -1 in a model.
  var flow: Int
  /// The agent of the model it stands in, or -1 in a flow.
  var model: Int
  var file: FileID
  var statement: StatementID
}

/// A trigger of an active flow, narrowed.
struct Listener: Sendable {
  var flow: Int
  var entry: Int
  /// Fields one of which must have changed; all zero where any will do.
  var fields: FieldSet
  var narrowsFields: Bool
  /// Positions of communications that are meant; `nil` for any, sessions too.
  var names: [Bool]?
  /// A bit per `CommunicationStatus`; all ones for any.
  var statuses: UInt16
}

/// A set of a participant's fields, by their position in its level.
struct FieldSet: BitwiseCopyable, Sendable {
  private var words = SIMD4<UInt64>(repeating: 0)

  var isEmpty: Bool { words == SIMD4(repeating: 0) }

  mutating func insert(_ field: Int) { words[field >> 6] |= 1 << UInt64(field & 63) }
  func intersects(_ other: FieldSet) -> Bool { (words & other.words) != SIMD4(repeating: 0) }
  func contains(_ field: Int) -> Bool { words[field >> 6] >> UInt64(field & 63) & 1 == 1 }
}

/// When something is asked for, and where its arguments lie.
enum ScheduleKind: UInt8, Sendable {
  case now
  /// One argument, a duration.
  case after
  /// One argument, a time of day.
  case atTime
  /// One argument, a datetime.
  case atDatetime
  /// Two arguments, a date and a time of day.
  case onDateAtTime
  /// One argument, a date; the window gives the time.
  case onDate
}

struct CommunicationPlan: Sendable {
  /// The position in `Schema.communications`.
  var name: Int
  var agent: Int
  var kind: ChannelKind
  var schedule: ScheduleKind
  var window: ContactWindow?
  var hasExpiry: Bool
  /// Where the code of `only if` begins, -1 without.
  var condition: Int
  /// The keys of `with`, in order; the values lie in registers behind the schedule and the expiry.
  var payload: [PayloadEntry]
  /// Its statement, by `Program.nodes`.
  var node: Int
}

struct PayloadEntry: Sendable {
  var key: String
  var type: ValueType
}

struct HandOverPlan: Sendable {
  var flow: Int
  var schedule: ScheduleKind
}

struct ReportPlan: Sendable {
  var status: CommunicationStatus
  /// The agent's result slots that are given, in the order of the registers.
  var results: [Int]
  /// Whether the delay is a range to draw from.
  var isRange: Bool
}

struct Cancellation: Sendable {
  var plannedOnly: Bool
  /// Positions of communications that are meant; `nil` for all.
  var names: [Bool]?
}

/// The arguments of a `communications(…)`.
struct CommunicationsQuery: Sendable {
  var name: Int
  /// `ChannelKind.rawValue`, or -1.
  var channel: Int
  var statuses: UInt16
  var isWithin: Bool
}

/// Which of an agent's results is which of the campaign's.
struct AgentLayout: Sendable {
  /// By `Schema.resultNames`: the agent's own slot, or -1.
  var slotOfName: [Int]
  var resultCount: Int
  /// The kinds of the results, for storage.
  var types: [StorageType]
}
