internal import FlowDiagnostics
internal import FlowText

/// Flows, their triggers and their steps (language 4).
extension Parser {
  mutating func parseFlow(_ documentation: TextLiteral?) -> FlowDeclaration? {
    let start = token.range.lower
    advance()
    guard let name = parseDeclaredName(.flow) else { return nil }
    var flow = FlowDeclaration(
      range: SourceRange(at: start), name: name, documentation: documentation, members: [])
    parseFlowHeader(&flow)
    let hasBrace = token.kind == .leftBrace
    if !hasBrace {
      fail(.expectedToken, "`{`")
      guard recoverToMembers() else { return flow }
    }
    let open = position
    if token.kind == .leftBrace { openBrace() }
    parseMembers(into: &flow)
    closeBrace(hasBrace ? open : nil)
    flow.range = range(from: start)
    return flow
  }

  /// `[inactive] ["Title"]`
  private mutating func parseFlowHeader(_ flow: inout FlowDeclaration) {
    var slots = ClauseSlots()
    while true {
      let start = token.range
      if accept(.inactive) {
        flow.inactive = flow.inactive ?? start
        take(0, "`inactive`", start, &slots)
      } else if let title = acceptText() {
        flow.title = flow.title ?? title
        take(1, "the title", start, &slots)
      } else if !isAt(.on), !isAt(.step), let meant = misspelling(of: [.inactive]) {
        acceptMisspelled(meant, .expectedToken)
      } else {
        break
      }
    }
    reportOrder(slots, "`inactive`, the title")
  }

  /// After a missing `{`: whether triggers or steps follow all the same.
  private mutating func recoverToMembers() -> Bool {
    while token.kind != .endOfFile, token.kind != .leftBrace, token.kind != .rightBrace, !isTriggerStart,
      !isStepStart, !(isFirstOnLine(position) && isDeclarationStart())
    {
      advance()
    }
    failed = false
    return token.kind == .leftBrace || isTriggerStart || isStepStart || token.kind == .rightBrace
  }

  private mutating func parseMembers(into flow: inout FlowDeclaration) {
    while token.kind != .rightBrace, token.kind != .endOfFile, !isDeclarationStart() {
      let start = position
      let documentation = takeTitle()
      if let member = parseMember(documentation) { flow.members.append(member) }
      if failed || position == start { recoverToMember(from: start) }
    }
  }

  private mutating func parseMember(_ documentation: TextLiteral?) -> FlowMember? {
    if isAt(.on) { return parseTrigger(documentation).map(FlowMember.trigger) }
    if isAt(.step) { return parseStep(documentation).map(FlowMember.step) }
    if isAt(.else) || isStatementStart {
      reportStrayStatement(help: "a flow holds triggers and steps only; statements stand inside them")
      parseLooseStatements()
      return nil
    }
    if token.kind == .identifier, peek().kind == .leftBrace || peek(2).kind == .leftBrace,
      let meant = misspelling(of: [.on, .step]), meant == .step
    {
      reportUnexpected(
        .expectedDeclaration, "`step`", fixes: [replacement(token.range, by: "step", .unsafe)],
        label: "did you mean `step`?")
      return parseStep(documentation).map(FlowMember.step)
    }
    if triggerKind(0) != nil {
      reportMissing("`on`", insertion: "on")
      return parseTrigger(documentation, hasWord: false).map(FlowMember.trigger)
    }
    if triggerKind(1) != nil {
      reportUnexpected(
        .expectedDeclaration, "`on`", fixes: [replacement(token.range, by: "on", .unsafe)])
      return parseTrigger(documentation).map(FlowMember.trigger)
    }
    fail(
      .expectedDeclaration, "a trigger or a step", help: ["a flow holds `on … { … }` and `step name { … }`"])
    return nil
  }

  /// Moves to the next member, over any braces.
  private mutating func recoverToMember(from start: Int) {
    if position == start { if token.kind == .leftBrace { skipBraces() } else { advance() } }
    while token.kind != .endOfFile, token.kind != .rightBrace, !isTriggerStart, !isStepStart,
      !(isFirstOnLine(position) && (isDeclarationStart() || isAt(.on)))
    {
      if token.kind == .leftBrace {
        failed = false
        _ = parseBlock(mayEndAtElse: false)
        break
      } else {
        advance()
      }
    }
    failed = false
  }

  // MARK: Triggers

  private mutating func parseTrigger(_ documentation: TextLiteral?, hasWord: Bool = true)
    -> TriggerDeclaration?
  {
    let start = token.range.lower
    if hasWord { advance() }
    var events: [TriggerEvent] = []
    repeat {
      guard hasRoom(events.count), let event = parseEvent() else { break }
      events.append(event)
    } while acceptEventSeparator()
    let body = parseBlock(mayEndAtElse: false)
    return TriggerDeclaration(
      range: range(from: start), documentation: documentation, events: events, body: body)
  }

