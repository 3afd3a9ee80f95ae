internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// What is known of the scenario that is being checked, so far as literals tell.
struct ScenarioFacts {
  /// The `external_id` of every row that is written out, and where it first stands.
  var identifiers: [String: SourceRange] = [:]
  /// Whether rows come from a file, so that nobody knows how many people there are.
  var readsFiles = false
  /// Where the block of `for` begins, inside one.
  var participant: SourceRange?
  /// The latest time that an `at` has set, local and exact; `nil` where none has.
  var localClock: (LocalDateTime, SourceRange)?
  var exactClock: (Instant, SourceRange)?
  /// The agent of the latest session.
  var sessionAgent: Int?
}

/// Tests (language 6): what happens in them. What they expect is checked beside this file.
extension CampaignChecker {
  mutating func checkTests() {
    guard campaign != nil else { return }
    for case .test(let declaration) in tree.declarations { check(declaration) }
  }

  private mutating func check(_ declaration: TestDeclaration) {
    place = Place()
    place.isScenario = true
    place.flow = -1
    scenario = ScenarioFacts()
    check(declaration.body)
    place.isScenario = false
    let name = declaration.name
    if let earlier = testSpans[name.value] {
      return report(
        .duplicateName, "the test \"\(name.value)\" is declared a second time", at: name.range,
        secondary: [Label(earlier, "first declared here")])
    }
    testSpans[name.value] = span(name.range)
    tests.append(
      CheckedTest(
        name: name.value, title: declaration.documentation?.value, file: FileID(fileIndex),
        range: declaration.range, nameRange: name.range, seed: declaration.simulation?.seed,
        body: declaration.body))
  }

  mutating func check(_ statement: ScenarioStatement, _ range: SourceRange) {
    switch statement {
    case .at(let time): checkClock(time)
    case .advance(let duration):
      requireParticipant(duration)
      require(duration, .duration, "`advance`")
    case .upload(let cells): checkRow(cells)
    case .uploadFile: scenario.readsFiles = true
    case .progress(let subject, let status):
      requireParticipant(range, "`progress`")
      checkSubject(subject)
      checkStatus(status, "`progress`") { !$0.isFinal && $0 != .planned }
    case .end(let subject, let status, let results):
      requireParticipant(range, "`end`")
      modelAgent = checkSubject(subject)
      checkStatus(status, "`end`") { $0.isFinal }
      checkResults(results)
    case .incomingSession(let channel, let agent):
      requireParticipant(range, "`incoming session`")
      checkSession(channel, agent)
    case .participant(_, let block): checkParticipant(block, range)
    case .expect(let condition): checkExpectation(condition)
    case .expectCommunication(let expectation):
      requireParticipant(range, "`expect`")
      check(expectation)
    case .expectNone(let name, let status):
      requireParticipant(range, "`expect`")
      checkAbsence(name, status)
    }
  }

  // MARK: The clock

  private mutating func checkClock(_ time: ExpressionID) {
    requireParticipant(time)
    require(time, .datetime, "`at`")
    let range = expressions[Int(time.index)].range
    switch expressions[Int(time.index)].kind {
    case .localDateTime(let local):
      if let (earlier, place) = scenario.localClock, Self.order(local) < Self.order(earlier) {
        return reportBackwards(range, place)
      }
      scenario.localClock = (local, range)
    case .instant(let instant):
      if let (earlier, place) = scenario.exactClock, instant < earlier {
        return reportBackwards(range, place)
      }
      scenario.exactClock = (instant, range)
    default: break
    }
  }

  private static func order(_ local: LocalDateTime) -> Int64 {
    Int64(local.date.dayNumber) * 86_400_000 + Int64(local.time.milliseconds)
  }

  private mutating func reportBackwards(_ range: SourceRange, _ earlier: SourceRange) {
    report(
      .clockBackwards,
      "expected a time at or after `\(text(earlier))`, found `\(text(range))`", at: range,
      secondary: [Label(span(earlier), "the clock stood here already")],
      help: ["what happens earlier stands further up"])
  }

