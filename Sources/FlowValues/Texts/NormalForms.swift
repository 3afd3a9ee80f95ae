/// The normal form of a phone number (semantics D3): the ASCII digits of a text and nothing else, so that
/// `+34 600-111 (222)` is `34600111222`. A text without a digit has none.
public enum Phone {
  /// Appends the normal form; false, with nothing appended, where there is none.
  public static func appendNormalForm(
    _ utf8: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]
  ) -> Bool {
    bytes.append(contentsOf: utf8.lazy.filter(isDigit))
    return hasDigit(utf8)
  }

  @inlinable public static func isDigit(_ byte: UInt8) -> Bool { DecimalDigits.value(byte) != nil }

  @inlinable public static func hasDigit(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
    utf8.contains { isDigit($0) }
  }

  /// Writes the digits of a text to memory of the text's length, and says how many they are.
  @inlinable @inline(__always) public static func writeDigits(
    of utf8: UnsafeBufferPointer<UInt8>, to target: UnsafeMutablePointer<UInt8>
  ) -> Int {
    var count = 0
    for byte in utf8 {
      // Written in any case, and written over where it was none.
      target[count] = byte
      count &+= isDigit(byte) ? 1 : 0
    }
    return count
  }
}

/// A boolean in a cell (semantics D3).
public enum BooleanCell {
  /// `true`, `yes` and `1`, `false`, `no` and `0`, in any case; `nil` for anything else.
  public static func parse(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool? {
    switch utf8.count {
    case 1: utf8[0] == UInt8(ascii: "1") ? true : utf8[0] == UInt8(ascii: "0") ? false : nil
    case 2: isWord("no", utf8) ? false : nil
    case 3: isWord("yes", utf8) ? true : nil
    case 4: isWord("true", utf8) ? true : nil
    case 5: isWord("false", utf8) ? false : nil
    default: nil
    }
  }

  private static func isWord(_ word: StaticString, _ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
    let expected = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    return expected.elementsEqual(utf8) { $0 == TextFunctions.lowered($1) }
  }
}

/// The normal form of an email address (semantics D3).
///
/// Valid is what mail systems deliver to: a local part of up to 64 bytes, one `@`, a domain of at least two labels
/// between dots. Quoted local parts and domains that are numbers in brackets are refused: in customer data they are
/// mistakes. Letters outside ASCII are allowed on both sides.
public enum Email {
  /// In bytes, of the address as it was given and of its normal form (RFC 5321).
  public static let maximumByteCount = 254
  static let maximumLocalByteCount = 64
  static let maximumLabelByteCount = 63
  private static let forbiddenInLocalPart = ASCIITable("\"(),:;<>@[\\]")
  private static let forbiddenInDomain = ASCIITable("!\"#$%&'()*+,/:;<=>?@[\\]^_`{|}~")

  /// Appends the address in lower case; false, with nothing appended, where it is not valid.
  ///
  /// Nothing is allocated where the address is ASCII and the array has room.
  public static func appendNormalForm(
    _ utf8: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]
  ) -> Bool {
    guard isValid(utf8) else { return false }
    let before = bytes.count
    TextFunctions.appendLower(utf8, to: &bytes)
    // Some letters are longer in lower case.
    guard bytes.count - before <= maximumByteCount else {
      bytes.removeSubrange(before...)
      return false
    }
    return true
  }

  public static func isValid(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
    guard utf8.count <= maximumByteCount, let at = utf8.firstIndex(of: UInt8(ascii: "@")) else {
      return false
    }
    return isLocalPart(UnsafeBufferPointer(rebasing: utf8[..<at]))
      && isDomain(UnsafeBufferPointer(rebasing: utf8[(at + 1)...]))
  }

  private static func isLocalPart(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
    guard utf8.count <= maximumLocalByteCount else { return false }
    return hasOnlyFilledParts(utf8) && isFree(of: forbiddenInLocalPart, utf8)
  }

  /// At least two labels of letters, digits and hyphens, none with a hyphen at an end.
  private static func isDomain(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
    guard utf8.contains(UInt8(ascii: ".")), hasOnlyFilledParts(utf8), !startsOrEndsLabelWithHyphen(utf8)
    else { return false }
    return isFree(of: forbiddenInDomain, utf8) && hasOnlyShortLabels(utf8)
  }

  /// Whether no dot stands at an end or beside another.
  private static func hasOnlyFilledParts(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
    var wasDot = true
    for byte in utf8 {
      let isDot = byte == UInt8(ascii: ".")
      if isDot && wasDot { return false }
      wasDot = isDot
    }
    return !wasDot
  }

  private static func startsOrEndsLabelWithHyphen(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
    var previous = UInt8(ascii: ".")
    for byte in utf8 {
      let isEdge = byte == UInt8(ascii: ".") || previous == UInt8(ascii: ".")
      if isEdge && (byte == UInt8(ascii: "-") || previous == UInt8(ascii: "-")) { return true }
      previous = byte
    }
    return previous == UInt8(ascii: "-")
  }

  private static func hasOnlyShortLabels(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
    var length = 0
    for byte in utf8 {
      length = byte == UInt8(ascii: ".") ? 0 : length + 1
      if length > maximumLabelByteCount { return false }
    }
    return true
  }

  /// Whether there is none of some ASCII characters, no blank, no control character and nothing malformed.
  private static func isFree(of forbidden: ASCIITable, _ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
    var offset = 0
    while offset < utf8.count {
      let (value, length) = ScalarDecoder.scalar(utf8, at: offset)
      if value < 0x80 {
        if value <= 0x20 || value == 0x7F || forbidden.contains(value) { return false }
      } else if value < 0xA0 || value == 0xFFFD || Blanks.isBlank(value) {
        return false
      }
      offset += length
    }
    return true
  }
}
