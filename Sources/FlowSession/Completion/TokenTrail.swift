internal import FlowSyntax
internal import FlowText

/// The tokens before the word that is completed, read backwards: what opened, and what stood before it.
struct TokenTrail {
  private let bytes: [UInt8]
  private let tokens: [Token]

  init(_ tokens: [Token], _ bytes: [UInt8]) {
    self.tokens = tokens
    self.bytes = bytes
  }

  var count: Int { tokens.count }
  var last: Int { tokens.count - 1 }

  func kind(_ index: Int) -> TokenKind? { tokens.indices.contains(index) ? tokens[index].kind : nil }

  func keyword(_ index: Int) -> Keyword? {
    kind(index) == .identifier ? tokens[index].symbol.keyword : nil
  }

  /// The spelling of a word; nil for signs and literals.
  func word(_ index: Int) -> String? { kind(index) == .identifier ? text(index) : nil }

  func text(_ index: Int) -> String {
    let range = tokens[index].range
    return String(decoding: bytes[range.lower..<range.upper], as: UTF8.self)
  }

  /// Whether a communication's name stands there.
  func isCapitals(_ index: Int) -> Bool {
    guard let word = word(index) else { return false }
    return word.utf8.contains { 0x41...0x5A ~= $0 } && !word.utf8.contains { 0x61...0x7A ~= $0 }
  }

  /// Whether the word that is completed stands on the line of the token before it.
  func isSameLine(asOffset offset: Int) -> Bool {
    guard let range = tokens.last?.range else { return false }
    return !bytes[range.upper..<offset].contains(UInt8(ascii: "\n"))
  }

  /// The innermost bracket that is open behind an index.
  func enclosing(_ index: Int) -> Int? {
    var level = 0
    var index = index
    while index >= 0 {
      switch tokens[index].kind {
      case .rightBrace, .rightParenthesis, .rightBracket: level += 1
      case .leftBrace, .leftParenthesis, .leftBracket:
        if level == 0 { return index }
        level -= 1
      case _: break
      }
      index -= 1
    }
    return nil
  }

  /// The bracket that a closing one belongs to.
  func opening(of close: Int) -> Int? { enclosing(close - 1) }

  /// How many commas stand directly behind an open bracket.
  func commas(since open: Int) -> Int {
    var level = 0
    var commas = 0
    for token in tokens[(open + 1)...] {
      switch token.kind {
      case .leftBrace, .leftParenthesis, .leftBracket: level += 1
      case .rightBrace, .rightParenthesis, .rightBracket: level -= 1
      case .comma: if level == 0 { commas += 1 }
      case _: break
      }
    }
    return commas
  }

  /// The signs that would close all that is open.
  var closers: String {
    var result = ""
    var index = last
    while let open = enclosing(index) {
      switch tokens[open].kind {
      case .leftBrace: result += " }"
      case .leftBracket: result += " ]"
      case _: result += " )"
      }
      index = open - 1
    }
    return result
  }

  /// The words that follow a word anywhere, as the names of steps follow `step`.
  func words(after keyword: Keyword) -> [String] {
    tokens.indices.dropLast().filter { self.keyword($0) == keyword }.compactMap { word($0 + 1) }
  }
}
