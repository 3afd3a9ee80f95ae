import FlowText
import Testing

@Suite struct DisplayLineTests {
  private static let pieces = [
    "a", " ", "\t", "日", "é", "e\u{301}", "👍🏽", "👩‍👩‍👧", "🇪🇸", "ﬀ", "\u{1B}", "\u{202E}", "𠀀", "한",
    "x\u{300}\u{301}",
  ]

  /// The text before a caret is as wide as the column of the caret says.
  @Test(arguments: 0..<300 as Range<UInt64>)
  func caretsLineUp(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var offsets: [Int] = []
    var text = ""
    for _ in 0..<Int.random(in: 1...60, using: &random) {
      offsets.append(text.utf8.count)
      text += DisplayLineTests.pieces.randomElement(using: &random) ?? ""
    }
    guard text.utf8.count <= DisplayLine.maximumByteCount else { return }
    let file = SourceFile(name: "a", text: text)
    let line = DisplayLine(of: file, line: 0, anchors: [])
    #expect(line.text.displayWidth == line.width, "seed \(seed)")
    for (offset, next) in zip(offsets, offsets.dropFirst() + [text.utf8.count]) {
      let columns = line.columns(of: SourceRange(offset, next))
      let before = DisplayLine(
        of: SourceFile(name: "a", text: file.text(SourceRange(0, offset))), line: 0, anchors: [])
      #expect(before.text.displayWidth == columns.lowerBound, "seed \(seed), offset \(offset)")
      #expect(
        !columns.isEmpty && columns.upperBound <= max(line.width, columns.lowerBound + 1), "seed \(seed)")
    }
    #expect(line.columns(of: SourceRange(at: text.utf8.count)) == line.width..<line.width + 1)
  }

  /// A cut line keeps what its anchors point at, and every column lies on it.
  @Test(arguments: 0..<100 as Range<UInt64>)
  func longLinesAreCut(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let words = (0..<400).map { _ in DisplayLineTests.pieces.randomElement(using: &random) ?? "" }
    let at = Int.random(in: 0..<400, using: &random)
    let before = words[..<at].joined()
    let file = SourceFile(name: "a", text: before + "NEEDLE" + words[at...].joined())
    let range = SourceRange(before.utf8.count, before.utf8.count + 6)
    let line = DisplayLine(of: file, line: 0, anchors: [range.lower, range.upper])
    let columns = line.columns(of: range)
    #expect(line.text.contains("NEEDLE") && line.text.contains("…"), "seed \(seed)")
    #expect(columns.count == 6 && columns.upperBound <= line.width, "seed \(seed)")
    #expect(line.text.utf8.count <= 20 * DisplayLine.contextByteCount, "seed \(seed)")
  }

  @Test func marksPiledUpAreBounded() {
    let file = SourceFile(name: "a", text: "a" + String(repeating: "\u{301}", count: 70) + "b")
    let line = DisplayLine(of: file, line: 0, anchors: [])
    #expect(line.text.unicodeScalars.count < 20)
    #expect(line.columns(of: SourceRange(file.bytes.count - 1, file.bytes.count)) == 1..<2)
  }
}
