import FlowText
import Testing

@Suite struct TextEditsTests {
  private func edit(_ lower: Int, _ upper: Int, _ text: String) -> TextEdits.Replacement {
    TextEdits.Replacement(SourceRange(lower, upper), text)
  }

  private func expect(
    _ group: [TextEdits.Replacement], isTaken: Bool, by edits: inout TextEdits,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(edits.accepts(group) == isTaken, sourceLocation: sourceLocation)
    let taken = edits.add(group)
    #expect(taken == isTaken, sourceLocation: sourceLocation)
  }

  @Test func groupsAreTakenWholeOrNotAtAll() {
    var edits = TextEdits()
    expect([edit(6, 8, "G"), edit(0, 1, "AA")], isTaken: true, by: &edits)
    expect([edit(3, 3, "x"), edit(7, 9, "y")], isTaken: false, by: &edits)
    expect([edit(2, 4, "x"), edit(3, 5, "y")], isTaken: false, by: &edits)
    expect([edit(8, 9, ""), edit(1, 1, "-")], isTaken: true, by: &edits)
    expect([edit(5, 6, "")], isTaken: true, by: &edits)
    expect([edit(0, 1, "AA")], isTaken: true, by: &edits)
    expect([edit(1, 1, "+")], isTaken: false, by: &edits)
    expect([edit(4, 4, "1"), edit(4, 4, "2")], isTaken: true, by: &edits)
    #expect(String(decoding: edits.applied(to: Array("abcdefghij".utf8)), as: UTF8.self) == "AA-bcd12eGj")
  }

  @Test func rangesOutsideAreTheEnd() {
    var edits = TextEdits()
    expect([edit(9, 12, "!")], isTaken: true, by: &edits)
    #expect(String(decoding: edits.applied(to: Array("abc".utf8)), as: UTF8.self) == "abc!")
  }

  /// Accepted edits never touch bytes outside their ranges: the rest of the text comes through in order.
  @Test(arguments: 0..<200 as Range<UInt64>)
  func theRestIsUntouched(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let text = (0..<40).map { UInt8(ascii: "a") + UInt8($0 % 26) }
    var edits = TextEdits()
    var removed: Set<Int> = []
    for _ in 0..<10 {
      let lower = Int.random(in: 0...40, using: &random)
      let replacement = edit(lower, min(40, lower + Int.random(in: 0...5, using: &random)), "#")
      if edits.add([replacement]) {
        removed.formUnion(replacement.range.lower..<replacement.range.upper)
      }
    }
    let rest = text.indices.filter { !removed.contains($0) }.map { text[$0] }
    #expect(edits.applied(to: text).filter { $0 != UInt8(ascii: "#") } == rest, "seed \(seed)")
  }
}
