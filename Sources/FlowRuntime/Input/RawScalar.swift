/// A value as a JSON text spells it, before it is known what it is for.
public enum RawScalar: Hashable, Sendable {
  case text(String)
  /// As it is written, so that decimals stay exact.
  case number(String)
  case boolean(Bool)
  case null
}

/// The same as a view into bytes that somebody else holds.
public enum ScalarView {
  case text(UnsafeBufferPointer<UInt8>)
  case number(UnsafeBufferPointer<UInt8>)
  case boolean(Bool)
  case null

  /// A copy that owns its text; malformed bytes become U+FFFD.
  public var copied: RawScalar {
    switch self {
    case .text(let bytes): .text(String(decoding: bytes, as: UTF8.self))
    case .number(let bytes): .number(String(decoding: bytes, as: UTF8.self))
    case .boolean(let truth): .boolean(truth)
    case .null: .null
    }
  }

  /// As a report shows it.
  public var spelling: String {
    switch self {
    case .text(let bytes), .number(let bytes): String(decoding: bytes, as: UTF8.self)
    case .boolean(let truth): truth ? "true" : "false"
    case .null: "null"
    }
  }
}

/// A value with its name, as `fields` and `results` of events have them.
public struct NamedScalar: Hashable, Sendable {
  public var name: String
  public var value: RawScalar

  public init(_ name: String, _ value: RawScalar) {
    self.name = name
    self.value = value
  }
}
