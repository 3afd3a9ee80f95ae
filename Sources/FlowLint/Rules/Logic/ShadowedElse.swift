internal import FlowAnalysis
internal import FlowDiagnostics
internal import FlowSyntax
internal import FlowText

/// An `else check` whose cases an earlier check of the chain has taken already.
enum ShadowedElse: LintRule {
  static let name: DiagnosticName = "shadowed-else"
  static let defaultSeverity = Severity.warning

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.checks.filter { $0.isShadowed }.map { check in
      let labels = check.earlier.map { Label(check.span($0.condition), earlierLabel) }
      return finding(
        message, at: Label(check.span(check.condition), primaryLabel), secondary: labels, help: [help])
    }
  }

  static let page = Explanation(
    name, summary: "an `else check` can never match, because an earlier one takes its cases",
    meaning: """
      The checks of a chain are tried from the top. What this one asks for has been taken by those above it, so that its Match \
      port is dead. Mostly the wider condition stands above the narrower.
      """,
    reason: """
      The people whom the dead port was written for are treated as those of the port above, and no error ever says so.
      """,
    wrong: """
      campaign demo { }

      participant {
        score: integer = 0
        grade: enum(cold, warm, hot) = cold internal
      }

      flow grade {
        on participant updated (score) {
          check participant.score >= 40 {
            update participant.grade = warm
          } else check participant.score >= 70 {
            update participant.grade = hot
          }
        }
      }
      """,
    right: """
      campaign demo { }

      participant {
        score: integer = 0
        grade: enum(cold, warm, hot) = cold internal
      }

      flow grade {
        on participant updated (score) {
          check participant.score >= 70 {
            update participant.grade = hot
          } else check participant.score >= 40 {
            update participant.grade = warm
          }
        }
      }
      """,
    decision: """
      As `constant-check` does. It is reported here where the condition could match in front of the chain and cannot match \
      behind its earlier checks.
      """,
    limits: """
      A condition that compares two fields with each other is not followed, and so is not found to be taken already.
      """)

  private static let message = "this `else check` never matches: the checks above it take all its cases"
  private static let primaryLabel = "nothing is left for it"
  private static let earlierLabel = "tried before"
  private static let help = "put the narrower condition first, or remove the branch"
}

extension CheckChain {
  func span(_ condition: ExpressionID) -> SourceSpan {
    file.span(file.expressions[Int(condition.index)].range)
  }
}
