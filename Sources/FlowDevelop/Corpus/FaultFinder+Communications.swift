import FlowCheck
import FlowDiagnostics
import FlowSyntax
import FlowText
import FlowValues

/// Faults in the clauses of communications.
extension FaultFinder {
  mutating func addCommunications(_ tree: SyntaxTree) {
    for communication in tree.communications where isInActiveFlow(communication.name.range, tree) {
      addSchedule(communication.schedule, tree)
      addWindow(communication, tree)
      addExpiry(communication, tree)
      addCondition(communication, tree)
    }
  }

  private mutating func addWindow(_ communication: CommunicationStatement, _ tree: SyntaxTree) {
    guard let range = windowRange(communication, tree), isWithinTheDay(communication, tree) else { return }
    addNights(communication, range, tree)
    // Who comes by a hand-over at a time of day needs no window.
    guard !isHandedOverAtTimes(communication, tree) else { return }
    add(
      "widened hours", RuleTag.contactHours, also: [RuleTag.expiryGap],
      [replace(tree, range, "05:00..23:30")])
    // `on DATE` takes its time of day from the window and does not check without; a literal time needs no window.
    guard literalTime(communication.schedule, tree) == nil else { return }
    add("removed window", RuleTag.contactHours, [replace(tree, clause("within", before: range, tree), "")])
  }

  /// Instead of a window, a time of the night that is computed, or a check that lets only the night through.
  private mutating func addNights(
    _ communication: CommunicationStatement, _ window: SourceRange, _ tree: SyntaxTree
  ) {
    let removal = replace(tree, clause("within", before: window, tree), "")
    if let time = literalTime(communication.schedule, tree) {
      add(
        "computed time at night", RuleTag.contactHours, also: [RuleTag.windowNeverOpens],
        [replace(tree, time, "time(22, 30)"), removal])
    }
    let statement = tree.statements.first { statement in
      guard case .communication(let id) = statement.kind else { return false }
      return tree[id].name.range == communication.name.range
    }
    guard case .now = communication.schedule.kind, let statement,
      !isHandedOverAtTimes(communication, tree)
    else { return }
    add(
      "check that lets the night through", RuleTag.contactHours, also: [RuleTag.enumCaseMissed],
      [
        replace(tree, SourceRange(at: statement.range.lower), "check hour(now) >= 21 { "), removal,
        replace(tree, SourceRange(at: statement.range.upper), " }"),
      ])
  }

  /// Whether its flow is only ever handed over to, and that at times of day that stand in the text.
  private func isHandedOverAtTimes(_ communication: CommunicationStatement, _ tree: SyntaxTree) -> Bool {
    guard case .now = communication.schedule.kind, let flow = flow(around: communication, tree),
      flow.triggers.allSatisfy({ $0.kind == .fromFlow })
    else { return false }
    return campaign.files.allSatisfy { file in
      file.statements.allSatisfy { statement in
        guard case .handOver(let target, let schedule) = statement.kind, text(target) == flow.name else {
          return true
        }
        return literalTime(schedule, file) != nil
      }
    }
  }

  private func flow(around communication: CommunicationStatement, _ tree: SyntaxTree) -> CheckedFlow? {
    campaign.flows.first {
      $0.file == tree.source.id && $0.declaration.range.contains(communication.name.range)
    }
  }

  /// Whether the window, if it has hours, is between 8 and 21 o'clock: a wider one is no new fault.
  private func isWithinTheDay(_ communication: CommunicationStatement, _ tree: SyntaxTree) -> Bool {
    let window: ContactWindow? =
      switch communication.window {
      case .none: nil
      case .named(let name): campaign.windows[text(name)]
      case .inline(let id): tree[id].window
      }
    guard let hours = window?.hours else { return true }
    return !hours.wrapsMidnight && hours.start.hour >= 8 && hours.endMilliseconds <= 21 * 3_600_000
  }

