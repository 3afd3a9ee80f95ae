internal import FlowDiagnostics

/// The pages of what commands find wrong.
enum CommandExplanations {
  static let all: [Explanation] = usage + files + campaigns + events + PythonExplanations.all

  private static let usage = [
    Explanation(
      .usage, summary: "the command line cannot be understood",
      meaning: """
        A command, an option or a value is misspelled, missing or one too many. Nothing was done. Every command \
        has `--help` with an example.
        """,
      wrong: .command("flow check --fromat json reminders"),
      right: .command("flow check --format json reminders")),
    Explanation(
      .unknownPage, summary: "no diagnostic has this name",
      meaning:
        "The name is the one in brackets after `error` or `warning`. `flow explain --list` shows all.",
      wrong: .command("flow explain unknown-filed"), right: .command("flow explain unknown-field")),
  ]

  private static let files = [
    Explanation(
      .missingFile, summary: "a file or directory does not exist",
      meaning: "Paths are looked up from the directory the command is run in. Nothing was done.",
      wrong: .command("flow run reminders --participants poeple.csv"),
      right: .command("flow run reminders --participants people.csv")),
    Explanation(
      .fileAccess, summary: "a file or directory cannot be read",
      meaning: """
        It is there, but it is of another kind than expected, too large, or you may not read it.
        """,
      wrong: .command("flow run reminders --participants lists/"),
      right: .command("flow run reminders --participants lists/people.csv")),
    Explanation(
      .outputFailed, summary: "not all of the output could be written",
      meaning: "The disk is full or the file cannot be written. What is there of the output is not complete.",
      wrong: .command("flow run reminders --participants people.csv --out /full/disk"),
      right: .command("flow run reminders --participants people.csv --out results")),
    Explanation(
      .directoryNotEmpty, summary: "a new campaign needs an empty directory",
      meaning: "`flow new` never writes over files that are there.",
      wrong: .command("flow new ."), right: .command("flow new reminders")),
    Explanation(
      .missingZoneData, summary: "the system has no time zone data",
      meaning: """
        Times of day depend on the zone of the campaign and of each participant. The data comes from the system's \
        files, usually in /usr/share/zoneinfo: install the package tzdata, or name a directory in TZDIR.
        """,
      wrong: .command("TZDIR=/nowhere flow check reminders"),
      right: .command("TZDIR=/usr/share/zoneinfo flow check reminders")),
  ]

  private static let campaigns = [
    Explanation(
      .noFlowFile, summary: "there is no `.flow` file",
      meaning: "A campaign is a directory of `.flow` files, or one such file.",
      wrong: .command("flow check pictures"), right: .command("flow check reminders")),
    Explanation(
      .noCampaign, summary: "the files declare no campaign",
      meaning: """
        To run, one of the files needs a `campaign` declaration. A file without one is there to be taken in by others \
        with `use`.
        """,
      wrong: "profile {\n  language: enum(en, es) = en\n}",
      right: "campaign reminders \"Reminders\" {\n  timezone: \"Europe/Madrid\"\n}"),
    Explanation(
      .noTest, summary: "there is no test to run",
      meaning: """
        `flow test` runs the `test` blocks of the campaigns it is given, those that `--filter` leaves. None at all is
        more likely a wrong path or a wrong filter than what was meant.
        """,
      wrong: .command("flow test reminders --filter nothing_has_this_name"),
      right: .command("flow test reminders --list")),
    Explanation(
      .lowCoverage, summary: "tests come to fewer ports than wanted",
      meaning: """
        `--threshold 90` asks of the tests of each campaign to take 90 of a hundred Match and Else ports, rounded down. \
        Statements, triggers and bounds in time are shown and not asked for.
        """,
      wrong: .command("flow test reminders --filter opted_out --threshold 90"),
      right: .command("flow test reminders --threshold 90")),
    Explanation(
      .lowMutationScore, summary: "tests notice fewer changes than wanted",
      meaning: """
        `--mutation-threshold 80` asks of the tests of each campaign to notice 80 of a hundred changes of its flows, \
        rounded down. `--mutate` shows those that no test notices.
        """,
      wrong: .command("flow test reminders --filter opted_out --mutation-threshold 80"),
      right: .command("flow test reminders --mutation-threshold 80")),
    Explanation(
      .duplicateCampaign, summary: "two campaigns that run together have the same name",
      meaning: "Uploads, summaries and output files are told apart by the name of their campaign.",
      wrong: .command("flow run reminders copy_of_reminders --participants reminders=people.csv"),
      right: .command("flow run reminders welcome --participants reminders=people.csv")),
    Explanation(
      .profileConflict, summary: "campaigns that run together disagree on a profile field",
      meaning: """
        A profile is shared by all campaigns, so a field of it has one type. Let the campaigns `use` the same file.
        """,
      wrong: "profile {\n  language: string\n}",
      right: "use \"../shared/customer.flow\""),
    Explanation(
      .cascadeStopped, summary: "flows triggered one another without end",
      meaning: """
        One event led to more than 1,000 runs for one participant at one instant. The cascade was stopped: that \
        participant ran nothing more at that instant, what had been done stays, and everybody else is untouched. The \
        chain that repeats is named.
        """,
      wrong: """
        flow counter {
          on participant updated {
            update participant.visits = participant.visits + 1
          }
        }
        """,
      right: """
        flow counter {
          on participant updated (status) {
            update participant.visits = participant.visits + 1
          }
        }
        """),
  ]

  private static let events = [
    Explanation(
      .refusedReport, summary: "a report from outside is not what the agent can record",
      meaning: """
        A report names a result that the agent does not declare, or gives it a value of another type. Nothing of the \
        report was applied.
        """,
      wrong: .jsonLines(
        #"{"at":"2026-01-02T10:00:00Z","event":"communication.ended","participant":{"external_id":"c1"},"#
          + #""name":"CALL","status":"completed","results":{"outcme":"paid"}}"#),
      right: .jsonLines(
        #"{"at":"2026-01-02T10:00:00Z","event":"communication.ended","participant":{"external_id":"c1"},"#
          + #""name":"CALL","status":"completed","results":{"outcome":"paid"}}"#)),
    Explanation(
      .unmatchedEvent, summary: "an event is about nobody, or about no open communication",
      meaning: """
        The event was counted and changed nothing. Look at the keys, the name and the time of the event. A stranger who \
        gets in touch, and a report on a communication that is not open, are told and no error.
        """,
      wrong: .jsonLines(
        #"{"at":"2026-01-02T10:00:00Z","event":"participant.updated","participant":{"phone":"0"},"fields":{"amount":3}}"#
      ),
      right: .jsonLines(
        #"{"at":"2026-01-02T10:00:00Z","event":"participant.updated","participant":{"phone":"34600111222"},"#
          + #""fields":{"amount":3}}"#)),
    Explanation(
      .unknownParticipant, summary: "nobody has the key whose story was asked for",
      meaning: """
        `--trace` takes the key of a participant as `participants.csv` of `--out` has it: the `external_id`, or another \
        key. Perhaps the row was rejected.
        """,
      wrong: .command("flow run reminders --participants people.csv --trace Ana"),
      right: .command("flow run reminders --participants people.csv --trace c1")),
  ]
}
