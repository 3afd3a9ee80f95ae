/// Looks for the bytes that matter in a CSV text, eight at a time.
///
/// In a word of eight bytes a subtraction borrows from the next byte only where a byte is smaller than what is
/// taken away, so the lowest bit of the result that is left stands for the first byte found; the bits above it
/// may lie and are not used.
struct WordScan {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highBits: UInt64 = 0x8080_8080_8080_8080
  /// The control bytes below this include NUL, both line breaks and the tab.
  private static let controls: UInt64 = 0x0E * ones
  private static let quotes = UInt64(UInt8(ascii: "\"")) * ones

  private let separators: UInt64
  /// The union of all words seen: its high bits are zero where all the text was ASCII.
  private var seen: UInt64 = 0

  init(separator: UInt8) { separators = UInt64(separator) * WordScan.ones }

  var hasSeenNonASCII: Bool { seen & WordScan.highBits != 0 }

  mutating func forgetSeen() { seen = 0 }

  /// The offset of the first separator, quote or control byte below 14.
  ///
  /// - Precondition: there is one; the zero bytes behind a window see to that.
  @inline(__always)
  mutating func firstMark(_ text: UnsafePointer<UInt8>, from start: Int) -> Int {
    var offset = start
    while true {
      let word = WordScan.word(text, at: offset)
      let separator = word ^ separators
      let quote = word ^ WordScan.quotes
      let marks =
        ((separator &- WordScan.ones) & ~separator | (quote &- WordScan.ones) & ~quote
          | (word &- WordScan.controls) & ~word) & WordScan.highBits
      seen |= word
      if marks != 0 { return offset + marks.trailingZeroBitCount >> 3 }
      offset += 8
    }
  }

  /// The offset of the first quote or control byte below 14, under the same precondition.
  @inline(__always)
  mutating func firstQuotedMark(_ text: UnsafePointer<UInt8>, from start: Int) -> Int {
    var offset = start
    while true {
      let word = WordScan.word(text, at: offset)
      let quote = word ^ WordScan.quotes
      let marks =
        ((quote &- WordScan.ones) & ~quote | (word &- WordScan.controls) & ~word) & WordScan.highBits
      seen |= word
      if marks != 0 { return offset + marks.trailingZeroBitCount >> 3 }
      offset += 8
    }
  }

  /// The first byte in the lowest bits, on machines of either byte order.
  @inline(__always)
  private static func word(_ text: UnsafePointer<UInt8>, at offset: Int) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(text + offset).loadUnaligned(as: UInt64.self))
  }
}
