/// One value at run time: sixteen trivial bytes whose type is known to whoever holds it.
///
/// | type | `bits` | `extra` |
/// |---|---|---|
/// | integer | the number | |
/// | numeric | millionths | |
/// | boolean | 0 or 1 | |
/// | date | day number | |
/// | datetime | milliseconds, UTC; with `tag == .local`, day number × 86 400 000 + milliseconds of day | |
/// | time | milliseconds of the day | |
/// | duration | milliseconds | calendar days |
/// | enumeration | the case's number in the deployment | |
/// | string, email, phone | offset in a text space | length in bytes |
///
/// A text offset below zero lies in the program's constants (`~offset`), any other in the text of whoever
/// holds the value: a person's workspace or a row batch.
@frozen public struct Value: Sendable {
  @frozen public enum Tag: UInt8, Sendable {
    case unset
    case set
    /// A datetime of an upload that waits for the person's effective zone (semantics D3).
    case local
  }

  public var bits: Int64
  public var extra: Int32
  public var tag: Tag

  @inlinable public init(bits: Int64, extra: Int32 = 0, tag: Tag = .set) {
    self.bits = bits
    self.extra = extra
    self.tag = tag
  }

  @inlinable public init(_ truth: Bool) { self.init(bits: truth ? 1 : 0) }

  public static let unset = Value(bits: 0, tag: .unset)

  @inlinable public var isSet: Bool { tag != .unset }
  @inlinable public var isTrue: Bool { tag == .set && bits == 1 }
  @inlinable public var isFalse: Bool { tag == .set && bits == 0 }
}
