internal import FlowAnalysis
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// A time of day that stands in the text of a schedule.
struct ScheduledTime {
  let time: TimeOfDay
  /// The day, where that stands in the text as well.
  var date: CivilDate?
  let range: SourceRange

  /// `at 10:00`, `on … at 10:00`, `at 2026-11-22T10:00`; `nil` for what is computed.
  static func literal(_ schedule: Schedule, _ file: FileView) -> ScheduledTime? {
    switch schedule.kind {
    case .at(let value): literal(value, file)
    case .on(let day, let value): value.flatMap { literal($0, file)?.on(day, file) }
    case .now, .in: nil
    }
  }

  /// The same with the opening of a window where `on DATE` leaves the time to it.
  static func literal(
    _ schedule: Schedule, _ window: ContactWindow, _ file: FileView
  ) -> ScheduledTime? {
    guard case .on(let day, at: .none) = schedule.kind, let hours = window.hours else {
      return literal(schedule, file)
    }
    return ScheduledTime(time: hours.start, range: file.expressions[Int(day.index)].range).on(day, file)
  }

  private func on(_ day: ExpressionID, _ file: FileView) -> ScheduledTime {
    guard case .date(let date) = file.kind(day.bare(file)) else { return self }
    return ScheduledTime(time: time, date: date, range: range)
  }

  /// How long it waits for a window, in milliseconds: on its date, else on each day of a week.
  func waits(for window: ContactWindow) -> [Int64] {
    guard let monday = CivilDate(year: 2026, month: 11, day: 23) else { return [] }
    let dates = date.map { [$0] } ?? (0..<7).compactMap { monday.adding(days: Int64($0)) }
    return dates.compactMap { date in
      let asked = LocalDateTime(date: date, time: time)
      return window.earliest(from: asked).map { $0.milliseconds - asked.milliseconds }
    }
  }

  private static func literal(_ id: ExpressionID, _ file: FileView) -> ScheduledTime? {
    let range = file.expressions[Int(id.index)].range
    switch file.kind(id.bare(file)) {
    case .time(let time): return ScheduledTime(time: time, range: range)
    case .localDateTime(let local): return ScheduledTime(time: local.time, date: local.date, range: range)
    case .missing, .unset, .now, .today, .boolean, .integer, .numeric, .text, .date, .instant, .duration,
      .name,
      .member, .unary, .binary, .membership, .presence, .call, .within, .parenthesized:
      return nil
    }
  }
}

extension FileView {
  /// A duration that stands in the text.
  func literalDuration(_ id: ExpressionID?) -> CalendarDuration? {
    guard let id, case .duration(let duration) = kind(id.bare(self)) else { return nil }
    return duration
  }
}
