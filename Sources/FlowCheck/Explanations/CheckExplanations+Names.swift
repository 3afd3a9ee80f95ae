internal import FlowDiagnostics

extension CheckExplanations {
  static let names: [Explanation] = [
    Explanation(
      .unknownField, summary: "no such field",
      meaning: """
        A field is read and written with its level: `participant.status`, `profile.language`. The likeliest slip is \
        a field that exists on the other level. `communication` has `name`, `channel`, `agent`, `status`, \
        `planned_at`, `started_at` and `ended_at`; `campaign` has `name`.
        """,
      wrong: """
        campaign demo { }

        profile { segment: string }

        flow start {
          on participant created {
            check participant.segment == "gold" { stop }
          }
        }
        """,
      right: """
        campaign demo { }

        profile { segment: string }

        flow start {
          on participant created {
            check profile.segment == "gold" { stop }
          }
        }
        """),
    Explanation(
      .unknownResult, summary: "no agent records such a result",
      meaning: """
        `result.f` is what the agent of the conversation recorded. The agents that count are those of the names in \
        the trigger's narrowing, else all; in a step, those of all triggers of its flow. In a model, `end` gives \
        results of the model's own agent.
        """,
      wrong: """
        campaign demo { }

        agent caller {
          channel voice
          results { promised_on: date }
        }

        flow after_call {
          on communication ended {
            check result.promise is set { stop }
          }
        }
        """,
      right: """
        campaign demo { }

        agent caller {
          channel voice
          results { promised_on: date }
        }

        flow after_call {
          on communication ended {
            check result.promised_on is set { stop }
          }
        }
        """),
    Explanation(
      .conflictingResult, summary: "agents record a result with different types",
      meaning: """
        Where several agents can have held the conversation, `result.f` needs one type. Enumerations are united; any \
        other difference has to be told apart by narrowing the trigger to the communications of one agent.
        """,
      wrong: """
        campaign demo { }

        agent caller {
          channel voice
          results { answer: integer }
        }

        agent mailer {
          channel email
          results { answer: string }
        }

        flow start {
          on participant created { voice CALL by caller }
        }

        flow after_call {
          on communication ended {
            check result.answer is set { stop }
          }
        }
        """,
      right: """
        campaign demo { }

        agent caller {
          channel voice
          results { answer: integer }
        }

        agent mailer {
          channel email
          results { answer: string }
        }

        flow start {
          on participant created { voice CALL by caller }
        }

        flow after_call {
          on communication ended (CALL) {
            check result.answer is set { stop }
          }
        }
        """),
    Explanation(
      .unknownRecord, summary: "nothing of this name has fields",
      meaning: "Before a `.` stands `participant`, `profile`, `result`, `communication` or `campaign`.",
      wrong: """
        campaign demo { }

        flow start {
          on participant created {
            check customer.phone is set { stop }
          }
        }
        """,
      right: """
        campaign demo { }

        flow start {
          on participant created {
            check profile.phone is set { stop }
          }
        }
        """),
    Explanation(
      .bareName, summary: "a bare name stands where nothing says what it is",
      meaning: """
        A name by itself is a case of an enumeration, and the place must say of which: a comparison with a field of \
        that type, an assignment to one. Fields are written with their level, texts between quotes.
        """,
      wrong: """
        campaign demo { }

        participant { contacted: boolean }

        flow start {
          on participant created {
            check contacted { stop }
          }
        }
        """,
      right: """
        campaign demo { }

        participant { contacted: boolean }

        flow start {
          on participant created {
            check participant.contacted { stop }
          }
        }
        """),
    Explanation(
      .unknownCase, summary: "an enumeration has no such case",
      meaning: """
        The place of a bare name decides which enumeration it belongs to: the field it is compared with or assigned \
        to, also through `if` and `default`.
        """,
      wrong: """
        campaign demo { }

        participant { status: enum(new, paid) = new }

        flow start {
          on participant updated {
            check participant.status == payed { stop }
          }
        }
        """,
      right: """
        campaign demo { }

        participant { status: enum(new, paid) = new }

        flow start {
          on participant updated {
            check participant.status == paid { stop }
          }
        }
        """),
    Explanation(
      .readOnlyTarget, summary: "something is written that flows only read",
      meaning: """
        A flow writes fields of `participant` and `profile`. Results are recorded by the agent, and a communication \
        changes by its own course.
        """,
      wrong: """
        campaign demo { }

        agent caller {
          channel voice
          results { score: integer }
        }

        flow after_call {
          on communication ended { update result.score = 0 }
        }
        """,
      right: """
        campaign demo { }

        agent caller {
          channel voice
          results { score: integer }
        }

        participant { score: integer }

        flow after_call {
          on communication ended { update participant.score = result.score }
        }
        """),
  ]
}
