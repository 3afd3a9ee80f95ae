internal import FlowCheck
internal import FlowRuntime
internal import FlowSchema
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// What is expected (language 6).
extension ScenarioPlayer {
  // MARK: Conditions

  func expect(_ condition: ExpressionID) throws(ScenarioFailure) {
    let outcome: String
    switch answer(condition) {
    case .value(let value) where value.isTrue: return
    case .value(let value): outcome = value.isSet ? "it false" : "it unknown, since something is unset"
    case .failed(let reason): outcome = "no value: \(reason.message)"
    case nil: outcome = "no value"
    }
    let person = onlyPerson
    var failure = ScenarioFailure.expectation(
      "expected `\(source(condition))`, found \(outcome)", tree[condition].range, person: person)
    describeParts(of: condition, isWhole: true, &failure)
    throw failure
  }

  private func source(_ id: ExpressionID) -> String {
    tree.source.text(tree[id].range).split { $0.isWhitespace }.joined(separator: " ")
  }

  /// The value under every part of a condition that has one of its own.
  private func describeParts(of id: ExpressionID, isWhole: Bool, _ failure: inout ScenarioFailure) {
    var inner: [ExpressionID] = []
    var isShown = !isWhole
    switch tree[id].kind {
    case .missing, .unset, .boolean, .integer, .numeric, .text, .date, .localDateTime, .instant, .time,
      .duration, .name, .within:
      return
    case .now, .today, .member: isShown = true
    case .unary(_, let operand), .presence(let operand, _): inner = [operand]
    case .parenthesized(let operand):
      return describeParts(of: operand, isWhole: isWhole, &failure)
    case .binary(_, let left, let right): inner = [left, right]
    case .membership(let element, _, let list): inner = [element] + tree[list]
    case .call(_, let arguments): inner = Array(tree[arguments])
    }
    if isShown, case .value(let value) = answer(id) {
      failure.secondary.append((SourceSpan(file, tree[id].range), shown(value, of: id)))
    }
    for part in inner { describeParts(of: part, isWhole: false, &failure) }
  }

  private func shown(_ value: ProbeValue, of id: ExpressionID) -> String {
    let isTruth = run.campaign.facts[file.index].type(of: id) == .boolean
    return !value.isSet && isTruth && !isMember(id) ? "unknown" : value.text
  }

  private func isMember(_ id: ExpressionID) -> Bool {
    if case .member = tree[id].kind { true } else { false }
  }

  // MARK: Communications

  func expect(_ expectation: CommunicationExpectation, _ range: SourceRange) throws(ScenarioFailure) {
    let person = try requirePerson(range)
    let wanted = name(expectation.name.symbol)
    let status = CommunicationStatus(spelling: name(expectation.status.symbol))
    let known = simulation.communications(of: person, campaign: 0).filter { $0.name == wanted }
    guard let latest = known.last else {
      var failure = ScenarioFailure.expectation(
        "expected `\(wanted)` \(name(expectation.status.symbol)), found no communication of that name",
        statementRange(expectation), person: person)
      explain(missing: wanted, person, &failure)
      throw failure
    }
    guard latest.status == status else {
      var failure = ScenarioFailure.expectation(
        "expected `\(wanted)` \(name(expectation.status.symbol)), found it \(words(latest))",
        statementRange(expectation), label: words(latest), person: person)
      if let reason = skipReason(latest, person) { failure.notes.append("it was skipped: \(reason)") }
      throw failure
    }
    try expectTime(expectation, latest, person)
    try expectPayload(expectation, latest, person)
  }

  private func statementRange(_ expectation: CommunicationExpectation) -> SourceRange {
    expectation.name.range.extended(to: expectation.status.range)
  }

  /// Where a communication has got to, with the time that is known of it.
  private func words(_ state: CommunicationState) -> String {
    let time = time(of: state).map { state.status == .planned ? " for \(local($0))" : " at \(local($0))" }
    return state.status.words + (time ?? "")
  }

  private func time(of state: CommunicationState) -> Instant? {
    if state.status == .planned { return state.plannedAt }
    return state.status.isFinal ? state.endedAt : state.startedAt
  }

  private func expectTime(
    _ expectation: CommunicationExpectation, _ state: CommunicationState, _ person: Int
  ) throws(ScenarioFailure) {
    guard let id = expectation.time else { return }
    let wanted = try evaluate(id)
    let found = time(of: state)
    if wanted.isSet, wanted.instant == found { return }
    let shown = found.map(local) ?? "no time"
    let expected = wanted.instant.map(local) ?? "unset"
    throw .expectation(
      "expected `\(name(expectation.name.symbol))` \(state.status.words) at \(expected), found \(shown)",
      expectation.timeRange, label: shown, person: person)
  }

  private func expectPayload(
    _ expectation: CommunicationExpectation, _ state: CommunicationState, _ person: Int
  ) throws(ScenarioFailure) {
    let entries = tree[expectation.payload]
    if entries.isEmpty { return }
    let sent = payload(of: state, person)
    for entry in entries {
      let key = name(entry.key.symbol)
      // Both sides are values of the type that the statement sends, told as stories tell them.
      let wanted = tree[entry.value].isUnset ? "unset" : try evaluate(entry.value).text
      let found = sent.first { $0.source == key }?.value ?? "unset"
      if wanted == found { continue }
      throw .expectation(
        "expected `\(key)` = \(wanted) in `\(name(expectation.name.symbol))`, found \(found)",
        entry.key.range.extended(to: tree[entry.value].range), label: found, person: person)
    }
  }

  /// What a communication was given, as its planning has recorded.
  private func payload(of state: CommunicationState, _ person: Int) -> [JournalValue] {
    for case .communication(let change) in (simulation.story(of: person)?.entries ?? []).reversed()
    where change.number == state.number && !change.payload.isEmpty {
      return change.payload
    }
    return []
  }

  func skipReason(_ state: CommunicationState, _ person: Int) -> String? {
    for case .communication(let change) in (simulation.story(of: person)?.entries ?? []).reversed()
    where change.number == state.number && change.skipReason != nil {
      switch change.skipReason {
      case .conditionNotTrue: return "its `only if` is not true"
      case .noAddress: return "there is no address for \(change.channel?.spelling ?? "it")"
      case .expired: return "it would start after it expires"
      case nil: return nil
      }
    }
    return nil
  }

  func expectNone(_ name: Name, _ status: Name?, _ range: SourceRange) throws(ScenarioFailure) {
    let person = try requirePerson(range)
    let wanted = self.name(name.symbol)
    let status = status.flatMap { CommunicationStatus(spelling: self.name($0.symbol)) }
    let known = simulation.communications(of: person, campaign: 0)
    let found = known.last { $0.name == wanted && (status == nil || $0.status == status) }
    guard let found else { return }
    let what = status.map { " \($0.spelling)" } ?? ""
    throw .expectation(
      "expected no `\(wanted)`\(what), found it \(words(found))", range, label: words(found), person: person)
  }
}

extension Expression {
  fileprivate var isUnset: Bool { if case .unset = kind { true } else { false } }
}
