import Foundation
import Testing

@testable import FlowData

/// Python's csv module wrote these tables, and read them again.
@Suite struct CSVOracleTests {
  struct Table: Decodable, Sendable, CustomTestStringConvertible {
    let seed: Int
    let csv: String
    let rows: [[String]]
    var testDescription: String { "seed \(seed)" }
  }

  static let tables: [Table] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Spec/Data/random_tables.jsonl")
    guard let text = try? String(contentsOf: folder, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").compactMap {
      try? JSONDecoder().decode(Table.self, from: Data($0.utf8))
    }
  }()

  @Test func thereAreTables() { #expect(CSVOracleTests.tables.count == 120) }

  @Test(arguments: tables) func agreesWithPython(_ table: Table) throws {
    #expect(try records(table.csv) == table.rows)
    let seed = UInt64(table.seed)
    let pieces = choppedSource(Array(table.csv.utf8), largest: 7, seed: seed)
    #expect(try records(pieces, blockSize: 16) == table.rows)
  }

  @Test(arguments: tables) func writesWhatItReads(_ table: Table) throws {
    for separator in CSVSeparator.allCases {
      var writer = CSVWriter(separator: separator)
      for row in table.rows { writer.appendRow(row) }
      #expect(try records(ByteSource(writer.take())) == table.rows)
    }
  }
}
