internal import FlowDiagnostics
internal import FlowText

/// The clauses of a communication in their one order.
private enum Clause: Int {
  case by, schedule, within, expires, only, with

  var description: String {
    switch self {
    case .by: "`by`"
    case .schedule: "the schedule"
    case .within: "`within`"
    case .expires: "`expires in`"
    case .only: "`only if`"
    case .with: "`with`"
    }
  }

  init?(_ keyword: Keyword) {
    switch keyword {
    case .by: self = .by
    case .on, .at, .in: self = .schedule
    case .within: self = .within
    case .expires: self = .expires
    case .only: self = .only
    case .with: self = .with
    default: return nil
    }
  }

  static let order = "`by`, the schedule, `within`, `expires in`, `only if`, `with`"
  static let words: [Keyword] = [.by, .within, .expires, .only, .with]
}

/// Communications, schedules and windows (language 4.3).
extension Parser {
  mutating func parseCommunication() -> Statement.Kind? {
    let word = token.range
    let channel =
      channelKind ?? misspelling(of: [.email, .telegram, .voice, .whatsapp]).flatMap(ChannelKind.init)
    advance()
    guard let channel, let name = parseCommunicationName() else { return nil }
    var statement = CommunicationStatement(
      channel: channel, channelRange: word, name: name, agent: missingName(), schedule: noSchedule(),
      payload: .empty)
    parseMissingBy(&statement)
    if !failed { parseClauses(&statement) }
    tree.communications.append(statement)
    return .communication(CommunicationID(tree.communications.count - 1))
  }

  private mutating func parseCommunicationName() -> Name? {
    // A clause in the name's place: the name is missing, and the clause is right.
    if let keyword, Clause(keyword) != nil, peek().kind == .identifier, !isNext(.by) {
      reportUnexpected(.expectedName, NameRole.communication.description)
      return missingName()
    }
    return parseDeclaredName(.communication)
  }

  func noSchedule() -> Schedule { Schedule(.now, SourceRange(at: previousEnd)) }

  /// `email NAME collector`: the agent without its word.
  private mutating func parseMissingBy(_ statement: inout CommunicationStatement) {
    guard token.kind == .identifier, token.symbol.keyword == nil, !isFirstOnLine(position),
      misspelling(of: Clause.words) == nil
    else { return }
    reportMissing("`by`", insertion: "by")
    parseAgent(&statement)
  }

  private mutating func parseClauses(_ statement: inout CommunicationStatement) {
    var slots = ClauseSlots()
    var isBehindExpression = false
    while !failed, let clause = nextClause() {
      let start = token.range.lower
      if clause == .schedule, isBehindExpression { slots.isFixable = false }
      parse(clause, &statement)
      if failed { break }
      take(clause.rawValue, clause.description, range(from: start), &slots)
      isBehindExpression = isBehindExpression || clause == .expires || clause == .only
    }
    if failed { return }
    if statement.agent.isMissing, !slots.slots.contains(where: { $0.rank == 0 }) {
      reportMissingAgent(statement.name)
    }
    if slots.isFixable { return reportOrder(slots, Clause.order) }
    guard let misplaced = slots.firstOutOfOrder else { return }
    report(
      .clauseOrder,
      "expected the order \(Clause.order), found `\(excerpt(misplaced.range))` after a later part",
      at: misplaced.range,
      help: [
        "after an expression `in` is the operator, so the schedule stands before `expires in` and `only if`"
      ])
  }

  private mutating func reportMissingAgent(_ name: Name) {
    guard reportedPosition != position else { return }
    report(
      .expectedToken, "expected `by` and an agent after `\(text(name.range))`", at: name.range,
      help: ["every communication names who holds it: `\(text(name.range)) by collector`"])
  }

  /// The clause that begins here, if one does.
  private mutating func nextClause() -> Clause? {
    guard token.kind == .identifier else { return nil }
    if let keyword = token.symbol.keyword {
      if let clause = Clause(keyword) { return isTriggerStart ? nil : clause }
      return keyword == .if ? nextConditionWithoutOnly() : nil
    }
    guard peek().kind != .dot, var meant = misspelling(of: Clause.words + statementWords),
      Clause.words.contains(meant)
    else { return nil }
    // Of two words as near, what follows decides.
    if meant == .with, peek().kind != .leftBrace { meant = .within }
    reportUnexpected(
      .expectedToken, "`\(meant.spelling)`", fixes: [replacement(token.range, by: meant.spelling, .unsafe)],
      label: "did you mean `\(meant.spelling)`?")
    return Clause(meant)
  }

