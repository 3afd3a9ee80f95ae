/// The comments at the ends of lines, and the columns they are moved to.
///
/// A comment stands two blanks behind its line. In lines that follow each other with the same indentation and a
/// comment each, all comments begin in one column, unless that would move one of them very far.
struct TrailingComments {
  /// The blanks between a line and its comment.
  static let distance = 2
  /// The most blanks that are put before a comment beyond those.
  static let maximumShift = 24

  private struct Comment {
    var line: Int
    var level: Int
    /// The cells of its line before it.
    var column: Int
    /// Where it begins in the output; the blanks are still to be put there.
    var offset: Int
  }

  private var comments: [Comment] = []

  mutating func add(line: Int, level: Int, column: Int, offset: Int) {
    comments.append(Comment(line: line, level: level, column: column, offset: offset))
  }

  /// The output with the blanks before its comments.
  func aligned(_ output: [UInt8]) -> [UInt8] {
    guard !comments.isEmpty else { return output }
    var result: [UInt8] = []
    result.reserveCapacity(output.count + comments.count * 8)
    var written = 0
    var first = 0
    while first < comments.count {
      let (end, column) = run(from: first)
      for comment in comments[first..<end] {
        result.append(contentsOf: output[written..<comment.offset])
        result.append(contentsOf: repeatElement(Byte.blank, count: column - comment.column + Self.distance))
        written = comment.offset
      }
      first = end
    }
    result.append(contentsOf: output[written...])
    return result
  }

  /// The comments from one on that stand in one column, and that column without the distance.
  private func run(from first: Int) -> (end: Int, column: Int) {
    var narrowest = comments[first].column
    var widest = narrowest
    var end = first + 1
    while end < comments.count, comments[end].line == comments[end - 1].line + 1,
      comments[end].level == comments[first].level
    {
      let column = comments[end].column
      guard max(widest, column) - min(narrowest, column) <= Self.maximumShift else { break }
      narrowest = min(narrowest, column)
      widest = max(widest, column)
      end += 1
    }
    return (end, widest)
  }
}
