internal import FlowDiagnostics

extension CheckExplanations {
  static let communications: [Explanation] = [
    Explanation(
      .unknownCommunication, summary: "no such communication",
      meaning: """
        A communication is declared by the statement that sends it: `email WELCOME by AGENT`. Its name can be \
        mentioned anywhere in the campaign.
        """,
      wrong: """
        campaign demo { }

        agent mailer { channel email }

        flow start {
          on participant created { email WELCOME by mailer }
          on communication ended (WELCME) { stop }
        }
        """,
      right: """
        campaign demo { }

        agent mailer { channel email }

        flow start {
          on participant created { email WELCOME by mailer }
          on communication ended (WELCOME) { stop }
        }
        """),
    Explanation(
      .unknownChannel, summary: "an agent has no such channel",
      meaning:
        "`voice NAME by AGENT` needs an agent with a `voice` channel; `by AGENT.CHANNEL` one of that name.",
      wrong: """
        campaign demo { }

        agent mailer { channel email }

        flow start {
          on participant created { voice WELCOME by mailer }
        }
        """,
      right: """
        campaign demo { }

        agent mailer {
          channel email
          channel voice
        }

        flow start {
          on participant created { voice WELCOME by mailer }
        }
        """),
    Explanation(
      .ambiguousChannel, summary: "an agent has two channels of the kind",
      meaning:
        "Where an agent has several channels of one kind, `by AGENT.CHANNEL` says which of them is used.",
      wrong: """
        campaign demo { }

        agent caller {
          channel voice madrid_line
          channel voice lisbon_line
        }

        flow start {
          on participant created { voice WELCOME by caller }
        }
        """,
      right: """
        campaign demo { }

        agent caller {
          channel voice madrid_line
          channel voice lisbon_line
        }

        flow start {
          on participant created { voice WELCOME by caller.madrid_line }
        }
        """),
    Explanation(
      .channelKind, summary: "a channel is of another kind than the statement",
      meaning:
        "The word at the beginning of the statement says the kind; the channel after the agent must be of it.",
      wrong: """
        campaign demo { }

        agent caller {
          channel email
          channel voice madrid_line
        }

        flow start {
          on participant created { email WELCOME by caller.madrid_line }
        }
        """,
      right: """
        campaign demo { }

        agent caller {
          channel email
          channel voice madrid_line
        }

        flow start {
          on participant created { voice WELCOME by caller.madrid_line }
        }
        """),
  ]

  static let schedules: [Explanation] = [
    Explanation(
      .unknownWindow, summary: "no such window",
      meaning: "After `within` stand hours and days, days alone, or the name of a declared window.",
      wrong: """
        campaign demo { }

        window office 09:00..20:00 mon..fri
        agent mailer { channel email }

        flow start {
          on participant created { email WELCOME by mailer within offce }
        }
        """,
      right: """
        campaign demo { }

        window office 09:00..20:00 mon..fri
        agent mailer { channel email }

        flow start {
          on participant created { email WELCOME by mailer within office }
        }
        """),
    Explanation(
      .scheduleWord, summary: "a schedule begins with the wrong word",
      meaning: """
        `in` takes a duration, `at` a time or a datetime, `on` a date:

        - `in 2d`
        - `at 10:00`, the next time the clock shows it
        - `at participant.visit_at - 2h`
        - `on participant.due_date at 10:00`
        """,
      wrong: """
        campaign demo { }

        participant { visit_at: datetime }
        agent mailer { channel email }

        flow start {
          on participant created { email WELCOME by mailer on participant.visit_at }
        }
        """,
      right: """
        campaign demo { }

        participant { visit_at: datetime }
        agent mailer { channel email }

        flow start {
          on participant created { email WELCOME by mailer at participant.visit_at }
        }
        """),
    Explanation(
      .missingTime, summary: "a day is given and no time",
      meaning: """
        `on DATE` needs `at TIME`, or a window with hours, whose start is then the time. A window of days alone gives \
        no time, and a hand-over has no window.
        """,
      wrong: """
        campaign demo { }

        participant { due_date: date }
        agent mailer { channel email }

        flow start {
          on participant created { email WELCOME by mailer on participant.due_date within mon..fri }
        }
        """,
      right: """
        campaign demo { }

        participant { due_date: date }
        agent mailer { channel email }

        flow start {
          on participant created {
            email WELCOME by mailer on participant.due_date within 09:00..20:00 mon..fri
          }
        }
        """),
  ]
}
