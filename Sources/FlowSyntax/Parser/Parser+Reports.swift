internal import FlowDiagnostics
internal import FlowText

extension Parser {
  /// Reports a mistake that has a sentence of its own.
  mutating func report(
    _ name: DiagnosticName, _ message: String, at range: SourceRange, label: String = "",
    secondary: [Label] = [], notes: [String] = [], help: [String] = [], fixes: [Fix] = []
  ) {
    reportedPosition = position
    if diagnostics.isEmpty { endedTooEarly = token.kind == .endOfFile || isHalfAPhrase }
    guard diagnostics.count < SyntaxLimit.diagnosticCount else { return }
    diagnostics.append(
      Diagnostic(
        name, .error, message, at: Label(tree.span(range), label), secondary: secondary, notes: notes,
        help: help,
        fixes: fixes))
  }

  /// Whether the text ends with a word that means something only together with the next: `on participant created`,
  /// `participant.status`, `not in`.
  private var isHalfAPhrase: Bool {
    guard peek().kind == .endOfFile, let keyword else { return false }
    switch keyword {
    case .participant, .profile, .communication, .incoming, .from, .not: return true
    default: return false
    }
  }

  /// Reports that something else stands where `expected` should, unless that is the echo of an earlier error.
  mutating func reportUnexpected(
    _ name: DiagnosticName, _ expected: String, secondary: [Label] = [], help: [String] = [],
    fixes: [Fix] = [],
    label: String = ""
  ) {
    guard !isEcho else { return }
    report(
      name, "expected \(expected), found \(found)", at: token.range, label: label, secondary: secondary,
      help: help, fixes: fixes)
  }

  /// Reports likewise, and gives up.
  mutating func fail(
    _ name: DiagnosticName, _ expected: String, secondary: [Label] = [], help: [String] = [],
    label: String = ""
  ) {
    reportUnexpected(name, expected, secondary: secondary, help: help, label: label)
    failed = true
  }

  /// Whether an error at the present token has been reported: by a production, or by the lexer just before.
  var isEcho: Bool {
    if failed || reportedPosition == position || token.isReported { return true }
    // What stands behind a text without an end has been swallowed by it.
    return position > 0 && (tokens[position - 1].kind == .invalid || tokens[position - 1].isReported)
  }

  mutating func expect(_ kind: TokenKind, help: [String] = []) -> Bool {
    if token.kind == kind {
      advance()
      return true
    }
    fail(.expectedToken, kind.description, help: help)
    return false
  }

  /// Consumes a word, or reports that it is missing and goes on as if it stood there.
  mutating func expectWord(_ keyword: Keyword) {
    if accept(keyword) || failed { return }
    if let wrong = misspelling(of: [keyword]), wrong == keyword {
      return acceptMisspelled(keyword, .expectedToken)
    }
    reportMissing("`\(keyword.spelling)`", insertion: keyword.spelling)
  }

  /// Reports that something is missing before the present token; the fix writes it there.
  mutating func reportMissing(_ expected: String, insertion: String, help: [String] = []) {
    reportUnexpected(
      .expectedToken, expected, help: help,
      fixes: [
        Fix(
          "insert `\(insertion)`", .unsafe,
          [Edit(tree.span(SourceRange(at: token.range.lower)), insertion + " ")])
      ])
  }

  /// The present token as a message shows it.
  var found: String {
    switch token.kind {
    case .endOfFile: "the end of the file"
    case .identifier, .integerLiteral, .numericLiteral, .durationLiteral, .dateLiteral, .datetimeLiteral,
      .timeLiteral, .invalid:
      "`\(excerpt(token.range))`"
    case .stringLiteral, .rawStringLiteral: "a text"
    case .leftBrace, .rightBrace, .leftParenthesis, .rightParenthesis, .leftBracket, .rightBracket, .comma,
      .colon, .dot, .ellipsis, .equal, .equalEqual, .notEqual, .less, .lessEqual, .greater, .greaterEqual,
      .plus,
      .minus, .star, .slash, .percent:
      token.kind.description
    }
  }

  func text(_ range: SourceRange) -> String {
    String(decoding: bytes[range.lower..<range.upper], as: UTF8.self)
  }

  /// The text of a range as a message can hold it: one line, not long.
  func excerpt(_ range: SourceRange) -> String {
    let limit = 40
    let whole = text(SourceRange(range.lower, min(range.upper, range.lower + limit)))
    let line = whole.prefix { !$0.isNewline }
    return line.utf8.count < range.count ? line + "…" : String(line)
  }

  func label(_ range: SourceRange, _ text: String) -> Label { Label(tree.span(range), text) }

  func replacement(_ range: SourceRange, by text: String, _ safety: Fix.Safety) -> Fix {
    Fix(text.isEmpty ? "remove it" : "write `\(text)`", safety, [Edit(tree.span(range), text)])
  }

  mutating func reportTooDeep(at range: SourceRange) {
    guard !isEcho else { return }
    report(
      .nestingTooDeep, "expected at most \(SyntaxLimit.nestingDepth) levels of nesting, found more",
      at: range,
      help: ["a `step` takes statements out of a block, and `in (…)` stands for many `or`"])
  }

  /// Whether a list may take one more element; reports it once where it may not.
  mutating func hasRoom(_ count: Int) -> Bool {
    if count == SyntaxLimit.listCount {
      report(
        .sizeLimit, "a list has at most \(SyntaxLimit.listCount) elements, found more", at: token.range)
    }
    return count < SyntaxLimit.listCount
  }

  // MARK: Words that were nearly right

  /// The word nearest to the present token's spelling, if it is a slip of the hand.
  func misspelling(of candidates: [Keyword]) -> Keyword? {
    guard token.kind == .identifier, token.range.count <= 16 else { return nil }
    let letters = LetterSet(bytes[token.range.lower..<token.range.upper])
    let bound = max(1, token.range.count / 3)
    // Measuring the distance is dear, and most words have nothing in common.
    let near = candidates.filter { letters.distance(to: LetterSet.keywords[Int($0.rawValue)]) <= bound }
    guard !near.isEmpty, let name = closestName(to: text(token.range), among: near.map(\.spelling)) else {
      return nil
    }
    return near.first { $0.spelling == name }
  }

  /// Reports the present token as a misspelled word and goes on as if it were right.
  mutating func acceptMisspelled(_ keyword: Keyword, _ name: DiagnosticName) {
    reportUnexpected(
      name, "`\(keyword.spelling)`", fixes: [replacement(token.range, by: keyword.spelling, .unsafe)],
      label: "did you mean `\(keyword.spelling)`?")
    advance()
  }
}

/// Which letters a word has: a lower bound for how far apart two words are.
private struct LetterSet {
  private var bits: UInt32 = 0

  init(_ word: some Sequence<UInt8>) {
    for byte in word { bits |= 1 << UInt32(byte & 0x1F) }
  }

  func distance(to other: LetterSet) -> Int {
    max((bits & ~other.bits).nonzeroBitCount, (other.bits & ~bits).nonzeroBitCount)
  }

  static let keywords = Keyword.allCases.map { LetterSet($0.spelling.utf8) }
}
