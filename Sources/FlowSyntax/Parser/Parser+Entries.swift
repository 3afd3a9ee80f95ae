internal import FlowDiagnostics
internal import FlowText

/// Values under keys, between braces (language 4.3, 6, 7).
extension Parser {
  /// `{ key = e, … }`
  mutating func parseEntries() -> EntryList {
    var entries: [Entry] = []
    parseBracedAssignments { parser in
      guard let key = parser.parseEntryKey() else { return false }
      parser.parseAssignmentSign()
      if parser.failed { return false }
      entries.append(Entry(key, parser.parseExpression()))
      return true
    }
    let list = EntryList(start: tree.entryLists.count, count: entries.count)
    tree.entryLists.append(contentsOf: entries)
    return list
  }

  /// `{ key = e, level.key = e, … }`
  mutating func parseCells() -> CellList {
    var cells: [UploadCell] = []
    parseBracedAssignments { parser in
      guard var key = parser.parseEntryKey() else { return false }
      var level: Name?
      if parser.accept(.dot) {
        guard let field = parser.parseName(.field) else { return false }
        (level, key) = (key, field)
      }
      parser.parseAssignmentSign()
      if parser.failed { return false }
      cells.append(UploadCell(level: level, field: key, value: parser.parseExpression()))
      return true
    }
    let list = CellList(start: tree.cellLists.count, count: cells.count)
    tree.cellLists.append(contentsOf: cells)
    return list
  }

  /// Assignments between braces; the closure reads one and says whether it could.
  private mutating func parseBracedAssignments(_ assignment: (inout Parser) -> Bool) {
    let open = token.range
    if !accept(.leftBrace) {
      let isEnd = token.kind == .rightBrace && !isFirstOnLine(position)
      guard isEnd || startsAssignment(0) else { return fail(.expectedToken, "`{`") }
      reportMissing("`{`", insertion: "{")
    }
    let isOutermost = !readsAssignments
    readsAssignments = true
    var count = 0
    while !failed, token.kind != .rightBrace, hasRoom(count), !startsElsewhere {
      if isAt(.after), peek().kind == .durationLiteral { break }
      if !assignment(&self) || failed {
        guard recoverToAssignment() else { break }
        continue
      }
      count += 1
      guard acceptSeparator(before: .rightBrace, isElement: { $0.startsAssignment(0) }) || acceptNextLine()
      else { break }
    }
    if isOutermost { readsAssignments = false }
    closeEntries(open)
  }

  /// After a failed assignment: moves behind the next comma that has another behind it, so that one mistake does not
  /// take the rest with it. Whether there is one.
  private mutating func recoverToAssignment() -> Bool {
    while token.kind != .endOfFile, token.kind != .rightBrace, token.kind != .leftBrace, !startsElsewhere {
      if token.kind == .comma, startsAssignment(1) {
        advance()
        failed = false
        return true
      }
      advance()
    }
    return false
  }

  /// Another assignment on the next line, without the comma before it.
  private mutating func acceptNextLine() -> Bool {
    guard !failed, startsAssignment(0) else { return false }
    reportUnexpected(.expectedToken, "`,`", fixes: [commaFix])
    return true
  }

  private mutating func closeEntries(_ open: SourceRange) {
    if failed { recoverInBraces() }
    if token.kind == .rightBrace {
      failed = false
      advance()
      if token.kind == .rightBrace, isNext(.after) {
        report(
          .unmatchedBrace, "expected `after`, found another `}`", at: token.range,
          fixes: [replacement(token.range, by: "", .unsafe)])
        advance()
      }
    } else if !failed, startsElsewhere || isAt(.after) || token.kind == .endOfFile {
      reportUnexpected(.unclosedBrace, "`}`", secondary: [label(open, "this `{` is not closed")])
    } else if !failed {
      fail(.expectedToken, "`,` or `}`", secondary: [label(open, "to close this `{`")])
      recoverInBraces()
      if accept(.rightBrace) { failed = false }
    }
  }

  private mutating func parseEntryKey() -> Name? {
    guard token.kind == .identifier else {
      fail(.expectedName, "a name like in `{ amount = 120 }`")
      return nil
    }
    let key = name(at: token)
    advance()
    return key
  }
}
