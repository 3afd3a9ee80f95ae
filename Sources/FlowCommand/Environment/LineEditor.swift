/// Reads what a person types at a prompt.
///
/// Keys, the drawing of the line and the recall of earlier entries are its matter; what the words mean is not.
public protocol LineEditor: AnyObject {
  /// Reads one line; a pasted block arrives whole, with its line breaks.
  ///
  /// - Parameters:
  ///   - prompt: May hold escape sequences for colours.
  ///   - complete: Asked when the person wants to know how the text before the cursor may go on.
  func read(prompt: String, complete: @escaping (String) -> [String]) -> LineInput
  /// Offers an entry, which may have several lines, for recall, as the newest.
  func remember(_ entry: String)
}

/// What came of reading a line.
public enum LineInput: Sendable, Equatable {
  /// Without the line break at its end.
  case line(String)
  /// Ctrl-C: what was typed is dropped.
  case interrupted
  /// Ctrl-D on an empty line, or the end of the input.
  case end
}
