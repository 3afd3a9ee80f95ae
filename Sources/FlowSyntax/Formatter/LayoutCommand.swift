internal import FlowText

/// What is to be printed, before it is known where lines break.
///
/// A group is either flat, on one line, or broken, and then all its own `line`s are line breaks. Groups inside a
/// flat one are flat.
enum LayoutCommand {
  /// A piece of the source, without line breaks.
  case text(SourceRange)
  /// A blank between two texts of one line.
  case blank
  case comma
  /// A comma behind the last element of a list whose group is broken; nothing in a flat one.
  case trailingComma
  /// A line break in a broken group, else a blank.
  case line
  /// A line break and an empty line in a broken group, else a blank.
  case apartLine
  /// A line break in a broken group, else nothing.
  case softLine
  /// A line break where what stands up to the next one does not fit, else a blank.
  case fill
  case newline
  /// A line break and an empty line.
  case emptyLine
  case beginGroup
  case endGroup
  case indent
  case dedent
  /// From its slashes to its end; nothing can follow it on its line.
  case comment(SourceRange, CommentPlace)
  /// A line of a text between triple quotes, with all its blanks, behind a line break.
  case rawLine(SourceRange, isIndented: Bool)
}

enum CommentPlace {
  /// Behind something else.
  case endOfLine
  case ownLine
}
