internal import FlowAnalysis
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// A communication that can start at night.
enum ContactHours: LintRule {
  static let name: DiagnosticName = "contact-hours"
  static let defaultSeverity = Severity.warning

  /// In milliseconds since midnight.
  private static let earliest: Int32 = 8 * 3_600_000
  private static let latest: Int32 = 21 * 3_600_000

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.reachedCommunications.compactMap { place, communication in
      let name = context.spelling(communication.name)
      if let window = context.window(communication, place.file), let hours = window.hours.window.hours {
        guard hours.start.milliseconds < earliest || hours.endMilliseconds > latest || hours.wrapsMidnight
        else {
          return nil
        }
        return finding(
          message(name), at: Label(place.file.span(window.syntax), windowLabel(hours)), help: [help])
      }
      let time = ScheduledTime.literal(communication.schedule, place.file)
      if let time, earliest..<latest ~= time.time.milliseconds { return nil }
      let range = time?.range ?? communication.name.range
      let isWindowless = context.window(communication, place.file) == nil
      return finding(
        message(name),
        at: Label(place.file.span(range), time != nil ? timeLabel : isWindowless ? noWindowLabel : daysLabel),
        help: [help])
    }
  }

  static let page = Explanation(
    name, summary: "somebody can be contacted before 8 or after 21 o'clock",
    meaning: """
      The communication has no window, or one that opens before 08:00 or closes after 21:00, and no time of day in its text. \
      Whenever the event comes, the telephone rings: also at three in the morning of the person's own clock.
      """,
    reason: "People mind, and for calls and advertising most countries have laws about it.",
    wrong: """
      campaign demo { }

      profile { phone: phone required }
      agent caller { channel voice }

      flow call {
        on incoming session {
          voice CALL by caller in 2h
        }
      }
      """,
    right: """
      campaign demo { }

      profile { phone: phone required }
      agent caller { channel voice }

      flow call {
        on incoming session {
          voice CALL by caller in 2h within 08:00..21:00
        }
      }
      """,
    decision: """
      By the hours of the window where it has any; else by a time of day that stands in the text (`at 10:00`, `on … at 10:00`). \
      All channels are treated alike: a message wakes people as well.
      """,
    limits: """
      What was asked for at that hour has to say so in a comment. A time in the past is made up for at once (semantics T4), \
      whatever the hour: that is not looked at where a time of day stands in the text.
      """)

  private static func message(_ name: String) -> String { "`\(name)` can start before 08:00 or after 21:00" }
  private static func windowLabel(_ hours: ContactWindow.Hours) -> String {
    hours.wrapsMidnight
      ? "open through the night" : hours.start.milliseconds < earliest ? "opens early" : "closes late"
  }
  private static let timeLabel = "outside the hours"
  private static let noWindowLabel = "no window"
  private static let daysLabel = "its window has days only"
  private static let help = "add `within 09:00..20:00`, or the hours that people agreed to"
}
