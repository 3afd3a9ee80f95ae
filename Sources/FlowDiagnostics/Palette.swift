/// Which colours a text for a terminal gets.
public enum Palette: Sendable {
  case plain
  /// The eight colours that every terminal knows, by escape sequences.
  case ansi

  /// What a piece of text is, to choose its colour.
  enum Role: Hashable {
    case text
    case severity(Severity)
    /// The message of a diagnostic, headings.
    case emphasis
    /// Line numbers, the frame, and the labels beside the primary one.
    case frame
  }

  func paint(_ text: String, _ role: Role) -> String {
    guard let code = code(of: role), !text.isEmpty else { return text }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }

  private func code(of role: Role) -> String? {
    switch self {
    case .plain: return nil
    case .ansi: break
    }
    switch role {
    case .text: return nil
    case .severity(.error): return "1;31"
    case .severity(.warning): return "1;33"
    case .severity(.note): return "1;36"
    case .emphasis: return "1"
    case .frame: return "1;34"
    }
  }
}
