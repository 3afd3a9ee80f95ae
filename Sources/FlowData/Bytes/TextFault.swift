/// Why bytes are no text.
public enum TextFault: Hashable, Sendable {
  case nul
  /// The first byte that does not belong to well-formed UTF-8.
  case malformed(UInt8)

  /// The first fault of the bytes; `nil` where they are text.
  public init?(in bytes: UnsafeBufferPointer<UInt8>) {
    var offset = 0
    while offset < bytes.count {
      if offset + 8 <= bytes.count {
        let plain = TextFault.plainLength(bytes, at: offset)
        offset += plain
        if plain == 8 { continue }
      }
      let first = bytes[offset]
      if first != 0 && first < 0x80 {
        offset += 1
      } else if first == 0 {
        self = .nul
        return
      } else if let length = TextFault.scalarLength(bytes, at: offset) {
        offset += length
      } else {
        self = .malformed(first)
        return
      }
    }
    return nil
  }

  /// How many of the eight bytes from an offset on are ASCII and not NUL, up to the first that is not.
  @inline(__always)
  private static func plainLength(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Int {
    let loaded = UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    let word = UInt64(littleEndian: loaded)
    let highBits: UInt64 = 0x8080_8080_8080_8080
    // Taking one from each byte borrows only from behind a NUL, so the lowest mark is always right.
    let marks = ((word &- 0x0101_0101_0101_0101) | word) & highBits
    return marks.trailingZeroBitCount >> 3
  }

  /// The reason as a report states it.
  public var reason: String {
    switch self {
    case .nul: return "expected text, found a NUL byte"
    case .malformed(let byte):
      let digits = String(byte, radix: 16, uppercase: true)
      return "expected text in UTF-8, found the byte 0x\(digits): save the file as UTF-8"
    }
  }

  /// The length of a scalar of two to four bytes; `nil` if there is none (Unicode, table 3-7).
  private static func scalarLength(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Int? {
    let length: Int
    let second: ClosedRange<UInt8>
    switch bytes[offset] {
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    case _: return nil
    }
    guard offset + length <= bytes.count, second.contains(bytes[offset + 1]) else { return nil }
    for index in offset + 2..<max(offset + 2, offset + length) where bytes[index] & 0xC0 != 0x80 {
      return nil
    }
    return length
  }
}