  /// `if c` where `only if c` is meant.
  private mutating func nextConditionWithoutOnly() -> Clause? {
    guard !isFirstOnLine(position) || !lineEndsInBrace else { return nil }
    reportUnexpected(
      .expectedToken, "`only if`", fixes: [replacement(token.range, by: "only if", .safe)])
    return .only
  }

  /// Whether the present line has a `{` that begins a block.
  private var lineEndsInBrace: Bool {
    var index = position + 1
    while index < tokens.count - 1, !isFirstOnLine(index) {
      if tokens[index].kind == .leftBrace { return tokens[index - 1].symbol != Symbol(.with) }
      index += 1
    }
    return false
  }

  private mutating func parse(_ clause: Clause, _ statement: inout CommunicationStatement) {
    switch clause {
    case .by:
      advance()
      parseAgent(&statement)
    case .schedule:
      let schedule = parseSchedule()
      if case .now = statement.schedule.kind { statement.schedule = schedule }
    case .within:
      advance()
      let window = parseWindowReference()
      statement.window = statement.window ?? window
    case .expires:
      advance()
      expectWord(.in)
      let expiry = parseExpression()
      statement.expiry = statement.expiry ?? expiry
    case .only:
      if !isAt(.if) { advance() }
      expectWord(.if)
      let condition = parseExpression()
      statement.condition = statement.condition ?? condition
    case .with:
      advance()
      let payload = parseEntries()
      if statement.payload.isEmpty { statement.payload = payload }
    }
  }

  /// `collector` or `collector.madrid_line`
  private mutating func parseAgent(_ statement: inout CommunicationStatement) {
    if let keyword, Clause(keyword) != nil, peek().kind != .dot, !isAgentName {
      return fail(.expectedName, "an agent's name after `by`")
    }
    guard let agent = parseName(.agent) else { return }
    var channel: Name?
    if accept(.dot) { channel = parseName(.channel) }
    guard statement.agent.isMissing else { return }
    statement.agent = agent
    statement.agentChannel = channel
  }

  /// Whether the word here, which could begin a clause, is followed by a clause or nothing of one.
  private var isAgentName: Bool {
    let next = peek()
    guard next.kind == .identifier else { return next.kind == .rightBrace }
    guard let keyword = next.symbol.keyword else { return false }
    return Clause(keyword) != nil || statementWords.contains(keyword)
  }

  private mutating func parseWindowReference() -> WindowReference? {
    if token.kind == .identifier, weekday == nil, !isClauseStart {
      return parseName(.window).map(WindowReference.named)
    }
    guard isWindowStart else {
      fail(.expectedToken, "a window's name, hours like `09:00..20:00` or days like `mon..fri`")
      return nil
    }
    guard let window = parseWindow() else { return nil }
    tree.windows.append(window)
    return .inline(WindowID(tree.windows.count - 1))
  }

  // MARK: Schedules

  var isScheduleStart: Bool { isAt(.in) || isAt(.at) || isAt(.on) }

  /// A schedule if one begins here, else now.
  mutating func parseSchedule() -> Schedule {
    let start = token.range.lower
    if isTriggerStart { return noSchedule() }
    if accept(.in) {
      let duration = parseExpression()
      return Schedule(.in(duration), range(from: start))
    }
    if accept(.on) {
      let date = parseExpression()
      var time: ExpressionID?
      if !failed, accept(.at) { time = parseExpression() }
      return Schedule(.on(date, at: time), range(from: start))
    }
    guard accept(.at) else { return noSchedule() }
    let time = parseExpression()
    if !failed, isAt(.on), !isTriggerStart { return parseTurnedSchedule(time, from: start) }
    return Schedule(.at(time), range(from: start))
  }

  /// `at TIME on DATE`, the other way round.
  private mutating func parseTurnedSchedule(_ time: ExpressionID, from start: Int) -> Schedule {
    let first = range(from: start)
    let second = token.range.lower
    advance()
    let date = parseExpression()
    let last = range(from: second)
    if !failed {
      report(
        .clauseOrder, "expected `on` before `at`, found `\(excerpt(last))` after it", at: last,
        fixes: [
          Fix(
            "put the parts in order", .safe,
            [Edit(tree.span(first), text(last)), Edit(tree.span(last), text(first))])
        ])
    }
    return Schedule(.on(date, at: time), range(from: start))
  }
}
