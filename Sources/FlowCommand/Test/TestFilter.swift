internal import FlowDiagnostics
internal import FlowValues

/// Which tests run, by their names.
enum TestFilter {
  case substring(String)
  case pattern(Pattern)

  init(_ text: String) throws(CommandFailure) {
    guard text.count > 1, text.hasPrefix("/"), text.hasSuffix("/") else {
      self = .substring(text)
      return
    }
    do throws(PatternError) {
      self = .pattern(try Pattern(String(text.dropFirst().dropLast())))
    } catch {
      throw CommandFailure(
        Diagnostic(.usage, .error, "expected a pattern after `--filter`, found `\(text)`: \(error.message)"))
    }
  }

  func matches(_ name: String) -> Bool {
    switch self {
    case .substring(let text): name.contains(text)
    case .pattern(let pattern): pattern.matches(name)
    }
  }
}
