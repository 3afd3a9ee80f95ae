internal import FlowDiagnostics
internal import FlowText

/// Tests, and scenarios outside of them (language 6).
extension Parser {
  /// `test "…" [simulated [seed N]] { … }`
  mutating func parseTest(_ documentation: TextLiteral?) -> TestDeclaration? {
    let start = token.range.lower
    advance()
    guard let name = expectText("what the test shows, in quotes") else { return nil }
    place = .scenario
    let simulation = parseSimulation()
    let body = parseBlock(mayEndAtElse: false)
    return TestDeclaration(
      range: range(from: start), name: name, documentation: documentation, simulation: simulation, body: body)
  }

  /// `simulated [seed N]`
  private mutating func parseSimulation() -> SimulationClause? {
    let start = token.range.lower
    if isAt(.seed), peek().kind == .integerLiteral {
      reportMissing("`simulated`", insertion: "simulated")
    } else if !accept(.simulated) {
      guard token.kind == .identifier, misspelling(of: [.simulated]) != nil else { return nil }
      acceptMisspelled(.simulated, .expectedToken)
    }
    var seed: Int64 = 0
    if isAt(.seed) || token.kind == .integerLiteral {
      expectWord(.seed)
      seed = parseSeed()
    }
    return SimulationClause(range: range(from: start), seed: seed)
  }

  private mutating func parseSeed() -> Int64 {
    guard token.kind == .integerLiteral else {
      fail(.expectedToken, "a whole number after `seed`")
      return 0
    }
    var seed: Int64 = 0
    if case .integer(let value) = literalValue() { seed = value }
    advance()
    return seed
  }

  /// Statements of a scenario up to the end of the text, and declarations between them.
  mutating func parseLooseScenario() -> StatementList {
    place = .scenario
    let first = openStatements.count
    while token.kind != .endOfFile {
      let start = position
      if isDeclarationStart() {
        parseDeclaration()
        place = .scenario
        if failed || position == start { recoverToDeclaration(from: start) }
      } else if token.kind == .rightBrace {
        parseUnmatchedBrace()
      } else {
        if let statement = parseStatement() { openStatements.append(statement) }
        if failed || position == start { recoverInBlock(from: start) }
      }
    }
    return takeStatements(since: first)
  }
}
