internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// `model AGENT { … }`: how people answer (language 7).
extension CampaignChecker {
  mutating func checkModels() {
    guard campaign != nil else { return }
    for case .model(let declaration) in tree.declarations { check(declaration) }
  }

  private mutating func check(_ declaration: ModelDeclaration) {
    place = Place()
    place.isModel = true
    place.flow = -1
    stepNames.removeAll()
    let agent = agent(named: declaration.agent)
    if let agent { place.resultAgents = .some([agent]) }
    modelAgent = agent
    endCount = 0
    check(declaration.body)
    guard let agent else { return }
    if endCount == 0 { reportNoEnd(declaration) }
    if let earlier = modelSpans[agent] {
      reportDuplicate(declaration.agent, "the model of", earlier: earlier)
    } else {
      modelSpans[agent] = span(declaration.agent.range)
      models.append(
        CheckedModel(
          agent: agent, file: FileID(fileIndex), range: declaration.range, body: declaration.body))
    }
  }

  mutating func checkProgress(_ name: Name, _ delay: Delay) {
    check(delay)
    checkStatus(name, "`progress`") { !$0.isFinal && $0 != .planned }
  }

  mutating func checkEnd(_ name: Name, _ results: EntryList, _ delay: Delay) {
    endCount += 1
    check(delay)
    checkStatus(name, "`end`") { $0.isFinal }
    checkResults(results)
  }

  /// What `modelAgent` is said to have recorded.
  mutating func checkResults(_ results: EntryList) {
    listNames.removeAll()
    let entries = tree[results]
    for (index, entry) in entries.enumerated() {
      if !entry.key.isMissing, let earlier = listNames.insert(entry.key.symbol, index) {
        let first = entries[entries.startIndex + earlier].key.range
        reportRepeated(entry.key.range, "the result `\(text(entry.key))`", "in one `end`", first)
      }
      checkResult(entry)
    }
  }

  private mutating func checkResult(_ entry: Entry) {
    guard let agent = modelAgent, !entry.key.isMissing else {
      check(entry.value, .silent)
      return
    }
    guard let declaredType = agentFacts[agent].results[entry.key.symbol] else {
      reportUnrecorded(entry.key, agent)
      check(entry.value, .silent)
      return
    }
    guard let type = declaredType else {
      check(entry.value, .silent)
      return
    }
    if isUnset(entry.value) { return }
    guard let found = check(entry.value, .type(type)), !isAssignable(found, to: type) else { return }
    reportMismatch(
      entry.value, expected: described(type), found: described(found), for: "the result `\(text(entry.key))`",
      secondary: agentFacts[agent].resultDeclarations[entry.key.symbol].map { [Label($0, "declared here")] }
        ?? [],
      notes: missingCases(found, in: type), help: conversion(of: entry.value, from: found, to: type))
  }

  mutating func checkStatus(_ name: Name, _ word: String, _ isRight: (CommunicationStatus) -> Bool) {
    if name.isMissing { return }
    let right = CommunicationStatus.allCases.filter(isRight).map(\.spelling)
    guard let status = status(name.symbol) else {
      let near = suggestion(text(name), right)
      return report(
        .unknownStatus, "expected a status after \(word), found `\(text(name))`", at: name.range,
        label: didYouMean(near), notes: ["statuses of \(word): \(right.joined(separator: ", "))"],
        fixes: renaming(name.range, to: near))
    }
    if isRight(status) { return }
    let help =
      status == .planned
      ? [] : ["`\(text(name))` stands after \(status.isFinal ? "`end`" : "`progress`")"]
    report(
      .impossibleStatus,
      "expected one of \(right.joined(separator: ", ")) after \(word), found `\(text(name))`",
      at: name.range, help: help)
  }

  private mutating func check(_ delay: Delay) {
    require(delay.lower, .duration, "`after`")
    guard let upper = delay.upper else { return }
    require(upper, .duration, "`..`")
    guard case .duration(let first) = expressions[Int(delay.lower.index)].kind,
      case .duration(let last) = expressions[Int(upper.index)].kind,
      last.comparisonMilliseconds < first.comparisonMilliseconds
    else { return }
    let text = tree.source.text
    let lowerRange = expressions[Int(delay.lower.index)].range
    let upperRange = expressions[Int(upper.index)].range
    report(
      .reversedDelay, "expected the shorter duration first, found `\(text(lowerRange))..\(text(upperRange))`",
      at: lowerRange.extended(to: upperRange),
      fixes: [
        Fix(
          "swap the two", .safe,
          [Edit(span(lowerRange), text(upperRange)), Edit(span(upperRange), text(lowerRange))])
      ])
  }

  private mutating func reportNoEnd(_ declaration: ModelDeclaration) {
    report(
      .modelWithoutEnd, "expected `end` somewhere in the model of `\(text(declaration.agent))`, found none",
      at: declaration.agent.range,
      notes: [
        "no way through this model ever ends a communication: every one of them would stay open for ever"
      ],
      help: ["write for example `end completed after 5m` or `end no_response after 1d`"])
  }
}
