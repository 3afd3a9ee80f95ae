internal import FlowAnalysis
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowValues

/// A local time that the clocks show twice.
enum DSTTwice: ClockChangeRule {
  static let name: DiagnosticName = "dst-twice"
  static let kind = LocalTimeKind.doubled

  static let page = Explanation(
    name, summary: "a local time occurs twice, because the clocks are set back",
    meaning: """
      On the day on which summer time ends an hour is shown twice. A time in it means the first; whoever looks at the clock an \
      hour later sees it again.
      """,
    reason: """
      What was meant for the second time comes an hour early, and a condition is true an hour before whoever looks at \
      the clock would say so.
      """,
    wrong: """
      campaign demo { timezone: "Europe/Madrid" }

      profile { phone: phone required }
      agent caller { channel voice }

      flow call {
        on incoming session {
          check now > 2026-10-25T02:30 { voice CALL by caller within 09:00..18:00 }
        }
      }
      """,
    right: """
      campaign demo { timezone: "Europe/Madrid" }

      profile { phone: phone required }
      agent caller { channel voice }

      flow call {
        on incoming session {
          check now > 2026-10-25T02:30+02:00 { voice CALL by caller within 09:00..18:00 }
        }
      }
      """,
    decision: """
      As `dst-gap` does: datetimes without an offset, schedules of a date and a time, and schedules of a time that come to the \
      day of the change one year or another.
      """,
    limits: "People with a time zone of their own have their own clock changes, which are not looked at.")

  static func message(_ local: String, _ zone: String) -> String {
    "\(local) occurs twice in \(zone)"
  }
  static let label = "the clocks show it twice"
  static let note = "it means the first of the two (semantics T3)"
  static let help = "add the offset that is meant"
  static let everyDayHelp = "write a time that occurs once every day"
}
