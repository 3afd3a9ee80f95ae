internal import FlowDiagnostics
internal import FlowText

/// What happens in a scenario (language 6).
extension Parser {
  /// The words that statements of scenarios begin with and no others.
  static let scenarioWords: [Keyword] = [.at, .advance, .upload, .for, .incoming, .expect]

  /// - Precondition: the word of the statement stands here; `progress` and `end` are reports.
  mutating func parseScenarioStatement(_ keyword: Keyword) -> Statement.Kind? {
    let statement: ScenarioStatement?
    switch keyword {
    case .at:
      advance()
      statement = .at(parseExpression())
    case .advance:
      advance()
      statement = .advance(parseExpression())
    case .upload: statement = parseUpload()
    case .for: statement = parseParticipant()
    case .incoming: statement = parseIncomingSession()
    case .expect: statement = parseExpect()
    default: statement = nil
    }
    return statement.map { add($0) }
  }

  private mutating func add(_ statement: ScenarioStatement) -> Statement.Kind {
    tree.scenarioStatements.append(statement)
    return .scenario(ScenarioID(tree.scenarioStatements.count - 1))
  }

  /// Whether a word that is a name like others outside of scenarios is surely meant as their statement.
  func isMisplacedScenarioStatement(_ keyword: Keyword) -> Bool {
    let next = peek()
    switch keyword {
    case .advance: return next.kind == .durationLiteral
    case .upload: return next.kind == .leftBrace || next.kind == .stringLiteral
    case .for: return next.kind == .stringLiteral
    case .expect: return next.kind == .identifier
    default: return false
    }
  }

  private mutating func parseUpload() -> ScenarioStatement? {
    advance()
    if let path = acceptText() { return .uploadFile(path) }
    guard token.kind == .leftBrace || startsAssignment(0) else {
      fail(.expectedToken, "a row like `{ external_id = \"c1\" }` or the path of a file in quotes")
      return nil
    }
    return .upload(parseCells())
  }

  /// `for "c1" { … }`
  private mutating func parseParticipant() -> ScenarioStatement? {
    advance()
    guard let key = parseKey() else { return nil }
    return .participant(key, parseBlock(mayEndAtElse: false))
  }

  /// The key of a participant, which is a text also where it looks like a name.
  private mutating func parseKey() -> TextLiteral? {
    guard token.kind != .stringLiteral, token.kind != .leftBrace, token.kind != .rightBrace,
      peek().kind == .leftBrace
    else { return expectText("the key of a participant, in quotes") }
    let word = token.range
    reportUnexpected(
      .expectedToken, "the key of a participant, in quotes",
      fixes: [replacement(word, by: "\"\(text(word))\"", .safe)])
    advance()
    return TextLiteral(text(word), word)
  }

  /// `incoming session [on CHANNEL] [by AGENT]`
  private mutating func parseIncomingSession() -> ScenarioStatement? {
    advance()
    expectWord(.session)
    var slots = ClauseSlots()
    var channel: Name?
    var agent: Name?
    while !failed, isAt(.on) || isAt(.by), !isTriggerStart {
      let start = token.range.lower
      if accept(.on) {
        let name = parseName(.channel)
        channel = channel ?? name
        take(0, "`on`", range(from: start), &slots)
      } else {
        advance()
        let name = parseName(.agent)
        agent = agent ?? name
        take(1, "`by`", range(from: start), &slots)
      }
    }
    if !failed { reportOrder(slots, "`on`, `by`") }
    return .incomingSession(channel: channel, agent: agent)
  }

  // MARK: Reports

  /// `progress NAME STATUS`, `end NAME STATUS [{ results }]`, each also of the `session`.
  mutating func parseReport() -> Statement.Kind? {
    let isEnd = isAt(.end)
    advance()
    guard let subject = parseSubject(), let status = parseReportStatus(subject) else { return nil }
    guard isEnd else {
      parseMisplacedDelay()
      return add(.progress(subject, status: status))
    }
    parseMisplacedDelay()
    var results = EntryList.empty
    if !failed, token.kind == .leftBrace || startsAssignment(0) && peek().kind == .equal {
      results = parseEntries()
    }
    if !failed { parseMisplacedDelay() }
    return add(.end(subject, status: status, results: results))
  }

  private mutating func parseSubject() -> ReportSubject? {
    if isAt(.session) {
      defer { advance() }
      return .session(token.range)
    }
    // `end completed`, as models write it: the name is missing.
    if isStatus(0), !isStatus(1) || isFirstOnLine(min(position + 1, tokens.count - 1)) {
      fail(.expectedName, "\(NameRole.communication.description), or `session`")
      return nil
    }
    return parseDeclaredName(.communication).map(ReportSubject.communication)
  }

  private mutating func parseReportStatus(_ subject: ReportSubject) -> Name? {
    guard token.kind == .identifier, !startsElsewhere else {
      fail(.expectedName, "a status after `\(text(subject.range))`")
      return nil
    }
    return parseStatus()
  }

  /// `after 5m`, which belongs in models: in a scenario a report comes when it stands there.
  private mutating func parseMisplacedDelay() {
    guard isAt(.after), !failed else { return }
    if !isEcho {
      report(
        .misplacedStatement, "expected the next statement, found `after`, which belongs in a model",
        at: token.range, help: ["in a scenario `advance` and `at` move the clock"])
    }
    _ = parseDelay()
  }

  // MARK: Words from elsewhere

  /// The statement that other tools spell so.
  var foreignScenarioStatement: Keyword? {
    switch text(token.range) {
    case "assert", "ensure", "should", "verify": .expect
    case "wait", "sleep", "skip": peek().kind == .durationLiteral ? .advance : nil
    case "import", "load": .upload
    default: nil
    }
  }

  var unknownScenarioHelp: [String] {
    switch text(token.range) {
    case "start", "send", "deliver", "answer", "reply":
      ["what becomes of a communication is reported: `progress NAME delivered`, `end NAME completed`"]
    case "set", "let", "given":
      ["people come in by `upload { … }` and are edited by `update participant.… = …`"]
    default:
      [
        "scenarios have `at`, `advance`, `upload`, `update`, `progress`, `end`, `incoming session`, `for`, `expect`"
      ]
    }
  }
}
