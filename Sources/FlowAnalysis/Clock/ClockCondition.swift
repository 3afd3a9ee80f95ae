internal import FlowCheck
internal import FlowSyntax
internal import FlowValues

/// At which times of day a condition can be true, and at which it need not be, as far as it can be shown.
///
/// What says nothing of the time of day can be either at any. Of what does, in a way that is not followed, nothing
/// can be shown.
struct ClockCondition {
  var whenTrue: TimesOfDay
  var otherwise: TimesOfDay

  private static let anything = ClockCondition(whenTrue: .all, otherwise: .all)
  private static let nothingShown = ClockCondition(whenTrue: .none, otherwise: .none)

  private init(whenTrue: TimesOfDay, otherwise: TimesOfDay) {
    self.whenTrue = whenTrue
    self.otherwise = otherwise
  }

  /// One that is true at some times and false at all others.
  private init(exactly times: TimesOfDay) { self.init(whenTrue: times, otherwise: times.complement) }

  private var negated: ClockCondition { ClockCondition(whenTrue: otherwise, otherwise: whenTrue) }

  init(_ id: ExpressionID, _ file: FileView) {
    switch file.kind(id) {
    case .parenthesized(let inner): self.init(inner, file)
    case .boolean(let value): self.init(exactly: value ? .all : .none)
    case .unary(.not, let inner): self = ClockCondition(inner, file).negated
    case .binary(.and, let left, let right):
      let (a, b) = (ClockCondition(left, file), ClockCondition(right, file))
      self.init(
        whenTrue: a.whenTrue.intersection(b.whenTrue), otherwise: a.otherwise.union(b.otherwise))
    case .binary(.or, let left, let right):
      let (a, b) = (ClockCondition(left, file), ClockCondition(right, file))
      self.init(
        whenTrue: a.whenTrue.union(b.whenTrue), otherwise: a.otherwise.intersection(b.otherwise))
    case .binary(let sign, let left, let right):
      let times = Self.comparison(sign, left, right, file)
      self = times.map(ClockCondition.init(exactly:)) ?? Self.unfollowed(id, file)
    case .membership(let operand, let isNegated, let list):
      let times = file.tree[list].map { Self.comparison(.equal, operand, $0, file) }
      guard times.allSatisfy({ $0 != nil }) else {
        self = Self.unfollowed(id, file)
        return
      }
      let all = ClockCondition(exactly: times.compactMap { $0 }.reduce(.none) { $0.union($1) })
      self = isNegated ? all.negated : all
    case .missing, .unset, .now, .today, .integer, .numeric, .text, .date, .localDateTime, .instant, .time,
      .duration, .name, .member, .unary, .presence, .call, .within:
      self = Self.unfollowed(id, file)
    }
  }

  // MARK: Comparisons

  /// What the clock shows, in a unit of its own.
  private struct Reading {
    /// How many milliseconds of the day show the same.
    var unit: Int64
  }

  /// When a comparison of the time of day with a constant is true; `nil` for any other.
  private static func comparison(
    _ sign: BinaryOperator, _ left: ExpressionID, _ right: ExpressionID, _ file: FileView
  ) -> TimesOfDay? {
    if let reading = reading(left, file), let value = constant(right, reading, file) {
      return times(sign, value, reading)
    }
    if let reading = reading(right, file), let value = constant(left, reading, file) {
      return times(sign.mirroredOrder, value, reading)
    }
    return nil
  }

  private static func times(_ sign: BinaryOperator, _ value: Int64, _ reading: Reading) -> TimesOfDay? {
    let day = TimeOfDay.millisecondsPerDay
    // No clock shows more than a day or less than nothing, so that what lies far outside need not be exact.
    let first = max(-1, min(value, day)) * reading.unit
    let next = first + reading.unit
    switch sign {
    case .equal: return TimesOfDay([first..<next])
    case .notEqual: return TimesOfDay([first..<next]).complement
    case .less: return TimesOfDay([0..<max(0, first)])
    case .lessOrEqual: return TimesOfDay([0..<max(0, next)])
    case .greater: return TimesOfDay([max(0, next)..<max(day, next)])
    case .greaterOrEqual: return TimesOfDay([max(0, first)..<max(day, first)])
    case .multiply, .divide, .remainder, .add, .subtract, .contains, .startsWith, .endsWith, .matches, .and,
      .or:
      return nil
    }
  }

  /// `time(now)`, `hour(now)`, or `now`, which is compared with a time of today.
  private static func reading(_ id: ExpressionID, _ file: FileView) -> Reading? {
    let id = id.bare(file)
    switch file.kind(id) {
    case .now: return Reading(unit: 1)
    case .call(_, let list):
      let arguments = Array(file.tree[list])
      guard arguments.count == 1, let inner = reading(arguments[0], file), inner.unit == 1 else { return nil }
      switch file.reference(id) {
      case .function(.timeOf): return inner
      case .function(.hour): return Reading(unit: 3_600_000)
      case _: return nil
      }
    case _: return nil
    }
  }

  private static func constant(_ id: ExpressionID, _ reading: Reading, _ file: FileView) -> Int64? {
    let id = id.bare(file)
    switch file.kind(id) {
    case .time(let time): return reading.unit == 1 ? Int64(time.milliseconds) : nil
    case .integer(let value): return reading.unit == 1 ? nil : value
    case .call(_, let list):
      guard reading.unit == 1 else { return nil }
      let arguments = Array(file.tree[list])
      switch file.reference(id) {
      case .function(.timeFromParts):
        guard arguments.count == 2, case .integer(let hour) = file.kind(arguments[0].bare(file)),
          case .integer(let minute) = file.kind(arguments[1].bare(file)), 0..<24 ~= hour, 0..<60 ~= minute
        else { return nil }
        return (hour * 60 + minute) * 60_000
      case .function(.datetime):
        guard arguments.count == 2, case .today = file.kind(arguments[0].bare(file)) else { return nil }
        return constant(arguments[1], reading, file)
      case _: return nil
      }
    case _: return nil
    }
  }

  // MARK: Others

  private static func unfollowed(_ id: ExpressionID, _ file: FileView) -> ClockCondition {
    var readsNow = false
    var isAboutTimes = false
    file.eachInside(id) { inner in
      switch file.kind(inner) {
      case .now: readsNow = true
      case .time: isAboutTimes = true
      case .call:
        switch file.reference(inner) {
        case .function(.timeOf), .function(.timeFromParts), .function(.hour), .function(.datetime),
          .function(.text):
          isAboutTimes = true
        case _: break
        }
      case _: break
      }
    }
    return readsNow && isAboutTimes ? nothingShown : anything
  }
}

extension BinaryOperator {
  /// The sign with the sides exchanged, where it compares by order or equality.
  fileprivate var mirroredOrder: BinaryOperator {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    case .equal, .notEqual, .multiply, .divide, .remainder, .add, .subtract, .contains, .startsWith,
      .endsWith,
      .matches, .and, .or:
      self
    }
  }
}
