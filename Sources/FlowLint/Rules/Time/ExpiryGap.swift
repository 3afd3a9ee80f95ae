internal import FlowAnalysis
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// An expiry that is over before the window opens again, so that some are reached and others are lost.
enum ExpiryGap: LintRule {
  static let name: DiagnosticName = "expiry-gap"
  static let defaultSeverity = Severity.warning

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.reachedCommunications.compactMap { place, communication in
      guard let window = context.window(communication, place.file), let expiry = communication.expiry,
        let duration = place.file.literalDuration(expiry)
      else { return nil }
      let time = ScheduledTime.literal(communication.schedule, window.hours.window, place.file)
      let length = duration.comparisonMilliseconds
      guard let gap = time.map({ wait(of: $0, window.hours) }) ?? window.hours.longestGap, length < gap,
        isMeantToLast(length, window.hours)
      else { return nil }
      let name = context.spelling(communication.name)
      return finding(
        time == nil ? message(name, gap) : timeMessage(name, gap),
        at: Label(place.file.span(place.file.expressions[Int(expiry.index)].range), primaryLabel),
        secondary: [Label(place.file.span(window.syntax), windowLabel(gap))], help: [help(gap)])
    }
  }

  /// The longest time that a time of day waits; `nil` where it never waits less, which another rule reports, or not at all.
  private static func wait(of time: ScheduledTime, _ hours: ContactWindowFacts) -> Int64? {
    let waits = time.waits(for: hours.window)
    return waits.min() == waits.max() ? nil : waits.max()
  }

  /// Whoever gives it most of a night means it to be there in the morning; what is shorter is meant for now or never.
  private static func isMeantToLast(_ length: Int64, _ hours: ContactWindowFacts) -> Bool {
    length >= (hours.night ?? 0) / 4 * 3
  }

  static let page = Explanation(
    name, summary: "an expiry is shorter than the window is shut",
    meaning: """
      `expires in` counts from the time that was asked for. What is asked for just after the window has closed waits until it \
      opens again. Where that is longer than the expiry it is skipped: at the weekend, or in the first hours of a night.
      """,
    reason: """
      Whom it concerns depends on the minute: on Fridays people are lost who are reached on all other days, and at nine in \
      the evening those who would be reached had they come at midnight.
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
      The window has hours or days on which it is shut, and the expiry stands in the text and is shorter than the longest time \
      from a closing to the next opening. Where a time of day stands in the text, that waits only for days that are \
      allowed, and this wait counts. An expiry shorter than three quarters of a night is meant for now or never, and left alone; where \
      every single one expires, `window-never-opens` says so.
      """,
    limits: """
      A schedule that is computed so that it never falls into the gap, and an expiry that is meant to lose the weekend, have \
      to say so in a comment.
      """)

  private static func hours(_ gap: Int64) -> String { "\((gap + 3_599_999) / 3_600_000) hours" }
  private static func message(_ name: String, _ gap: Int64) -> String {
    "`\(name)` is skipped where it is asked for as the window closes: it is shut for \(hours(gap)), longer than the expiry"
  }
  private static func timeMessage(_ name: String, _ gap: Int64) -> String {
    "`\(name)` is skipped on some days: there it waits for \(hours(gap)), longer than the expiry"
  }
  private static let primaryLabel = "shorter than the gap"
  private static func windowLabel(_ gap: Int64) -> String { "shut for up to \(hours(gap))" }
  private static func help(_ gap: Int64) -> String {
    "write `expires in \((gap + ContactWindowFacts.day - 1) / ContactWindowFacts.day + 1)d`, or allow more days"
  }
}
