internal import FlowDiagnostics
internal import FlowText

/// What a scenario expects (language 6).
extension Parser {
  /// `expect CONDITION`, `expect NAME STATUS …`, `expect no NAME [STATUS]`.
  mutating func parseExpect() -> ScenarioStatement? {
    advance()
    if isAt(.no), peek().kind == .identifier, !isInfixWord(peek()) {
      advance()
      return parseAbsence()
    }
    return isCommunicationNext ? parseCommunicationExpectation() : .expect(parseExpression())
  }

  /// Whether a communication and its status stand here: two words, where an expression has a sign between them.
  private var isCommunicationNext: Bool {
    guard token.kind == .identifier, token.symbol.keyword?.isReserved != true else { return false }
    if isCapitals(token.range) { return isStatus(1) || isNext(.with) && peek(2).kind == .leftBrace }
    return peek().symbol.keyword.map(Parser.statuses.contains) ?? false
  }

  private static let statuses: Set<Keyword> = [
    .planned, .started, .delivered, .read, .replied, .completed, .noResponse, .failed, .canceled, .skipped,
  ]

  /// Whether a status stands at a distance: its word, or one on the same line that can be nothing else.
  func isStatus(_ distance: Int) -> Bool {
    let word = peek(distance)
    guard word.kind == .identifier else { return false }
    if let keyword = word.symbol.keyword {
      if Parser.statuses.contains(keyword) { return true }
      if keyword == .with || Parser.statusEnds.contains(keyword) || isInfixWord(word) { return false }
    }
    let index = min(position + distance, tokens.count - 1)
    return !isFirstOnLine(index) && !isCapitals(word.range)
  }

  /// The words that begin the next statement, where a status may be left out.
  private static let statusEnds = Set(scenarioWords + [.update, .progress, .end])

  private func isInfixWord(_ token: Token) -> Bool {
    guard let keyword = token.symbol.keyword else { return false }
    return [.in, .is, .and, .or, .not, .contains, .starts, .ends, .matches].contains(keyword)
  }

  /// `NAME [STATUS]` behind `no`
  private mutating func parseAbsence() -> ScenarioStatement? {
    guard let name = parseDeclaredName(.communication) else { return nil }
    if isStatus(0), token.symbol.keyword.map(Parser.statuses.contains) != true {
      fail(.expectedName, "a status or the next statement after `\(text(name.range))`")
      return nil
    }
    return .expectNone(name: name, status: isStatus(0) ? parseStatus() : nil)
  }

  /// `NAME STATUS [at DATETIME] [with { key = e }]`
  private mutating func parseCommunicationExpectation() -> ScenarioStatement? {
    guard let name = parseDeclaredName(.communication) else { return nil }
    guard isStatus(0), let status = parseStatus() else {
      fail(.expectedName, "a status after `\(text(name.range))`")
      return nil
    }
    var expectation = CommunicationExpectation(
      name: name, status: status, timeRange: SourceRange(at: previousEnd), payload: .empty)
    parseDetails(&expectation)
    return .expectCommunication(expectation)
  }

  /// `at` on the next line is the clock statement, which is all that line breaks mean (language 2).
  private mutating func parseDetails(_ expectation: inout CommunicationExpectation) {
    var slots = ClauseSlots()
    while !failed, isAt(.at) && !isFirstOnLine(position) || isAt(.with) {
      let start = token.range.lower
      if accept(.at) {
        let time = parseExpression()
        if expectation.time == nil { expectation.time = time }
        if expectation.timeRange.isEmpty { expectation.timeRange = range(from: start) }
        if !failed { take(0, "`at`", range(from: start), &slots) }
      } else {
        advance()
        let payload = parseEntries()
        if expectation.payload.isEmpty { expectation.payload = payload }
        if !failed { take(1, "`with`", range(from: start), &slots) }
      }
    }
    if !failed { reportOrder(slots, "the status, `at`, `with`") }
  }
}
