internal import FlowText

/// One word of a command's line. Quotes hold words together; their end may be missing.
struct TypedWord: Equatable {
  /// Without quotes.
  var text: String
  /// With them, in bytes.
  var range: SourceRange
  var isQuoted = false
  /// Whether the closing quote is there, or none is needed.
  var isClosed = true

  static func words(of bytes: some Collection<UInt8>) -> [TypedWord] {
    let bytes = Array(bytes)
    var words: [TypedWord] = []
    var offset = 0
    while true {
      while offset < bytes.count, isBlank(bytes[offset]) { offset += 1 }
      guard offset < bytes.count else { return words }
      words.append(word(of: bytes, &offset))
    }
  }

  private static let quote = UInt8(ascii: "\"")
  private static let backslash = UInt8(ascii: "\\")

  /// Blanks and line breaks.
  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private static func word(of bytes: [UInt8], _ offset: inout Int) -> TypedWord {
    let start = offset
    var text: [UInt8] = []
    let isQuoted = bytes[offset] == quote
    guard isQuoted else {
      while offset < bytes.count, !isBlank(bytes[offset]) { offset += 1 }
      text = Array(bytes[start..<offset])
      return TypedWord(text: String(decoding: text, as: UTF8.self), range: SourceRange(start, offset))
    }
    offset += 1
    while offset < bytes.count, bytes[offset] != quote {
      if bytes[offset] == backslash, offset + 1 < bytes.count { offset += 1 }
      text.append(bytes[offset])
      offset += 1
    }
    let isClosed = offset < bytes.count
    if isClosed { offset += 1 }
    return TypedWord(
      text: String(decoding: text, as: UTF8.self), range: SourceRange(start, offset), isQuoted: true,
      isClosed: isClosed)
  }
}
