/// A growable array of trivial elements that its owner alone holds.
///
/// The engine's working memory: unlike `Array` it is never reference counted or checked for uniqueness,
/// and emptying it keeps the memory, so that in steady state nothing is allocated.
public struct Buffer<Element: BitwiseCopyable>: ~Copyable {
  @usableFromInline var base: UnsafeMutablePointer<Element>
  public private(set) var count: Int
  public private(set) var capacity: Int

  public init(capacity: Int = 16) {
    self.capacity = max(capacity, 1)
    base = LargeMemory.allocate(self.capacity)
    count = 0
  }

  deinit { base.deallocate() }

  /// Another buffer with the same elements.
  func copy() -> Buffer<Element> {
    var copy = Buffer<Element>(capacity: capacity)
    copy.append(UnsafeBufferPointer(elements))
    return copy
  }

  var pointer: UnsafeMutablePointer<Element> { base }
  var isEmpty: Bool { count == 0 }
  /// The memory of the elements, until the next change of the buffer.
  var elements: UnsafeMutableBufferPointer<Element> { .init(start: base, count: count) }

  subscript(index: Int) -> Element {
    @inline(__always) get {
      assert(index >= 0 && index < count)
      return base[index]
    }
    @inline(__always) set {
      assert(index >= 0 && index < count)
      base[index] = newValue
    }
  }

  @inline(__always) mutating func append(_ element: Element) {
    if count == capacity { grow(to: count + 1) }
    base[count] = element
    count += 1
  }

  mutating func append(_ elements: UnsafeBufferPointer<Element>) {
    guard let start = elements.baseAddress, elements.count > 0 else { return }
    reserve(count + elements.count)
    // Growing would move a source that lies in this very buffer: such callers reserve before they take its address.
    (base + count).update(from: start, count: elements.count)
    count += elements.count
  }

  /// Makes the buffer `length` elements longer; the new ones hold `element`.
  mutating func append(repeating element: Element, count length: Int) {
    reserve(count + length)
    (base + count).update(repeating: element, count: length)
    count += length
  }

  mutating func reserve(_ minimum: Int) {
    if minimum > capacity { grow(to: minimum) }
  }

  mutating func truncate(to length: Int) {
    assert(length <= count)
    count = length
  }

  @discardableResult
  mutating func removeLast() -> Element {
    assert(count > 0)
    count -= 1
    return base[count]
  }

  /// Counts elements that were written behind the end, where there was room.
  @inline(__always) mutating func extend(by length: Int) {
    assert(count + length <= capacity)
    count += length
  }

  @inline(never) private mutating func grow(to minimum: Int) {
    let wider = max(minimum, capacity * 2)
    let moved: UnsafeMutablePointer<Element> = LargeMemory.allocate(wider)
    moved.update(from: base, count: count)
    base.deallocate()
    base = moved
    capacity = wider
  }
}

extension Buffer where Element == UInt8 {
  /// Appends bytes, mostly a few.
  @inline(__always) mutating func append(bytes: UnsafeBufferPointer<UInt8>) {
    guard let source = bytes.baseAddress else { return }
    if count + bytes.count > capacity { grow(to: count + bytes.count) }
    (base + count).copy(source, count: bytes.count)
    extend(by: bytes.count)
  }
}

extension UnsafeMutablePointer<UInt8> {
  /// Copies bytes that lie elsewhere, in place and without a call where they are few, as most texts are.
  ///
  /// The last word overlaps the one before, so that no byte is copied alone.
  @inline(__always) func copy(_ source: UnsafePointer<UInt8>, count: Int) {
    if count > 64 { return update(from: source, count: count) }
    if count >= 8 {
      var offset = 0
      while offset + 8 < count {
        copyWord(source, at: offset, UInt64.self)
        offset += 8
      }
      copyWord(source, at: count - 8, UInt64.self)
    } else if count >= 4 {
      copyWord(source, at: 0, UInt32.self)
      copyWord(source, at: count - 4, UInt32.self)
    } else if count > 0 {
      self[0] = source[0]
      self[count >> 1] = source[count >> 1]
      self[count - 1] = source[count - 1]
    }
  }

  @inline(__always) private func copyWord<Word: BitwiseCopyable>(
    _ source: UnsafePointer<UInt8>, at offset: Int, _: Word.Type
  ) {
    let word = UnsafeRawPointer(source).loadUnaligned(fromByteOffset: offset, as: Word.self)
    UnsafeMutableRawPointer(self).storeBytes(of: word, toByteOffset: offset, as: Word.self)
  }
}
