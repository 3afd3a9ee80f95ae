/// The part of a file that is in memory: one block, and what is left of the block before.
///
/// A record always lies in one piece, so that its cells are views into the window. Behind the last byte there
/// are eight zero bytes, so that a scan over words of eight bytes needs no test for the end.
struct ByteWindow: ~Copyable {
  /// How much is read at once, in bytes.
  static let blockSize = 256 << 10
  private static let padding = MemoryLayout<UInt64>.size

  private let source: ByteSource
  private var capacity: Int
  private(set) var base: UnsafeMutablePointer<UInt8>
  /// How many bytes there are.
  private(set) var count = 0
  private var isAtEnd = false

  init(_ source: ByteSource, blockSize: Int = ByteWindow.blockSize) {
    self.source = source
    capacity = blockSize
    base = .allocate(capacity: capacity + ByteWindow.padding)
    base.initialize(repeating: 0, count: ByteWindow.padding)
  }

  deinit { base.deallocate() }

  /// Reads more bytes behind those that are there; `false` at the end of the file.
  ///
  /// Everything before `start` may be dropped to make room: `start` is then the window's new beginning.
  mutating func readMore(keepingFrom start: inout Int) throws -> Bool {
    if isAtEnd { return false }
    if count == capacity { makeRoom(keepingFrom: &start) }
    let free = UnsafeMutableRawBufferPointer(start: base + count, count: capacity - count)
    let read = try source.read(into: free)
    // A source that claims more than it was given room for would be believed at the cost of memory.
    count += min(max(read, 0), free.count)
    isAtEnd = read <= 0
    (base + count).initialize(repeating: 0, count: ByteWindow.padding)
    return !isAtEnd
  }

  private mutating func makeRoom(keepingFrom start: inout Int) {
    let kept = count - start
    // With less than half of the window free the next record would soon be moved again.
    if kept > capacity / 2 {
      let wider = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2 + ByteWindow.padding)
      wider.initialize(from: base + start, count: kept)
      base.deallocate()
      base = wider
      capacity *= 2
    } else {
      base.update(from: base + start, count: kept)
    }
    count = kept
    start = 0
  }
}
