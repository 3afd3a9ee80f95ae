internal import FlowDiagnostics
internal import FlowText

/// Turns bytes into tokens in one pass.
///
/// Whatever the bytes are, the tokens cover the text in order and the last is `.endOfFile`. A malformed
/// literal becomes a token of the kind that was meant, marked `isReported`, so that the parser goes on
/// as if it were right.
struct Lexer {
  let bytes: UnsafeBufferPointer<UInt8>
  let file: FileID
  var offset = 0
  var tokens: [Token] = []
  var comments: [Comment] = []
  var diagnostics: [Diagnostic] = []
  /// Whether some `/*` was found to have no `*/` behind it; then later ones have none either.
  var hasUnendedBlockComment = false
  /// Where the text in triple quotes begins that has no end.
  var unendedRawText: Int?

  init(_ bytes: UnsafeBufferPointer<UInt8>, file: FileID) {
    self.bytes = bytes
    self.file = file
    tokens.reserveCapacity(bytes.count / 4 + 2)
  }

  mutating func run(symbols: inout SymbolTable) {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == Byte.blank || byte == Byte.newline {
        offset += 1
      } else if Byte.isLetter(byte) {
        lexIdentifier(symbols: &symbols)
      } else if Byte.isDigit(byte) {
        lexNumber()
      } else {
        lexOther(byte, symbols: &symbols)
      }
    }
    append(.endOfFile, from: offset)
  }

  /// The byte at a distance from the present one, or 0 behind the end.
  func peek(_ distance: Int = 1) -> UInt8 {
    offset + distance < bytes.count ? bytes[offset + distance] : 0
  }

  mutating func append(_ kind: TokenKind, from start: Int, reported: Bool = false) {
    tokens.append(
      Token(kind, SourceRange(start, offset), symbol: reported ? .reportedLiteral : .notAName))
  }

  /// Appends the token that the next `count` bytes are.
  private mutating func take(_ kind: TokenKind, _ count: Int = 1) {
    let start = offset
    offset += count
    append(kind, from: start)
  }

  private mutating func lexIdentifier(symbols: inout SymbolTable) {
    let start = offset
    repeat { offset += 1 } while offset < bytes.count && Byte.isWordPart(bytes[offset])
    if offset < bytes.count, bytes[offset] >= 0x80 { return lexForeignWord(from: start, &symbols) }
    appendName(from: start, &symbols)
  }

  mutating func appendName(from start: Int, _ symbols: inout SymbolTable) {
    if offset - start > SyntaxLimit.nameByteCount { reportLongName(from: start) }
    let spelling = UnsafeBufferPointer(rebasing: bytes[start..<offset])
    tokens.append(Token(.identifier, SourceRange(start, offset), symbol: symbols.intern(spelling)))
  }

  private mutating func lexOther(_ byte: UInt8, symbols: inout SymbolTable) {
    switch Unicode.Scalar(byte) {
    case "\t", "\r": offset += 1
    case "{": take(.leftBrace)
    case "}": take(.rightBrace)
    case "(": take(.leftParenthesis)
    case ")": take(.rightParenthesis)
    case "[": take(.leftBracket)
    case "]": take(.rightBracket)
    case ",": take(.comma)
    case ":": take(.colon)
    case "+": take(.plus)
    case "-": take(.minus)
    case "*": take(.star)
    case "%": take(.percent)
    case ".": peek() == byte ? take(.ellipsis, 2) : take(.dot)
    case "\"": lexText()
    case "/": lexSlash()
    case "=", "<", ">", "!": lexComparison(byte, symbols: &symbols)
    default: lexUnknown(symbols: &symbols)
    }
  }

  private mutating func lexSlash() {
    switch Unicode.Scalar(peek()) {
    case "/": lexComment()
    case "*": lexBlockComment()
    default: take(.slash)
    }
  }

  private mutating func lexComparison(_ byte: UInt8, symbols: inout SymbolTable) {
    let hasEqual = peek() == UInt8(ascii: "=")
    switch Unicode.Scalar(byte) {
    case "=" where hasEqual:
      peek(2) == byte ? takeForeign(.equalEqual, 3, "==") : take(.equalEqual, 2)
    case "=": take(.equal)
    case "!" where hasEqual:
      peek(2) == UInt8(ascii: "=") ? takeForeign(.notEqual, 3, "!=") : take(.notEqual, 2)
    case "!": takeForeignWord(.not, 1, &symbols)
    case "<" where peek() == UInt8(ascii: ">"): takeForeign(.notEqual, 2, "!=")
    case "<": hasEqual ? take(.lessEqual, 2) : take(.less)
    default: hasEqual ? take(.greaterEqual, 2) : take(.greater)
    }
  }
}

extension Symbol {
  /// What tokens that are no identifiers carry, so that one comparison tells whether a token is a word.
  static let notAName = Symbol(index: .max)
  /// What a literal carries that the lexer has reported.
  static let reportedLiteral = Symbol(index: .max - 1)
}

extension Token {
  /// Whether this literal is malformed, which the lexer has said.
  var isReported: Bool { symbol == .reportedLiteral }
}

/// What a byte may be part of.
enum Byte {
  static var blank: UInt8 { 0x20 }
  static var newline: UInt8 { 0x0A }
  static var carriageReturn: UInt8 { 0x0D }
  static var tab: UInt8 { 0x09 }
  static var quote: UInt8 { 0x22 }
  static var backslash: UInt8 { 0x5C }

  @inline(__always) static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
  @inline(__always) static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte == 0x5F
  }
  @inline(__always) static func isWordPart(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }
  @inline(__always) static func isLineBreak(_ byte: UInt8) -> Bool {
    byte == newline || byte == carriageReturn
  }
  /// Whether a byte inside a text or a comment needs a closer look: controls, and all beyond ASCII.
  @inline(__always) static func isUnusual(_ byte: UInt8) -> Bool {
    byte >= 0x7F || (byte < blank && byte != tab)
  }
}
