/// Looks for the bytes that matter in a CSV text, eight at a time.
///
/// Within quotes the first mark of a word is all that is wanted: a subtraction borrows from the next byte only
/// where a byte is smaller than what is taken away, so the lowest bit of the result that is left stands for the
/// first byte found; the bits above it may lie and are not used. Outside, all marks of a word are wanted, and an
/// addition to the lower seven bits of each byte, which never carries, tells of each whether it is below a limit.
struct WordScan {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highBits: UInt64 = 0x8080_8080_8080_8080
  private static let lowBits: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
  /// The control bytes below this include NUL, both line breaks and the tab.
  private static let controlLimit: UInt64 = 0x0E
  private static let controls = controlLimit * ones
  private static let quotes = UInt64(UInt8(ascii: "\"")) * ones

  private let separators: UInt64
  /// The union of all words seen: its high bits are zero where all the text was ASCII.
  private var seen: UInt64 = 0

  init(separator: UInt8) { separators = UInt64(separator) * WordScan.ones }

  var hasSeenNonASCII: Bool { seen & WordScan.highBits != 0 }

  mutating func forgetSeen() { seen = 0 }

  /// The separators, quotes and control bytes below 14 among the eight bytes from an offset on: the high bit of
  /// each.
  @inline(__always)
  mutating func marks(_ text: UnsafePointer<UInt8>, at offset: Int) -> UInt64 {
    let word = WordScan.word(text, at: offset)
    seen |= word
    let isAbove =
      WordScan.isAtLeast(1, word ^ separators) & WordScan.isAtLeast(1, word ^ WordScan.quotes)
      & WordScan.isAtLeast(WordScan.controlLimit, word)
    return ~isAbove & WordScan.highBits
  }

  /// The high bit of each byte that is not below a limit; the other bits mean nothing.
  @inline(__always)
  private static func isAtLeast(_ limit: UInt64, _ word: UInt64) -> UInt64 {
    ((word & lowBits) &+ (0x80 &- limit) &* ones) | word
  }

  /// The offset of the first quote or control byte below 14.
  ///
  /// - Precondition: there is one; the zero bytes behind a window see to that.
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
