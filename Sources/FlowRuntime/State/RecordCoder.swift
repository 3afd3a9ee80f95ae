import FlowSchema

/// Writing and reading the bytes of stored people.
///
/// Numbers are little-endian base 128, the sign folded into the lowest bit; instants of whole seconds are
/// short. The bytes are a function of the state alone: two equal people have equal records.
struct RecordWriter: ~Copyable {
  var bytes = Buffer<UInt8>(capacity: 1024)

  @inline(__always) mutating func byte(_ value: UInt8) { bytes.append(value) }

  @inline(__always) mutating func unsigned(_ value: UInt64) {
    if value < 0x80 { return bytes.append(UInt8(truncatingIfNeeded: value)) }
    // A word of 64 bits takes ten bytes at most.
    bytes.reserve(bytes.count + 10)
    let target = bytes.base + bytes.count
    var rest = value
    var length = 0
    while rest >= 0x80 {
      target[length] = UInt8(truncatingIfNeeded: rest) | 0x80
      rest >>= 7
      length += 1
    }
    target[length] = UInt8(truncatingIfNeeded: rest)
    bytes.extend(by: length + 1)
  }

  @inline(__always) mutating func signed(_ value: Int64) {
    unsigned(UInt64(bitPattern: value << 1 ^ value >> 63))
  }

  /// Milliseconds; a whole second takes four bytes for decades around `RecordReader.epoch`.
  @inline(__always) mutating func instant(_ milliseconds: Int64) {
    let distance = milliseconds - RecordReader.epoch
    let (seconds, rest) = distance.quotientAndRemainder(dividingBy: 1000)
    if rest == 0 { signed(seconds << 1) } else { signed(distance << 1 | 1) }
  }

  mutating func text(_ text: UnsafeBufferPointer<UInt8>) {
    bytes.reserve(bytes.count + text.count + 18)
    unsigned(UInt64(text.count))
    bytes.append(bytes: text)
  }
}

struct RecordReader {
  /// 2026-01-01T00:00:00Z, in milliseconds.
  static let epoch: Int64 = 1_767_225_600_000

  var position: UnsafePointer<UInt8>

  init(_ start: UnsafePointer<UInt8>) { position = start }

  @inline(__always) mutating func byte() -> UInt8 {
    defer { position += 1 }
    return position.pointee
  }

  @inline(__always) mutating func unsigned() -> UInt64 {
    var byte = position.pointee
    position += 1
    if byte < 0x80 { return UInt64(byte) }
    var value = UInt64(byte & 0x7f)
    var shift: UInt64 = 7
    repeat {
      byte = position.pointee
      position += 1
      value |= UInt64(byte & 0x7f) << shift
      shift += 7
    } while byte >= 0x80
    return value
  }

  @inline(__always) mutating func signed() -> Int64 {
    let value = unsigned()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  @inline(__always) mutating func instant() -> Int64 {
    let value = signed()
    return value & 1 == 0 ? (value >> 1) * 1000 + Self.epoch : (value >> 1) + Self.epoch
  }

  @inline(__always) mutating func text() -> (start: UnsafePointer<UInt8>, count: Int) {
    let count = Int(unsigned())
    defer { position += count }
    return (position, count)
  }
}
