extension Unicode.Scalar {
  /// What to show in place of a scalar that a terminal would obey, hide or use to reorder text;
  /// `nil` for all others.
  ///
  /// ASCII controls get the pictures of U+2400, everything else its number: `<U+202E>`.
  public var visibleForm: String? {
    switch value {
    case 0..<0x20: return Unicode.Scalar(0x2400 + value).map { String($0) }
    case 0x7F: return "\u{2421}"
    // C1 controls; the soft hyphen; the marks that turn the direction of writing; separators that break
    // a line; characters without a width that look like nothing at all.
    case 0x80...0x9F, 0xAD, 0x61C, 0x180E, 0x200B, 0x200E...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
      0xFFF9...0xFFFB, 0xE0001:
      let digits = String(value, radix: 16, uppercase: true)
      return "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
    case _: return nil
    }
  }
}

extension StringProtocol {
  /// The text as it may be sent to a terminal: one line, without anything that controls it.
  public var terminalSafe: String {
    guard unicodeScalars.contains(where: { $0.visibleForm != nil }) else { return String(self) }
    var result = ""
    for scalar in unicodeScalars {
      if let form = scalar.visibleForm { result += form } else { result.unicodeScalars.append(scalar) }
    }
    return result
  }
}
