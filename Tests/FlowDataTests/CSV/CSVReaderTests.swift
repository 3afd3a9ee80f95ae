import Testing

@testable import FlowData

@Suite struct CSVReaderTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let expected: [[String]]
    var testDescription: String { text.debugDescription }

    init(_ text: String, _ expected: [[String]]) {
      self.text = text
      self.expected = expected
    }
  }

  static let cases: [Case] = [
    Case("", []),
    Case("\n\r\n\n", []),
    Case("a", [["a"]]),
    Case("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
    Case("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
    Case("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
    Case("a,b\n1,2\r\n3,4\r5,6", [["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"]]),
    Case("a;b\n1,5;2\n", [["a", "b"], ["1,5", "2"]]),
    Case("a\tb\n1\t\n", [["a", "b"], ["1", ""]]),
    Case("\"a;b\",c\n1,2\n", [["a;b", "c"], ["1", "2"]]),
    Case("\u{FEFF}a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
    Case("\u{FEFF}\"a\",b\n1,2\n", [["a", "b"], ["1", "2"]]),
    Case("sep=;\r\na;b\r\n1;2\r\n", [["a", "b"], ["1", "2"]]),
    Case("a,b\n\n1,2\n\n\n  \n3,4\n\n", [["a", "b"], ["1", "2"], ["3", "4"]]),
    Case("a,b\n,\n", [["a", "b"], ["", ""]]),
    Case("a\n\"\"\nx\n", [["a"], [""], ["x"]]),
    Case("a,b\n\"x\ny\",\"1\r\n2\"\n", [["a", "b"], ["x\ny", "1\r\n2"]]),
    Case("a,b\n\"say \"\"hi\"\"\",\"\"\"\"\n", [["a", "b"], ["say \"hi\"", "\""]]),
    Case("a,b\n \"x\" , \"y\"\t\n", [["a", "b"], ["x", "y"]]),
    Case("a,b\n5\" pipe,x\"\n", [["a", "b"], ["5\" pipe", "x\""]]),
    Case("a,b\n1\n1,2,3\n", [["a", "b"], ["1"], ["1", "2", "3"]]),
    Case("a,b\n\"x\"y,1\n2,3\n", [["a", "b"], ["<textAfterQuote(column: 1)>"], ["2", "3"]]),
    Case("a,b\n1,2\n3,\"cut of", [["a", "b"], ["1", "2"], ["<openQuote(line: 3)>"]]),
    Case("a,b\n1,\"2\"", [["a", "b"], ["1", "2"]]),
    Case("naïve,ünïcode\nÄ,日本\n", [["naïve", "ünïcode"], ["Ä", "日本"]]),
  ]

  @Test(arguments: cases) func takesApart(_ example: Case) throws {
    #expect(try records(example.text) == example.expected)
  }

  @Test(arguments: cases) func chunksDoNotMatter(_ example: Case) throws {
    for seed in UInt64(0)..<20 {
      let source = choppedSource(Array(example.text.utf8), largest: 5, seed: seed)
      #expect(try records(source, blockSize: 8) == example.expected, "seed \(seed)")
    }
  }

  @Test func countsLines() throws {
    var reader = CSVReader(
      ByteWindow(ByteSource(Array("a,b\r\n\r\n\"x\r\ny\n\rz\",2\r3,4\n\n5,6".utf8))), start: 0)
    var lines: [Int] = []
    guard try reader.readHeader() else { return }
    repeat { lines.append(reader.line) } while try reader.next()
    #expect(lines == [1, 3, 7, 9])
    let isUnterminated = reader.isUnterminated
    #expect(isUnterminated)
  }

  @Test func skipsCellsTooLong() throws {
    let long = String(repeating: "x", count: CSVReader.maximumCellLength + 1)
    let text = "a,b\n1,\(long)\n2,3\n"
    #expect(try records(text) == [["a", "b"], ["<cellTooLong(column: 2)>"], ["2", "3"]])
  }

  @Test(arguments: ["", "\""]) func skipsRecordsTooLong(_ quote: String) throws {
    let long = String(repeating: "x", count: CSVReader.maximumRecordLength * 2 + 77)
    let text = "a,b\n1,\(quote)\(long)\(quote)\n2,3\n"
    #expect(try records(text) == [["a", "b"], ["<recordTooLong>"], ["2", "3"]])
  }

  /// A quote that is never closed, or only by that of a row further down, costs its own row and none of the others.
  @Test(arguments: [
    ("a,b\n1,\"x\n2,y\n3,z\n", ["<lostQuote(line: 2, offset: 2)>", "2|y", "3|z"]),
    ("a,b\r\n1,\"x\r\n2,\"y\"\r\n3,z\r\n", ["<lostQuote(line: 2, offset: 2)>", "2|y", "3|z"]),
    ("a,b\n1,\"x\n2,y\n3,\"z\",\n4,w", ["<lostQuote(line: 2, offset: 2)>", "2|y", "3|z|", "4|w"]),
    // A cell before it goes over two lines by right.
    (
      "a,b\n\"p\nq\",\"x\n2,y\n", ["<lostQuote(line: 3, offset: 6)>", "2|y"]
    ),
    // Within one line, and at the end of a file that was cut off, nothing below can be lost.
    ("a,b\n1,\"x\"y\n2,z\n", ["<textAfterQuote(column: 2)>", "2|z"]),
    ("a,b\n1,x\n2,\"y", ["1|x", "<openQuote(line: 3)>"]),
    ("a,b\n1,\"x\"\"\n2,y\n\"3\",z\n", ["<lostQuote(line: 2, offset: 2)>", "2|y", "3|z"]),
  ]) func keepsRowsBelowALostQuote(_ text: String, _ rows: [String]) throws {
    for blockSize in [8, 1 << 16] {
      let found = try records(ByteSource(Array(text.utf8)), blockSize: blockSize)
      #expect(found.dropFirst().map { $0.joined(separator: "|") } == rows)
    }
  }

  @Test func keepsRowsBelowAQuoteLostForLong() throws {
    let row = "2," + String(repeating: "y", count: 98) + "\n"
    let count = CSVReader.maximumRecordLength / row.utf8.count + 1000
    let text = "a,b\n1,\"x\n" + String(repeating: row, count: count)
    var reader = try CSVReader(ByteSource(Array(text.utf8)))
    var good = 0
    var bad = 0
    guard try reader.readHeader() else { return }
    while try reader.next() { if reader.fault == nil { good += 1 } else { bad += 1 } }
    #expect(good == count && bad == 1)
    #expect(reader.line == count + 2)
  }

  @Test func skipsRecordsTooWide() throws {
    let wide = String(repeating: ",", count: CSVReader.maximumColumns)
    #expect(try records("a,b\n\(wide)\n2,3\n") == [["a", "b"], ["<tooManyColumns>"], ["2", "3"]])
  }

  @Test func randomBytesNeverTrap() throws {
    let alphabet: [UInt8] = Array("\"\"\n\r,;\t aé\u{0}".utf8) + [0xFF, 0x80]
    for seed in UInt64(0)..<3000 {
      var generator = SplitMix(state: seed)
      let bytes = (0..<Int.random(in: 0...60, using: &generator)).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
      }
      let whole = try records(ByteSource(bytes))
      let pieces = try records(choppedSource(bytes, largest: 3, seed: seed), blockSize: 8)
      #expect(whole == pieces, "seed \(seed)")
    }
  }
}
