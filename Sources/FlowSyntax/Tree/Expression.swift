public import FlowText
public import FlowValues

/// A node of an expression (language 5).
public struct Expression: Sendable {
  public var range: SourceRange
  public var kind: Kind

  public init(_ kind: Kind, _ range: SourceRange) {
    self.kind = kind
    self.range = range
  }

  public enum Kind: Sendable {
    /// Nothing usable stood here; the parser has reported it, and later phases say nothing more.
    case missing
    case unset
    case now
    case today
    case boolean(Bool)
    case integer(Int64)
    case numeric(Numeric)
    case text(TextID)
    case date(CivilDate)
    /// A datetime without offset, in the effective zone (semantics T2).
    case localDateTime(LocalDateTime)
    /// A datetime with an offset.
    case instant(Instant)
    case time(TimeOfDay)
    case duration(CalendarDuration)
    /// A bare name: an enumeration case, or in the arguments of `communications` a communication or channel.
    case name(Symbol)
    /// `participant.status`; the base is a word like `participant`, or not (which the checker reports).
    case member(base: Symbol, member: Name)
    case unary(UnaryOperator, ExpressionID)
    case binary(BinaryOperator, ExpressionID, ExpressionID)
    /// `a in (x, y)`, `a not in (x, y)`.
    case membership(ExpressionID, negated: Bool, ExpressionList)
    /// `a is set`, `a is not set`.
    case presence(ExpressionID, negated: Bool)
    case call(Name, ExpressionList)
    /// `within D` as an argument of `communications`.
    case within(ExpressionID)
    case parenthesized(ExpressionID)
  }
}

public enum UnaryOperator: Sendable, Hashable, CaseIterable {
  case minus
  case not
}

public enum BinaryOperator: Sendable, Hashable, CaseIterable {
  case multiply, divide, remainder
  case add, subtract
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
  case contains, startsWith, endsWith, matches
  case and
  case or

  public var spelling: String {
    switch self {
    case .multiply: "*"
    case .divide: "/"
    case .remainder: "%"
    case .add: "+"
    case .subtract: "-"
    case .equal: "=="
    case .notEqual: "!="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .contains: "contains"
    case .startsWith: "starts with"
    case .endsWith: "ends with"
    case .matches: "matches"
    case .and: "and"
    case .or: "or"
    }
  }
}
