internal import FlowCheck
internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// Completes language: names by what stands before them, words by asking the parser.
struct EntryCompletion {
  let bytes: [UInt8]
  let scene: CompletionScene
  /// Whether nothing but one expression can stand here.
  var isExpression = false

  func completion() -> Completion {
    var symbols = SymbolTable()
    let lexed = lex(SourceFile(id: FileID(0), name: "", bytes: bytes), symbols: &symbols)
    let tokens = Array(lexed.tokens.dropLast())
    if let comment = lexed.comments.last, comment.range.upper == bytes.count { return nothing }
    guard let last = tokens.last, last.range.upper == bytes.count else {
      return word(Partial(text: "", range: bytes.count..<bytes.count), tokens)
    }
    switch last.kind {
    case .stringLiteral:
      // A quote at the end closes the text, unless it is the one that opens it.
      let isOpen = last.range.count == 1 || bytes.last != UInt8(ascii: "\"")
      return isOpen ? text(last.range, Array(tokens.dropLast())) : nothing
    case .identifier:
      let text = String(decoding: bytes[last.range.lower...], as: UTF8.self)
      let partial = Partial(text: text, range: last.range.lower..<last.range.upper)
      return word(partial, Array(tokens.dropLast()))
    case .integerLiteral, .numericLiteral, .durationLiteral, .dateLiteral, .datetimeLiteral, .timeLiteral,
      .rawStringLiteral, .invalid:
      return nothing
    case .leftBrace, .rightBrace, .leftParenthesis, .rightParenthesis, .leftBracket, .rightBracket, .comma,
      .colon, .dot, .ellipsis, .equal, .equalEqual, .notEqual, .less, .lessEqual, .greater, .greaterEqual,
      .plus, .minus, .star, .slash, .percent, .endOfFile:
      return word(Partial(text: "", range: bytes.count..<bytes.count), tokens)
    }
  }

  private var nothing: Completion { Completion(range: bytes.count..<bytes.count, candidates: []) }

  // MARK: Words

  private func word(_ partial: Partial, _ tokens: [Token]) -> Completion {
    let trail = TokenTrail(tokens, bytes)
    let names = NamePlaces(trail: trail, scene: scene)
    if let place = names.place { return Completion(partial, names.candidates(place)) }
    let oracle = ParserOracle(
      text: String(decoding: bytes[..<partial.range.lowerBound], as: UTF8.self), isExpression: isExpression)
    if trail.count == 0 {
      let words = isExpression ? [] : EntryCompletion.firstWords.map(\.spelling)
      return Completion(partial, words + names.operands, isWord: false)
    }
    if oracle.acceptsName { return Completion(partial, operands(partial, names)) }
    let words = oracle.keywords(partial.text).filter { mayStand($0, partial, trail, oracle) }
    return Completion(partial, words.map(\.spelling), isWord: true)
  }

  /// The cases that the place expects; other values where what has been typed is the beginning of none.
  private func operands(_ partial: Partial, _ names: NamePlaces) -> [String] {
    let cases = names.expectedCases.filter { $0.hasPrefix(partial.text) }
    return cases.isEmpty ? names.operands : cases
  }

  /// A word that begins a statement stands at the beginning of a line, or of a block.
  private func mayStand(_ word: Keyword, _ partial: Partial, _ trail: TokenTrail, _ oracle: ParserOracle)
    -> Bool
  {
    guard Self.beginnings.contains(word), trail.isSameLine(asOffset: partial.range.lowerBound) else {
      return true
    }
    return !oracle.isWhole(closedBy: trail.closers) || trail.kind(trail.last) == .leftBrace
  }

  static let firstWords: [Keyword] = [
    .at, .advance, .upload, .update, .progress, .end, .incoming, .for, .expect,
    .flow, .model, .test, .agent, .window, .enum, .profile, .campaign, .use,
  ]

  private static let beginnings: Set<Keyword> = Set(firstWords).subtracting([.at]).union([
    .check, .email, .telegram, .voice, .whatsapp, .cancel, .to, .python, .stop, .go, .chance, .participant,
    .step,
  ])

  // MARK: Texts

  /// Inside of quotes: the keys of people, and files.
  private func text(_ range: SourceRange, _ before: [Token]) -> Completion {
    let content = range.lower + 1..<range.upper
    let partial = Partial(text: String(decoding: bytes[content], as: UTF8.self), range: content)
    let trail = TokenTrail(before, bytes)
    switch trail.keyword(trail.last) {
    case .for: return Completion(partial, scene.participantKeys)
    case .upload: return Completion(partial, scene.paths(partial.text, endings: [".csv", ".jsonl"]))
    case .use: return Completion(partial, scene.paths(partial.text, endings: [".flow"]))
    case .python: return Completion(partial, scene.paths(partial.text, endings: [".py"]))
    case _:
      let isKey =
        trail.kind(trail.last) == .equal && trail.word(trail.last - 1) == SystemField.Profile.externalID.name
      return Completion(partial, isKey ? scene.participantKeys : [])
    }
  }
}
