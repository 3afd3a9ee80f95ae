import FlowDiagnostics
import FlowRuntime
import Testing

@testable import FlowData

/// Semantics D5: headers, and files that are no upload.
@Suite struct UploadHeaderTests {
  static let problems: [(text: String, expected: [String])] = [
    ("external_id,due_date\n", []),
    (" external_id ; participant.due_date\n", []),
    ("profile.status,status,external_id,due_date\n", []),
    ("external_id,due_date,phon\n", ["error unknown-column 1:22 phon"]),
    ("\u{FEFF}\n\r\nExternal_ID,due_date\n", ["error unknown-column 3:1 External_ID"]),
    ("external_id,due_date,\n", ["error unknown-column 1:22 "]),
    ("external_id,due_date,external_id\n", ["error duplicate-column 1:22 external_id"]),
    ("external_id,due_date,participant.due_date\n", ["error duplicate-column 1:22 participant.due_date"]),
    ("external_id,contacted,due_date\n", ["error internal-column 1:13 contacted"]),
    ("external_id,amount\n", ["warning missing-column 1:1 external_id,amount"]),
    ("amount,due_date\n", ["warning no-key-column 1:1 amount,due_date"]),
    ("", ["error empty-data"]),
    ("\u{FEFF}\r\n", ["error empty-data"]),
    ("external_id,\"due_date", ["error unreadable-data"]),
    ("PK\u{3}\u{4}xyz", ["error unreadable-data"]),
    ("[\n{\"external_id\": \"c1\"}\n]\n", ["error unreadable-data 1:1 ["]),
    ("{\n\"external_id\": \"c1\"\n}\n", ["error unreadable-data 1:1 {"]),
    (
      #"{"external_id":"c1","phon":"1","contacted":true}"#,
      ["error unknown-column 1:22 phon", "error internal-column 1:33 contacted"]
    ),
  ]

  @Test(arguments: problems.indices) func reports(_ index: Int) throws {
    let (text, expected) = UploadHeaderTests.problems[index]
    #expect(try Reminder.read(text).problems == expected, "\(text)")
  }

  @Test(arguments: [[0xFF, 0xFE, 0x61, 0x00], [0x1F, 0x8B, 8, 0], [0xD0, 0xCF, 0x11, 0xE0]] as [[UInt8]])
  func knowsForeignFormats(_ bytes: [UInt8]) throws {
    let outcome = try Reminder.read(ByteSource(bytes))
    #expect(outcome == .init(problems: ["error unreadable-data"]))
  }

  @Test func nothingIsReadBehindAnError() throws {
    let outcome = try Reminder.read("external_id,due_date,phon\nc1,2026-11-10,1\n")
    #expect(outcome.rows.isEmpty && outcome.rejected.isEmpty)
  }

  @Test func saysWhatWasMeant() throws {
    let names = FieldNames(Reminder.fields)
    #expect(names.likely("phon") == "phone")
    #expect(names.likely("External ID") == "external_id")
    #expect(names.likely("DUE-DATE") == "due_date")
    #expect(names.likely("profile.statu") == "profile.status")
    #expect(names.likely("zzzzzz") == nil)
    #expect(!names.known.contains("contacted"))
  }

  @Test func passesOverUnknownColumnsWhereAsked() throws {
    let outcome = try Reminder.read(
      "external_id,nonsense,due_date,\nc1,\u{1},2026-11-10,x\n", options: .init(ignoresUnknownColumns: true))
    #expect(
      outcome == .init(rows: ["1: profile.external_id=c1 participant.due_date=20767"]))
  }
}
