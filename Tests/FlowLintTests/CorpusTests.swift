import FlowDiagnostics
import FlowLint
import Foundation
import Testing

/// The samples with known faults in them: what `flow-develop lint-corpus` measures stays at least as good as it is.
@Suite struct CorpusTests {
  /// One line of the table.
  struct Score {
    var made = 0
    var noticed = 0
    var falseAlarms = 0
  }

  /// How many of a hundred faults of a rule are noticed at the least, for rules that miss some.
  private static let floors = ["duplicate-contact": 75, "feedback-loop": 35, "self-update": 50]

  @Test func faultsAreNoticed() throws {
    let table = try Self.table()
    let all = try #require(table["all"])
    #expect(all.made >= 160, "\(all)")
    #expect(all.noticed * 100 >= all.made * 90, "\(all)")
    #expect(all.falseAlarms == 0, "\(all)")
    #expect(Set(table.keys) == Set(Linter.rules.map { $0.name.description } + ["all"]))
    for (rule, score) in table where rule != "all" {
      #expect(score.noticed * 100 >= score.made * (Self.floors[rule] ?? 100), "\(rule): \(score)")
    }
  }

  /// The README shows what was measured.
  @Test func readmeShowsTheTable() throws {
    let readme = try String(contentsOf: Self.root.appendingPathComponent("README.md"), encoding: .utf8)
    for line in try Self.output().split(separator: "\n") {
      #expect(readme.contains(line), "\(line)")
    }
  }

  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static func table() throws -> [String: Score] {
    var table: [String: Score] = [:]
    for line in try output().split(separator: "\n") {
      let cells = line.split(separator: "|").map {
        $0.trimmingCharacters(in: CharacterSet(charactersIn: " `"))
      }
      guard cells.count == 4, let made = Int(cells[1]), let noticed = Int(cells[2]),
        let alarms = Int(cells[3])
      else { continue }
      table[cells[0]] = Score(made: made, noticed: noticed, falseAlarms: alarms)
    }
    return table
  }

  private static func output() throws -> String {
    let folder =
      Bundle.allBundles.map(\.bundleURL).first { $0.pathExtension == "xctest" }
      ?? URL(fileURLWithPath: CommandLine.arguments[0])
    let process = Process()
    process.executableURL = folder.deletingLastPathComponent().appendingPathComponent("flow-develop")
    process.arguments = ["lint-corpus", "--samples", root.appendingPathComponent("samples").path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return String(decoding: data, as: UTF8.self)
  }
}
