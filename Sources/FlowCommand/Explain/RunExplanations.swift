internal import FlowDiagnostics
internal import FlowRuntime

/// The pages of the reasons for which runs fail (semantics E4).
enum RunExplanations {
  static let all = RunFailureReason.allCases.map(page)

  private static func page(_ reason: RunFailureReason) -> Explanation {
    let examples = examples(of: reason)
    return Explanation(
      DiagnosticName(reason.name), summary: "a run failed: \(reason.message)",
      meaning: """
        The run ended at this statement. Nothing of it remains but this record: no field it changed, no communication it \
        created. All other runs went on.
        """,
      wrong: .flow(examples.wrong), right: .flow(examples.right))
  }

  private static func examples(of reason: RunFailureReason) -> (wrong: String, right: String) {
    switch reason {
    case .unsetSchedule:
      (
        "voice CALL by collector on participant.due_date at 10:00",
        "check participant.due_date is set {\n  voice CALL by collector on participant.due_date at 10:00\n}"
      )
    case .integerOverflow:
      (
        "update participant.score = participant.score * participant.score",
        "update participant.score = min(participant.score, 1000) * 2"
      )
    case .numericOutOfRange:
      (
        "update participant.amount = participant.amount * participant.amount",
        "update participant.amount = min(participant.amount, 1000) * 2"
      )
    case .divisionByZero:
      (
        "update participant.rate = participant.paid / participant.sent",
        "check participant.sent > 0 {\n  update participant.rate = participant.paid / participant.sent\n}"
      )
    case .dateOutOfRange:
      (
        "update participant.next = participant.due_date + 1d * participant.days",
        "update participant.next = participant.due_date + 1d * min(participant.days, 365)"
      )
    case .durationOutOfRange:
      (
        "to flow call in 1w * participant.weeks",
        "to flow call in 1w * min(participant.weeks, 52)"
      )
    case .dateNeedsWholeDays:
      (
        "update participant.next = participant.due_date + 1h * participant.hours",
        "update participant.next = participant.due_date + 1d * participant.days"
      )
    case .invalidTime:
      (
        "to flow call at time(participant.hour, 0)",
        "to flow call at time(min(max(participant.hour, 0), 23), 0)"
      )
    case .unknownTimezone:
      (
        "update participant.timezone = \"Madrid\"",
        "update participant.timezone = \"Europe/Madrid\""
      )
    case .textTooLong:
      (
        "update participant.note = participant.note + participant.note",
        "update participant.note = slice(participant.note, 0, 200)"
      )
    case .tooManyCommunications:
      (
        "on communication ended {\n  voice CALL by collector\n}",
        "on communication ended {\n  check communications() < 5 {\n    voice CALL by collector\n  }\n}"
      )
    case .pythonUnavailable, .pythonForbidden, .pythonFailed, .pythonTimeout, .pythonMemory, .pythonDied,
      .pythonUndeclaredWrite, .pythonWrongType, .pythonNotRecorded:
      scriptExamples(of: reason)
    }
  }

  /// Scripts see each of these as an example of their own, since what is wrong stands in Python.
  private static func scriptExamples(of reason: RunFailureReason) -> (wrong: String, right: String) {
    switch reason {
    case .pythonFailed:
      (
        script("writes[\"score\"] = 100 / participant[\"visits\"]"),
        script("writes[\"score\"] = 100 // max(participant[\"visits\"] or 1, 1)")
      )
    case .pythonTimeout:
      (
        script("while writes.get(\"score\", 0) < 100:\n    pass"),
        script("writes[\"score\"] = 100")
      )
    case .pythonMemory:
      (
        script("writes[\"score\"] = len(\"x\" * 2_000_000_000)"),
        script("writes[\"score\"] = 2_000_000_000")
      )
    case .pythonDied:
      (
        script("import os\nos._exit(participant[\"visits\"])"),
        script("writes[\"score\"] = participant[\"visits\"]")
      )
    case .pythonUndeclaredWrite:
      (
        script("writes[\"scor\"] = participant[\"visits\"]"),
        script("writes[\"score\"] = participant[\"visits\"]")
      )
    case .pythonWrongType:
      (
        script("writes[\"score\"] = participant[\"visits\"] * 0.5"),
        script("writes[\"score\"] = participant[\"visits\"] // 2")
      )
    default:
      (
        script("writes[\"score\"] = participant[\"visits\"] * 10"),
        "update participant.score = participant.visits * 10"
      )
    }
  }

  private static func script(_ text: String) -> String {
    let lines = text.split(separator: "\n").map { "  \($0)\n" }.joined()
    return "python \"\"\"\n\(lines)  \"\"\"\n  reads participant.visits\n  writes participant.score"
  }
}
