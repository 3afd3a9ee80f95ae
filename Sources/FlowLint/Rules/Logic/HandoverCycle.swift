internal import FlowAnalysis
internal import FlowCheck
internal import FlowDiagnostics

/// Flows that hand over to each other in a circle that nothing ends.
enum HandoverCycle: LintRule {
  static let name: DiagnosticName = "handover-cycle"
  static let defaultSeverity = Severity.warning

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.cycles.filter(isOfHandOvers).compactMap { cycle in
      guard let labels = FeedbackLoop.chain(context, cycle), let first = labels.first else { return nil }
      return finding(
        message(FeedbackLoop.flowNames(context, cycle)), at: first, secondary: Array(labels.dropFirst()),
        notes: FeedbackLoop.notes(context, cycle), help: [help])
    }
  }

  static func isOfHandOvers(_ cycle: FeedbackCycle) -> Bool {
    cycle.links.allSatisfy { if case .handedOver = $0.event { true } else { false } }
  }

  static let page = Explanation(
    name, summary: "flows hand over to each other in a circle",
    meaning: """
      `to flow` leads from flow to flow and back to the first, and no check on the way ends it. At one instant the cascade is \
      stopped after a thousand runs; with schedules it goes on for as long as the campaign runs.
      """,
    reason: """
      At one instant the cascade is stopped after a thousand runs; over days the same people are worked on again and \
      again, by flows that nobody has to start.
      """,
    wrong: """
      campaign demo { }

      participant { day: integer = 0 internal }

      flow begin {
        on participant created { to flow morning at 08:00 }
      }

      flow morning {
        on from flow {
          update participant.day = participant.day + 1
          to flow evening at 20:00
        }
      }

      flow evening {
        on from flow {
          check participant.day > 0 { to flow morning at 08:00 }
        }
      }
      """,
    right: """
      campaign demo { }

      participant { day: integer = 0 internal }

      flow begin {
        on participant created { to flow morning at 08:00 }
      }

      flow morning {
        on from flow {
          update participant.day = participant.day + 1
          to flow evening at 20:00
        }
      }

      flow evening {
        on from flow {
          check participant.day < 10 { to flow morning at 08:00 }
        }
      }
      """,
    decision: "As `feedback-loop` does, of which it is the case that has hand-overs only.",
    limits: "As of `feedback-loop`.")

  private static func message(_ flows: String) -> String {
    "\(flows) hand over in a circle that nothing ends"
  }
  private static let help = "end it with a check: count the rounds, or stop at a status or a day"
}
