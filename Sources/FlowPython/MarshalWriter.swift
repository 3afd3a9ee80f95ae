/// Writes values as Python's `marshal` reads them: what is needed of version 2, which every CPython knows.
struct MarshalWriter {
  private(set) var bytes: [UInt8] = []

  /// Begins a frame; its length is filled in by `finish`.
  mutating func begin() {
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: [0, 0, 0, 0])
  }

  mutating func finish() {
    let length = UInt32(bytes.count - 4)
    for index in 0..<4 { bytes[index] = UInt8(truncatingIfNeeded: length >> UInt32(8 * index)) }
  }

  mutating func none() { bytes.append(UInt8(ascii: "N")) }

  mutating func boolean(_ truth: Bool) { bytes.append(UInt8(ascii: truth ? "T" : "F")) }

  mutating func integer(_ number: Int64) {
    if let short = Int32(exactly: number) {
      bytes.append(UInt8(ascii: "i"))
      return word(UInt32(bitPattern: short))
    }
    bytes.append(UInt8(ascii: "l"))
    digits(number.magnitude, isNegative: number < 0)
  }

  /// A number without a sign, as seeds and nonces are.
  mutating func unsigned(_ number: UInt64) {
    if let short = Int64(exactly: number) { return integer(short) }
    bytes.append(UInt8(ascii: "l"))
    digits(number, isNegative: false)
  }

  mutating func text(_ text: String) {
    bytes.append(UInt8(ascii: "u"))
    run(text)
  }

  /// ASCII that Python sees as `bytes`.
  mutating func byteString(_ text: String) {
    bytes.append(UInt8(ascii: "s"))
    run(text)
  }

  /// The beginning of a tuple; its elements follow.
  mutating func tuple(count: Int) {
    bytes.append(UInt8(ascii: "("))
    word(UInt32(count))
  }

  private mutating func run(_ text: String) {
    var text = text
    text.withUTF8 { utf8 in
      word(UInt32(utf8.count))
      bytes.append(contentsOf: utf8)
    }
  }

  private mutating func word(_ value: UInt32) {
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  /// Digits of 15 bits, lowest first; how many there are carries the sign.
  private mutating func digits(_ magnitude: UInt64, isNegative: Bool) {
    var count: Int32 = 0
    var rest = magnitude
    while rest > 0 {
      count += 1
      rest >>= 15
    }
    word(UInt32(bitPattern: isNegative ? -count : count))
    rest = magnitude
    for _ in 0..<count {
      bytes.append(UInt8(truncatingIfNeeded: rest))
      bytes.append(UInt8(truncatingIfNeeded: rest >> 8 & 0x7f))
      rest >>= 15
    }
  }
}
