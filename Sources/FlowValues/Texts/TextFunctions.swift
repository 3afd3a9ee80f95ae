/// The string functions and operators of the language, on UTF-8 and by Unicode scalar.
///
/// The texts are well-formed UTF-8; malformed bytes cannot make anything here trap.
public enum TextFunctions {
  /// `length`: how many Unicode scalars.
  @inlinable public static func length(_ utf8: UnsafeBufferPointer<UInt8>) -> Int {
    var count = 0
    for byte in utf8 where ScalarDecoder.isLead(byte) { count &+= 1 }
    return count
  }

  /// `slice`: the bytes of `length` scalars from the scalar `from`, which is counted from 0.
  ///
  /// What reaches beyond the end is cut off; outside, and with a negative number, the range is empty.
  @inlinable public static func slice(
    _ utf8: UnsafeBufferPointer<UInt8>, from: Int, length: Int
  ) -> Range<Int> {
    guard from >= 0, length > 0 else { return 0..<0 }
    let start = offset(utf8, behind: from, from: 0)
    return start..<offset(utf8, behind: length, from: start)
  }

  /// The offset that lies `count` scalars behind another, at most the end.
  @inlinable static func offset(
    _ utf8: UnsafeBufferPointer<UInt8>, behind count: Int, from start: Int
  ) -> Int {
    var offset = start
    var left = count
    while offset < utf8.count {
      if ScalarDecoder.isLead(utf8[offset]) {
        if left == 0 { return offset }
        left &-= 1
      }
      offset &+= 1
    }
    return offset
  }
}

/// Comparison and search.
extension TextFunctions {
  /// Negative, zero or positive: the order of the scalars, which is that of the UTF-8 bytes (semantics K3).
  @inlinable public static func compare(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
  ) -> Int {
    let common = Swift.min(left.count, right.count)
    var index = 0
    while index < common {
      if left[index] != right[index] { return left[index] < right[index] ? -1 : 1 }
      index &+= 1
    }
    return left.count == right.count ? 0 : left.count < right.count ? -1 : 1
  }

  @inlinable @inline(__always) public static func equal(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    left.count == right.count && matches(left, right, at: 0)
  }

  @inlinable public static func hasPrefix(
    _ text: UnsafeBufferPointer<UInt8>, _ prefix: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    prefix.count <= text.count && matches(text, prefix, at: 0)
  }

  @inlinable public static func hasSuffix(
    _ text: UnsafeBufferPointer<UInt8>, _ suffix: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    suffix.count <= text.count && matches(text, suffix, at: text.count - suffix.count)
  }

  /// `contains`; every text contains the empty one.
  ///
  /// Linear in the text however the two repeat themselves: UTF-8 is searched by the two-way method.
  @inlinable public static func contains(
    _ text: UnsafeBufferPointer<UInt8>, _ part: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard let first = part.first else { return true }
    guard part.count <= text.count else { return false }
    if part.count > shortPart { return TwoWaySearch(part).isFound(in: text) }
    var offset = 0
    while offset <= text.count - part.count {
      if text[offset] == first, matches(text, part, at: offset) { return true }
      offset &+= 1
    }
    return false
  }

  /// Up to this many bytes, trying every offset is quicker than preparing a search.
  @inlinable static var shortPart: Int { 32 }

  /// - Precondition: `part` fits into `text` at `offset`.
  @inlinable static func matches(
    _ text: UnsafeBufferPointer<UInt8>, _ part: UnsafeBufferPointer<UInt8>, at offset: Int
  ) -> Bool {
    let count = part.count
    guard let text = text.baseAddress, let part = part.baseAddress, count > 0 else { return true }
    let left = UnsafeRawPointer(text + offset)
    let right = UnsafeRawPointer(part)
    if count >= 8 {
      var index = 0
      while index &+ 8 < count {
        if !isSame(left, right, at: index, UInt64.self) { return false }
        index &+= 8
      }
      // The last word overlaps the one before: no byte is looked at alone.
      return isSame(left, right, at: count &- 8, UInt64.self)
    }
    if count >= 4 {
      return isSame(left, right, at: 0, UInt32.self) && isSame(left, right, at: count &- 4, UInt32.self)
    }
    return isSame(left, right, at: 0, UInt8.self) && isSame(left, right, at: count &- 1, UInt8.self)
      && isSame(left, right, at: count >> 1, UInt8.self)
  }

  @inlinable @inline(__always) static func isSame<Word: FixedWidthInteger & BitwiseCopyable>(
    _ left: UnsafeRawPointer, _ right: UnsafeRawPointer, at offset: Int, _: Word.Type
  ) -> Bool {
    left.loadUnaligned(fromByteOffset: offset, as: Word.self)
      == right.loadUnaligned(fromByteOffset: offset, as: Word.self)
  }
}
