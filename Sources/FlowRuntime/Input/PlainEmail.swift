/// Recognizes most addresses that are in normal form already, in one pass over their bytes.
///
/// Nine in ten addresses of a customer file are small ASCII letters, digits and `. _ - +`. What this refuses may
/// well be an address: `Email` decides then.
enum PlainEmail {
  private static let maximumLength = 254
  private static let maximumLocalLength = 64
  private static let maximumLabelLength = 63

  static func isNormalForm(_ address: UnsafeBufferPointer<UInt8>) -> Bool {
    guard address.count <= maximumLength else { return false }
    var at = -1
    var lastDot = -1
    /// Where the part between dots begins.
    var part = 0
    var next = 0
    while next < address.count {
      let offset = firstMark(address, from: next)
      if offset == address.count { break }
      next = offset + 1
      let byte = address[offset]
      switch byte {
      case UInt8(ascii: "."):
        guard isPart(address, part, offset, isLabel: at >= 0) else { return false }
        lastDot = offset
        part = offset + 1
      case UInt8(ascii: "@"):
        guard at < 0, offset <= maximumLocalLength, isPart(address, part, offset, isLabel: false) else {
          return false
        }
        at = offset
        part = offset + 1
      case UInt8(ascii: "-"): continue
      case UInt8(ascii: "_"), UInt8(ascii: "+"):
        if at >= 0 { return false }
      case _: return false
      }
    }
    return at >= 0 && lastDot > at && isPart(address, part, address.count, isLabel: true)
  }

  /// The offset of the first byte that is neither a small letter nor a digit, or the length.
  @inline(__always)
  private static func firstMark(_ address: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let raw = UnsafeRawBufferPointer(address)
    var offset = start
    while offset + 8 <= address.count {
      let marks = marks(UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
      if marks != 0 { return offset + marks.trailingZeroBitCount >> 3 }
      offset += 8
    }
    while offset < address.count, isPlain(address[offset]) { offset += 1 }
    return offset
  }

  @inline(__always) private static func isPlain(_ byte: UInt8) -> Bool {
    byte &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
  }

  /// The high bit of each byte of eight that is neither a small letter nor a digit.
  ///
  /// To the lower seven bits is added what makes the high bit say whether they reach a limit; no byte carries.
  @inline(__always) private static func marks(_ word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let low = word & (0x7F &* ones)
    let isLetter = (low &+ 0x1F &* ones) & ~(low &+ 0x05 &* ones)
    let isDigit = (low &+ 0x50 &* ones) & ~(low &+ 0x46 &* ones)
    return (~(isLetter | isDigit) | word) & (0x80 &* ones)
  }

  /// Whether something stands between two dots, and no hyphen at the ends of a label.
  @inline(__always)
  private static func isPart(
    _ address: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, isLabel: Bool
  ) -> Bool {
    guard end > start else { return false }
    return !isLabel
      || (end - start <= maximumLabelLength && address[start] != UInt8(ascii: "-")
        && address[end - 1] != UInt8(ascii: "-"))
  }
}
