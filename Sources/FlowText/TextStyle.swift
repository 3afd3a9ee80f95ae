/// Bold and pale text where there is a terminal to show it.
public enum TextStyle: Sendable {
  case plain, terminal

  public func bold(_ text: String) -> String { painted(text, "1") }
  public func pale(_ text: String) -> String { painted(text, "2") }

  private func painted(_ text: String, _ code: String) -> String {
    switch self {
    case .plain: text
    case .terminal: text.isEmpty ? text : "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
  }
}
