internal import FlowDiagnostics

extension CheckExplanations {
  static let files: [Explanation] = [
    Explanation(
      .unreadableFile, summary: "a used file cannot be read",
      meaning: """
        `use` takes in the declarations of another file. The path is relative to the folder of the file that uses \
        it, with `/` between folders.
        """,
      wrong: """
        use "shared/custmer.flow"

        campaign demo { }
        """,
      right: """
        use "shared/customer.flow"

        campaign demo { }
        """),
    Explanation(
      .useCycle, summary: "a file comes to use itself",
      meaning: """
        A file may not use itself, nor a file that leads back to it. What two files need of each other belongs into \
        a third one that both use. A file that is used twice is taken in once.
        """,
      wrong: """
        use "campaign.flow"

        campaign demo { }
        """,
      right: """
        use "shared/customer.flow"

        campaign demo { }
        """),
    Explanation(
      .campaignInUsedFile, summary: "a used file has a campaign of its own",
      meaning: """
        A used file holds what several campaigns share, as a rule the `profile`. A `campaign` declaration makes a \
        file a campaign, and a campaign cannot be part of another.
        """,
      wrong: """
        use "shared/other_campaign.flow"

        campaign demo { }
        """,
      right: """
        use "shared/customer.flow"

        campaign demo { }
        """),
  ]

  static let campaign: [Explanation] = [
    Explanation(
      .unknownTimezone, summary: "no such time zone",
      meaning: """
        The time zone of a campaign is an IANA name, such as `Europe/Madrid` or `America/Sao_Paulo`; `UTC` when left \
        out. Names are case-sensitive. Abbreviations such as `CET` say nothing about a place and are best avoided.
        """,
      reason:
        "Every local time of the campaign is counted in this zone where a participant has none of their own.",
      wrong: """
        campaign demo {
          timezone: "Europe/Madird"
        }
        """,
      right: """
        campaign demo {
          timezone: "Europe/Madrid"
        }
        """),
    Explanation(
      .unknownReupload, summary: "`reupload` is `created` or `updated`",
      meaning: """
        `reupload` says which event an uploaded row of somebody already known fires: `created`, the default, fires \
        `participant created` again; `updated` fires `participant updated`, and only if something has changed.
        """,
      wrong: """
        campaign demo {
          reupload: ignore
        }
        """,
      right: """
        campaign demo {
          reupload: updated
        }
        """),
  ]
}
