internal import FlowDiagnostics

extension CheckExplanations {
  static let flows: [Explanation] = [
    Explanation(
      .flowWithoutTrigger, summary: "a flow has no trigger",
      meaning:
        "Without a trigger nothing ever starts a run of the flow. One that only others start has `on from flow`.",
      wrong: """
        campaign demo { }

        flow thanks {
          step say_thanks { stop }
        }
        """,
      right: """
        campaign demo { }

        flow thanks {
          on participant created { go say_thanks }
          step say_thanks { stop }
        }
        """),
    Explanation(
      .duplicateTrigger, summary: "a flow has a kind of trigger twice",
      meaning: """
        Each kind of trigger stands at most once in a flow. Put both bodies into one, after a `check`, or the second \
        into a flow of its own.
        """,
      wrong: """
        campaign demo { }

        flow start {
          on participant created { stop }
          on participant created { stop }
        }
        """,
      right: """
        campaign demo { }

        flow start {
          on participant created { stop }
          on participant updated { stop }
        }
        """),
    Explanation(
      .uselessNarrowing, summary: "a trigger is narrowed that has nothing to narrow by",
      meaning: """
        `on participant updated (…)` is narrowed by fields, `on communication ended (…)` and `on communication updated \
        (…)` by names and statuses. The other triggers take no parentheses; their condition is a `check` in the body.
        """,
      wrong: """
        campaign demo { }

        participant { due_date: date }

        flow start {
          on participant created (due_date) { stop }
        }
        """,
      right: """
        campaign demo { }

        participant { due_date: date }

        flow start {
          on participant created {
            check participant.due_date is set { stop }
          }
        }
        """),
    Explanation(
      .impossibleStatus, summary: "a status that never occurs there",
      meaning: """
        The statuses `started`, `delivered`, `read` and `replied` fire `communication updated` and are what a model \
        reports by `progress`. The final ones, `completed`, `no_response`, `failed`, `canceled` and `skipped`, fire \
        `communication ended` and are what `end` reports. `planned` fires nothing.
        """,
      wrong: """
        campaign demo { }

        flow after_call {
          on communication ended (delivered) { stop }
        }
        """,
      right: """
        campaign demo { }

        flow after_call {
          on communication updated (delivered) { stop }
        }
        """),
    Explanation(
      .unknownStatus, summary: "no such status",
      meaning: """
        The statuses of a communication are `planned`, `started`, `delivered`, `read`, `replied`, `completed`, \
        `no_response`, `failed`, `canceled` and `skipped`.
        """,
      wrong: """
        campaign demo { }

        flow after_call {
          on communication ended (complete) { stop }
        }
        """,
      right: """
        campaign demo { }

        flow after_call {
          on communication ended (completed) { stop }
        }
        """),
    Explanation(
      .duplicateEntry, summary: "something stands twice in one list",
      meaning: """
        The keys of a `with`, the targets of an `update`, the results of an `end`, the names after `cancel \
        communications`, what narrows a trigger, and what a script reads or writes stand once each.
        """,
      reason: "Of two values for one target only one could count, and a reader could not tell which.",
      wrong: """
        campaign demo { }

        participant { attempts: integer }

        flow start {
          on participant created {
            update participant.attempts = 1, participant.attempts = 2
          }
        }
        """,
      right: """
        campaign demo { }

        participant { attempts: integer }

        flow start {
          on participant created {
            update participant.attempts = 2
          }
        }
        """),
    Explanation(
      .unknownStep, summary: "no such step in this flow",
      meaning: "`go` continues in a step of the same flow. To start another flow, hand over: `to flow NAME`.",
      wrong: """
        campaign demo { }

        flow start {
          on participant created { go remnd }
          step remind { stop }
        }
        """,
      right: """
        campaign demo { }

        flow start {
          on participant created { go remind }
          step remind { stop }
        }
        """),
    Explanation(
      .stepCycle, summary: "a step leads back to itself",
      meaning: """
        A run goes to its end at once and never waits, so steps that lead back to each other could go round for ever. \
        What is to happen again later is a hand-over with a schedule, to a flow that hands back.
        """,
      wrong: """
        campaign demo { }

        flow start {
          on participant created { go first }
          step first { go second }
          step second { go first }
        }
        """,
      right: """
        campaign demo { }

        flow start {
          on participant created { go first }
          step first { go second }
          step second { stop }
        }
        """),
  ]

  static let handOvers: [Explanation] = [
    Explanation(
      .unknownFlow, summary: "no such flow",
      meaning: "`to flow` and `cancel flow` name a flow of the campaign, in whatever file it stands.",
      wrong: """
        campaign demo { }

        flow start {
          on participant created { to flow thank }
        }

        flow thanks {
          on from flow { stop }
        }
        """,
      right: """
        campaign demo { }

        flow start {
          on participant created { to flow thanks }
        }

        flow thanks {
          on from flow { stop }
        }
        """),
    Explanation(
      .selfHandOver, summary: "a flow hands over to itself",
      meaning: """
        `to flow` leads to another flow of the campaign. A part that several triggers of one flow share is a step, \
        reached by `go`.
        """,
      wrong: """
        campaign demo { }

        flow again {
          on from flow { to flow again in 1d }
        }
        """,
      right: """
        campaign demo { }

        flow again {
          on from flow { to flow once_more in 1d }
        }

        flow once_more {
          on from flow { to flow again }
        }
        """),
    Explanation(
      .missingFromFlow, summary: "a flow is handed to that has no `on from flow`",
      meaning: "A hand-over starts the flow's trigger `on from flow`. A flow without it cannot be handed to.",
      wrong: """
        campaign demo { }

        flow start {
          on participant created { to flow thanks }
        }

        flow thanks {
          on communication ended { stop }
        }
        """,
      right: """
        campaign demo { }

        flow start {
          on participant created { to flow thanks }
        }

        flow thanks {
          on communication ended, from flow { stop }
        }
        """),
  ]
}
