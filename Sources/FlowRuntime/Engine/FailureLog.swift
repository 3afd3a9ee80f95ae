public import FlowText

/// A statement at which runs fail, and why: failures of one place are told as one.
public struct FailurePlace: Hashable, Sendable {
  public var campaign: Int
  /// The position of the flow, or `nil` in a model.
  public var flow: Int?
  /// The agent of the model, or `nil` in a flow.
  public var model: Int?
  /// Where the statement stands; `nil` where no statement was reached.
  public var span: SourceSpan?
  public var reason: RunFailureReason
  /// What tells the failures of one script apart; `nil` where no script says anything, and where it fails in too many ways.
  public var fault: ScriptFault?

  /// The same without what the script says.
  var statement: FailurePlace {
    var place = self
    place.fault = nil
    return place
  }
}

/// The way in which a script failed: failures with the same line and exception are of one kind.
public struct ScriptFault: Hashable, Sendable {
  /// The innermost line of the script's own file, where anybody knows.
  public var file: String?
  public var line: Int?
  /// The type of the exception, or what happened to the worker.
  public var kind: String

  public init(_ failure: ScriptFailure) {
    file = failure.place?.file
    line = failure.place?.line
    kind = failure.kind
  }
}

/// How often, and whom it met first.
public struct FailureCount: Sendable {
  /// In how many ways the script of one statement may fail and have each told by itself. One that fails in more ways, as by
  /// exceptions whose types it makes up, has all its failures told as one.
  public static let maximumKinds = 100

  public var count: Int
  public var firstPerson: Int
  public var firstKey: String
  public var firstAt: Int64
  /// Which of the participant's runs at that instant it was, from 1.
  var firstRun: Int
  /// What the first one's script had to say, where a script failed.
  public var firstScript: ScriptFailure?

  /// Takes in failures of the same place; the first of all stays the first, in whatever order they come.
  mutating func add(_ other: FailureCount) {
    let sum = count + other.count
    if (other.firstPerson, other.firstAt, other.firstRun) < (firstPerson, firstAt, firstRun) { self = other }
    count = sum
  }
}

/// Failed runs by where and why they failed. What comes out depends on the failures alone, not on their order, nor on how
/// many logs they were noted in before these were put together.
struct FailureLog {
  private(set) var counts: [FailurePlace: FailureCount] = [:]
  /// How many kinds of failures there are at a statement.
  private var kinds: [FailurePlace: Int] = [:]
  /// The statements whose scripts fail in too many ways.
  private(set) var manifold: Set<FailurePlace> = []

  var isEmpty: Bool { counts.isEmpty }

  mutating func add(_ place: FailurePlace, _ failure: FailureCount) {
    let statement = place.statement
    let place = manifold.contains(statement) ? statement : place
    if counts[place] != nil {
      counts[place]?.add(failure)
      return
    }
    counts[place] = failure
    guard place.fault != nil else { return }
    kinds[statement, default: 0] += 1
    if kinds[statement, default: 0] > FailureCount.maximumKinds { merge(statement) }
  }

  mutating func add(_ other: FailureLog) {
    for (place, count) in other.counts { add(place, count) }
    for statement in other.manifold where !manifold.contains(statement) { merge(statement) }
  }

  /// From now on all failures of a statement are one kind.
  private mutating func merge(_ statement: FailurePlace) {
    manifold.insert(statement)
    for (place, count) in counts where place.fault != nil && place.statement == statement {
      counts[place] = nil
      add(statement, count)
    }
  }
}
