import Testing

@testable import FlowData

/// Files as people have them: one upload in many shapes, and random ones.
@Suite struct UploadFileTests {
  static let variants: [(name: String, text: String)] = [
    ("plain", "external_id,name,due_date\nc1,\"Peña, Ana\",2026-11-10\nc2,O'Hara,2026-11-11\n"),
    (
      "spreadsheet",
      "\u{FEFF}external_id;name;due_date\r\nc1;Peña, Ana;2026-11-10\r\nc2;O'Hara;2026-11-11\r\n"
    ),
    ("sep line", "sep=;\r\nexternal_id;name;due_date\r\nc1;Peña, Ana;2026-11-10\r\nc2;O'Hara;2026-11-11"),
    ("tabs", "external_id\tname\tdue_date\nc1\tPeña, Ana\t2026-11-10\nc2\tO'Hara\t2026-11-11\n"),
    ("old Mac", "external_id;name;due_date\rc1;Peña, Ana;2026-11-10\rc2;O'Hara;2026-11-11\r"),
    ("mixed ends", "external_id;name;due_date\r\n\nc1;Peña, Ana;2026-11-10\r\r\nc2;O'Hara;2026-11-11\n\n\n"),
    (
      "all quoted",
      "\"external_id\",\"name\",\"due_date\"\n\"c1\",\"Peña, Ana\",\"2026-11-10\"\n\"c2\",\"O'Hara\",\"2026-11-11\"\n"
    ),
    (
      "blanks",
      "external_id , name , due_date\n c1 , \"Peña, Ana\" , 2026-11-10 \n c2, O'Hara ,2026-11-11\n   \n"
    ),
    (
      "lines",
      """
      {"external_id":"c1","name":"Peña, Ana","due_date":"2026-11-10"}
      {"external_id":"c2","name":"O'Hara","due_date":"2026-11-11"}
      """
    ),
    (
      "escaped lines",
      "\u{FEFF}\r\n{\"external_id\":\"c1\",\"name\":\"Pe\\u00f1a, Ana\",\"due_date\":\"2026-11-10\"}\r\n\r\n"
        + "{ \"due_date\":\"2026-11-11\", \"name\":\"O'Hara\", \"external_id\":\"c2\" }"
    ),
  ]

  @Test(arguments: variants.indices) func allSayTheSame(_ index: Int) throws {
    let (name, text) = UploadFileTests.variants[index]
    let outcome = try Reminder.read(text)
    #expect(outcome.problems.isEmpty && outcome.rejected.isEmpty, "\(name)")
    let rows = outcome.rows.map { Set($0.split(separator: " ")) }
    #expect(
      rows == [
        Set(
          "1: profile.external_id=c1 profile.name=Peña, Ana participant.due_date=20767".split(separator: " ")),
        Set("2: profile.external_id=c2 profile.name=O'Hara participant.due_date=20768".split(separator: " ")),
      ], "\(name)")
  }

  /// However a file comes in pieces and however many rows are asked for, the rows are the same.
  @Test(arguments: UInt64(0)..<150) func piecesDoNotMatter(_ seed: UInt64) throws {
    let bytes = UploadFileTests.randomFile(seed: seed)
    let whole = try Reminder.read(ByteSource(bytes))
    let source = choppedSource(bytes, largest: 40, seed: seed)
    let pieces = try Reminder.read(source, blockSize: 16, limit: 1 + Int(seed % 7))
    #expect(whole == pieces, "seed \(seed)")
    #expect(whole.problems.isEmpty, "seed \(seed)")
  }

  /// Mostly sound rows, with accents, quotes, mistakes and cut-off ends.
  static func randomFile(seed: UInt64) -> [UInt8] {
    var generator = SplitMix(state: seed)
    let ends = ["\n", "\r\n", "\r", "\n\n"]
    let names = [
      "Ana", "\"Peña, \"\"Ana\"\"\"", "\"two\nlines\"", "\"\r\n\"", "Łukasz", "", " x ", "5\" nail",
    ]
    let dates = ["2026-11-10", "2026-11-31", "", "31/01/2026", "\"2026-01-01\"", "2026-11-10,"]
    var text = "external_id,name,due_date\n"
    for row in 0..<Int.random(in: 0...40, using: &generator) {
      text += "c\(row),\(names.randomElement(using: &generator) ?? ""),"
      text += (dates.randomElement(using: &generator) ?? "") + (ends.randomElement(using: &generator) ?? "")
    }
    let bytes = Array(text.utf8)
    return Array(bytes.prefix(max(27, bytes.count - Int.random(in: 0...20, using: &generator))))
  }

  @Test func randomBytesNeverTrap() throws {
    let alphabet = Array("c1,;\"\n\r{}[]:\\u0 éx2026-11-10".utf8) + [0xFF, 0x00]
    var generator = SplitMix(state: 3)
    var reported = 0
    for index in 0..<3000 {
      let start =
        index % 2 == 0 ? "external_id,due_date\n" : "{\"external_id\":\"c\",\"due_date\":\"2026-11-10\"}\n"
      let noise = (0..<Int.random(in: 0...80, using: &generator)).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
      }
      reported += try Reminder.read(ByteSource(Array(start.utf8) + noise)).rejected.isEmpty ? 0 : 1
    }
    #expect(reported > 2000, "seed 3")
  }
}
