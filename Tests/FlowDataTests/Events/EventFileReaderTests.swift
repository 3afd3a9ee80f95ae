import FlowDiagnostics
import FlowRuntime
import FlowSchema
import FlowText
import FlowValues
import Testing

@testable import FlowData

@Suite struct EventFileReaderTests {
  static func read(_ text: String) throws -> (events: [OutsideEvent], problems: [String]) {
    var reader = try EventFileReader(ByteSource(Array(text.utf8)), fileName: "e.jsonl", zones: ZoneTable())
    var events: [OutsideEvent] = []
    var problems: [EventProblem] = []
    while try reader.readEvents(into: &events, limit: 2, problems: &problems) {}
    return (events, problems.map(told))
  }

  /// Name, place and message of a problem, with what is underlined.
  private static func told(_ problem: EventProblem) -> String {
    let diagnostic = problem.diagnostic
    guard let file = problem.excerpt, let span = diagnostic.primary?.span else {
      return "\(diagnostic.name) \(diagnostic.message)"
    }
    let position = file.textPosition(at: span.range.lower)
    let place = "\(file.name):\(position.line):\(position.column)"
    return "\(diagnostic.name) \(place) `\(file.text(span.range))`: \(diagnostic.message)"
  }

  static func line(_ rest: String) -> String {
    #"{"at":"2026-11-09T12:00:00Z","participant":{"external_id":"c1"},"# + rest + "}"
  }

