internal import FlowAnalysis
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// `24h` where a day is meant: twice a year it is another time of day.
enum DayOr24h: LintRule {
  static let name: DiagnosticName = "day-or-24h"
  static let defaultSeverity = Severity.warning

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.reachedNodes.flatMap { place -> [Diagnostic] in
      switch place.statement.kind {
      case .communication(let id): find(place.file.tree[id].schedule, place)
      case .handOver(_, let schedule): find(schedule, place)
      case .check, .cancelCommunications, .update, .cancelHandOvers, .python, .stop, .go, .progress, .end,
        .chance, .scenario:
        []
      }
    }
  }

  private static func find(_ schedule: Schedule, _ place: ReachedNode) -> [Diagnostic] {
    switch schedule.kind {
    case .now, .on: return []
    case .in(let value): return wholeDays(value, place).map { [$0] } ?? []
    case .at(let value):
      var found: [Diagnostic] = []
      place.file.eachInside(value) { id in
        switch place.file.kind(id) {
        case .binary(.add, _, let right), .binary(.subtract, _, let right):
          if let finding = wholeDays(right, place) { found.append(finding) }
        case _: break
        }
      }
      return found
    }
  }

  /// A duration in hours that makes whole days.
  private static func wholeDays(_ id: ExpressionID, _ place: ReachedNode) -> Diagnostic? {
    guard let duration = place.file.literalDuration(id), duration.days == 0, duration.milliseconds > 0,
      duration.milliseconds % TimeOfDay.millisecondsPerDay == 0
    else { return nil }
    let span = place.file.span(place.file.expressions[Int(id.index)].range)
    let days = "\(duration.milliseconds / TimeOfDay.millisecondsPerDay)d"
    return finding(
      message(place.file.tree.source.text(span.range), days), at: Label(span, primaryLabel), help: [help],
      fixes: [Fix(fixTitle(days), .unsafe, [Edit(span, days)])])
  }

  static let page = Explanation(
    name, summary: "`24h` stands where a day is meant",
    meaning: """
      Hours are exact, days keep the local time of day. Over a clock change `24h` after ten o'clock is nine or eleven o'clock, \
      `1d` after it is ten o'clock. In the schedule of a communication or hand-over the time of day is what people notice.
      """,
    reason: """
      The message comes an hour early or late for everybody who is in the campaign over the last weekend of March or \
      October, and perhaps before the hour at which people may be contacted.
      """,
    wrong: """
      campaign demo { }

      profile { phone: phone required }
      agent caller { channel voice }

      flow call {
        on incoming session {
          voice CALL by caller in 24h within 09:00..18:00
        }
      }
      """,
    right: """
      campaign demo { }

      profile { phone: phone required }
      agent caller { channel voice }

      flow call {
        on incoming session {
          voice CALL by caller in 1d within 09:00..18:00
        }
      }
      """,
    decision:
      "A multiple of 24 hours, written in hours, minutes or seconds, after `in`, or added in the expression after `at`.",
    limits: "`expires in` and comparisons of durations are left alone: there exact hours are as good.")

  private static func message(_ hours: String, _ days: String) -> String {
    "`\(hours)` is another time of day after a clock change; `\(days)` is the same"
  }
  private static let primaryLabel = "exact hours"
  private static let help = "write days where the time of day is meant"
  private static func fixTitle(_ days: String) -> String { "write `\(days)`" }
}
