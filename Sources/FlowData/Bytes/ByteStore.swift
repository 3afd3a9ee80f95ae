/// Bytes that are copied together, in memory that is kept when they are taken out again.
struct ByteStore: ~Copyable {
  private var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int = 256) {
    self.capacity = capacity
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  /// The bytes from an offset on, until the next change of the store.
  func bytes(from start: Int, count length: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: base + start, count: length)
  }

  /// Where the first byte lies, until the next change of the store.
  var start: UnsafePointer<UInt8> { UnsafePointer(base) }

  mutating func removeAll() { count = 0 }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    if count == capacity { grow(to: count + 1) }
    base[count] = byte
    count += 1
  }

  mutating func append(_ bytes: UnsafePointer<UInt8>, count length: Int) {
    if count + length > capacity { grow(to: count + length) }
    (base + count).update(from: bytes, count: length)
    count += length
  }

  @inline(never)
  private mutating func grow(to minimum: Int) {
    let wider = max(minimum, capacity * 2)
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: wider)
    moved.update(from: base, count: count)
    base.deallocate()
    base = moved
    capacity = wider
  }
}
