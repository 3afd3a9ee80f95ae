/// The lines of a text file, each a view into its block, in constant memory.
///
/// Lines end with `\n` or `\r\n`; those that are empty or hold only blanks are passed over.
struct LineReader: ~Copyable {
  /// In bytes; a longer line is passed over without being held, and said to be too long.
  static let maximumLength = 16 << 20

  private var window: ByteWindow
  private var start = 0
  private var length = 0
  private var nextStart: Int
  private var nextNumber = 1
  /// The number of the line at hand, from 1.
  private(set) var number = 1
  private(set) var isTooLong = false
  /// Whether the file ended with this line, without a line break.
  private(set) var isUnterminated = false

  /// - Parameter start: Where the text begins in the window, behind a byte-order mark.
  init(_ window: consuming ByteWindow, start: Int) {
    self.window = window
    nextStart = start
  }

  /// The line at hand without its line break, until the next call of `next()`.
  var line: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: window.base + start, count: length) }

  /// Goes to the next line; `false` when there is none.
  mutating func next() throws -> Bool {
    repeat {
      guard try readLine() else { return false }
    } while !isTooLong && line.allSatisfy(JSONByte.isBlank)
    return true
  }

  private mutating func readLine() throws -> Bool {
    start = nextStart
    length = 0
    isTooLong = false
    number = nextNumber
    while true {
      let end = window.firstLineFeed(from: start + length)
      length = end - start
      if end < window.count {
        nextStart = end + 1
        nextNumber += 1
        isUnterminated = false
        return true
      }
      if length > LineReader.maximumLength {
        isTooLong = true
        start = end
        length = 0
      }
      guard try window.readMore(keepingFrom: &start) else { break }
    }
    nextStart = start + length
    isUnterminated = true
    return length > 0 || isTooLong
  }
}

extension ByteWindow {
  /// The offset of the first line feed, or `count` where there is none.
  fileprivate func firstLineFeed(from start: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    var offset = start
    while offset < count {
      let word = UInt64(littleEndian: UnsafeRawPointer(base + offset).loadUnaligned(as: UInt64.self))
      let difference = word ^ (UInt64(UInt8(ascii: "\n")) &* ones)
      // The lowest bit that is left stands for the first byte found, as in `WordScan`.
      let marks = (difference &- ones) & ~difference & 0x8080_8080_8080_8080
      if marks != 0 { return offset + marks.trailingZeroBitCount >> 3 }
      offset += 8
    }
    return count
  }
}
