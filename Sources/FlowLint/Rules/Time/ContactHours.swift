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

  private static let earliest = TimeOfDay(hour: 8, minute: 0) ?? .midnight
  private static let latest = TimeOfDay(hour: 21, minute: 0) ?? .midnight
  /// 21:00 itself is no later than 21:00.
  private static let hours = TimesOfDay([
    Int64(earliest.milliseconds)..<Int64(latest.milliseconds) + 1
  ])

  static func check(_ context: LintContext) -> [Diagnostic] {
    var clock = ClockTimes(context.analysis, context.states)
    return context.reachedCommunications.compactMap { place, communication in
      let window = context.window(communication, place.file)
      if let hours = window?.hours.window.hours, isWithinTheDay(hours) { return nil }
      let starts = clock.starts(
        communication, at: place.node, of: place.flow, within: window?.hours.window.hours)
      let outside = starts.intersection(hours.complement)
      if outside.isEmpty { return nil }
      return finding(
        message(context.spelling(communication.name)),
        at: label(communication, place.file, window, starts, outside), help: [help])
    }
  }

  private static func isWithinTheDay(_ hours: ContactWindow.Hours) -> Bool {
    !hours.wrapsMidnight && hours.start >= earliest && hours.endMilliseconds <= latest.milliseconds
  }

  /// Points at what lets it start then: the window, the time asked for, or that there is neither.
  private static func label(
    _ communication: CommunicationStatement, _ file: FileView,
    _ window: (syntax: SourceRange, hours: ContactWindowFacts)?, _ starts: TimesOfDay, _ outside: TimesOfDay
  ) -> Label {
    if let window, let hours = window.hours.window.hours {
      return Label(file.span(window.syntax), windowLabel(hours, outside))
    }
    if starts != .all, let time = communication.schedule.timeOfDay {
      return Label(file.span(file.expressions[Int(time.index)].range), timeLabel)
    }
    let name = file.span(communication.name.range)
    if starts != .all { return Label(name, checkedLabel(outside)) }
    return Label(name, window == nil ? noWindowLabel : daysLabel)
  }

  static let page = Explanation(
    name, summary: "somebody can be contacted before 8 or after 21 o'clock",
    meaning: """
      The communication has no window, or one that opens before 08:00 or closes after 21:00, and no time of day is asked for, \
      in its text or by the checks on the way. Whenever the event comes, the telephone rings: also at three in the morning of \
      the person's own clock.
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
      By all that is known of the time of day at which it starts: the hours of its window; the time asked for (`at 10:00`, \
      `at time(9, 0)`, `on … at …`, also one of several, or one of numbers that checks keep within bounds); its `only if`, \
      which is read at the start; and where it is for now, or `in` a time that stands in the text, the checks on the way.

      - Checks are understood that compare `time(now)`, `hour(now)`, or `now` and a time of `today`, with constants; a check \
        of the clock that says it otherwise is taken on trust.
      - A check holds to the end of its run, and in a flow that is handed over to at once. What is asked for at another time \
        it says nothing of.
      - All channels are treated alike: a message wakes people as well.
      """,
    limits: """
      What was asked for at that hour has to say so in a comment. A time in the past is made up for at once (semantics T4), \
      whatever the hour: that is not looked at where a time of day is asked for without a window. Each check is understood by \
      itself: that two checks of one field exclude each other is not seen, nor what a clock change does to `in 20h`.
      """)

  private static func message(_ name: String) -> String { "`\(name)` can start before 08:00 or after 21:00" }
  private static func windowLabel(_ hours: ContactWindow.Hours, _ outside: TimesOfDay) -> String {
    if hours.wrapsMidnight { return "open through the night" }
    let isEarly = (outside.ranges.first?.lowerBound ?? 0) < Int64(earliest.milliseconds)
    return isEarly ? "opens early" : "closes late"
  }
  private static func checkedLabel(_ outside: TimesOfDay) -> String {
    let ranges = outside.ranges.prefix(2).map { "\(clock($0.lowerBound)) to \(clock($0.upperBound))" }
    return "the checks on the way leave \(LintContext.list(ranges, "and"))"
  }
  private static func clock(_ milliseconds: Int64) -> String {
    TimeOfDay(milliseconds: milliseconds).map(\.description) ?? "24:00"
  }
  private static let timeLabel = "outside the hours"
  private static let noWindowLabel = "no window"
  private static let daysLabel = "its window has days only"
  private static let help = "add `within 09:00..20:00`, or the hours that people agreed to"
}

extension Schedule {
  /// The time or datetime that it asks for.
  fileprivate var timeOfDay: ExpressionID? {
    switch kind {
    case .now, .in: nil
    case .at(let value): value
    case .on(_, let time): time
    }
  }
}
