import FlowDiagnostics
import FlowSyntax
import FlowText
import Foundation
import Testing

/// The one layout (language 1.4): nothing but blanks, line breaks and commas at the ends of lists changes.
@Suite struct FormatTests {
  @Test("samples are in their layout", arguments: Repository.files("samples", ending: ".flow"))
  func sampleIsCanonical(_ file: URL) throws {
    let bytes = try Repository.bytes(file)
    #expect(FormatProof(bytes).text == String(decoding: bytes, as: UTF8.self))
  }

  /// The pieces of the samples that parse alone, small enough to try every place of them.
  static let declarations: [String] = Samples.all.flatMap { file -> [String] in
    guard let bytes = try? Repository.bytes(file) else { return [] }
    let tree = ParsedFile(bytes).tree
    return tree.declarations.flatMap { declaration in
      guard case .flow(let flow) = declaration, flow.members.count > 1 else {
        return [tree.source.text(declaration.range)]
      }
      return flow.members.map { "flow alone {\n\(tree.source.text($0.range))\n}" }
    }
  }

  @Test func thereAreDeclarations() { #expect(Self.declarations.count > 100) }

  /// What may stand between any two words: all of it at once, or with `FLOW_EXHAUSTIVE` each of `noises` too.
  static let everyNoise =
    [" // c\n\n\n// d\n/// t\n"]
    + (ProcessInfo.processInfo.environment["FLOW_EXHAUSTIVE"] == nil ? [] : noises)
  static let noises = [" // c\n", "\n\n", "\n/// t\n", "\n\n// c\n\n// d\n\n"]

  /// How many words lie between two places that are tried at a time: mostly in different statements.
  static let distance = 16

  @Test("noise at every place changes nothing", arguments: declarations)
  func noiseAtEveryPlace(_ text: String) {
    let tree = ParsedFile(Array(text.utf8)).tree
    let places = tree.tokens.filter { !tree.forbidsLineBreak(before: $0) }.map(\.range.lower)
    for first in 0..<min(Self.distance, places.count) {
      let chosen = stride(from: first, to: places.count, by: Self.distance).map { places[$0] }
      for noise in Self.everyNoise {
        let noisy = Self.text(text, with: noise, at: chosen)
        let proof = FormatProof(noisy, comparesTrees: false)
        guard proof.complaints.isEmpty else {
          Issue.record(
            "\(proof.complaints): \(String(decoding: noisy, as: UTF8.self))\nbecomes\n\(proof.text)")
          return
        }
      }
    }
  }

  private static func text(_ text: String, with noise: String, at places: [Int]) -> [UInt8] {
    var bytes = Array(text.utf8)
    for place in places.reversed() { bytes.insert(contentsOf: noise.utf8, at: place) }
    return bytes
  }

  @Test("noise everywhere changes nothing", arguments: Samples.all)
  func noiseEverywhere(_ file: URL) throws {
    let bytes = try Repository.bytes(file)
    let tree = ParsedFile(bytes).tree
    for noise in Self.noises + [" ", "\t", "\r\n", "\r"] {
      var noisy: [UInt8] = []
      for (index, token) in tree.tokens.enumerated() {
        let noise = Self.noise(noise, before: index, tree)
        noisy += noise.replacingOccurrences(of: "c", with: "comment \(index)").utf8
        noisy += bytes[token.range.lower..<token.range.upper]
      }
      let proof = FormatProof(noisy)
      #expect(proof.complaints.isEmpty, "\(noise.debugDescription)\n\(proof.text)")
    }
  }

  /// An `at` on a line of its own begins a statement; behind an expectation on one line it is a clause of that.
  private static func noise(_ noise: String, before index: Int, _ tree: SyntaxTree) -> String {
    let token = tree.tokens[index]
    if tree.forbidsLineBreak(before: token) { return " " }
    let isBlank = noise.allSatisfy { $0 == " " || $0 == "\t" }
    guard isBlank, index > 0, tree.source.text(token.range) == "at" else { return noise }
    let gap = tree.source.text(SourceRange(tree.tokens[index - 1].range.upper, token.range.lower))
    return gap.contains("\n") ? "\n" : noise
  }

  @Test("line breaks of other systems and a mark of the byte order go", arguments: Samples.all)
  func lineBreaks(_ file: URL) throws {
    let text = String(decoding: try Repository.bytes(file), as: UTF8.self)
    let wanted = FormatProof(Array(text.utf8)).text
    for lineBreak in ["\r\n", "\r"] {
      let foreign = "\u{FEFF}" + text.replacingOccurrences(of: "\n", with: lineBreak)
      #expect(FormatProof(Array(foreign.utf8)).text == wanted)
    }
  }

  @Test("sentences of the grammar keep their meaning", arguments: 0..<20)
  func sentences(_ seed: UInt64) throws {
    var maker = SentenceMaker(try Grammar.load(), seed: seed)
    for _ in 0..<40 {
      for depth in [4, 9, 14] {
        let sentence = maker.sentence("declaration", depth: depth)
        guard sentence.utf8.count < 8_000, ParsedFile(sentence).diagnostics.isEmpty else { continue }
        let proof = FormatProof(Array(sentence.utf8))
        #expect(proof.complaints.isEmpty, "seed \(seed): \(sentence)\nbecomes\n\(proof.text)")
        if !proof.complaints.isEmpty { return }
      }
    }
  }

  /// Whatever the bytes, they are formatted or refused.
  @Test func anyBytesAreTaken() throws {
    var numbers = SeededNumbers(seed: ByteMutationTests.seed)
    var formattedCount = 0
    for number in 0..<ByteMutationTests.count / 5 {
      let source = try #require(Self.declarations.randomElement(using: &numbers))
      let bytes = ByteMutationTests.mutate(Array(source.utf8), &numbers)
      var symbols = SymbolTable()
      let formatted = format(SourceFile(id: FileID(0), name: "test.flow", bytes: bytes), symbols: &symbols)
      guard let output = formatted.bytes else {
        #expect(!formatted.diagnostics.isEmpty)
        continue
      }
      formattedCount += 1
      let proof = FormatProof(output, comparesTrees: false)
      #expect(
        proof.complaints.isEmpty && proof.output == output, "seed \(ByteMutationTests.seed), text \(number)")
    }
    #expect(formattedCount > 10)
  }

  @Test(arguments: [
    ("", ""), ("\n \t\n", ""), ("\u{FEFF}", ""), ("// a", "// a\n"),
    ("\n\n// a\n\n\n// b\n\n", "// a\n\n// b\n"),
  ])
  func filesWithoutWords(_ input: String, _ output: String) {
    #expect(FormatProof(Array(input.utf8)).text == output)
  }

  @Test func deepNestingIsFormatted() {
    let depth = 100
    let text =
      "flow f { on from flow {" + String(repeating: "check a.b {", count: depth)
      + "check \(String(repeating: "(", count: depth))a.b\(String(repeating: ")", count: depth)) { stop }"
      + String(repeating: "}", count: depth) + "} }"
    #expect(FormatProof(Array(text.utf8)).complaints.isEmpty)
  }
}
