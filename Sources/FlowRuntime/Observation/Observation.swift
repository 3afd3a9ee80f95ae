public import FlowSchema
public import FlowSyntax
public import FlowText
public import FlowValues

/// What a journal notes of a comparison or a schedule, in deployments that observe: how near it came to its bound.
public enum Observation: Sendable, Hashable {
  /// Comparison `number` of the program: the left side less the right. Milliseconds of times and durations, days of
  /// dates, the numbers themselves (numerics in millionths); 0 or 1 of what is only equal or not. `nil` where a side is
  /// unset.
  case comparison(number: Int, distance: Int64?)
  /// A statement asked for a start at this local time, which its window then moved.
  case window(file: FileID, statement: StatementID, asked: LocalDateTime)
  /// A statement's start less the moment at which it expires, in milliseconds.
  case expiry(file: FileID, statement: StatementID, distance: Int64)
}

/// A comparison in a flow whose sides are observed.
public struct ObservedComparison: Sendable {
  /// The flow's position.
  public var flow: Int
  public var file: FileID
  /// The comparison itself.
  public var expression: ExpressionID
  /// The type in which the sides are compared.
  public var type: ValueType
  var comparison: Comparison
}

extension ObservedComparison {
  /// How far a distance is from making the comparison true, 0 where it does.
  public func shortfall(_ distance: Int64) -> UInt64 {
    if comparison.holds(distance, 0) { return 0 }
    switch comparison {
    case .equal, .notEqual, .lessOrEqual, .greaterOrEqual: return max(distance.magnitude, 1)
    case .less, .greater: return distance.magnitude == .max ? .max : distance.magnitude + 1
    }
  }

  /// How far a distance is from making the comparison false, 0 where it does.
  public func surplus(_ distance: Int64) -> UInt64 {
    if !comparison.holds(distance, 0) { return 0 }
    switch comparison {
    case .equal, .notEqual, .less, .greater: return max(distance.magnitude, 1)
    case .lessOrEqual, .greaterOrEqual: return distance.magnitude == .max ? .max : distance.magnitude + 1
    }
  }
}
