/// Upper and lower case, by the full mappings of Unicode, scalar by scalar.
///
/// Nothing depends on a language or on the neighbours of a scalar: `Σ` becomes `σ` also at the end of a word.
extension TextFunctions {
  /// `lower`: appends the text in lower case.
  public static func appendLower(_ utf8: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    append(utf8, to: &bytes, ascii: lowered) { $0.properties.lowercaseMapping }
  }

  /// `upper`: appends the text in upper case; `ß` becomes `SS`.
  public static func appendUpper(_ utf8: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    append(utf8, to: &bytes, ascii: raised) { $0.properties.uppercaseMapping }
  }

  static func lowered(_ ascii: UInt8) -> UInt8 {
    ascii &- UInt8(ascii: "A") < 26 ? ascii | 0x20 : ascii
  }

  static func raised(_ ascii: UInt8) -> UInt8 {
    ascii &- UInt8(ascii: "a") < 26 ? ascii & 0xDF : ascii
  }

  private static func append(
    _ utf8: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8], ascii: (UInt8) -> UInt8,
    wide: (Unicode.Scalar) -> String
  ) {
    bytes.reserveCapacity(bytes.count + utf8.count)
    var offset = 0
    while offset < utf8.count {
      if utf8[offset] < 0x80 {
        bytes.append(ascii(utf8[offset]))
        offset += 1
        continue
      }
      let (value, length) = ScalarDecoder.scalar(utf8, at: offset)
      // A malformed byte has come out as U+FFFD, which has no case.
      if let scalar = Unicode.Scalar(value) { bytes.append(contentsOf: wide(scalar).utf8) }
      offset += length
    }
  }
}
