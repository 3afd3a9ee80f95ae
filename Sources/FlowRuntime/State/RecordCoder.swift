import FlowSchema

/// Writing and reading the bytes of stored people.
///
/// Numbers are little-endian base 128, the sign folded into the lowest bit; instants of whole seconds are
/// short. The bytes are a function of the state alone: two equal people have equal records.
struct RecordWriter: ~Copyable {
  /// Room for a few numbers and flags.
  private static let fewBytes = 96

  private(set) var bytes = Buffer<UInt8>(capacity: 1024)

  mutating func removeAll() { bytes.truncate(to: 0) }

  /// Makes room for so many bytes; `close` says how many they were.
  @inline(__always) mutating func open(_ room: Int) -> RecordCursor {
    bytes.reserve(bytes.count + room)
    return RecordCursor(bytes.base + bytes.count)
  }

  @inline(__always) mutating func close(_ cursor: RecordCursor) {
    bytes.extend(by: cursor.position - (bytes.base + bytes.count))
  }

  /// Writes a few numbers and flags, `fewBytes` at most.
  @inline(__always) mutating func write(_ body: (inout RecordCursor) -> Void) {
    var cursor = open(Self.fewBytes)
    body(&cursor)
    close(cursor)
  }
}

/// Where the next byte of a record goes. Whoever writes has made room before.
struct RecordCursor: BitwiseCopyable {
  /// A word of 64 bits takes ten bytes at most.
  static let longestNumber = 10

  var position: UnsafeMutablePointer<UInt8>

  init(_ start: UnsafeMutablePointer<UInt8>) { position = start }

  @inline(__always) mutating func byte(_ value: UInt8) {
    position.pointee = value
    position += 1
  }

  @inline(__always) mutating func unsigned(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      byte(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    byte(UInt8(truncatingIfNeeded: rest))
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

  @inline(__always) mutating func text(_ text: UnsafeBufferPointer<UInt8>) {
    unsigned(UInt64(text.count))
    if let start = text.baseAddress { position.copy(start, count: text.count) }
    position += text.count
  }

  /// All bytes of a number, whatever it is.
  @inline(__always) mutating func fixed<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number) {
    UnsafeMutableRawPointer(position).storeBytes(of: number.littleEndian, as: Number.self)
    position += MemoryLayout<Number>.size
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

  @inline(__always) mutating func fixed<Number: FixedWidthInteger & BitwiseCopyable>(
    _: Number.Type
  ) -> Number {
    defer { position += MemoryLayout<Number>.size }
    return Number(littleEndian: UnsafeRawPointer(position).loadUnaligned(as: Number.self))
  }
}
