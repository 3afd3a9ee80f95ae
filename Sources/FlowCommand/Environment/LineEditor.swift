/// Reads what a person types at a prompt.
///
/// Keys, the drawing of the line and the recall of earlier entries are its matter; what the words mean is not.
public protocol LineEditor: AnyObject {
  /// Reads one line; a pasted block arrives whole, with its line breaks.
  ///
  /// - Parameters:
  ///   - prompt: May hold escape sequences for colours.
  ///   - complete: Asked when the person wants to know how the text before the cursor may go on.
  func read(prompt: String, complete: @escaping (String) -> LineCompletion) -> LineInput
  /// Offers an entry, which may have several lines, for recall, as the newest.
  func remember(_ entry: String)
}

/// How the text before the cursor may go on.
public struct LineCompletion: Sendable, Equatable {
  /// Where in the line, in bytes, the word begins that a candidate replaces.
  public var start: Int
  public var candidates: [String]
  /// Whether a blank may be written behind a candidate that is the only one.
  public var isWord: Bool

  public init(start: Int, candidates: [String], isWord: Bool = false) {
    self.start = start
    self.candidates = candidates
    self.isWord = isWord
  }
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
