internal import FlowText

/// Statements and the blocks they stand in.
extension Formatter {
  /// Statements between braces.
  mutating func write(_ block: Block) {
    var statements = tree[block.statements]
    writeBraces(isSimple: isSimple(block), end: block.range.upper) { formatter in
      if let statement = statements.popFirst() { formatter.write(statement) }
    }
  }

  /// Whether a block can stand on one line: one statement without blocks of its own.
  private func isSimple(_ block: Block) -> Bool {
    let statements = tree[block.statements]
    guard statements.count == 1, let statement = statements.first else { return false }
    switch tree[statement].kind {
    case .check, .chance: return false
    case .scenario(let scenario): return !tree[scenario].hasBlock
    case .communication, .cancelCommunications, .update, .handOver, .cancelHandOvers, .python, .stop, .go,
      .progress, .end:
      return true
    }
  }

  private mutating func write(_ statement: StatementID) {
    layout.beginGroup()
    switch tree[statement].kind {
    case .check, .chance: writeBranches(statement)
    case .communication(let communication): write(tree[communication])
    case .cancelCommunications(let plannedOnly, let names):
      write(count: plannedOnly ? 3 : 2)
      if !names.isEmpty {
        layout.append(.blank)
        writeFilled(count: names.count) { formatter, _ in formatter.write() }
      }
    case .update(let assignments): writeUpdate(assignments)
    case .handOver(_, let schedule):
      write(count: 3)
      writeClauses { $0.writeClause(schedule) }
    case .cancelHandOvers: write(count: 3)
    case .python(let python): write(tree[python])
    case .stop: write()
    case .go: write(count: 2)
    case .progress(_, let delay):
      write(count: 2)
      write(delay)
    case .end(_, let results, let delay):
      write(count: 2)
      if token.kind == .leftBrace {
        layout.append(.blank)
        writeEntries(results)
      }
      write(delay)
    case .scenario(let scenario): write(tree[scenario])
    }
    layout.append(.endGroup)
  }

  /// `check c { … } else check d { … } else { … }`, likewise `chance`: on one line or none of its blocks is.
  private mutating func writeBranches(_ statement: StatementID) {
    let isCompact = isCompact(statement)
    var next: StatementID? = statement
    while let branch = next {
      next = nil
      let otherwise = writeBranch(branch, isCompact)
      switch otherwise {
      case .none: break
      case .statement(let following):
        writeElse()
        next = following
      case .block(let block):
        writeElse()
        write(block, isCompact)
      }
    }
  }

  private mutating func writeElse() {
    layout.append(.blank)
    write()
    layout.append(.blank)
  }

  private mutating func writeBranch(_ statement: StatementID, _ isCompact: Bool) -> ElseBranch {
    switch tree[statement].kind {
    case .check(let condition, let match, let otherwise):
      write()
      layout.append(.blank)
      writeCondition(condition)
      write(match, isCompact)
      return otherwise
    case .chance(_, let match, let otherwise):
      write()
      layout.append(.blank)
      write()
      write()
      layout.append(.blank)
      write(match, isCompact)
      return otherwise
    case .communication, .cancelCommunications, .update, .handOver, .cancelHandOvers, .python, .stop, .go,
      .progress, .end, .scenario:
      write(statement)
      return .none
    }
  }

  private mutating func write(_ block: Block, _ isCompact: Bool) {
    var statements = tree[block.statements]
    writeBraces(isSimple: isCompact, end: block.range.upper) { formatter in
      if let statement = statements.popFirst() { formatter.write(statement) }
    }
  }

  /// Whether all blocks of a chain are simple or empty, and the author has broken none of them.
  private func isCompact(_ statement: StatementID) -> Bool {
    if hasComments(before: tree[statement].range.upper) { return false }
    var next: StatementID? = statement
    while let branch = next {
      next = nil
      let (match, otherwise) = branches(branch)
      if let match, !isCompact(match) { return false }
      switch otherwise {
      case .none: break
      case .block(let block): if !isCompact(block) { return false }
      case .statement(let following): next = following
      }
    }
    return true
  }

  private func branches(_ statement: StatementID) -> (Block?, ElseBranch) {
    switch tree[statement].kind {
    case .check(_, let match, let otherwise), .chance(_, let match, let otherwise): (match, otherwise)
    case .communication, .cancelCommunications, .update, .handOver, .cancelHandOvers, .python, .stop, .go,
      .progress, .end, .scenario:
      (nil, .none)
    }
  }

  private func isCompact(_ block: Block) -> Bool {
    guard let first = tree[block.statements].first else { return true }
    return isSimple(block) && !hasLineBreak(block.range.lower, tree[first].range.lower)
  }

  // MARK: Actions

  private mutating func writeUpdate(_ list: AssignmentList) {
    write()
    layout.append(.blank)
    let assignments = tree[list]
    layout.beginGroup(isBroken: isSecondBroken(assignments))
    // Several stand below each other; one alone is as if it began the line.
    if assignments.count > 1 { layout.append(.indent) }
    for (index, assignment) in assignments.enumerated() {
      if index > 0 {
        writeComma()
        line()
      }
      writeTogether(upTo: assignment.target.range.upper)
      writeValue(assignment.value)
    }
    if assignments.count > 1 { layout.append(.dedent) }
    layout.append(.endGroup)
    passComma()
  }

  /// Whether the author has broken the line behind the first assignment.
  private func isSecondBroken(_ assignments: ArraySlice<Assignment>) -> Bool {
    guard assignments.count > 1, let first = assignments.first else { return false }
    let second = assignments[assignments.startIndex + 1]
    return hasLineBreak(tree[first.value].range.upper, second.target.range.lower)
  }

  /// `= e`, behind what gets the value.
  mutating func writeValue(_ value: ExpressionID) {
    layout.append(.blank)
    write()
    layout.append(.blank)
    writeExpression(value)
  }

  /// `{ key = e, … }`
  mutating func writeEntries(_ list: EntryList) {
    let entries = tree[list]
    writeList(.braces, count: entries.count, keepsBreak: true) { formatter, index in
      formatter.write()
      formatter.writeValue(entries[entries.startIndex + index].value)
    }
  }

  /// `after D..D`
  private mutating func write(_ delay: Delay) {
    layout.append(.blank)
    write()
    layout.append(.blank)
    writeExpression(delay.lower)
    if let upper = delay.upper {
      write()
      writeExpression(upper)
    }
  }
}
