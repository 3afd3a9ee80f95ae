import FlowRuntime
import FlowText
import FlowValues
import Testing

@testable import FlowData

/// Semantics D3 to D5: rows.
@Suite struct UploadReaderTests {
  static let header = "external_id,email,status,due_date,amount\n"

  @Test func readsRows() throws {
    let outcome = try Reminder.read(
      UploadReaderTests.header + "c1,Ana@Example.org,paid,2026-11-10,12.50\n,b@example.org,,9999-12-31,\n")
    #expect(
      outcome
        == .init(rows: [
          "1: profile.external_id=c1 profile.email=ana@example.org participant.status=4 "
            + "participant.due_date=20767 participant.amount=12500000",
          "2: profile.email=b@example.org participant.due_date=2932896",
        ]))
  }

  static let mistakes: [(row: String, rejected: [String])] = [
    ("c1,,,2026-11-10", ["1|||expected 5 cells, found 4"]),
    ("c1,,,2026-11-10,,", ["1|||expected 5 cells, found 6"]),
    (
      ",,,,",
      [
        "1|due_date||expected a value: the field is required",
        "1|||expected at least one of `external_id`, `email`, `phone`, `whatsapp_id`, `telegram_id`, `web_id`"
          + " to be filled",
      ]
    ),
    (
      "c1,,payd,10.11.2026,x",
      [
        "1|status|payd|expected one of `new`, `paid`, found `payd`: did you mean `paid`?",
        "1|due_date|10.11.2026|expected a date as YYYY-MM-DD, found `10.11.2026`",
        "1|amount|x|expected a number such as `12.5`, found `x`",
      ]
    ),
    (",ana,,2026-11-10,", ["1|email|ana|expected an email address, found `ana`"]),
    ("c\u{0}1,,,2026-11-10,", ["1|external_id|c\u{0}1|expected text, found a NUL byte"]),
    (
      "\"c1\"x,,,2026-11-10,",
      [
        "1|||cell 1 goes on after its closing quote: a quote inside a quoted cell is written twice"
      ]
    ),
  ]

  @Test(arguments: mistakes.indices) func refusesAndGoesOn(_ index: Int) throws {
    let (row, rejected) = UploadReaderTests.mistakes[index]
    let outcome = try Reminder.read(UploadReaderTests.header + row + "\n\nc2,,,2026-11-10,\n")
    #expect(outcome.rejected == rejected)
    #expect(outcome.rows == ["2: profile.external_id=c2 participant.due_date=20767"])
  }

  @Test func refusesOtherEncodings() throws {
    let bytes = Array("external_id,due_date\nJos".utf8) + [0xE9] + Array(",2026-11-10\n".utf8)
    let outcome = try Reminder.read(ByteSource(bytes))
    #expect(
      outcome.rejected == [
        "1|external_id|Jos\u{FFFD}|expected text in UTF-8, found the byte 0xE9: save the file as UTF-8"
      ])
  }

  @Test func refusesEveryRowWithoutARequiredColumn() throws {
    let outcome = try Reminder.read("external_id\nc1\nc2\n")
    #expect(outcome.rows.isEmpty)
    #expect(
      outcome.rejected
        == [1, 2].map {
          "\($0)|||the file has no column `due_date`, which every row must fill"
        })
  }

  @Test func keepsWhatStandsBeforeTheCut() throws {
    let text = "external_id,name,due_date\nc1,Ana,2026-11-10\nc2,\"Be"
    let outcome = try Reminder.read(text)
    #expect(outcome.rows == ["1: profile.external_id=c1 profile.name=Ana participant.due_date=20767"])
    #expect(
      outcome.rejected == ["2|||the quote opened in line 3 is never closed: the file may have been cut off"])
    #expect(
      try Reminder.read("external_id,name,due_date\nc1,An").rejected
        == ["1|||expected 3 cells, found 2: the file ends in the middle of the row"])
  }

  @Test func sourceErrorsKeepTheRowsBefore() throws {
    struct Torn: Error {}
    var pieces = ["external_id,due_date\nc1,2026-11-10\nc2,", "2026-11-10\nc3"].map { Array($0.utf8) }
    let source = ByteSource { buffer in
      guard !pieces.isEmpty else { throw Torn() }
      let piece = pieces.removeFirst()
      buffer.copyBytes(from: piece)
      return piece.count
    }
    #expect(throws: Torn.self) { try Reminder.read(source) }
  }

  @Test func readsJSONLines() throws {
    let text = """
      {"external_id":"c1","status":"paid","due_date":"2026-11-10","amount":12.50,"phone":34600111222}

      {"due_date":"2026-11-10","web_id":7,"amount":null,"email":" "}
      {"external_id":"c3","due_date":"2026-11-10","external_id":"c4","met_at":{"a":[1]},"amonut":1}
      ["c4"]
      {"external_id":"c5","due_date":"2026-11-1
      {"external_id":"c6","due_date":"2026-11-10","contacted":true}
      """
    let outcome = try Reminder.read(text)
    #expect(
      outcome.rows == [
        "1: profile.external_id=c1 participant.status=4 participant.due_date=20767 "
          + "participant.amount=12500000 profile.phone=34600111222",
        "2: participant.due_date=20767 profile.web_id=7",
      ])
    #expect(
      outcome.rejected == [
        "3|external_id||the field is named twice",
        "3|met_at||expected a single value, found an object",
        "3|amonut||no field has this name: did you mean `amount`?",
        "4|||expected an object such as `{\"external_id\": \"c1\"}`",
        "5|||line 6, column 42: the line ends in the middle of a value: the file may have been cut off",
        "6|contacted||the field is internal and never read from an upload",
      ])
  }
}
