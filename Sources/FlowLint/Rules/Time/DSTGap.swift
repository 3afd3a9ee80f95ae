internal import FlowAnalysis
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowValues

/// A local time that the clocks jump over.
enum DSTGap: ClockChangeRule {
  static let name: DiagnosticName = "dst-gap"
  static let kind = LocalTimeKind.skipped

  static let page = Explanation(
    name, summary: "a local time does not exist, because the clocks jump over it",
    meaning: """
      On the day on which summer time begins an hour is missing. A time in it means the instant as far after the gap as it \
      would have been after its start: 02:30 becomes 03:30.
      """,
    reason: """
      What was meant for half past two comes at half past three, or a condition turns an hour later than the text \
      says: for one day a year, and mostly seen by nobody.
      """,
    wrong: """
      campaign demo { timezone: "Europe/Madrid" }

      profile { phone: phone required }
      agent caller { channel voice }

      flow call {
        on incoming session {
          check now > 2026-03-29T02:30 { voice CALL by caller within 09:00..18:00 }
        }
      }
      """,
    right: """
      campaign demo { timezone: "Europe/Madrid" }

      profile { phone: phone required }
      agent caller { channel voice }

      flow call {
        on incoming session {
          check now > 2026-03-29T04:00 { voice CALL by caller within 09:00..18:00 }
        }
      }
      """,
    decision: """
      Datetimes without an offset in the text; schedules of a date and a time that both stand in the text; and schedules of a \
      time alone, or of a computed day and a time, which come to the day of the change one year or another: the years 2026 to \
      2035 are looked at. All in the campaign's time zone; a time that the window moves to another is left out.
      """,
    limits: "People with a time zone of their own have their own clock changes, which are not looked at.")

  static func message(_ local: String, _ zone: String) -> String {
    "\(local) does not exist in \(zone)"
  }
  static let label = "the clocks jump over it"
  static let note = "it means an hour later on the clock (semantics T3)"
  static let help = "write a time that exists, or one with an offset"
  static let everyDayHelp = "write a time that exists every day"
}
