import FlowDiagnostics
import FlowSyntax
import FlowText
import Foundation
import Testing

/// Pieces of samples with a few bytes changed: parsing ends, finds the same again, and points into the text.
///
/// `FLOW_MUTATIONS` sets how many, `FLOW_SEED` where they begin.
struct ByteMutationTests {
  static let count = Int(ProcessInfo.processInfo.environment["FLOW_MUTATIONS"] ?? "") ?? 20_000
  static let seed = UInt64(ProcessInfo.processInfo.environment["FLOW_SEED"] ?? "") ?? 1

  static let words =
    [
      "{", "}", "(", ")", "[", "\"", "\"\"\"", "//", "/*", "..", "==", "=", ",", ":", ".", "%", "-", "9:00",
      "09:00",
      "24:00", "2026-11-22", "2026-11-22T10:00", "1h30m", "12", "0.5", "\\u{", "'", "“", "é", "\u{0}", "\n",
      "FIRST",
    ]
    + Keyword.allCases.map(\.spelling)

  static func mutate(_ bytes: [UInt8], _ numbers: inout SeededNumbers) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...6, using: &numbers) {
      let index = Int.random(in: 0...bytes.count, using: &numbers)
      let end = min(bytes.count, index + Int.random(in: 0...12, using: &numbers))
      switch Int.random(in: 0..<5, using: &numbers) {
      case 0 where index < bytes.count: bytes[index] = UInt8.random(in: 0...255, using: &numbers)
      case 1: bytes.removeSubrange(index..<end)
      case 2:
        bytes.insert(contentsOf: bytes[index..<end], at: Int.random(in: 0...bytes.count, using: &numbers))
      default:
        let word = words.randomElement(using: &numbers) ?? ""
        bytes.insert(
          contentsOf: Array(" \(word) ".utf8).dropFirst(Bool.random(using: &numbers) ? 1 : 0), at: index)
      }
    }
    return bytes
  }

  @Test func anyBytesAreParsed() throws {
    let sources = try Samples.all.map(Repository.bytes)
    var numbers = SeededNumbers(seed: Self.seed)
    for number in 0..<Self.count {
      let source = try #require(sources.randomElement(using: &numbers))
      let start = Int.random(in: 0..<source.count, using: &numbers)
      let piece = Array(source[start..<min(source.count, start + Int.random(in: 1...400, using: &numbers))])
      let bytes = Self.mutate(piece, &numbers)
      let parsed = ParsedFile(bytes)
      var last = 0
      for diagnostic in parsed.diagnostics {
        let range = diagnostic.primary?.span.range ?? SourceRange(at: 0)
        guard range.lower >= last, range.upper <= bytes.count else {
          Issue.record(
            "seed \(Self.seed), text \(number): \(diagnostic) in \(String(decoding: bytes, as: UTF8.self))")
          return
        }
        last = range.lower
      }
      if number % 10 == 0 {
        #expect(ParsedFile(bytes).summary == parsed.summary, "seed \(Self.seed), text \(number)")
      }
    }
  }

  /// What the fuzzer has found once.
  @Test(arguments: [
    "", "\"\"\"", "\"\"\"\"\"\"", "\"", "\\", "on", "flow", "{", "}", "\u{FEFF}", "/*", "0", "1.", "9:",
  ])
  func smallTextsAreParsed(_ text: String) {
    _ = ParsedFile(text)
    var symbols = SymbolTable()
    _ = parseExpression(SourceFile(name: "line", text: text), symbols: &symbols)
  }
}
