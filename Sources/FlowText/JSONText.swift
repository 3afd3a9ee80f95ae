/// Writes JSON piece by piece into bytes: members in the order in which they are written, integers exact.
///
/// The same calls give the same bytes. It keeps no tree, so what it writes can be taken out as it grows.
public struct JSONText: Sendable {
  public enum Layout: Sendable { case compact, pretty }

  /// What has been written and not yet taken.
  public private(set) var bytes: [UInt8] = []
  private let layout: Layout
  private var depth = 0
  private var place = Place.first

  /// Where the next value will stand.
  private enum Place { case first, following, afterKey }

  public init(_ layout: Layout = .compact) { self.layout = layout }

  public var string: String { String(decoding: bytes, as: UTF8.self) }

  /// Takes out what has been written so far, for streams.
  public mutating func take() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  public mutating func object(_ members: (inout JSONText) -> Void) { nest("{", "}", members) }
  public mutating func array(_ elements: (inout JSONText) -> Void) { nest("[", "]", elements) }

  /// The name of the member whose value is written next.
  public mutating func key(_ name: String) {
    separate()
    quote(name)
    bytes.append(UInt8(ascii: ":"))
    if layout == .pretty { bytes.append(UInt8(ascii: " ")) }
    place = .afterKey
  }

  public mutating func value(_ text: String) {
    separate()
    quote(text)
  }

  public mutating func value(_ number: Int) { literal(String(number)) }
  public mutating func value(_ truth: Bool) { literal(truth ? "true" : "false") }
  public mutating func null() { literal("null") }

  /// A number that has been written in JSON's form already, such as an exact decimal.
  public mutating func literal(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
  }

  /// Ends a document, for formats with one document a line.
  public mutating func endLine() {
    bytes.append(UInt8(ascii: "\n"))
    place = .first
  }

  private mutating func nest(
    _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ body: (inout JSONText) -> Void
  ) {
    separate()
    bytes.append(UInt8(ascii: open))
    depth += 1
    place = .first
    body(&self)
    depth -= 1
    if place == .following { breakLine() }
    place = .following
    bytes.append(UInt8(ascii: close))
  }

  private mutating func separate() {
    switch place {
    case .afterKey: break
    case .following where depth > 0:
      bytes.append(UInt8(ascii: ","))
      breakLine()
    case .first where depth > 0: breakLine()
    case .first, .following: break
    }
    place = .following
  }

  private mutating func breakLine() {
    guard layout == .pretty else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
  }

  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes.append(contentsOf: "\\\"".utf8)
      case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
      case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
      case UInt8(ascii: "\r"): bytes.append(contentsOf: "\\r".utf8)
      case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
      case 0..<0x20, 0x7F:
        bytes.append(contentsOf: (byte < 0x10 ? "\\u000" : "\\u00").utf8)
        bytes.append(contentsOf: String(byte, radix: 16).utf8)
      case _: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

extension JSONText {
  public mutating func member(_ name: String, _ text: String) {
    key(name)
    value(text)
  }

  public mutating func member(_ name: String, _ number: Int) {
    key(name)
    value(number)
  }

  public mutating func member(_ name: String, _ truth: Bool) {
    key(name)
    value(truth)
  }

  public mutating func object(_ name: String, _ members: (inout JSONText) -> Void) {
    key(name)
    object(members)
  }

  public mutating func array(_ name: String, _ elements: (inout JSONText) -> Void) {
    key(name)
    array(elements)
  }

  public mutating func array(_ name: String, _ texts: [String]) {
    array(name) { json in for text in texts { json.value(text) } }
  }
}
