import FlowDiagnostics
import FlowSyntax
import FlowText
import Foundation
import Testing

struct GrammarTests {
  let grammar: Grammar

  init() throws { grammar = try Grammar.load() }

  @Test func everyRuleIsDefinedAndNeeded() {
    #expect(grammar.rules.count > 40)
    #expect(grammar.reachable(from: grammar.start) == Set(grammar.rules.keys))
  }

  /// Words that later phases know and the parser takes for names.
  static let namesOnly: Set<Keyword> = [.result]
  /// Words of declarations that are not there yet.
  static let later: Set<Keyword> = [.guarantee]

  @Test func itsWordsAreTheKeywords() {
    let words = grammar.literals.filter { $0.first?.isLetter == true }
    let expected = Keyword.allCases.filter { !Self.namesOnly.contains($0) && !Self.later.contains($0) }
    #expect(words == Set(expected.map(\.spelling)))
  }

  @Test func itsSignsAreTheTokens() {
    let signs = grammar.literals.filter { $0.first?.isLetter != true }
    let spellings = TokenKind.allCases.map(\.description).filter { $0.hasPrefix("`") }
      .map { $0.replacingOccurrences(of: "`", with: "") }
    #expect(signs == Set(spellings).subtracting(["[", "]"]))
  }

  @Test func itsClassesAreTheOtherTokens() {
    let classes: Set<String> = [
      "NAME", "FIELD", "CHANNEL", "CAPITALS", "STRING", "RAW", "INTEGER", "NUMBER", "DURATION", "DATE",
      "DATETIME",
      "TIME",
    ]
    #expect(grammar.terminals == classes)
    // Four classes are identifiers; brackets, unknown characters and the end stand in no rule.
    let others = TokenKind.allCases.filter { !$0.description.hasPrefix("`") }
    #expect(classes.count - 4 == others.count - 3)
  }

  @Test("sentences of the grammar are accepted", arguments: 0..<40)
  func sentencesAreAccepted(_ seed: UInt64) {
    var maker = SentenceMaker(grammar, seed: seed)
    for _ in 0..<100 {
      for depth in [4, 9, 16] {
        let sentence = maker.sentence("declaration", depth: depth)
        guard sentence.utf8.count < 20_000 else { continue }
        let parsed = ParsedFile(sentence)
        let serious = parsed.diagnostics.filter { !Self.unsaid.contains($0.name) }
        #expect(serious.isEmpty, "seed \(seed): \(sentence)\n\(parsed.summary)")
        if !serious.isEmpty { return }
      }
    }
  }

  /// Rules that stand only in the grammar's notes; the order of parts, since sentences are made on one line, where an
  /// `at` behind `with` belongs to the expectation.
  static let unsaid: Set<DiagnosticName> = [.duplicateClause, .reservedName, .nameCase, .clauseOrder]
}
