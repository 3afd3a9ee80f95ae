internal import FlowAnalysis
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// An expiry that outlasts the nights between windows and not the days between them.
enum ExpiryGap: LintRule {
  static let name: DiagnosticName = "expiry-gap"
  static let defaultSeverity = Severity.warning

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.reachedCommunications.compactMap { place, communication in
      guard let window = context.window(communication, place.file), let expiry = communication.expiry,
        let duration = place.file.literalDuration(expiry), let gap = window.hours.longestGap,
        ScheduledTime.literal(communication.schedule, place.file) == nil
      else { return nil }
      let night = window.hours.night ?? 0
      let length = duration.comparisonMilliseconds
      guard night <= length, length < gap else { return nil }
      return finding(
        message(context.spelling(communication.name), gap),
        at: Label(place.file.span(place.file.expressions[Int(expiry.index)].range), primaryLabel),
        secondary: [Label(place.file.span(window.syntax), windowLabel(gap))], help: [help(gap)])
    }
  }

  static let page = Explanation(
    name, summary: "an expiry is shorter than the window is shut",
    meaning: """
      `expires in` counts from the time that was asked for. What is asked for just after the window has closed waits until it \
      opens again, and over days that are not allowed that is longer than the expiry: it is skipped. So on Fridays people are \
      lost who are reached on all other days.
      """,
    wrong: """
      campaign demo { }

      profile { phone: phone required }
      agent caller { channel voice }

      flow call {
        on incoming session {
          voice CALL by caller in 2h within 09:00..18:00 mon..fri expires in 2d
        }
      }
      """,
    right: """
      campaign demo { }

      profile { phone: phone required }
      agent caller { channel voice }

      flow call {
        on incoming session {
          voice CALL by caller in 2h within 09:00..18:00 mon..fri expires in 4d
        }
      }
      """,
    decision: """
      The window has days on which it is shut, the expiry stands in the text, is at least as long as a night between two \
      windows and shorter than the longest gap. An expiry shorter than a night is meant to be short. Where a time of day \
      stands in the text, nothing is reported.
      """,
    limits: "A schedule that is computed so that it never falls on such a day has to say so in a comment.")

  private static func hours(_ gap: Int64) -> String { "\((gap + 3_599_999) / 3_600_000) hours" }
  private static func message(_ name: String, _ gap: Int64) -> String {
    "`\(name)` is skipped where it is asked for as the window closes: it is shut for \(hours(gap)), longer than the expiry"
  }
  private static let primaryLabel = "shorter than the gap"
  private static func windowLabel(_ gap: Int64) -> String { "shut for up to \(hours(gap))" }
  private static func help(_ gap: Int64) -> String {
    "write `expires in \((gap + ContactWindowFacts.day - 1) / ContactWindowFacts.day + 1)d`, or allow more days"
  }
}
