import FlowRuntime

/// A piece of a JSON text. Views hold until the next piece is asked for.
enum JSONToken {
  case beginObject
  case endObject
  case beginArray
  case endArray
  /// The name of a member; its value comes next.
  case key(UnsafeBufferPointer<UInt8>)
  case scalar(ScalarView)
  /// The text is complete.
  case end
  /// Nothing follows.
  case invalid(JSONFault)
}

/// Why a text is no JSON, and where.
struct JSONFault: Hashable, Sendable {
  enum Reason: Hashable, Sendable {
    case expected(String)
    case tooDeep
    case controlCharacter
    case escape
    case loneSurrogate
    case nul
    case malformedText
    case cutOff
  }

  /// In bytes, from the beginning of the line.
  let offset: Int
  let reason: Reason

  var message: String {
    switch reason {
    case .expected(let what): "expected \(what)"
    case .tooDeep: "values are nested more than \(JSONScanner.maximumDepth) deep"
    case .controlCharacter: "a control character in a text is written as an escape such as `\\n`"
    case .escape: "no such escape in a text of JSON"
    case .loneSurrogate: "half of a surrogate pair stands alone"
    case .nul: "expected text, found a NUL character"
    case .malformedText: "expected text in UTF-8"
    case .cutOff: "the line ends in the middle of a value: the file may have been cut off"
    }
  }

  /// The column in the line, from 1, in Unicode scalars.
  func column(in line: UnsafeBufferPointer<UInt8>) -> Int {
    line.prefix(offset).reduce(1) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
  }
}

/// Bytes that have a meaning in JSON.
enum JSONByte {
  static let quote = UInt8(ascii: "\"")
  static let backslash = UInt8(ascii: "\\")

  static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
      || byte == UInt8(ascii: "\n")
  }

  /// Whether a byte may be one of a number, of `true` and the like, or of what was meant as such.
  static func isOfWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte | 0x20 &- UInt8(ascii: "a") < 26 || byte >= 0x80
      || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
      || byte == UInt8(ascii: "_")
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}
