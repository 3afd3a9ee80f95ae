internal import FlowAnalysis
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// A communication that has expired before its window opens, whenever it is asked for.
enum WindowNeverOpens: LintRule {
  static let name: DiagnosticName = "window-never-opens"
  static let defaultSeverity = Severity.warning

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.reachedCommunications.compactMap { place, communication in
      guard let window = context.window(communication, place.file),
        let time = ScheduledTime.literal(communication.schedule, window.hours.window, place.file),
        let expiry = communication.expiry,
        let duration = place.file.literalDuration(expiry),
        let wait = time.waits(for: window.hours.window).min(), wait > duration.comparisonMilliseconds
      else { return nil }
      return finding(
        message(context.spelling(communication.name)), at: Label(place.file.span(time.range), timeLabel),
        secondary: [
          Label(place.file.span(window.syntax), windowLabel),
          Label(place.file.span(place.file.expressions[Int(expiry.index)].range), expiryLabel),
        ], help: [help])
    }
  }

  static let page = Explanation(
    name, summary: "a communication expires before its window opens, always",
    meaning: """
      The time of day in the schedule lies outside the window, so that the start moves to the next opening; `expires in` counts \
      from the time asked for and is over before that. Every single one is skipped.
      """,
    reason:
      "The campaign looks complete and reaches nobody, and a skipped communication is no error in any report.",
    wrong: """
      campaign demo { }

      profile { phone: phone required }
      agent caller { channel voice }

      flow call {
        on incoming session {
          voice CALL by caller at 20:30 within 09:00..18:00 expires in 4h
        }
      }
      """,
    right: """
      campaign demo { }

      profile { phone: phone required }
      agent caller { channel voice }

      flow call {
        on incoming session {
          voice CALL by caller at 17:30 within 09:00..18:00 expires in 4h
        }
      }
      """,
    decision: """
      The time of day and the expiry stand in the text. Where the date does as well, it is that day that counts; else the \
      shortest wait over all days of a week is longer than the expiry. `on DATE` without a time asks for the opening of the \
      window.
      """,
    limits: "A time or an expiry that is computed is not looked at, nor are clock changes.")

  private static func message(_ name: String) -> String {
    "`\(name)` never starts: it has expired when its window opens"
  }
  private static let timeLabel = "asked for outside the window"
  private static let windowLabel = "opens too late"
  private static let expiryLabel = "over by then"
  private static let help = "ask for a time within the window, or let it expire later"
}
