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
    for offset in 0..<address.count {
      let byte = address[offset]
      if byte &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10 { continue }
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