  static let kinds: [(rest: String, kind: OutsideEvent.Kind)] = [
    (
      #""event":"communication.ended","name":"FIRST_REMINDER","status":"completed","results":{"outcome":"paid","n":1.50}"#,
      .communicationEnded(
        .init(
          .named("FIRST_REMINDER"), .completed,
          results: [.init("outcome", .text("paid")), .init("n", .number("1.50"))]))
    ),
    (
      #""event":"communication.ended","name":null,"status":"no_response""#,
      .communicationEnded(.init(.session, .noResponse))
    ),
    (
      #""event":"communication.updated","name":"A","communication":3,"status":"read""#,
      .communicationUpdated(.init(.numbered(3, name: "A"), .read))
    ),
    (
      #""event":"communication.updated","communication":3,"status":"started""#,
      .communicationUpdated(.init(.numbered(3, name: nil), .started))
    ),
    (#""event":"session.incoming""#, .sessionIncoming(channel: nil, agent: nil)),
    (
      #""event":"session.incoming","channel":"voice","agent":"collector""#,
      .sessionIncoming(channel: "voice", agent: "collector")
    ),
    (
      #""event":"participant.updated","fields":{"amount":null,"participant.status":""}"#,
      .participantUpdated([.init("amount", .null), .init("participant.status", .text(""))])
    ),
    (
      #""event":"participant.uploaded","fields":{"amount":12}"#,
      .participantUploaded([.init("amount", .number("12"))])
    ),
  ]

  @Test(arguments: kinds.indices) func reads(_ index: Int) throws {
    let (rest, kind) = EventFileReaderTests.kinds[index]
    let (events, problems) = try EventFileReaderTests.read(EventFileReaderTests.line(rest))
    #expect(problems.isEmpty)
    #expect(events.map(\.kind) == [kind])
    #expect(events.first?.at.description == "2026-11-09T12:00:00Z")
    #expect(events.first?.keys == [.init(.externalID, "c1")])
  }

  static let faults: [(rest: String, message: String)] = [
    (
      #""event":"communication.endd""#,
      "expected one of `communication.ended`, `communication.updated`, "
        + "`session.incoming`, `participant.updated`, `participant.uploaded`, found `communication.endd`: "
        + "did you mean `communication.ended`?"
    ),
    (#""event":"session.incoming","status":"read""#, "`session.incoming` has no `status`"),
    (#""event":"session.incoming","chanel":"x""#, "an event has no member `chanel`: did you mean `channel`?"),
    (#""event":"session.incoming","channel":1"#, "expected a text for `channel`"),
    (#""event":"session.incoming","event":"x""#, "`event` stands twice in the line"),
    (
      #""event":"communication.ended","status":"completed""#,
      "expected the `name` of a communication, or `null` for the session"
    ),
    (
      #""event":"communication.ended","name":"A","status":"read""#,
      "expected one of `completed`, `no_response`, `failed`, `canceled`, `skipped`, found `read`"
    ),
    (
      #""event":"communication.updated","name":"A","status":"planned""#,
      "expected one of `started`, `delivered`, `read`, `replied`, found `planned`"
    ),
    (
      #""event":"communication.updated","name":"A","status":"read","results":{}"#,
      "`communication.updated` has no `results`"
    ),
    (
      #""event":"communication.ended","communication":0,"status":"failed""#,
      "expected the number of a communication, from 1"
    ),
    (#""event":"participant.updated""#, "expected `fields`, an object of fields and their values"),
    (#""event":"participant.updated","fields":{"a":1,"a":2}"#, "`a` stands twice, or is one too many"),
    (#""event":"participant.updated","fields":{"a":[1]}"#, "expected a single value for `a`"),
    (#""event":"participant.updated","fields":[1]"#, "expected a value or an object, found an array"),
  ]

  @Test(arguments: faults.indices) func passesOverBadEvents(_ index: Int) throws {
    let (rest, message) = EventFileReaderTests.faults[index]
    let good = EventFileReaderTests.line(#""event":"session.incoming""#)
    let bad = EventFileReaderTests.line(rest)
    let (events, problems) = try EventFileReaderTests.read("\(good)\n\n\(bad)\n\(good)\n")
    #expect(events.map(\.line) == [1, 4])
    #expect(problems.count == 1)
    #expect(problems.first?.hasPrefix("bad-event e.jsonl:3:") == true)
    #expect(problems.first?.hasSuffix(": \(message)") == true, "\(problems)")
  }

  static let heads: [(line: String, problem: String)] = [
    (
      "{\"at\":\"2026-11-09T12:00:00\"}",
      "7 `\"2026-11-09T12:00:00\"`: expected a time with `Z` or an offset such as `2026-11-09T12:00:00Z`, "
        + "found `2026-11-09T12:00:00`"
    ),
    ("{}", "1 `{`: expected `at`, a time such as `2026-11-09T12:00:00Z`"),
    ("[]", "1 `[`: expected an object"),
    ("{\"at\": nope}", "8 `nope`: expected a value"),
    ("{\"at\": \"2026", "13 ``: the line ends in the middle of a value: the file may have been cut off"),
    (
      #"{"at":"2026-11-09T12:00:00Z","event":"session.incoming"}"#,
      "1 `{`: expected `participant` with at least one of \(RowIntake.keyList)"
    ),
    (
      #"{"at":"2026-11-09T12:00:00Z","event":"session.incoming","participant":{"name":"x"}}"#,
      "71 `{`: expected one of \(RowIntake.keyList), found `name`"
    ),
    (
      #"{"at":"2026-11-09T12:00:00Z","event":"session.incoming","participant":{"phone":"x"}}"#,
      "71 `{`: `phone`: expected a phone number with at least one digit, found `x`"
    ),
    (
      #"{"at":"2026-11-09T12:00:00Z","event":"session.incoming","participant":{"phone":""}}"#,
      "71 `{`: expected at least one of \(RowIntake.keyList) to be filled"
    ),
  ]

  @Test(arguments: heads.indices) func placesFaults(_ index: Int) throws {
    let (line, problem) = EventFileReaderTests.heads[index]
    #expect(try EventFileReaderTests.read(line).problems == ["bad-event e.jsonl:1:\(problem)"])
  }

  @Test func keysAreInNormalFormAndOrder() throws {
    let line =
      #"{"at":"2026-11-09T12:00:00+01:00","event":"session.incoming","campaign":"welcome","#
      + #""participant":{"phone":"+34 600","profile.email":"A@B.org"}}"#
    let (events, problems) = try EventFileReaderTests.read(line)
    #expect(problems.isEmpty)
    #expect(events.first?.keys == [.init(.email, "a@b.org"), .init(.phone, "34600")])
    #expect(events.first?.campaign == "welcome")
    #expect(events.first?.at.description == "2026-11-09T11:00:00Z")
  }

  @Test func unsortedFilesEnd() throws {
    let session = #""event":"session.incoming""#
    let later = EventFileReaderTests.line(session)
    let earlier = later.replacing("12:00:00Z", with: "11:59:59Z")
    let (events, problems) = try EventFileReaderTests.read("\(later)\n\(later)\n\(earlier)\n\(later)\n")
    #expect(events.count == 2)
    #expect(
      problems == [
        "events-not-sorted e.jsonl:3:1 `{`: expected a time at or after `2026-11-09T12:00:00Z`, "
          + "found `2026-11-09T11:59:59Z`"
      ])
  }

  @Test func foreignFilesAreNamed() throws {
    #expect(
      try EventFileReaderTests.read("PK\u{3}\u{4}").problems == [
        "unreadable-data expected CSV or JSON Lines, found a workbook or another ZIP archive in `e.jsonl`"
      ])
  }
}
