import FlowValues
import Testing

@Suite struct TextTests {
  @Test(
    "length and slice count Unicode scalars; outside is empty",
    arguments: [
      ("añb🙂c", 0, 2, "añ"), ("añb🙂c", 3, 1, "🙂"), ("añb🙂c", 3, 99, "🙂c"), ("añb🙂c", 5, 1, ""),
      ("añb🙂c", 9, 1, ""),
      ("añb🙂c", -1, 3, ""), ("añb🙂c", 1, -1, ""), ("", 0, 1, ""), ("añb🙂c", 1, .max, "ñb🙂c"),
      ("ab", .max, .max, ""),
    ])
  func slices(text: String, from: Int, length: Int, expected: String) {
    let sliced = withUTF8(text) { utf8 in
      String(decoding: utf8[TextFunctions.slice(utf8, from: from, length: length)], as: UTF8.self)
    }
    #expect(sliced == expected)
    #expect(withUTF8(text, TextFunctions.length) == text.unicodeScalars.count)
  }

  @Test(
    "lower and upper map all of Unicode",
    arguments: [
      ("ÀB1ñ", "àb1ñ", "ÀB1Ñ"), ("straße", "straße", "STRASSE"), ("ΣΑΣ", "σασ", "ΣΑΣ"),
      ("İ", "i\u{307}", "İ"), ("", "", ""),
      ("[@Z`{z", "[@z`{z", "[@Z`{Z"),
    ])
  func letterCase(text: String, lower: String, upper: String) {
    var lowered: [UInt8] = []
    var raised: [UInt8] = []
    withUTF8(text) {
      TextFunctions.appendLower($0, to: &lowered)
      TextFunctions.appendUpper($0, to: &raised)
    }
    #expect(lowered == Array(lower.utf8))
    #expect(raised == Array(upper.utf8))
  }

  @Test("K3: comparison is by scalar order, search is exact", arguments: [UInt64(8)])
  func comparisons(seed: UInt64) {
    var random = Seeded(seed)
    for _ in 0..<4000 {
      let (left, right) = (draw(&random, upTo: 6), draw(&random, upTo: 3))
      let (a, b) = (left.map(\.value), right.map(\.value))
      withBuffers(left, right) { x, y in
        #expect((TextFunctions.compare(x, y) < 0) == a.lexicographicallyPrecedes(b))
        #expect((TextFunctions.compare(x, y) == 0) == (a == b))
        #expect(TextFunctions.equal(x, y) == (a == b))
        #expect(TextFunctions.hasPrefix(x, y) == a.starts(with: b))
        #expect(TextFunctions.hasSuffix(x, y) == a.reversed().starts(with: b.reversed()))
        #expect(TextFunctions.contains(x, y) == isPart(b, of: a))
      }
    }
  }

  @Test("contains finds long parts of texts that repeat themselves", arguments: [UInt64(9)])
  func longParts(seed: UInt64) {
    var random = Seeded(seed)
    var found = 0
    for _ in 0..<3000 {
      let unit = (0..<Int.random(in: 1...12, using: &random)).map { _ in
        UInt32.random(in: 97...98, using: &random)
      }
      var text = (0..<Int.random(in: 40...120, using: &random)).map { unit[$0 % unit.count] }
      if Bool.random(using: &random) { text[Int.random(in: 0..<text.count, using: &random)] ^= 3 }
      let length = Int.random(in: 33...40, using: &random)
      let start = Int.random(in: 0...text.count - length, using: &random)
      var part = Array(text[start..<start + length])
      if Bool.random(using: &random) { part[Int.random(in: 0..<length, using: &random)] ^= 3 }
      let expected = isPart(part, of: text)
      found += expected ? 1 : 0
      withBuffers(text.compactMap(Unicode.Scalar.init), part.compactMap(Unicode.Scalar.init)) { x, y in
        #expect(TextFunctions.contains(x, y) == expected)
      }
    }
    #expect(found > 500 && found < 2500)
  }

  private func isPart(_ part: [UInt32], of text: [UInt32]) -> Bool {
    (0...text.count).contains { text[$0...].starts(with: part) }
  }

  private func draw(_ random: inout Seeded, upTo count: Int) -> [Unicode.Scalar] {
    (0..<Int.random(in: 0...count, using: &random)).compactMap { _ in
      ["a", "b", "é", "\u{FFFF}", "🙂"].randomElement(using: &random)
    }
  }

  private func withBuffers(
    _ left: [Unicode.Scalar], _ right: [Unicode.Scalar],
    _ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Void
  ) {
    withUTF8(String(String.UnicodeScalarView(left))) { left in
      withUTF8(String(String.UnicodeScalarView(right))) { body(left, $0) }
    }
  }
}
