internal import FlowText

/// Communications, hand-overs and scripts: a head, and clauses that stand on its line or each on a line of its own.
extension Formatter {
  /// Clauses stand below their head where they do not fit behind it, or where the author has broken the line before
  /// the first.
  mutating func writeClauses(_ clauses: (inout Formatter) -> Void) {
    layout.beginGroup(isBroken: isBrokenHere)
    layout.append(.indent)
    clauses(&self)
    layout.append(.dedent)
    layout.append(.endGroup)
  }

  mutating func write(_ communication: CommunicationStatement) {
    write(count: 4)
    if communication.agentChannel != nil {
      write()
      write()
    }
    guard communication.hasClauses || isAt(.with) else { return }
    writeClauses { formatter in
      formatter.writeClause(communication.schedule)
      if let window = communication.window { formatter.writeClause(window) }
      if let expiry = communication.expiry { formatter.writeClause(expiry, wordCount: 2) }
      if let condition = communication.condition { formatter.writeClause(condition, wordCount: 2) }
      if formatter.isAt(.with) { formatter.writeClause(communication.payload) }
    }
  }

  /// `with { key = e, … }`
  mutating func writeClause(_ payload: EntryList) {
    line()
    write()
    layout.append(.blank)
    writeEntries(payload)
  }

  mutating func writeClause(_ schedule: Schedule) {
    switch schedule.kind {
    case .now: break
    case .in(let duration): writeClause(duration, wordCount: 1)
    case .at(let time): writeClause(time, wordCount: 1)
    case .on(let date, let time):
      line()
      layout.beginGroup()
      write()
      layout.append(.blank)
      writeExpression(date)
      if let time {
        layout.append(.indent)
        writeClause(time, wordCount: 1)
        layout.append(.dedent)
      }
      layout.append(.endGroup)
    }
  }

  private mutating func writeClause(_ window: WindowReference) {
    line()
    write()
    layout.append(.blank)
    switch window {
    case .named: write()
    case .inline(let id): write(tree[id])
    }
  }

  /// Words and an expression.
  private mutating func writeClause(_ expression: ExpressionID, wordCount: Int) {
    line()
    write(count: wordCount)
    layout.append(.blank)
    writeExpression(expression)
  }

  // MARK: Scripts

  mutating func write(_ python: PythonStatement) {
    write()
    layout.append(.blank)
    switch python.script {
    case .file: write()
    case .inline: writeRawText()
    }
    let hasClauses = !python.reads.isEmpty || !python.writes.isEmpty || python.timeout != nil
    guard hasClauses else { return }
    writeClauses { formatter in
      formatter.writeClause(python.reads)
      formatter.writeClause(python.writes)
      if let timeout = python.timeout { formatter.writeClause(timeout, wordCount: 1) }
    }
  }

  private mutating func writeClause(_ list: FieldList) {
    let fields = tree[list]
    guard !fields.isEmpty else { return }
    line()
    write()
    layout.append(.blank)
    writeFilled(count: fields.count) { formatter, index in
      formatter.writeTogether(upTo: fields[fields.startIndex + index].range.upper)
    }
  }

  /// A text between triple quotes: its lines keep their distances, and the least indented stands one level below
  /// the statement, as do the closing quotes. Lines of blanks alone stay as they are: the blanks are the value.
  private mutating func writeRawText() {
    let range = token.range
    let text = RawText(SourceRange(range.lower + 3, range.upper - 3), in: bytes)
    guard text.isOnSeveralLines else { return write() }
    writeComments()
    layout.append(text: SourceRange(range.lower, range.lower + 3), width: 3)
    layout.append(.indent)
    for line in text.lines { layout.append(.rawLine(line, isIndented: !text.isBlank)) }
    layout.append(.newline)
    layout.append(text: SourceRange(range.upper - 3, range.upper), width: 3)
    layout.append(.dedent)
    pass()
  }
}

extension CommunicationStatement {
  /// Whether anything but `with { … }` stands behind the agent.
  fileprivate var hasClauses: Bool {
    if window != nil || expiry != nil || condition != nil { return true }
    if case .now = schedule.kind { return false }
    return true
  }
}
