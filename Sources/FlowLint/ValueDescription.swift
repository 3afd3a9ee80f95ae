internal import FlowAnalysis
internal import FlowCheck
internal import FlowSchema
internal import FlowValues

/// What is known of a value, for people.
extension LintContext {
  /// `new`, `3 or more`, `unset`; `nil` where it says nothing.
  func description(_ value: ValueSet, _ type: ValueType) -> String? {
    var parts: [String] = []
    switch value.content {
    case .nothing: break
    case .cases(let bits):
      if type == .boolean {
        parts += truths(UInt8(truncatingIfNeeded: bits & 0b11))
      } else {
        guard case .enumeration = type else { return nil }
        let cases = analysis.numbers.cases(value)
        guard cases.count <= 8 else { return nil }
        parts += cases.map { campaign.schema[$0] }
      }
    case .range(let low, let high):
      guard let range = range(low, high, type) else { return nil }
      parts.append(range)
    case .anything: return nil
    }
    if value.canBeUnset { parts.append("unset") }
    return parts.isEmpty ? nil : Self.list(parts)
  }

  private func truths(_ bits: UInt8) -> [String] {
    (bits & 0b10 != 0 ? ["true"] : []) + (bits & 0b01 != 0 ? ["false"] : [])
  }

  private func range(_ low: Int64, _ high: Int64, _ type: ValueType) -> String? {
    func text(_ value: Int64) -> String? {
      switch type {
      case .integer: return String(value)
      case .numeric: return Numeric(millionths: value).map { "\($0)" }
      case .date: return CivilDate(dayNumber: value).map(\.description)
      case .datetime: return Instant(milliseconds: value).map(\.description)
      case .string, .boolean, .time, .duration, .email, .phone, .enumeration: return nil
      }
    }
    switch (low == .min, high == .max) {
    case (true, true): return nil
    case (true, false):
      return isBelow(high, type)
        ? text(high + 1).map { "less than \($0)" } : text(high).map { "at most \($0)" }
    case (false, true):
      return isBelow(-low, type)
        ? text(low - 1).map { "more than \($0)" } : text(low).map { "at least \($0)" }
    case (false, false):
      guard let first = text(low), let last = text(high) else { return nil }
      return low == high ? first : "\(first) to \(last)"
    }
  }

  /// Whether a bound is the last number before a rounder one, as it is of `< 2`.
  private func isBelow(_ bound: Int64, _ type: ValueType) -> Bool {
    type == .numeric && bound % 10 != 0 && (bound &+ 1) % 10 == 0
  }

  /// `a`, `a or b`, `a, b or c`.
  static func list(_ parts: [String], _ word: String = "or") -> String {
    guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
    return parts.dropLast().joined(separator: ", ") + " \(word) \(last)"
  }
}
