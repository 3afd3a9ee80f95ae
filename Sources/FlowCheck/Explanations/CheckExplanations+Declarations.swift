internal import FlowDiagnostics

extension CheckExplanations {
  static let declarations: [Explanation] = [
    Explanation(
      .duplicateName, summary: "a name is declared twice",
      meaning: """
        All files of a campaign, and those that they use, are one namespace. Within it a name is declared once: a \
        flow, an agent, an enumeration, a window, a communication; a field within its level, a step within its flow, \
        a channel and a result within their agent, a case within its enumeration. An agent has one model at most.
        """,
      wrong: """
        campaign demo { }

        participant {
          due_date: date
          due_date: datetime
        }
        """,
      right: """
        campaign demo { }

        participant {
          due_date: date
          due_at: datetime
        }
        """,
      limits: "A participant's field may bear the name of a profile's: they are told apart by their level."),
    Explanation(
      .unknownType, summary: "no such type",
      meaning: """
        The types of fields are `string`, `integer`, `numeric`, `boolean`, `date`, `datetime`, `email`, `phone`, \
        `enum(a, b)`, and the names of declared enumerations. `time` and `duration` are types of expressions only.
        """,
      wrong: """
        campaign demo { }

        participant {
          contacted: bool
        }
        """,
      right: """
        campaign demo { }

        participant {
          contacted: boolean
        }
        """),
    Explanation(
      .systemFieldType, summary: "a system field is declared with another type",
      meaning: """
        Some fields exist without being declared: of the profile `external_id`, `name`, `email`, `phone`, \
        `telegram_id`, `telegram_username`, `whatsapp_id`, `web_id` and `timezone`, of the participant `timezone`. One \
        may be declared again to make it `required` or to give it a title, but with its own type.
        """,
      wrong: """
        campaign demo { }

        profile {
          phone: string required
        }
        """,
      right: """
        campaign demo { }

        profile {
          phone: phone required
        }
        """),
    Explanation(
      .requiredInternal, summary: "a field is both `required` and `internal`",
      meaning: """
        A `required` field must be filled by every uploaded row; an `internal` one is never read from a row. A field \
        that is both could never be uploaded.
        """,
      wrong: """
        campaign demo { }

        participant {
          attempts: integer = 0 required internal
        }
        """,
      right: """
        campaign demo { }

        participant {
          attempts: integer = 0 internal
        }
        """),
    Explanation(
      .invalidDefault, summary: "a default does not fit its field",
      meaning: """
        A default is a literal, a signed number or a case, of the type of its field. An integer may stand for a \
        numeric. What has to be worked out is set by a flow.
        """,
      wrong: """
        campaign demo { }

        participant {
          attempts: integer = "none"
        }
        """,
      right: """
        campaign demo { }

        participant {
          attempts: integer = 0
        }
        """),
    Explanation(
      .declarationLimit, summary: "more is declared than a campaign can hold",
      meaning: """
        A level has at most 256 fields and an agent 64 channels; a campaign has at most 1,000 agents, 50,000 flows, \
        100,000 communications and 10,000 files, and a flow 10,000 steps. What is beyond a limit is left out.
        """,
      reason: "Whatever a text can make large has a bound, so that no text can make the tools slow or large.",
      wrong: .flow(agent(channels: 65)), right: .flow(agent(channels: 3))),
  ]

  /// An agent with so many phone lines.
  private static func agent(channels: Int) -> String {
    let lines = (1...channels).map { "  channel voice line_\($0)" }.joined(separator: "\n")
    return "campaign demo { }\n\nagent caller {\n\(lines)\n}"
  }

  static let agents: [Explanation] = [
    Explanation(
      .resultAttribute, summary: "a result has more than a type and a title",
      meaning: """
        Results are what an agent records during a conversation. Nobody uploads them, so they are neither `required` \
        nor `internal`, and until the agent has recorded one it is unset, whatever its type.
        """,
      wrong: """
        campaign demo { }

        agent caller {
          channel voice
          results {
            promised_on: date required
          }
        }
        """,
      right: """
        campaign demo { }

        agent caller {
          channel voice
          results {
            promised_on: date "Day of the payment"
          }
        }
        """),
    Explanation(
      .unnamedChannel, summary: "one of two channels of a kind has no name",
      meaning: """
        A channel without a name is called by its kind. Where an agent has two of one kind, each needs a name of its \
        own, so that `by AGENT.CHANNEL` says which is meant.
        """,
      wrong: """
        campaign demo { }

        agent caller {
          channel voice
          channel voice lisbon_line
        }
        """,
      right: """
        campaign demo { }

        agent caller {
          channel voice madrid_line
          channel voice lisbon_line
        }
        """),
    Explanation(
      .unknownAgent, summary: "no such agent",
      meaning: """
        Who sends a communication, whom a model is for, and what `communication.agent` is compared with are agents \
        that the campaign declares.
        """,
      wrong: """
        campaign demo { }

        agent caller { channel voice }

        flow start {
          on participant created {
            voice WELCOME by caler
          }
        }
        """,
      right: """
        campaign demo { }

        agent caller { channel voice }

        flow start {
          on participant created {
            voice WELCOME by caller
          }
        }
        """),
  ]
}
