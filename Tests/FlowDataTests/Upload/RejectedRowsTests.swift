import FlowRuntime
import FlowText
import FlowValues
import Testing

@testable import FlowData

/// Semantics D5: the report, and the refused rows to be mended.
@Suite struct RejectedRowsTests {
  private static let people =
    "\u{FEFF}external_id;name;due_date\r\nc1;\"A;\r\nB\";31/01/2026\r\n\r\nc2;x;2026-11-10\r\n;\"q\"\"\";\r\n"

  @Test func writesTheReport() throws {
    var reader = UploadReader(
      ByteSource(Array(RejectedRowsTests.people.utf8)), fileName: "people.csv", fields: Reminder.fields,
      zones: ZoneTable())
    try #require(try reader.open().isEmpty)
    var batch = RowBatch()
    var rejected: [RejectedRow] = []
    #expect(try reader.readRows(into: &batch, limit: 9, rejected: &rejected) == false)
    var report = RejectedRowsWriter()
    for row in rejected { report.append(row) }
    #expect(
      try records(ByteSource(report.take())) == [
        ["row", "field", "value", "reason"],
        ["1", "due_date", "31/01/2026", "expected a date as YYYY-MM-DD, found `31/01/2026`"],
        ["3", "due_date", "", "expected a value: the field is required"],
        ["3", "", "", "expected at least one of \(RowIntake.keyList) to be filled"],
      ])
  }

  @Test func copiesRowsAsTheyStand() throws {
    #expect(
      try copy(RejectedRowsTests.people, [1, 3, 3])
        == "external_id;name;due_date\nc1;\"A;\r\nB\";31/01/2026\n;\"q\"\"\";\n")
    #expect(try copy(RejectedRowsTests.people, []) == "external_id;name;due_date\n")
    #expect(try copy("sep=;\nexternal_id;a,b,c\n1;2\n3;4", [2]) == "sep=;\nexternal_id;a,b,c\n3;4\n")
    #expect(try copy("{\"a\":1}\n\n{\"a\":2}\r\n{\"a\":", [2, 3]) == "{\"a\":2}\r\n{\"a\":\n")
    #expect(try copy("external_id\nc1\n", [7]) == "external_id\n")
    #expect(try copy("", [1]) == "")
  }

  /// A copy that nobody has mended is refused row for row, for the same reasons.
  @Test(arguments: 0..<200 as Range<UInt64>) func copyIsRefusedAlike(seed: UInt64) throws {
    let text = RejectedRowsTests.faultyFile(seed)
    let first = try Reminder.read(text)
    try #require(first.problems.isEmpty, "seed \(seed)")
    let numbers = first.rejected.map(RejectedRowsTests.number)
    let again = try Reminder.read(try copy(text, numbers))
    let renumbered = Dictionary(
      Set(numbers).sorted().enumerated().map { ($1, $0 + 1) }, uniquingKeysWith: { first, _ in first })
    let expected = zip(first.rejected, numbers).map { line, number in
      "\(renumbered[number] ?? 0)" + line.drop { $0 != "|" }
    }
    #expect(again.rows.isEmpty, "seed \(seed)")
    #expect(again.rejected == expected, "seed \(seed)")
  }

  private static func number(_ rejected: String) -> Int { Int(rejected.prefix { $0 != "|" }) ?? 0 }

  private static func faultyFile(_ seed: UInt64) -> String {
    var draw = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func choose(_ choices: [String]) -> String {
      draw = draw &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return choices[Int(draw >> 33) % choices.count]
    }
    let lineBreak = choose(["\n", "\r\n"])
    var text = choose(["", "\u{FEFF}"]) + "external_id,email,due_date,amount" + lineBreak
    for row in 0..<40 {
      text += choose(["c\(row)", "", "\"c\n\(row)\""]) + ","
      text += choose(["a\(row)@example.org", "nobody", ""]) + ","
      text += choose(["2026-11-10", "2026-11-10", "10.11.", "", "\"2026-11-10\""]) + ","
      text += choose(["12.5", "12.5", "12,5", "\"12,5\"", "\"1\"x"]) + choose(["", lineBreak]) + lineBreak
    }
    return text
  }

  private func copy(_ text: String, _ numbers: [Int]) throws -> String {
    var rows = RowNumbers()
    for number in numbers { rows.add(number) }
    var bytes: [UInt8] = []
    try RejectedRowsCopy(ByteSource(Array(text.utf8)), rows: rows) { bytes += $0 }.write()
    return String(decoding: bytes, as: UTF8.self)
  }
}
