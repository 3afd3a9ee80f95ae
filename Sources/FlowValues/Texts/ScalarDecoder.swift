/// Reading Unicode scalars from UTF-8 that may be malformed.
@usableFromInline enum ScalarDecoder {
  /// The scalar at an offset and its length in bytes; a byte that begins none is U+FFFD of length 1.
  ///
  /// - Precondition: `offset` lies inside.
  @inlinable static func scalar(
    _ utf8: UnsafeBufferPointer<UInt8>, at offset: Int
  ) -> (value: UInt32, length: Int) {
    let lead = utf8[offset]
    return lead < 0x80 ? (UInt32(lead), 1) : wideScalar(utf8, at: offset)
  }

  @usableFromInline static func wideScalar(
    _ utf8: UnsafeBufferPointer<UInt8>, at offset: Int
  ) -> (value: UInt32, length: Int) {
    let lead = utf8[offset]
    let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    let malformed: (value: UInt32, length: Int) = (0xFFFD, 1)
    guard lead >= 0xC2, lead < 0xF5, offset + length <= utf8.count else { return malformed }
    var value = UInt32(lead) & (0x7F >> UInt32(length))
    for index in offset + 1..<offset + length {
      guard utf8[index] & 0xC0 == 0x80 else { return malformed }
      value = value << 6 | UInt32(utf8[index] & 0x3F)
    }
    let smallest: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x1_0000
    guard value >= smallest, Unicode.Scalar(value) != nil else { return malformed }
    return (value, length)
  }

  /// Whether the byte is the first of a scalar.
  @inlinable static func isLead(_ byte: UInt8) -> Bool { byte & 0xC0 != 0x80 }

  /// Appends a scalar as UTF-8.
  static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
    guard let encoded = UTF8.encode(scalar) else { return }
    bytes.append(contentsOf: encoded)
  }
}
