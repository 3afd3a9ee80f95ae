import FlowDiagnostics
import FlowText
import Foundation
import Testing

@Suite struct RobustnessTests {
  private static let bytes: [UInt8] = [
    0x0A, 0x0A, 0x0D, 0x09, 0x20, 0x61, 0x7B, 0x7D, 0x1B, 0x00, 0xC3, 0xA9, 0xE6, 0x97, 0xA5, 0xF0, 0x9F,
    0x91, 0x8D,
    0x80, 0xFF, 0xCC, 0x81, 0xE2, 0x80, 0xAE, 0xEF, 0xBB, 0xBF, 0xED, 0xA0,
  ]

  /// Whatever the bytes and the ranges, every format renders, twice the same; rows fit and nothing steers the terminal.
  @Test(arguments: 0..<400 as Range<UInt64>)
  func everyRangeRenders(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let files = (0..<2).map { index in
      let count = Int.random(in: 0...(seed % 10 == 0 ? 800 : 60), using: &random)
      let bytes = (0..<count).map { _ in
        seed % 2 == 0
          ? UInt8.random(in: 0...255, using: &random)
          : RobustnessTests.bytes.randomElement(using: &random) ?? 0
      }
      return SourceFile(id: FileID(index), name: "f\(index)", bytes: bytes)
    }
    func label(_ random: inout SeededGenerator) -> Label {
      // Now and then behind the end, or in a file that nobody knows.
      let a = Int.random(in: 0...70, using: &random)
      let b = a + [0, 1, 3, 40].randomElement(using: &random)!
      return Label(
        SourceSpan(FileID(Int.random(in: 0...2, using: &random)), SourceRange(a, b)), "label \u{1B}")
    }
    var diagnostics: [Diagnostic] = []
    for number in 0..<4 {
      var diagnostic = Diagnostic(
        "name", Severity.allCases.randomElement(using: &random)!, "message \(number)")
      diagnostic.primary = label(&random)
      diagnostic.secondary = (0..<Int.random(in: 0...5, using: &random)).map { _ in label(&random) }
      diagnostic.fixes = [Fix("mend", .safe, [Edit(label(&random).span, "x")])]
      diagnostics.append(diagnostic)
    }
    let first = try RobustnessTests.renderAll(diagnostics, files)
    let second = try RobustnessTests.renderAll(diagnostics.reversed(), files)
    #expect(first == second, "seed \(seed)")
    let controls = first.prefix(3).joined().unicodeScalars.filter { $0 != "\n" && $0.visibleForm != nil }
    #expect(controls.isEmpty, "seed \(seed)")
  }

  private static func renderAll(_ diagnostics: [Diagnostic], _ files: [SourceFile]) throws -> [String] {
    let report = DiagnosticBag(diagnostics).report()
    let json = JSONRenderer(files: files).render(report)
    let sarif = SARIFRenderer(files: files, rules: [], toolVersion: "1").render(report)
    _ = try JSONSerialization.jsonObject(with: Data(json))
    _ = try JSONSerialization.jsonObject(with: Data(sarif))
    let changes = FixApplication(report.diagnostics, allowing: [.safe]).changes(in: files)
    return [
      FullRenderer(files: files).render(report), ConciseRenderer(files: files).render(report),
      GitHubRenderer(files: files).render(report), String(decoding: json, as: UTF8.self),
      String(decoding: sarif, as: UTF8.self), changes.map { "\($0.bytes)" }.joined(),
    ]
  }

  /// In the rendered text, the carets stand under the text of the label.
  @Test(arguments: 0..<200 as Range<UInt64>)
  func caretsStandUnderTheirText(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let pieces = ["a", "\t", "日", "e\u{301}", "👍🏽", "👩‍👩‍👧", " ", "\u{202E}", "한"]
    let before = (0..<Int.random(in: 0...12, using: &random)).map { _ in pieces.randomElement(using: &random)!
    }.joined()
    let file = SourceFile(name: "f", text: "\(before)NEEDLE tail")
    let range = SourceRange(before.utf8.count, before.utf8.count + 6)
    let text = FullRenderer(files: [file]).render(
      Diagnostic("n", .error, "m", at: Label(SourceSpan(file.id, range))))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let needle = try #require(lines[3].range(of: "NEEDLE"))
    let caret = try #require(lines[4].range(of: "^^^^^^"))
    #expect(
      lines[3][..<needle.lowerBound].displayWidth == lines[4][..<caret.lowerBound].displayWidth,
      "seed \(seed)")
  }

  /// A line of megabytes is cut, not printed.
  @Test func hugeLinesAreCutFirst() {
    let file = SourceFile(name: "f", text: String(repeating: "日本 ", count: 1_000_000) + "x")
    let end = file.bytes.count
    let text = FullRenderer(files: [file]).render(
      Diagnostic("n", .error, "m", at: Label(SourceSpan(file.id, SourceRange(end - 1, end)))))
    #expect(text.utf8.count < 1_000)
  }
}
