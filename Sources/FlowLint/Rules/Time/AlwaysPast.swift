internal import FlowAnalysis
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// A schedule that lies in the past whenever it is asked for.
enum AlwaysPast: LintRule {
  static let name: DiagnosticName = "always-past"
  static let defaultSeverity = Severity.warning

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.reachedNodes.compactMap { place in
      guard let schedule = schedule(place), let value = asked(schedule), isPast(value, place.file) else {
        return nil
      }
      return finding(
        message, at: Label(place.file.span(place.file.expressions[Int(value.index)].range), label),
        help: [help])
    }
  }

  private static func schedule(_ place: ReachedNode) -> Schedule? {
    switch place.statement.kind {
    case .communication(let id): place.file.tree[id].schedule
    case .handOver(_, let schedule): schedule
    case .check, .cancelCommunications, .update, .cancelHandOvers, .python, .stop, .go, .progress, .end,
      .chance, .scenario:
      nil
    }
  }

  private static func asked(_ schedule: Schedule) -> ExpressionID? {
    switch schedule.kind {
    case .now: nil
    case .in(let value), .at(let value), .on(let value, _): value
    }
  }

  /// `now` or `today` less a duration, or a negative duration.
  private static func isPast(_ id: ExpressionID, _ file: FileView) -> Bool {
    switch file.kind(id.bare(file)) {
    case .binary(.subtract, let left, let right):
      guard let duration = file.literalDuration(right), duration.comparisonMilliseconds > 0 else {
        return false
      }
      switch file.kind(left.bare(file)) {
      case .now, .today: return true
      case _: return isPast(left, file)
      }
    case .unary(.minus, let inner): return (file.literalDuration(inner)?.comparisonMilliseconds ?? 0) > 0
    case _: return false
    }
  }

  static let page = Explanation(
    name, summary: "a schedule always lies in the past",
    meaning: """
      The time asked for is before the moment of asking, whenever that is. A start in the past is made up for at once, so that \
      the schedule says one thing and does another.
      """,
    reason: """
      It starts at once, at whatever hour that is: mostly a sign was turned round, and a reminder meant for the day \
      after comes in the same minute.
      """,
    wrong: """
      campaign demo { }

      profile { phone: phone required }
      agent caller { channel voice }

      flow call {
        on incoming session {
          voice CALL by caller on today - 1d at 10:00 within 09:00..18:00
        }
      }
      """,
    right: """
      campaign demo { }

      profile { phone: phone required }
      agent caller { channel voice }

      flow call {
        on incoming session {
          voice CALL by caller on today + 1d at 10:00 within 09:00..18:00
        }
      }
      """,
    decision: "`now` or `today` less a duration that stands in the text, and negative durations after `in`.",
    limits: "What day it is nobody knows here: dates in the text are not compared with today.")

  private static let message = "this schedule always lies in the past"
  private static let label = "over before it is asked for"
  private static let help = "ask for a later time, or for none: without a schedule it is now"
}
