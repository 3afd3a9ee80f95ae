import Testing

@testable import FlowSession

/// Lines become entries.
@Suite struct EntryReaderTests {
  private func entries(_ lines: [String]) -> (entries: [TypedEntry], rest: TypedEntry?) {
    var reader = EntryReader()
    let found = lines.compactMap { reader.take($0) }
    return (found, reader.takeRest())
  }

  @Test func statementsOfALineEach() {
    let (found, rest) = entries(["advance 1d", "", ":show", "  ", "participant.a"])
    #expect(
      found == [
        TypedEntry(text: "advance 1d", firstLine: 1), TypedEntry(text: ":show", firstLine: 3),
        TypedEntry(text: "participant.a", firstLine: 5),
      ])
    #expect(rest == nil)
  }

  @Test func anOpenEntryTakesLinesUntilItIsWhole() {
    let (found, rest) = entries(["// first", "upload {", "", "  a = 1", "}", "flow f {", "  on participant"])
    #expect(
      found == [
        TypedEntry(text: "// first", firstLine: 1), TypedEntry(text: "upload {\n\n  a = 1\n}", firstLine: 2),
      ])
    #expect(rest == TypedEntry(text: "flow f {\n  on participant", firstLine: 6))
  }

  @Test func aMistakeEndsTheEntryAtOnce() {
    let (found, rest) = entries(["upload {", "  = 3", "advance 1d"])
    #expect(found.map(\.text) == ["upload {\n  = 3", "advance 1d"])
    #expect(rest == nil)
  }

  @Test func aColonInsideOfSomethingOpenIsNoCommand() {
    let (found, _) = entries(["participant {", ":show", "x: string }"])
    #expect(found.first?.text == "participant {\n:show")
  }

  @Test func droppedLinesAreGone() {
    var reader = EntryReader()
    #expect(reader.take("upload {") == nil)
    #expect(reader.isOpen)
    reader.drop()
    #expect(!reader.isOpen)
    #expect(reader.take("advance 1d")?.text == "advance 1d")
  }

  /// A long entry is not read again for each of its lines.
  @Test func aLongEntryIsFoundWhole() {
    var lines = ["flow f {"]
    for index in 0..<3_000 { lines.append("  step s\(index) { update participant.a = \(index) }") }
    lines.append("}")
    let (found, rest) = entries(lines)
    #expect(found.count == 1)
    #expect(rest == nil)
  }

  /// Any bytes: every line comes out again, in order.
  @Test(arguments: 0..<200)
  func nothingIsLost(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let pieces = [
      "{", "}", "\"", "\"\"\"", "flow", "f", "upload", "=", "1", " ", ":", "//", "///", "on", "(", "é漢",
      "\u{0}", "\\",
      "participant", ".", "\u{1B}[", "in", "#", "/*",
    ]
    let lines = (0..<8).map { _ in
      (0..<Int.random(in: 0..<6, using: &generator)).map { _ in pieces.randomElement(using: &generator)! }
        .joined()
    }
    let (found, rest) = entries(lines)
    let texts = (found + [rest].compactMap { $0 }).map(\.text).joined(separator: "\n")
    func solid(_ text: String) -> [Substring] {
      text.split(separator: "\n").filter { !$0.allSatisfy(\.isWhitespace) }
    }
    #expect(solid(texts) == solid(lines.joined(separator: "\n")), "seed \(seed)")
  }
}
