import FlowSyntax
import FlowText

/// Decides whether tokens are a sentence of the grammar: slowly, and independently of the parser.
struct Recognizer {
  let grammar: Grammar
  let tokens: [Token]
  let source: SourceFile
  private var known: [String: [Int: Set<Int>]] = [:]

  init(_ grammar: Grammar, _ tree: SyntaxTree) {
    self.grammar = grammar
    tokens = tree.tokens.filter { $0.kind != .endOfFile }
    source = tree.source
  }

  mutating func accepts() -> Bool { ends(.rule(grammar.start), 0).contains(tokens.count) }

  /// Where a node that begins at an index may end.
  private mutating func ends(_ node: Grammar.Node, _ start: Int) -> Set<Int> {
    switch node {
    case .literal(let text): return start < tokens.count && spelling(start) == text ? [start + 1] : []
    case .terminal(let name): return start < tokens.count && isTerminal(name, start) ? [start + 1] : []
    case .rule(let name):
      if let ends = known[name]?[start] { return ends }
      let found = grammar.rules[name].map { ends($0, start) } ?? []
      known[name, default: [:]][start] = found
      return found
    case .sequence(let parts):
      var open: Set<Int> = [start]
      for part in parts {
        var next: Set<Int> = []
        for index in open { next.formUnion(ends(part, index)) }
        open = next
        if open.isEmpty { break }
      }
      return open
    case .choice(let parts): return parts.reduce(into: []) { $0.formUnion(ends($1, start)) }
    case .optional(let part): return ends(part, start).union([start])
    case .repeated(let part):
      var all: Set<Int> = [start]
      var open = [start]
      while let index = open.popLast() {
        for end in ends(part, index) where all.insert(end).inserted { open.append(end) }
      }
      return all
    }
  }

  private func spelling(_ index: Int) -> String { source.text(tokens[index].range) }

  private func isTerminal(_ name: String, _ index: Int) -> Bool {
    let token = tokens[index]
    switch name {
    case "FIELD": return token.kind == .identifier
    case "CHANNEL":
      return token.kind == .identifier && token.symbol != Symbol(.channel) && token.symbol != Symbol(.results)
    case "NAME": return token.kind == .identifier && !(token.symbol.keyword?.isReserved ?? false)
    case "CAPITALS":
      let word = spelling(index)
      return token.kind == .identifier && word == word.uppercased() && word.contains { $0.isLetter }
    case "STRING": return token.kind == .stringLiteral
    case "RAW": return token.kind == .rawStringLiteral
    case "INTEGER": return token.kind == .integerLiteral
    case "NUMBER": return token.kind == .numericLiteral
    case "DURATION": return token.kind == .durationLiteral
    case "DATE": return token.kind == .dateLiteral
    case "DATETIME": return token.kind == .datetimeLiteral
    case "TIME": return token.kind == .timeLiteral
    default: return false
    }
  }
}
