internal import FlowCheck
public import FlowSyntax
public import FlowValues

/// At which times of day communications start.
extension ClockTimes {
  /// Those at which a communication can be shown to start: asked for, moved into its window (semantics T4), and let through
  /// by its `only if`, which is read at the start.
  ///
  /// - Parameter hours: Of its window, where it has any. Then a date that has passed counts too: the communication starts
  ///   as soon as the window is open.
  public mutating func starts(
    _ communication: CommunicationStatement, at node: Int, of flow: Int, within hours: ContactWindow.Hours?
  ) -> TimesOfDay {
    var times = asked(communication.schedule, at: node, of: flow)
    if let hours {
      switch communication.schedule.kind {
      case .at, .on: times = .all
      case .now, .in: break
      }
      times = Self.moved(times, into: hours)
    }
    guard let condition = communication.condition else { return times }
    return times.intersection(ClockCondition(condition, file(flow)).whenTrue)
  }

  private static func moved(_ times: TimesOfDay, into hours: ContactWindow.Hours) -> TimesOfDay {
    let start = Int64(hours.start.milliseconds)
    let end = Int64(hours.endMilliseconds)
    let open = TimesOfDay(
      hours.wrapsMidnight ? [start..<TimeOfDay.millisecondsPerDay, 0..<end] : [start..<end])
    let inside = times.intersection(open)
    return inside == times ? times : inside.union(TimesOfDay([start..<start + 1]))
  }

  /// Those that a schedule asks for; any where nobody can say.
  mutating func asked(_ schedule: Schedule, at node: Int, of flow: Int) -> TimesOfDay {
    switch schedule.kind {
    case .now: before(node, of: flow)
    case .in(let delay): later(before(node, of: flow), by: delay, file(flow)) ?? .all
    case .at(let value): shown(value, at: node, of: flow) ?? .all
    case .on(_, let time): time.flatMap { shown($0, at: node, of: flow) } ?? .all
    }
  }

  /// Days keep the time of day, hours do not (semantics T3); clock changes aside.
  private func later(
    _ times: TimesOfDay, by delay: ExpressionID, _ file: FileView, isEarlier: Bool = false
  ) -> TimesOfDay? {
    guard case .duration(let duration) = file.kind(delay.bare(file)),
      abs(duration.milliseconds) < TimeOfDay.millisecondsPerDay
    else { return nil }
    return times.shifted(by: isEarlier ? -duration.milliseconds : duration.milliseconds)
  }

  /// The times of day of a time or datetime; `nil` where nobody can say.
  private mutating func shown(_ id: ExpressionID, at node: Int, of flow: Int) -> TimesOfDay? {
    let file = file(flow)
    switch file.kind(id) {
    case .parenthesized(let inner): return shown(inner, at: node, of: flow)
    case .now: return before(node, of: flow)
    case .time(let time): return Self.single(time)
    case .localDateTime(let local): return Self.single(local.time)
    case .binary(.add, let left, let right):
      return shown(left, at: node, of: flow).flatMap { later($0, by: right, file) }
    case .binary(.subtract, let left, let right):
      return shown(left, at: node, of: flow).flatMap { later($0, by: right, file, isEarlier: true) }
    case .call(_, let list): return call(id, Array(file.tree[list]), at: node, of: flow)
    case .missing, .unset, .today, .boolean, .integer, .numeric, .text, .date, .instant, .duration, .name,
      .member, .unary, .binary, .membership, .presence, .within:
      return nil
    }
  }

  private static func single(_ time: TimeOfDay) -> TimesOfDay {
    TimesOfDay([Int64(time.milliseconds)..<Int64(time.milliseconds) + 1])
  }

  private mutating func call(
    _ id: ExpressionID, _ arguments: [ExpressionID], at node: Int, of flow: Int
  ) -> TimesOfDay? {
    guard case .function(let function) = file(flow).reference(id) else { return nil }
    switch function {
    case .timeFromParts: return parts(arguments, at: node, of: flow)
    case .timeOf: return shown(arguments[0], at: node, of: flow)
    case .datetime: return shown(arguments[1], at: node, of: flow)
    case .if: return any(of: arguments.dropFirst(), at: node, of: flow)
    case .default, .min, .max: return any(of: arguments[...], at: node, of: flow)
    case .abs, .ceil, .floor, .round, .length, .lower, .upper, .trim, .slice, .text, .date, .year, .month,
      .day, .weekday, .hour, .minute, .days, .hours, .communications, .runs, .rejected:
      return nil
    }
  }

  private mutating func any(
    of choices: ArraySlice<ExpressionID>, at node: Int, of flow: Int
  ) -> TimesOfDay? {
    var result = TimesOfDay.none
    for choice in choices {
      guard let times = shown(choice, at: node, of: flow) else { return nil }
      result = result.union(times)
    }
    return result
  }

  /// `time(9, 0)`, or of numbers that the checks on the way keep within bounds.
  private func parts(_ arguments: [ExpressionID], at node: Int, of flow: Int) -> TimesOfDay? {
    guard arguments.count == 2,
      case .range(let firstHour, let lastHour) = states[flow].value(of: arguments[0], at: node).content,
      case .range(let firstMinute, let lastMinute) = states[flow].value(of: arguments[1], at: node).content,
      0...23 ~= firstHour, 0...23 ~= lastHour
    else { return nil }
    let minutes = max(0, min(firstMinute, 59))...max(0, min(lastMinute, 59))
    return TimesOfDay(
      (firstHour...lastHour).map { hour in
        (hour * 60 + minutes.lowerBound) * 60_000..<(hour * 60 + minutes.upperBound) * 60_000 + 1
      })
  }
}
