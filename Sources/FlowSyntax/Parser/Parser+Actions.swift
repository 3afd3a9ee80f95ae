internal import FlowDiagnostics
internal import FlowText

/// Actions other than communications (language 4.3).
extension Parser {
  mutating func parseCancel() -> Statement.Kind? {
    advance()
    if accept(.flow) { return parseName(.flow).map { .cancelHandOvers(flow: $0) } }
    let plannedOnly = accept(.planned)
    if !accept(.communications) {
      if isAt(.communication) {
        acceptMisspelled(.communications, .expectedToken)
      } else if let meant = misspelling(of: [.planned, .communications]) {
        acceptMisspelled(meant, .expectedToken)
        if meant == .planned { expectWord(.communications) }
      } else if token.kind == .identifier, isCapitals(token.range) {
        reportMissing("`communications`", insertion: "communications")
      } else {
        fail(
          .expectedToken,
          plannedOnly ? "`communications`" : "`communications`, `planned communications` or `flow`")
        return nil
      }
    }
    return .cancelCommunications(plannedOnly: plannedOnly, names: parseCommunicationNames())
  }

  /// Names in capitals; anything else is the next statement.
  private mutating func parseCommunicationNames() -> NameList {
    let first = tree.nameLists.count
    while isCommunicationName, hasRoom(tree.nameLists.count - first) {
      if let name = parseDeclaredName(.communication) { tree.nameLists.append(name) }
      if accept(.comma) { continue }
      guard token.kind == .identifier, isCapitals(token.range) else { break }
      reportUnexpected(
        .expectedToken, "`,`",
        fixes: [Fix("insert `,`", .safe, [Edit(tree.span(SourceRange(at: previousEnd)), ",")])])
    }
    return NameList(start: first, count: tree.nameLists.count - first)
  }

  /// Whether a communication's name stands here, or a word on the same line that can be nothing else.
  private var isCommunicationName: Bool {
    guard token.kind == .identifier else { return false }
    if isCapitals(token.range) { return true }
    return token.symbol.keyword == nil && !isFirstOnLine(position) && peek().kind != .leftBrace
  }

  mutating func parseUpdate(hasWord: Bool = true) -> Statement.Kind? {
    if hasWord { advance() }
    readsAssignments = true
    defer { readsAssignments = false }
    var assignments: [Assignment] = []
    while !failed, hasRoom(assignments.count), let target = parseQualified() {
      parseAssignmentSign()
      if failed { break }
      assignments.append(Assignment(target, parseExpression()))
      if failed || !acceptAssignmentSeparator() { break }
    }
    let list = AssignmentList(start: tree.assignmentLists.count, count: assignments.count)
    tree.assignmentLists.append(contentsOf: assignments)
    return .update(list)
  }

  /// Whether another assignment follows. A comma behind the last is fine.
  private mutating func acceptAssignmentSeparator() -> Bool {
    let hasComma = accept(.comma)
    guard token.kind == .identifier else { return false }
    if hasComma { return peek().kind == .dot || peek().kind == .equal || peek().kind == .equalEqual }
    guard peek().kind == .dot, peek(2).kind == .identifier, peek(3).kind == .equal else { return false }
    reportUnexpected(
      .expectedToken, "`,`",
      fixes: [Fix("insert `,`", .safe, [Edit(tree.span(SourceRange(at: previousEnd)), ",")])])
    return true
  }

  /// `=`, or what was meant by it.
  mutating func parseAssignmentSign() {
    if accept(.equal) { return }
    if token.kind == .equalEqual || token.kind == .colon {
      if !isEcho {
        report(
          .wrongEquals, "expected `=`, found \(found)", at: token.range,
          fixes: [replacement(token.range, by: "=", .safe)])
      }
      return advance()
    }
    let isCompound = peek().kind == .equal && peek().range.lower == token.range.upper
    fail(
      isCompound ? .foreignSpelling : .expectedToken, "`=`",
      help: isCompound ? ["write the whole new value: `participant.attempts = participant.attempts + 1`"] : []
    )
  }

  /// `participant.f`
  private mutating func parseQualified() -> QualifiedName? {
    let help = ["the field is written with its level: `participant.status` or `profile.status`"]
    guard token.kind == .identifier, !startsElsewhere else {
      fail(.expectedName, "a field like `participant.status`")
      return nil
    }
    let level = name(at: token)
    advance()
    guard token.kind == .dot else {
      if level.symbol == Symbol(.participant) || level.symbol == Symbol(.profile) {
        fail(.expectedToken, "`.` and a field after `\(text(level.range))`")
      } else if !isEcho {
        report(
          .expectedToken,
          "expected a field like `participant.\(text(level.range))`, found `\(text(level.range))`",
          at: level.range, help: help)
      }
      failed = true
      return nil
    }
    advance()
    guard let field = parseName(.field) else { return nil }
    return QualifiedName(level, field)
  }

  mutating func parseHandOver(hasWord: Bool = true) -> Statement.Kind? {
    if hasWord { advance() }
    expectWord(.flow)
    guard let name = parseName(.flow) else { return nil }
    let schedule = parseSchedule()
    if !failed, isScheduleStart, !isTriggerStart {
      report(
        .duplicateClause, "expected one schedule, found another", at: token.range,
        secondary: [label(schedule.range, "the first one")])
      _ = parseSchedule()
    }
    return .handOver(flow: name, schedule: schedule)
  }

  // MARK: Python

  mutating func parsePython() -> Statement.Kind? {
    advance()
    let script = token
    guard script.kind == .stringLiteral || script.kind == .rawStringLiteral else {
      fail(.expectedToken, "the path of a script in quotes, or the script between triple quotes")
      return nil
    }
    let text = addText(textValue(script))
    advance()
    var statement = PythonStatement(
      script: script.kind == .stringLiteral ? .file(text) : .inline(text), scriptRange: script.range,
      reads: .empty, writes: .empty)
    parsePythonClauses(&statement)
    tree.pythonScripts.append(statement)
    return .python(PythonID(tree.pythonScripts.count - 1))
  }

  private mutating func parsePythonClauses(_ statement: inout PythonStatement) {
    var slots = ClauseSlots()
    while !failed {
      let start = token.range.lower
      if accept(.reads) {
        statement.reads = parseFieldNames()
        take(0, "`reads`", range(from: start), &slots)
      } else if accept(.writes) {
        statement.writes = parseFieldNames()
        take(1, "`writes`", range(from: start), &slots)
      } else if accept(.timeout) {
        statement.timeout = parseExpression()
        take(2, "`timeout`", range(from: start), &slots)
      } else if !isStatementStart, let meant = misspelling(of: [.reads, .writes, .timeout]) {
        acceptMisspelled(meant, .expectedToken)
        if meant == .timeout { statement.timeout = parseExpression() } else { _ = parseFieldNames() }
      } else {
        break
      }
    }
    if !failed { reportOrder(slots, "`reads`, `writes`, `timeout`") }
  }

  private mutating func parseFieldNames() -> FieldList {
    let first = tree.fieldLists.count
    repeat {
      guard hasRoom(tree.fieldLists.count - first), let field = parseQualified() else { break }
      tree.fieldLists.append(field)
    } while accept(.comma) && token.kind == .identifier && peek().kind == .dot
    return FieldList(start: first, count: tree.fieldLists.count - first)
  }
}
