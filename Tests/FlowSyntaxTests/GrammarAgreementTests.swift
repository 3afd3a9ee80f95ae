import FlowDiagnostics
import FlowSyntax
import FlowText
import Foundation
import Testing

/// The parser finds an error exactly where the grammar knows no sentence.
struct GrammarAgreementTests {
  /// Findings for which the grammar has a note only, or which the lexer reports within a token.
  static let unsaid: Set<DiagnosticName> = [
    .duplicateClause, .reservedName, .nameCase, .literalOutOfRange, .malformedLiteral,
  ]

  /// The declarations of the samples as texts of their own.
  static func declarations() throws -> [String] {
    try Samples.all.flatMap { file in
      String(decoding: try Repository.bytes(file), as: UTF8.self).components(separatedBy: "\n}\n").map {
        $0 + "\n}\n"
      }
    }
    .filter { $0.utf8.count < 900 && ParsedFile($0).diagnostics.isEmpty }
  }

  /// Whether `expect no` stands somewhere before another word than a communication: a note says that `no` is no
  /// condition there.
  static func expectsNoOther(_ tree: SyntaxTree) -> Bool {
    let words = tree.tokens.map { tree.source.text($0.range) }
    return words.indices.dropLast(2).contains { index in
      words[index] == "expect" && words[index + 1] == "no"
        && words[index + 2] != words[index + 2].uppercased()
    }
  }

  @Test("changed declarations", arguments: [UInt64](0..<8))
  func changedDeclarations(_ seed: UInt64) throws {
    let grammar = try Grammar.load()
    let sources = try Self.declarations()
    try #require(sources.count > 20)
    var numbers = SeededNumbers(seed: seed)
    for _ in 0..<150 {
      let text = try #require(sources.randomElement(using: &numbers))
      let bytes = Array(text.utf8)
      let tokens = ParsedFile(bytes).tree.tokens
      let index = Int.random(in: 0..<tokens.count - 1, using: &numbers)
      let mutation = TokenMutationTests.Mutation.allCases.randomElement(using: &numbers) ?? .delete
      guard let changed = TokenMutationTests.mutated(bytes, tokens, index, mutation) else { continue }
      let parsed = ParsedFile(changed)
      // What the grammar does not speak about can hide what it does.
      if parsed.diagnostics.contains(where: { Self.unsaid.contains($0.name) }) { continue }
      if Self.expectsNoOther(parsed.tree) { continue }
      var recognizer = Recognizer(grammar, parsed.tree)
      #expect(
        recognizer.accepts() == parsed.diagnostics.isEmpty,
        "seed \(seed): \(mutation) at token \(index)\n\(String(decoding: changed, as: UTF8.self))\n\(parsed.summary)"
      )
    }
  }
}