  /// Whether a window between 8 and 21 o'clock is all that keeps some communication to these hours.
  func isUsedAtAnyTime(_ window: WindowDeclaration) -> Bool {
    campaign.files.contains { tree in
      tree.communications.contains { communication in
        guard case .named(let name) = communication.window, name.symbol == window.name.symbol,
          isInActiveFlow(communication.name.range, tree)
        else { return false }
        return isWithinTheDay(communication, tree) && literalTime(communication.schedule, tree) == nil
      }
    }
  }

  func windowRange(_ communication: CommunicationStatement, _ tree: SyntaxTree) -> SourceRange? {
    switch communication.window {
    case .none: nil
    case .named(let name): name.range
    case .inline(let id): tree[id].range
    }
  }

  /// A clause with its word, which stands right before.
  private func clause(_ word: String, before range: SourceRange, _ tree: SyntaxTree) -> SourceRange {
    var start = range.lower
    let length = word.utf8.count
    while start > length, tree.source.text(SourceRange(start - length, start)) != word { start -= 1 }
    return SourceRange(start - length, range.upper)
  }

  private mutating func addExpiry(_ communication: CommunicationStatement, _ tree: SyntaxTree) {
    guard let expiry = communication.expiry, let range = windowRange(communication, tree) else { return }
    if literalTime(communication.schedule, tree) == nil {
      add(
        "expires over the weekend", RuleTag.expiryGap,
        [replace(tree, range, "09:00..18:00 mon..fri"), replace(tree, tree[expiry].range, "1d")])
    } else if let time = literalTime(communication.schedule, tree) {
      add(
        "asked for after hours", RuleTag.windowNeverOpens, also: [RuleTag.contactHours],
        [
          replace(tree, time, "20:45"), replace(tree, range, "09:00..18:00"),
          replace(tree, tree[expiry].range, "3h"),
        ])
    }
  }

  private func literalTime(_ schedule: Schedule, _ tree: SyntaxTree) -> SourceRange? {
    let time: ExpressionID?
    switch schedule.kind {
    case .now, .in: time = nil
    case .at(let value): time = value
    case .on(_, at: let value): time = value
    }
    guard let time, case .time = tree[time].kind else { return nil }
    return tree[time].range
  }

  /// The part of `only if` that asks for the opt-out is lost, or turned round.
  private mutating func addCondition(_ communication: CommunicationStatement, _ tree: SyntaxTree) {
    guard let condition = communication.condition else { return }
    let text = tree.source.text(tree[condition].range)
    // Where the flow asks elsewhere as well, or is handed over to by one that does, nothing need be wrong.
    guard isOnlyQuestion(communication, tree) else { return }
    if text.hasSuffix("not profile.opted_out") {
      let end = tree[condition].range.upper
      let word = SourceRange(end - "not profile.opted_out".utf8.count, end)
      add(
        "asks the wrong way round", RuleTag.contactAfterOptOut, also: [RuleTag.constantCheck],
        [replace(tree, word, "profile.opted_out")])
    }
    if text == "not profile.opted_out" {
      let range = clause("only if", before: tree[condition].range, tree)
      add("dropped only if", RuleTag.contactAfterOptOut, [replace(tree, range, "")])
    } else if text.hasSuffix(" and not profile.opted_out") {
      let range = SourceRange(
        tree[condition].range.upper - " and not profile.opted_out".utf8.count, tree[condition].range.upper)
      add("dropped part of only if", RuleTag.contactAfterOptOut, [replace(tree, range, "")])
    }
  }

  private func isOnlyQuestion(_ communication: CommunicationStatement, _ tree: SyntaxTree) -> Bool {
    guard let flow = flow(around: communication, tree) else { return false }
    let words = tree.source.text(flow.declaration.range).split(separator: "profile.opted_out").count
    let communications = tree.communications.filter { flow.declaration.range.contains($0.name.range) }.count
    return words - 1 <= communications && !flow.triggers.contains { $0.kind == .participantCreated }
  }
}
