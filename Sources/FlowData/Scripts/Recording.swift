import FlowText

/// The form of a recording of script results: a line of JSON that says what it is, a line for each call, and a line that
/// counts them.
///
/// Every line of a call ends with a sum of what stands before it, so that a line which is not as it was written is found
/// out, and which it is.
public enum Recording {
  /// Another form has another number.
  public static let version = 2
  /// How much of a recording is kept while it is replayed, in bytes of what came of the calls.
  public static let maximumKept = 1 << 30

  static let head = "recording"
  static let end = "calls"

  /// The first line.
  public static func head(campaigns: [String]) -> [UInt8] {
    var json = JSONText()
    json.object { json in
      json.member(head, version)
      json.array("campaigns", campaigns)
    }
    json.endLine()
    return json.take()
  }

  /// The last line.
  public static func end(calls: Int) -> [UInt8] {
    var json = JSONText()
    json.object { $0.member(end, calls) }
    json.endLine()
    return json.take()
  }

  // MARK: Sums

  private static let sumKey = Array(",\"sum\":\"".utf8)
  private static let digits = 16
  /// What a call's line has at its end: `,"sum":"0123456789abcdef"}`.
  private static let sumLength = sumKey.count + digits + 2

  /// Closes an object with the sum of its text, which has no brace at its end yet.
  static func seal(_ object: inout [UInt8]) {
    var sum = StableHash()
    object.withUnsafeBufferPointer { sum.add($0) }
    object += sumKey
    object += Array(sum.hexadecimal.utf8)
    object += Array("\"}\n".utf8)
  }

  /// The text before the sum; `nil` where the sum is not of it.
  static func sealed(_ line: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
    guard line.count > sumLength else { return nil }
    let text = UnsafeBufferPointer(rebasing: line[..<(line.count - sumLength)])
    var sum = StableHash()
    sum.add(text)
    let end = sumKey + Array(sum.hexadecimal.utf8) + Array("\"}".utf8)
    return line[text.count...].elementsEqual(end) ? text : nil
  }
}

/// FNV-1a, which is the same everywhere and forever.
struct StableHash {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ bytes: some Sequence<UInt8>) {
    var state = value
    for byte in bytes { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
    value = state
  }

  /// Adds a text with its end, so that two texts are not one.
  mutating func add(text: some Sequence<UInt8>) {
    add(text)
    value = (value ^ 0xff) &* 0x100_0000_01b3
  }

  var hexadecimal: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
