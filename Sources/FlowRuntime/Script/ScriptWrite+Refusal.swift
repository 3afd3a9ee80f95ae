import FlowValues

extension ScriptWrite {
  /// Why a value that a script wrote is none of the field's, in words; `nil` where it is one.
  public func refusal(of value: ScriptValue) -> String? {
    guard !accepts(value) else { return nil }
    let found: String
    switch value {
    case .text(let text) where text.utf8.count > EngineLimits.textBytes:
      found = "a text of \(text.utf8.count) bytes"
    case .text(let text): found = "\"\(text.prefix(100))\""
    case .unset, .integer, .numeric, .boolean, .date, .datetime: found = value.description
    }
    return "expected \(expectation) for `\(keys.last ?? "")`, found \(found)"
  }

  private func accepts(_ value: ScriptValue) -> Bool {
    switch (value, type) {
    case (.unset, _), (.integer, .integer), (.numeric, .numeric), (.boolean, .boolean), (.date, .date),
      (.datetime, .datetime):
      true
    case (.integer(let number), .numeric): Numeric(number) != nil
    case (.text(let text), .text): accepts(text)
    case (.text, _), (.integer, _), (.numeric, _), (.boolean, _), (.date, _), (.datetime, _): false
    }
  }

  private func accepts(_ text: String) -> Bool {
    guard text.utf8.count <= EngineLimits.textBytes else { return false }
    var normal: [UInt8] = []
    return switch form {
    case .any: true
    case .email: Array(text.utf8).withUnsafeBufferPointer { Email.appendNormalForm($0, to: &normal) }
    case .phone: Array(text.utf8).withUnsafeBufferPointer { Phone.appendNormalForm($0, to: &normal) }
    case .oneOf(let cases): cases.contains { $0.utf8.elementsEqual(text.utf8) }
    }
  }

  private var expectation: String {
    switch type {
    case .text: form.expectation
    case .integer: "an integer of 64 bits"
    case .numeric: "a number within ±10^12"
    case .boolean: "True or False"
    case .date: "a date"
    case .datetime: "a datetime"
    }
  }
}

extension ScriptForm {
  fileprivate var expectation: String {
    switch self {
    case .any: "a text of at most \(EngineLimits.textBytes) bytes"
    case .email: "an email address"
    case .phone: "a phone number"
    case .oneOf(let cases): "one of " + cases.map { "`\($0)`" }.joined(separator: ", ")
    }
  }
}
