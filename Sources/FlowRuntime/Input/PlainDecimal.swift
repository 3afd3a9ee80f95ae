import FlowSchema

/// Numbers of JSON, which may have an exponent, as the plain decimals that cells are.
enum PlainDecimal {
  /// Exponents beyond this are far outside every range; their digits are not written out.
  private static let maximumExponent = 400

  /// The plain form of a JSON number for a field of a number's type; `nil` where it is to be read as it stands.
  ///
  /// For integers a fraction of zeros is left out: programs write whole numbers as `12.0`.
  static func rewritten(_ number: UnsafeBufferPointer<UInt8>, for type: ValueType) -> [UInt8]? {
    switch type {
    case .integer, .numeric: break
    case .string, .boolean, .date, .datetime, .time, .duration, .email, .phone, .enumeration: return nil
    }
    let hasExponent = number.contains { $0 | 0x20 == UInt8(ascii: "e") }
    guard hasExponent || (type == .integer && number.contains(point)) else { return nil }
    guard let parts = Parts(number) else { return nil }
    return parts.plain()
  }

  private static let point = UInt8(ascii: ".")
  private static let zero = UInt8(ascii: "0")

  /// Digits without a point, and how many of them stand before it.
  private struct Parts {
    var isNegative = false
    var digits: [UInt8] = []
    var pointAt = 0

    /// `nil` where the exponent is out of all proportion.
    init?(_ number: UnsafeBufferPointer<UInt8>) {
      var pointAt: Int?
      var exponent = 0
      var offset = 0
      while offset < number.count {
        let byte = number[offset]
        offset += 1
        if byte == UInt8(ascii: "-") {
          isNegative = true
        } else if byte == point {
          pointAt = digits.count
        } else if byte | 0x20 == UInt8(ascii: "e") {
          let text = UnsafeBufferPointer(rebasing: number[offset...])
          guard let read = Int(String(decoding: text, as: UTF8.self)), abs(read) <= maximumExponent
          else { return nil }
          exponent = read
          break
        } else {
          digits.append(byte)
        }
      }
      self.pointAt = (pointAt ?? digits.count) + exponent
    }

    func plain() -> [UInt8] {
      var whole = Array(digits.prefix(max(pointAt, 0)))
      whole += Array(repeating: zero, count: max(pointAt - digits.count, 0))
      var fraction = Array(repeating: zero, count: max(-pointAt, 0))
      fraction += digits.dropFirst(max(pointAt, 0))
      while fraction.last == zero { fraction.removeLast() }
      while whole.count > 1, whole.first == zero { whole.removeFirst() }
      if whole.isEmpty { whole = [zero] }
      let sign = isNegative ? [UInt8(ascii: "-")] : []
      return sign + whole + (fraction.isEmpty ? [] : [point] + fraction)
    }
  }
}