  /// A comma before another event; one before the brace is fine.
  private mutating func acceptEventSeparator() -> Bool {
    if failed { return false }
    if token.kind == .comma {
      advance()
      return token.kind != .leftBrace
    }
    if isAt(.or) || isAt(.and) || isAt(.on) || triggerKind(0) != nil,
      triggerKind(0) != nil || triggerKind(1) != nil
    {
      if isFirstOnLine(position), isAt(.on) { return false }
      reportUnexpected(.expectedToken, "`,` or `{`")
      if triggerKind(0) == nil { advance() }
      return true
    }
    return false
  }

  private mutating func parseEvent() -> TriggerEvent? {
    let start = token.range.lower
    guard let kind = triggerKind(0) ?? misspelledTrigger() else {
      fail(
        .expectedToken, "a trigger",
        help: [
          "the triggers are "
            + TriggerKind.allCases.map { "`\($0.spelling)`" }.joined(separator: ", ")
        ])
      return nil
    }
    advance()
    advance()
    var narrowing: [Name] = []
    if token.kind == .leftParenthesis {
      let open = token.range
      advance()
      narrowing = parseNames(.case, declared: false, open: open)
    }
    return TriggerEvent(kind: kind, range: range(from: start), narrowing: narrowing)
  }

  /// Two words that are nearly those of a trigger.
  private mutating func misspelledTrigger() -> TriggerKind? {
    guard token.kind == .identifier, peek().kind == .identifier, !isEcho else { return nil }
    let words = token.range.extended(to: peek().range)
    let spelling = "\(text(token.range)) \(text(peek().range))"
    guard let nearest = closestName(to: spelling, among: TriggerKind.allCases.map(\.spelling)),
      let kind = TriggerKind.allCases.first(where: { $0.spelling == nearest })
    else { return nil }
    report(
      .expectedToken, "expected a trigger, found `\(spelling)`", at: words,
      label: "did you mean `\(nearest)`?",
      fixes: [replacement(words, by: nearest, .unsafe)])
    return kind
  }

  private mutating func parseStep(_ documentation: TextLiteral?) -> StepDeclaration? {
    let start = token.range.lower
    advance()
    let name = parseDeclaredName(.step)
    let body = parseBlock(mayEndAtElse: false)
    guard let name else { return nil }
    return StepDeclaration(
      range: range(from: start), name: name, documentation: documentation, body: body)
  }

  // MARK: What has lost its flow

  /// A trigger or a step behind the end of its flow: most likely a `}` too many stands before it.
  mutating func parseStrayMember(_ documentation: TextLiteral?) {
    let wasTolerated = toleratesUnmatchedBrace
    toleratesUnmatchedBrace = true
    if !wasTolerated, !isEcho {
      let word = token
      var secondary: [Label] = []
      if position > 0, tokens[position - 1].kind == .rightBrace, case .flow? = tree.declarations.last {
        secondary = [label(tokens[position - 1].range, "the flow ended here")]
      }
      report(
        .misplacedStatement, "expected a declaration, found `\(text(word.range))` outside of a flow",
        at: word.range,
        secondary: secondary, help: ["a \(isAt(.on) ? "trigger" : "step") stands directly in a flow"])
    }
    let member = parseMember(documentation)
    guard let member, case .flow(var flow)? = tree.declarations.last else { return }
    tree.declarations.removeLast()
    flow.members.append(member)
    tree.declarations.append(.flow(flow))
  }

  mutating func parseStrayStatements() {
    if !toleratesUnmatchedBrace, place == .scenario {
      reportStrayStatement(expected: "a declaration", help: "statements of a scenario stand inside a `test`")
    } else if !toleratesUnmatchedBrace {
      reportStrayStatement(help: "statements stand inside the triggers and steps of a flow")
    }
    parseLooseStatements()
  }

  private mutating func reportStrayStatement(expected: String = "a trigger or a step", help: String) {
    guard !isEcho else { return }
    report(
      .misplacedStatement, "expected \(expected), found the statement `\(text(token.range))`",
      at: token.range, help: [help])
  }

  /// Reads statements that stand outside of a block, for the errors in them.
  private mutating func parseLooseStatements() {
    toleratesUnmatchedBrace = true
    while isStatementStart || isAt(.else) {
      let start = position
      // The `else` of a block that ended too early has been reported with it.
      if isAt(.else) { reportedPosition = position }
      _ = parseStatement()
      if failed { recoverInBlock(from: start) }
    }
  }
}
