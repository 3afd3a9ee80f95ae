/// The blanks around a value, which are no part of it (semantics D3).
public enum Blanks {
  /// The bytes that are left without the blanks at both ends; empty where there is nothing else.
  ///
  /// A blank is any scalar with the Unicode property White_Space, the no-break space included.
  public static func trimmed(_ utf8: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    var start = 0
    while start < utf8.count {
      let (value, length) = ScalarDecoder.scalar(utf8, at: start)
      guard isBlank(value) else { break }
      start += length
    }
    var end = utf8.count
    while end > start {
      let before = startOfScalar(utf8, endingAt: end)
      guard isBlank(ScalarDecoder.scalar(utf8, at: before).value) else { break }
      end = before
    }
    return start..<end
  }

  /// Whether a scalar value has the property White_Space.
  @inlinable public static func isBlank(_ value: UInt32) -> Bool {
    if value < 0x80 { return value == 0x20 || (value >= 0x09 && value <= 0x0D) }
    return value == 0x85 || value == 0xA0 || value == 0x1680 || (value >= 0x2000 && value <= 0x200A)
      || value == 0x2028 || value == 0x2029 || value == 0x202F || value == 0x205F || value == 0x3000
  }

  private static func startOfScalar(_ utf8: UnsafeBufferPointer<UInt8>, endingAt end: Int) -> Int {
    var start = end - 1
    while start > 0, end - start < 4, !ScalarDecoder.isLead(utf8[start]) { start -= 1 }
    return ScalarDecoder.scalar(utf8, at: start).length == end - start ? start : end - 1
  }
}
