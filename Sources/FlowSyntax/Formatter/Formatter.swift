internal import FlowText

/// Writes the layout of a file that has no errors.
///
/// The tree says how the words belong together, and a cursor over the tokens writes each of them once, in their
/// order, with the comments that stand before it: so nothing is lost, wherever a comment stands. Only commas behind
/// the last element of a list come and go. What is laid out how stands in extensions by area.
struct Formatter {
  let tree: SyntaxTree
  let bytes: UnsafeBufferPointer<UInt8>
  var layout = Layout()
  /// The next token to write.
  private var position = 0
  /// The next comment to write.
  private var commentPosition = 0
  /// The end of the last token or comment that was written.
  private var previousEnd = 0
  /// Whether that was a comment, or nothing at all, so that a comment cannot stand behind it.
  private var isBehindComment = true
  /// A comma that was dropped behind comments, which must not become the title of what follows it.
  private var droppedComma: Int?

  init(_ tree: SyntaxTree, _ bytes: UnsafeBufferPointer<UInt8>) {
    self.tree = tree
    self.bytes = bytes
  }

  /// The next token to write.
  var token: Token { tree.tokens[position] }

  func isAt(_ keyword: Keyword) -> Bool { token.symbol == Symbol(keyword) }

  func peek(_ distance: Int = 1) -> Token { tree.tokens[min(position + distance, tree.tokens.count - 1)] }

  // MARK: Tokens

  /// Writes the next token, behind the comments that stand before it.
  mutating func write() {
    writeComments()
    let range = token.range
    layout.append(text: range, width: bytes.displayWidth(range))
    pass()
  }

  /// Moves behind the next token, which has been written in another way.
  mutating func pass() {
    previousEnd = max(previousEnd, token.range.upper)
    position += 1
    isBehindComment = false
  }

  mutating func write(count: Int) {
    for index in 0..<count {
      if index > 0 { layout.append(.blank) }
      write()
    }
  }

  /// Writes tokens up to an offset, with blanks between them.
  mutating func writeWords(upTo offset: Int) {
    write()
    while token.range.lower < offset {
      layout.append(.blank)
      write()
    }
  }

  /// Writes tokens up to an offset, with nothing between them.
  mutating func writeTogether(upTo offset: Int) {
    write()
    while token.range.lower < offset { write() }
  }

  /// A comma between two elements. It stands directly behind the first: comments between the two follow it.
  mutating func writeComma() {
    layout.append(.comma)
    pass()
  }

  /// Drops a comma behind the last element.
  mutating func passComma() {
    guard token.kind == .comma else { return }
    if hasPendingComment { droppedComma = token.range.lower }
    pass()
  }

  // MARK: Comments

  /// The comment that stands before the next token and is still to be written.
  private var pendingComment: Comment? {
    guard commentPosition < tree.comments.count else { return nil }
    let comment = tree.comments[commentPosition]
    return comment.range.lower < token.range.lower ? comment : nil
  }

  var hasPendingComment: Bool { pendingComment != nil }

  /// Whether comments that are still to be written stand before an offset.
  func hasComments(before offset: Int) -> Bool {
    commentPosition < tree.comments.count && tree.comments[commentPosition].range.lower < offset
  }

  /// Writes the comments that stand before the next token.
  mutating func writeComments() {
    while let comment = pendingComment { write(comment) }
  }

  private mutating func write(_ comment: Comment) {
    layout.append(.comment(trimmed(comment.range), standsAlone(comment) ? .ownLine : .endOfLine))
    previousEnd = max(previousEnd, comment.range.upper)
    commentPosition += 1
    isBehindComment = true
  }

  /// Whether a comment stands on a line of its own.
  private func standsAlone(_ comment: Comment) -> Bool {
    isBehindComment || lineBreaks(before: comment.range.lower) > 0
  }

  private func trimmed(_ range: SourceRange) -> SourceRange {
    var upper = range.upper
    while upper > range.lower, bytes[upper - 1] == Byte.blank || bytes[upper - 1] == Byte.tab { upper -= 1 }
    return SourceRange(range.lower, upper)
  }

  // MARK: Line breaks of the source

  /// How many line breaks the author has put between what was written last and an offset: 0, 1, or 2 for more.
  private func lineBreaks(before offset: Int) -> Int {
    var count = 0
    var index = previousEnd
    while index < offset, count < 2 {
      let isPair =
        bytes[index] == Byte.carriageReturn && index + 1 < offset && bytes[index + 1] == Byte.newline
      if Byte.isLineBreak(bytes[index]) { count += 1 }
      index += isPair ? 2 : 1
    }
    return count
  }

  /// Whether the author has broken the line before the next token.
  var isBrokenHere: Bool { hasLineBreak(previousEnd, token.range.lower) }

  /// Whether the author has broken the line between two offsets.
  func hasLineBreak(_ lower: Int, _ upper: Int) -> Bool {
    bytes[lower..<max(lower, upper)].contains(where: Byte.isLineBreak)
  }

  /// A place where the line breaks if its group is broken, or behind a comment.
  mutating func line(_ command: LayoutCommand = .line) {
    writeComments()
    layout.append(command)
  }

  /// The beginning of an element that stands on a line of its own; the comments above it and one empty line
  /// before each of them stay.
  /// - Parameter isFirst: whether nothing stands above it in its block, so that no empty line does.
  /// - Returns: the index of the command that parts it, with its comments, from what stands above.
  @discardableResult mutating func startElement(isFirst: Bool) -> Int {
    let separation = writeSeparateComments(isFirst: isFirst)
    breakLine(isFirst: isFirst && separation == nil, before: token.range.lower)
    return separation ?? layout.commands.count - 1
  }

  /// The comments behind the last element of a block.
  mutating func endElements(isEmpty: Bool = false) {
    writeSeparateComments(isFirst: isEmpty)
    layout.append(.newline)
  }

  /// Writes the comments before the next token with the empty lines before them. Returns the index of the command
  /// before the first that stands on a line of its own.
  @discardableResult private mutating func writeSeparateComments(isFirst: Bool) -> Int? {
    var separation: Int?
    while let comment = pendingComment {
      if standsAlone(comment) {
        breakLine(isFirst: isFirst && separation == nil, before: comment.range.lower)
        separation = separation ?? layout.commands.count - 1
      }
      write(comment)
    }
    return separation
  }

  private mutating func breakLine(isFirst: Bool, before offset: Int) {
    var isApart = lineBreaks(before: offset) > 1
    if let comma = droppedComma, comma < offset {
      isApart = true
      droppedComma = nil
    }
    layout.append(isApart && !isFirst ? .emptyLine : .newline)
  }

  /// The beginning of an element of a list.
  mutating func startListElement(isFirst: Bool, _ command: LayoutCommand) {
    if hasPendingComment {
      startElement(isFirst: isFirst)
    } else {
      layout.append(!isFirst && lineBreaks(before: token.range.lower) > 1 ? .apartLine : command)
    }
  }

  /// The comments behind the last element of a list.
  mutating func endList() {
    if hasPendingComment { endElements() }
  }
}
