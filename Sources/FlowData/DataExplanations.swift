public import FlowDiagnostics

/// The pages of what can be wrong with data files. Their examples belong to the campaign of the tests: `due_date` is
/// required, `contacted` internal.
public enum DataExplanations {
  public static let all: [Explanation] = [
    unknownColumn, duplicateColumn, internalColumn, missingColumn, noKeyColumn, unreadableData, emptyData,
    eventsNotSorted, badEvent,
  ]

  static let unknownColumn = Explanation(
    .unknownColumn, summary: "a column of an upload has the name of no field",
    meaning: """
      The header of an upload names fields: `status`, or `profile.status` and `participant.status` to be exact. A \
      name alone means the participant's field where both levels have it. Names are told apart by case.

      The file is not read at all, so that no half of the data goes in. In JSON Lines the names of the first \
      object count as the header; a name that is wrong only in a later line refuses that row alone.
      """,
    reason: "A column that is silently left out looks like data that was never filled in.",
    wrong: .csv("external_id,due_date,phon\nc1,2026-11-10,+34 600 111 222\n"),
    right: .csv("external_id,due_date,phone\nc1,2026-11-10,+34 600 111 222\n"),
    limits: "Whoever reads the file can ask to pass over unknown columns.")

  static let duplicateColumn = Explanation(
    .duplicateColumn, summary: "two columns of an upload fill the same field",
    meaning:
      "A name alone and an exact name can mean the same field. Which of the two values counts is unclear.",
    wrong: .csv("external_id,due_date,participant.due_date\nc1,2026-11-10,2026-11-12\n"),
    right: .csv("external_id,due_date\nc1,2026-11-10\n"))

  static let internalColumn = Explanation(
    .internalColumn, summary: "a column of an upload names an internal field",
    meaning: "A field declared `internal` belongs to the flows: it is never read from an upload.",
    reason: "An upload that wrote it would undo what the flows have noted.",
    wrong: .csv("external_id,due_date,contacted\nc1,2026-11-10,true\n"),
    right: .csv("external_id,due_date\nc1,2026-11-10\n"))

  static let missingColumn = Explanation(
    .missingColumn, summary: "an upload has no column for a required field",
    meaning: "Every row must fill a field declared `required`. Without its column every row is refused.",
    wrong: .csv("external_id,amount\nc1,120\n"),
    right: .csv("external_id,amount,due_date\nc1,120,2026-11-10\n"),
    limits: "JSON Lines have no header: there every row that lacks the field is refused on its own.")

  static let noKeyColumn = Explanation(
    .noKeyColumn, summary: "no column of an upload tells whose rows they are",
    meaning: """
      A row belongs to the person whom its keys find: `external_id`, or else `email`, `phone`, `whatsapp_id`, \
      `telegram_id` or `web_id`. A row with none of them is refused.
      """,
    wrong: .csv("name,due_date\nAna,2026-11-10\n"),
    right: .csv("email,name,due_date\nana@example.org,Ana,2026-11-10\n"))

  static let unreadableData = Explanation(
    .unreadableData, summary: "a data file is neither CSV nor JSON Lines",
    meaning: """
      Uploads are text in UTF-8: CSV with `,`, `;` or a tab between cells, or one JSON object a line. Workbooks, \
      compressed files, text in UTF-16 and JSON spread over several lines are not read.
      """,
    wrong: .jsonLines("[\n  {\"external_id\": \"c1\", \"due_date\": \"2026-11-10\"}\n]\n"),
    right: .jsonLines("{\"external_id\": \"c1\", \"due_date\": \"2026-11-10\"}\n"))

  static let emptyData = Explanation(
    .emptyData, summary: "a data file is empty",
    meaning: "An upload begins with a header. A header without rows is fine, and brings nothing.",
    wrong: .csv("\n"), right: .csv("external_id,due_date\n"))

  static let eventsNotSorted = Explanation(
    .eventsNotSorted, summary: "an event lies before the one above it",
    meaning: """
      An event file is played as it is read, so its lines stand in order of their `at`. Events of one time are \
      played in the order of their lines.
      """,
    wrong: .jsonLines(
      """
      {"at":"2026-11-09T12:00:00Z","event":"session.incoming","participant":{"external_id":"c1"}}
      {"at":"2026-11-08T12:00:00Z","event":"session.incoming","participant":{"external_id":"c2"}}

      """),
    right: .jsonLines(
      """
      {"at":"2026-11-08T12:00:00Z","event":"session.incoming","participant":{"external_id":"c2"}}
      {"at":"2026-11-09T12:00:00Z","event":"session.incoming","participant":{"external_id":"c1"}}

      """))

  static let badEvent = Explanation(
    .badEvent, summary: "a line of an event file is no event",
    meaning: """
      Every line is one JSON object with `at`, `event` and `participant`, and with what its kind of event has \
      beside them:

      - `communication.ended`: `name` or `communication`, a final `status`, `results`
      - `communication.updated`: `name` or `communication`, a `status` before the end
      - `session.incoming`: `channel`, `agent`
      - `participant.updated`, `participant.uploaded`: `fields`

      `campaign` names the campaign where several run. The line is passed over, all others are played.
      """,
    wrong: .jsonLines(
      #"{"at":"2026-11-09T12:00:00","event":"session.incoming","participant":{"external_id":"c1"}}"# + "\n"),
    right: .jsonLines(
      #"{"at":"2026-11-09T12:00:00Z","event":"session.incoming","participant":{"external_id":"c1"}}"# + "\n"))
}
