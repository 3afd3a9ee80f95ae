/// The bytes of a range in order, cut into runs of well-formed UTF-8 and single bytes that are not.
struct WellFormedRuns: Sequence, IteratorProtocol {
  struct Run {
    let range: SourceRange
    let isWellFormed: Bool
  }

  private let bytes: [UInt8]
  private let end: Int
  private var offset: Int

  init(_ bytes: [UInt8], _ range: SourceRange) {
    self.bytes = bytes
    offset = range.lower
    end = range.upper
  }

  mutating func next() -> Run? {
    guard offset < end else { return nil }
    let start = offset
    while offset < end, let length = scalarLength { offset += length }
    if offset > start { return Run(range: SourceRange(start, offset), isWellFormed: true) }
    offset += 1
    return Run(range: SourceRange(start, offset), isWellFormed: false)
  }

  /// The length of the scalar at the offset, in bytes; `nil` if there is none (Unicode, table 3-7).
  private var scalarLength: Int? {
    let first = bytes[offset]
    let length: Int
    let second: ClosedRange<UInt8>
    switch first {
    case 0..<0x80: return 1
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    case _: return nil
    }
    guard offset + length <= end, second.contains(bytes[offset + 1]) else { return nil }
    let tail = bytes[offset + 2..<Swift.max(offset + 2, offset + length)]
    return tail.allSatisfy { $0 & 0xC0 == 0x80 } ? length : nil
  }
}
