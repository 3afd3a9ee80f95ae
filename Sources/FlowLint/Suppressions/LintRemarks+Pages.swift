internal import FlowDiagnostics

extension LintRemarks {
  static let pages: [Explanation] = levels + comments

  private static let levels = [
    Explanation(
      .unknownRule, summary: "no rule has this name",
      meaning: """
        A comment that suppresses a rule, or the `lint` block of the campaign, names a rule that is not there, so it has \
        no effect. Errors of `flow check` are no rules: they cannot be suppressed.
        """,
      wrong: """
        campaign demo {
          lint { unused-stepp: off }
        }
        """,
      right: """
        campaign demo {
          lint { unused-step: off }
        }
        """,
      decision: "The name is compared with those that `flow lint --list-rules` lists."),
    Explanation(
      .unknownLevel, summary: "a rule is given a level that is not there",
      meaning: """
        The levels are `off`, `note`, `warning` and `error`. With another word the rule keeps its own level.
        """,
      wrong: """
        campaign demo {
          lint { unused-step: warn }
        }
        """,
      right: """
        campaign demo {
          lint { unused-step: warning }
        }
        """,
      decision: "A level of the command line wins over a comment, and a comment over the block."),
  ]

  private static let comments = [
    Explanation(
      .malformedSuppression, summary: "a comment nearly suppresses a rule",
      meaning: """
        A comment begins with `flow: ignore` and cannot be read, so it suppresses nothing. The rules stand between \
        brackets, parted by commas, and a reason follows. `ignore-file` stands at the head of its file.
        """,
      wrong: """
        campaign demo { }

        flow start {
          on participant created {
            // flow: ignore unused-step — nothing to do yet
            stop
          }
        }
        """,
      right: """
        campaign demo { }

        flow start {
          on participant created { stop }

          // flow: ignore[unused-step] — the campaign team switches it on in spring
          step later { stop }
        }
        """,
      decision: "Only comments whose first words are `flow: ignore` are meant; prose after `flow:` is prose."),
    Explanation(
      .suppressionWithoutReason, summary: "a suppression does not say why",
      meaning: """
        Whoever reads the campaign next has to know why the finding is no mistake here. The reason stands behind the \
        brackets, after a dash or a colon.
        """,
      wrong: """
        campaign demo { }

        flow start {
          on participant created { stop }

          // flow: ignore[unused-step]
          step later { stop }
        }
        """,
      right: """
        campaign demo { }

        flow start {
          on participant created { stop }

          // flow: ignore[unused-step] — the campaign team switches it on in spring
          step later { stop }
        }
        """,
      decision: "The finding itself stays suppressed: what is missing is one thing."),
    Explanation(
      .staleSuppression, summary: "a suppression has nothing left to suppress",
      meaning: """
        The rule finds nothing where the comment stands: the text has changed since, or the comment stands in another place \
        than was meant. Left alone, it would hide the next real finding.
        """,
      wrong: """
        campaign demo { }

        flow start {
          // flow: ignore[unused-step] — not called yet
          on participant created { stop }
        }
        """,
      right: """
        campaign demo { }

        flow start {
          on participant created { stop }
        }
        """,
      decision: """
        A comment at the end of a line is about the statement that ends there, or about the words before the brace that \
        does; one on a line of its own about the whole statement below it. Nothing is said of a rule that is off, or whose \
        level the command line sets.
        """),
  ]
}
