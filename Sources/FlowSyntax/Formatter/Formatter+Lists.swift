internal import FlowText

/// Lists and braces.
extension Formatter {
  enum ListSigns {
    case parentheses, braces

    var line: LayoutCommand {
      switch self {
      case .parentheses: .softLine
      case .braces: .line
      }
    }
  }

  /// A list between signs, which are the next token and the one behind the last element: on one line, or with
  /// one element a line and a comma behind the last.
  /// - Parameter keepsBreak: whether a line break of the author's behind the opening sign breaks the list.
  mutating func writeList(
    _ signs: ListSigns, count: Int, keepsBreak: Bool, _ element: (inout Formatter, Int) -> Void
  ) {
    write()
    if count == 0 {
      switch signs {
      case .parentheses: return write()
      case .braces: return writeEmptyBraces()
      }
    }
    layout.beginGroup(isBroken: keepsBreak && isBrokenHere)
    layout.append(.indent)
    for index in 0..<count {
      startListElement(isFirst: index == 0, index == 0 ? signs.line : .line)
      element(&self, index)
      if index + 1 < count { writeComma() }
    }
    layout.append(.trailingComma)
    passComma()
    endList()
    layout.append(.dedent)
    layout.append(signs.line)
    write()
    layout.append(.endGroup)
  }

  /// A `}` behind its `{`, with the comments between them.
  mutating func writeEmptyBraces() {
    layout.append(.blank)
    if hasPendingComment {
      layout.append(.indent)
      endElements(isEmpty: true)
      layout.append(.dedent)
    }
    write()
  }

  /// Elements between commas that no signs enclose, on as few lines as they need.
  mutating func writeFilled(count: Int, _ element: (inout Formatter, Int) -> Void) {
    layout.append(.indent)
    for index in 0..<count {
      if index > 0 {
        writeComma()
        line(.fill)
      }
      element(&self, index)
    }
    layout.append(.dedent)
    passComma()
  }

  /// Elements between braces, each on a line of its own. A single one, if it is simple, stands on the line of the
  /// braces where the author has put it there and it fits.
  /// - Parameters:
  ///   - isSimple: whether there is one element without blocks of its own.
  ///   - end: of the braces; `nil` where none stand inside them.
  mutating func writeBraces(
    isSimple: Bool, end: Int? = nil, _ element: (inout Formatter) -> Void
  ) {
    write()
    if token.kind == .rightBrace { return writeEmptyBraces() }
    layout.append(.indent)
    if isSimple, !isBrokenHere, !hasComments(before: end ?? endOfBraces) {
      layout.append(.line)
      element(&self)
      layout.append(.dedent)
      layout.append(.line)
    } else {
      writeElements(element)
      layout.append(.dedent)
    }
    write()
  }

  private var endOfBraces: Int {
    var distance = 0
    while peek(distance).kind != .rightBrace, peek(distance).kind != .endOfFile { distance += 1 }
    return peek(distance).range.upper
  }

  private mutating func writeElements(_ element: (inout Formatter) -> Void) {
    var isFirst = true
    while token.kind != .rightBrace {
      startElement(isFirst: isFirst)
      element(&self)
      isFirst = false
    }
    endElements()
  }

  /// Elements with an empty line between two of which one takes several lines. Each is a group.
  mutating func writeApart<Element>(_ elements: [Element], _ write: (inout Formatter, Element) -> Void) {
    var places: [(separation: Int, group: Int)] = []
    for (index, element) in elements.enumerated() {
      let separation = startElement(isFirst: index == 0)
      places.append((separation, layout.commands.count))
      write(&self, element)
    }
    endElements(isEmpty: elements.isEmpty)
    for index in places.indices.dropFirst()
    where layout.isBroken(places[index].group) || layout.isBroken(places[index - 1].group) {
      layout.addEmptyLine(places[index].separation)
    }
  }
}
