internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// `expect …` (language 6).
extension CampaignChecker {
  mutating func checkExpectation(_ condition: ExpressionID) {
    requireParticipant(condition)
    if case .name(let symbol) = expressions[Int(condition.index)].kind, isCapitals(symbols[symbol]) {
      let name = Name(symbol, expressions[Int(condition.index)].range)
      guard names.communications[symbol] != nil else { return reportUnknownCommunication(name) }
      return report(
        .bareName, "expected a status after `\(text(name))`, found none", at: name.range,
        help: ["write for example `expect \(text(name)) planned`, or `expect no \(text(name))`"])
    }
    requireCondition(condition, "`expect`")
  }

  mutating func check(_ expectation: CommunicationExpectation) {
    let payload = checkCommunication(expectation.name)
    let status = checkAnyStatus(expectation.status)
    if let time = expectation.time {
      require(time, .datetime, "`at`")
      if let status, !Self.hasTime(status) { reportTimeless(expectation) }
    }
    checkSent(expectation.payload, by: expectation.name, payload)
  }

  mutating func checkAbsence(_ name: Name, _ status: Name?) {
    _ = checkCommunication(name)
    if let status { _ = checkAnyStatus(status) }
  }

  /// Where the statement of a communication stands, and what it sends; `nil`, and reported, where there is none.
  private mutating func checkCommunication(_ name: Name) -> SentPayload? {
    if name.isMissing { return nil }
    guard let position = names.communications[name.symbol] else {
      reportUnknownCommunication(name)
      return nil
    }
    return payloads[position]
  }

  private mutating func checkAnyStatus(_ name: Name) -> CommunicationStatus? {
    if name.isMissing { return nil }
    if let status = status(name.symbol) { return status }
    let all = CommunicationStatus.allCases.map(\.spelling)
    let near = suggestion(text(name), all)
    report(
      .unknownStatus, "expected a status, found `\(text(name))`", at: name.range, label: didYouMean(near),
      notes: ["statuses: \(all.joined(separator: ", "))"], fixes: renaming(name.range, to: near))
    return nil
  }

  /// Whether it is recorded when a communication took a status.
  private static func hasTime(_ status: CommunicationStatus) -> Bool {
    status == .planned || status == .started || status.isFinal
  }

  private mutating func reportTimeless(_ expectation: CommunicationExpectation) {
    report(
      .impossibleStatus,
      "expected no `at` after `\(text(expectation.status))`, whose time is not kept, found one",
      at: expectation.timeRange,
      notes: ["`at` says when a communication is planned for, has started or has ended"])
  }

  // MARK: What was sent

  private mutating func checkSent(_ list: EntryList, by name: Name, _ payload: SentPayload?) {
    listNames.removeAll()
    let entries = tree[list]
    for (index, entry) in entries.enumerated() where !entry.key.isMissing {
      if let earlier = listNames.insert(entry.key.symbol, index) {
        let first = entries[entries.startIndex + earlier].key.range
        reportRepeated(entry.key.range, "the key `\(text(entry.key))`", "in one `with`", first)
      }
      guard let payload else {
        check(entry.value, .silent)
        continue
      }
      guard let sent = payload.entries.first(where: { $0.key.symbol == entry.key.symbol }) else {
        reportNeverSent(entry.key, name, payload)
        check(entry.value, .silent)
        continue
      }
      checkSent(entry, type(of: sent.value, inFile: payload.file), payload, sent)
    }
  }

  private mutating func checkSent(_ entry: Entry, _ type: ValueType?, _ payload: SentPayload, _ sent: Entry) {
    if isUnset(entry.value) { return }
    guard let type else {
      check(entry.value, .silent)
      return
    }
    guard let found = check(entry.value, .type(type)), !isAssignable(found, to: type) else { return }
    reportMismatch(
      entry.value, expected: described(type), found: described(found), for: "`\(text(entry.key))`",
      secondary: [Label(SourceSpan(FileID(payload.file), sent.key.range), "sent here")],
      help: conversion(of: entry.value, from: found, to: type))
  }

  private func type(of id: ExpressionID, inFile file: Int) -> ValueType? {
    file == fileIndex ? types[Int(id.index)] : facts[file].type(of: id)
  }

  private mutating func reportNeverSent(_ key: Name, _ name: Name, _ payload: SentPayload) {
    let keys = payload.entries.map { text($0.key) }
    let near = suggestion(text(key), keys)
    report(
      .unsentKey, "`\(text(name))` never sends `\(text(key))`", at: key.range, label: didYouMean(near),
      secondary: [Label(SourceSpan(FileID(payload.file), payload.name.range), "what it sends stands here")],
      notes: [keys.isEmpty ? "it sends nothing by `with`" : "it sends \(listing(keys))"],
      fixes: renaming(key.range, to: near))
  }
}

/// What the statement of a communication sends.
struct SentPayload {
  var file: Int
  var name: Name
  var entries: [Entry]
}
