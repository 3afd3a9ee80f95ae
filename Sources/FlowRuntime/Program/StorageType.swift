import FlowSchema

/// How a value is kept in a stored person.
enum StorageType: UInt8, BitwiseCopyable, Sendable {
  /// A number of any kind: `bits` alone.
  case number
  /// A datetime: milliseconds, mostly whole seconds.
  case instant
  /// A string, email or phone.
  case text

  init(_ type: ValueType) {
    switch type {
    case .string, .email, .phone: self = .text
    case .datetime: self = .instant
    case .integer, .numeric, .boolean, .date, .time, .duration, .enumeration: self = .number
    }
  }
}
