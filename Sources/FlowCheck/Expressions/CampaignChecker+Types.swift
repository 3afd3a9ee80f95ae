internal import FlowSchema
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// Which types go together (language 5).
extension CampaignChecker {
  /// Whether a value of one type may be put where another is wanted.
  func isAssignable(_ found: ValueType, to wanted: ValueType) -> Bool {
    if found == wanted { return true }
    switch (found, wanted) {
    case (.integer, .numeric): return true
    case (.enumeration(let a), .enumeration(let b)): return isSubset(a, of: b)
    default: return false
    }
  }

  /// Whether two values can be equal. A date compares with a datetime by its day (semantics T5).
  func isComparable(_ a: ValueType, _ b: ValueType) -> Bool {
    if a == b { return true }
    switch (a, b) {
    case (.integer, .numeric), (.numeric, .integer), (.date, .datetime), (.datetime, .date): return true
    case (.enumeration(let a), .enumeration(let b)): return shareCase(a, b)
    default: return isText(a) && isText(b)
    }
  }

  func isOrdered(_ type: ValueType) -> Bool {
    switch type {
    case .integer, .numeric, .date, .datetime, .time, .duration, .string: true
    case .boolean, .email, .phone, .enumeration: false
    }
  }

  func isText(_ type: ValueType) -> Bool { type == .string || type == .email || type == .phone }

  func isNumber(_ type: ValueType) -> Bool { type == .integer || type == .numeric }

  /// The type of a value that is one of two; `nil` where there is none.
  mutating func joined(_ a: ValueType, _ b: ValueType) -> ValueType? {
    if a == b { return a }
    switch (a, b) {
    case (.integer, .numeric), (.numeric, .integer): return .numeric
    case (.enumeration(let a), .enumeration(let b)): return .enumeration(union(a, b))
    default: return nil
    }
  }

  /// A text as an email or phone is kept (semantics D3); `nil` where it is none, and for other types.
  func normalForm(_ text: String, _ type: ValueType) -> String? {
    var text = text
    var bytes: [UInt8] = []
    let isRight = text.withUTF8 { utf8 in
      switch type {
      case .email: Email.appendNormalForm(utf8, to: &bytes)
      case .phone: Phone.appendNormalForm(utf8, to: &bytes)
      case .string, .integer, .numeric, .boolean, .date, .datetime, .time, .duration, .enumeration: false
      }
    }
    return isRight ? String(decoding: bytes, as: UTF8.self) : nil
  }
}