  private func text(_ range: SourceRange) -> String { tree.source.text(range) }

  // MARK: Reports and sessions

  /// The agent of what a report is about; `nil`, where it is unknown.
  @discardableResult
  private mutating func checkSubject(_ subject: ReportSubject) -> Int? {
    switch subject {
    case .session: return scenario.sessionAgent
    case .communication(let name):
      if name.isMissing { return nil }
      guard let position = names.communications[name.symbol] else {
        reportUnknownCommunication(name)
        return nil
      }
      return names.communicationTargets[position].map { schema.communications[$0].agent }
    }
  }

  private mutating func checkSession(_ channel: Name?, _ agent: Name?) {
    scenario.sessionAgent = agent.flatMap { self.agent(named: $0) }
    guard let channel, !channel.isMissing, ChannelKind(channel.symbol) == nil else { return }
    let agents = scenario.sessionAgent.map { [$0] } ?? Array(schema.agents.indices)
    let channels = agents.flatMap { schema.agents[$0].channels.map(\.name) }
    if channels.contains(text(channel)) { return }
    let kinds = ChannelKind.allCases.map(\.spelling)
    let all = kinds + channels.filter { !kinds.contains($0) }
    let near = suggestion(text(channel), all)
    report(
      .unknownChannel, "expected a channel, found `\(text(channel))`", at: channel.range,
      label: didYouMean(near), notes: ["channels: \(listing(all))"], fixes: renaming(channel.range, to: near))
  }

  // MARK: Whom it is about

  private mutating func checkParticipant(_ block: Block, _ range: SourceRange) {
    let outer = scenario.participant
    if let outer {
      report(
        .nestedParticipant, "expected no `for` inside another, found one", at: range,
        secondary: [Label(span(outer), "this one is still open")])
    }
    scenario.participant = SourceRange(range.lower, block.range.lower)
    check(block)
    scenario.participant = outer
  }

  /// Says that a statement has to name its participant, where a test has several.
  mutating func requireParticipant(_ range: SourceRange, _ word: String) {
    guard scenario.participant == nil, scenario.identifiers.count > 1 else { return }
    let known = scenario.identifiers.sorted { $0.value.lower < $1.value.lower }
    report(
      .ambiguousParticipant, "expected `for` around \(word), since the test has several participants",
      at: SourceRange(range.lower, range.lower + 1).extended(to: firstLine(range)),
      secondary: known.prefix(2).map { Label(span($0.value), "one of them") },
      help: ["write `for \"\(known[0].key)\" { … }`"])
  }

  /// The same for an expression that reads something of a participant.
  mutating func requireParticipant(_ id: ExpressionID) {
    guard readsParticipant(id) else { return }
    requireParticipant(expressions[Int(id.index)].range, "what reads a participant")
  }

  private func firstLine(_ range: SourceRange) -> SourceRange {
    let line = text(range).prefix { $0 != "\n" }
    return SourceRange(range.lower, range.lower + line.utf8.count)
  }

  private func readsParticipant(_ id: ExpressionID) -> Bool {
    switch expressions[Int(id.index)].kind {
    case .missing, .unset, .now, .today, .boolean, .integer, .numeric, .text, .date, .localDateTime, .instant,
      .time, .duration, .name:
      false
    case .member(let base, _): base.keyword != .campaign
    case .unary(_, let inner), .presence(let inner, _), .within(let inner), .parenthesized(let inner):
      readsParticipant(inner)
    case .binary(_, let left, let right): readsParticipant(left) || readsParticipant(right)
    case .membership(let element, _, let list):
      readsParticipant(element) || tree[list].contains { readsParticipant($0) }
    case .call(let name, let arguments):
      name.symbol == Symbol(.communications) || tree[arguments].contains { readsParticipant($0) }
    }
  }
}
