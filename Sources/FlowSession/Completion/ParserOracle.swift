internal import FlowSyntax
internal import FlowText

/// Asks the parser what may stand behind a text: a word may if, with it, the text is right as far as it goes. The
/// grammar is written down in one place.
struct ParserOracle {
  /// All before the word that is completed.
  let text: String
  let isExpression: Bool

  /// Whether any name may stand there; then the words of the language may too, as names, and mean nothing.
  var acceptsName: Bool { accepts("someName") }

  /// The words of the language that may stand there.
  ///
  /// - Parameter prefix: With which they begin.
  func keywords(_ prefix: String) -> [Keyword] {
    Keyword.allCases.filter { word in
      word.spelling.hasPrefix(prefix) && Self.phrases(word).contains(where: accepts)
    }
  }

  /// A word, or where one means nothing alone, what it may be part of: the parser waits for the rest wherever such
  /// a word ends a text.
  private static func phrases(_ word: Keyword) -> [String] {
    switch word {
    case .participant: ["participant.x", "participant created", "participant {"]
    case .profile: ["profile.x", "profile {"]
    case .communication: ["communication.name", "communication ended"]
    case .incoming: ["incoming session"]
    case .from: ["from flow"]
    case .not: ["not in (", "not now", "not set"]
    default: [word.spelling]
    }
  }

  /// Whether nothing is missing but what would close the brackets that are open.
  func isWhole(closedBy closers: String) -> Bool {
    let (isRight, isOpen) = read(text + closers)
    return isRight && !isOpen
  }

  private func accepts(_ word: String) -> Bool { read(text + word).isRight }

  private func read(_ text: String) -> (isRight: Bool, isOpen: Bool) {
    var symbols = SymbolTable()
    let source = SourceFile(name: "", text: text)
    if isExpression {
      let parsed = parseExpression(source, symbols: &symbols)
      return (parsed.diagnostics.isEmpty || parsed.isCutShort, parsed.isCutShort)
    }
    switch EntryReading(source, symbols: &symbols) {
    case .nothing, .beginning, .command: return (true, false)
    case .scenario(let parsed): return (parsed.diagnostics.isEmpty || parsed.isCutShort, parsed.isCutShort)
    case .expression(let parsed), .expressionFor(_, let parsed):
      return (parsed.diagnostics.isEmpty || parsed.isCutShort, parsed.isCutShort)
    }
  }
}
