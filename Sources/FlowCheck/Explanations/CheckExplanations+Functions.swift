internal import FlowDiagnostics

extension CheckExplanations {
  static let functions: [Explanation] = [
    Explanation(
      .unknownFunction, summary: "no such function",
      meaning: """
        The functions are `abs ceil floor round min max`, `length lower upper trim slice text`, `date time datetime \
        year month day weekday hour minute days hours`, `default`, `if` and `communications`.
        """,
      wrong: """
        campaign demo { }

        flow start {
          on participant created {
            check len(profile.name) > 20 { stop }
          }
        }
        """,
      right: """
        campaign demo { }

        flow start {
          on participant created {
            check length(profile.name) > 20 { stop }
          }
        }
        """),
    Explanation(
      .argumentCount, summary: "a function is given too few or too many values",
      meaning:
        "Every function takes a fixed number of values, but for `min` and `max`, which take two or more.",
      wrong: """
        campaign demo { }

        flow start {
          on participant created {
            check slice(profile.phone, 2) == "34" { stop }
          }
        }
        """,
      right: """
        campaign demo { }

        flow start {
          on participant created {
            check slice(profile.phone, 0, 2) == "34" { stop }
          }
        }
        """),
    Explanation(
      .misplacedArgument, summary: "`communications` is given something in the wrong place",
      meaning: """
        `communications(…)` counts. Between the parentheses stand, in this order and each only where wanted: a name or \
        a channel, statuses, and `within` with a duration.
        """,
      wrong: """
        campaign demo { }

        flow start {
          on participant created {
            check communications(planned, voice) > 0 { stop }
          }
        }
        """,
      right: """
        campaign demo { }

        flow start {
          on participant created {
            check communications(voice, planned, within 7d) > 0 { stop }
          }
        }
        """),
  ]

  static let models: [Explanation] = [
    Explanation(
      .modelWithoutEnd, summary: "a model never ends a communication",
      meaning: """
        A model tells how people answer in a simulation. If no way through it comes to an `end`, every communication \
        of the agent stays open, and nothing that waits for its end ever happens.
        """,
      wrong: """
        campaign demo { }

        agent caller { channel voice }

        model caller {
          progress delivered after 5s
        }
        """,
      right: """
        campaign demo { }

        agent caller { channel voice }

        model caller {
          progress delivered after 5s
          end completed after 5m
        }
        """,
      limits:
        "A model of which only some ways come to an `end` is right: people do leave messages unanswered."),
    Explanation(
      .reversedDelay, summary: "a range of delays ends before it begins",
      meaning: "In `after A..B` a delay is drawn between A and B, both included; A is the shorter one.",
      wrong: """
        campaign demo { }

        agent caller { channel voice }

        model caller {
          end completed after 2h..5m
        }
        """,
      right: """
        campaign demo { }

        agent caller { channel voice }

        model caller {
          end completed after 5m..2h
        }
        """),
  ]
}
