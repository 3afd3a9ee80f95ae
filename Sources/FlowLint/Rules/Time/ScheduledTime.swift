internal import FlowAnalysis
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// A time of day that stands in the text of a schedule.
struct ScheduledTime {
  let time: TimeOfDay
  let range: SourceRange

  /// `at 10:00`, `on … at 10:00`, `at 2026-11-22T10:00`; `nil` for what is computed.
  static func literal(_ schedule: Schedule, _ file: FileView) -> ScheduledTime? {
    switch schedule.kind {
    case .at(let value): literal(value, file)
    case .on(_, let value): value.flatMap { literal($0, file) }
    case .now, .in: nil
    }
  }

  private static func literal(_ id: ExpressionID, _ file: FileView) -> ScheduledTime? {
    let range = file.expressions[Int(id.index)].range
    switch file.kind(id.bare(file)) {
    case .time(let time): return ScheduledTime(time: time, range: range)
    case .localDateTime(let local): return ScheduledTime(time: local.time, range: range)
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
