public import FlowRuntime
public import FlowSyntax
public import FlowText

/// Something in a flow that a test can come to.
public struct CoveragePlace: Sendable {
  public enum Kind: Sendable, Hashable {
    /// A clause that starts runs.
    case trigger(TriggerKind)
    /// A statement.
    case node
    /// A way out of a check, also where nothing stands behind it.
    case port(Port)
    /// One side of a bound in time.
    case bound(BoundSide)
  }

  public var kind: Kind
  /// The flow's position in the campaign.
  public var flow: Int
  public var file: FileID
  /// What is shown of it.
  public var range: SourceRange
  /// The statement it is or belongs to; `nil` for a trigger.
  public var statement: StatementID?
  /// The place by way of which this one is come to: the statement before it, else the port or trigger whose block it
  /// begins. `nil` where there are several, as for steps.
  public var parent: Int?
  /// Of a bound, what it is the bound of.
  public var bound: TimingBound?
}

/// Where something lies beside a bound in time: within one unit of it, or on it.
public enum BoundSide: Int, Sendable, Hashable, CaseIterable {
  case justBefore
  case at
  case justAfter

  public var words: String {
    switch self {
    case .justBefore: "just before"
    case .at: "at"
    case .justAfter: "just after"
    }
  }

  /// `nil` where a distance is more than one unit.
  init?(_ distance: Int64, unit: Int64) {
    switch distance {
    case 0: self = .at
    case 1...unit: self = .justAfter
    case -unit ... -1: self = .justBefore
    case _: return nil
    }
  }
}

/// A moment at which something changes.
public struct TimingBound: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// The two sides of a comparison are equal; by its number in the program.
    case comparison(Int)
    /// The window opens or closes, at a time of day in milliseconds.
    case windowStart(Int64)
    case windowEnd(Int64)
    /// A day that is allowed follows one that is not, or the other way round: Monday 1 to Sunday 7.
    case weekday(Int)
    /// The start is as late as `expires in` allows.
    case expiry
  }

  public var kind: Kind
  /// How far "just" reaches, in the unit of the distance: a minute, or one day.
  var unit: Int64

  static let minute: Int64 = 60_000
  static let day: Int64 = 86_400_000

  /// What lies at the bound.
  public var words: String {
    switch kind {
    case .comparison: "both sides equal"
    case .windowStart: "start"
    case .windowEnd: "end"
    case .weekday(let day): TimingBound.weekdays[(day - 1) % 7]
    case .expiry: "expiry"
    }
  }

  private static let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
}
