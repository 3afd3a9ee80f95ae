internal import FlowAnalysis
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowValues

/// A local time that the clocks show twice.
enum DSTTwice: LintRule {
  static let name: DiagnosticName = "dst-twice"
  static let defaultSeverity = Severity.warning

  static func check(_ context: LintContext) -> [Diagnostic] {
    ClockChanges.places(context, .doubled).map { place in
      finding(
        message("\(place.local)", context.campaign.timezone), at: Label(place.span, label),
        notes: place.isDated ? [note] : [note, everyYear],
        help: [place.isDated ? help : everyDayHelp])
    }
  }

  static let page = Explanation(
    name, summary: "a local time occurs twice, because the clocks are set back",
    meaning: """
      On the day on which summer time ends an hour is shown twice. A time in it means the first; whoever looks at the clock an \
      hour later sees it again.
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
    decision: "As `dst-gap` does.",
    limits: "People with a time zone of their own have their own clock changes, which are not looked at.")

  private static func message(_ local: String, _ zone: String) -> String {
    "\(local) occurs twice in \(zone)"
  }
  private static let label = "the clocks show it twice"
  private static let note = "it means the first of the two (semantics T3)"
  private static let everyYear = "a schedule without a fixed date meets such a day one year or another"
  private static let help = "add the offset that is meant"
  private static let everyDayHelp = "write a time that occurs once every day"
}
