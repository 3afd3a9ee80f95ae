/// Texts in double quotes.
extension JSONScanner {
  enum StringResult {
    case success(UnsafeBufferPointer<UInt8>)
    case failure(JSONFault)
  }

  /// Reads what follows an opening quote, and goes behind the closing one.
  mutating func string() -> StringResult {
    scratch.removeAll()
    let start = offset
    var piece = start
    var isASCII = true
    while offset < text.count {
      let byte = text[offset]
      if byte == JSONByte.quote {
        let result = finish(start: start, piece: piece)
        offset += 1
        guard isASCII || TextFault(in: result) == nil else {
          return .failure(JSONFault(offset: start, reason: .malformedText))
        }
        return .success(result)
      } else if byte == JSONByte.backslash {
        keep(from: piece)
        if let reason = escape() { return .failure(JSONFault(offset: offset, reason: reason)) }
        piece = offset
      } else if byte < 0x20 {
        return .failure(
          JSONFault(offset: offset, reason: byte == 0 ? .nul : .controlCharacter))
      } else {
        if byte >= 0x80 { isASCII = false }
        offset += 1
      }
    }
    return .failure(JSONFault(offset: text.count, reason: .cutOff))
  }

  private mutating func finish(start: Int, piece: Int) -> UnsafeBufferPointer<UInt8> {
    // An escape moves the piece.
    guard piece > start else { return UnsafeBufferPointer(rebasing: text[piece..<offset]) }
    keep(from: piece)
    return scratch.bytes(from: 0, count: scratch.count)
  }

  /// Copies what lies between a piece's beginning and the offset.
  private mutating func keep(from piece: Int) {
    if let base = text.baseAddress { scratch.append(base + piece, count: offset - piece) }
  }

  /// Reads an escape into `scratch`; the offset stays where it goes wrong.
  private mutating func escape() -> JSONFault.Reason? {
    guard offset + 1 < text.count else { return .cutOff }
    switch Unicode.Scalar(text[offset + 1]) {
    case "\"": append(0x22)
    case "\\": append(0x5C)
    case "/": append(0x2F)
    case "b": append(0x08)
    case "f": append(0x0C)
    case "n": append(0x0A)
    case "r": append(0x0D)
    case "t": append(0x09)
    case "u": return unicodeEscape()
    case _: return .escape
    }
    return nil
  }

  private mutating func append(_ byte: UInt8) {
    scratch.append(byte)
    offset += 2
  }

  private mutating func unicodeEscape() -> JSONFault.Reason? {
    guard let unit = codeUnit(at: offset) else { return .escape }
    if unit == 0 { return .nul }
    var value = unit
    var length = 6
    if 0xD800...0xDBFF ~= unit {
      guard let low = codeUnit(at: offset + 6), 0xDC00...0xDFFF ~= low else { return .loneSurrogate }
      value = 0x1_0000 + (unit - 0xD800) << 10 + (low - 0xDC00)
      length = 12
    }
    guard let scalar = Unicode.Scalar(value), let encoded = UTF8.encode(scalar) else {
      return .loneSurrogate
    }
    for byte in encoded { scratch.append(byte) }
    offset += length
    return nil
  }

  /// The four digits of `\uXXXX`; `nil` where something else stands there.
  private func codeUnit(at offset: Int) -> UInt32? {
    guard offset + 6 <= text.count, text[offset] == JSONByte.backslash,
      text[offset + 1] == UInt8(ascii: "u")
    else { return nil }
    var value: UInt32 = 0
    for byte in text[offset + 2..<offset + 6] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}
