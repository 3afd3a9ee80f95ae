internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// The names between the parentheses of a trigger (language 4.1).
extension CampaignChecker {
  mutating func check(_ event: TriggerEvent, _ body: Block) -> CheckedTrigger {
    var trigger = CheckedTrigger(
      kind: event.kind, range: event.range, body: body, fields: [], names: [], statuses: [])
    switch event.kind {
    case .participantUpdated: trigger.fields = narrowedFields(event.narrowing)
    case .communicationEnded, .communicationUpdated: narrow(&trigger, event.narrowing)
    case .participantCreated, .incomingSession, .fromFlow: reportUseless(event)
    }
    return trigger
  }

  private mutating func narrowedFields(_ list: [Name]) -> [Int] {
    reportRepetition(list)
    return list.compactMap { name in
      if name.isMissing { return nil }
      if let slot = names.participant[name.symbol] { return slot }
      reportUnknownField(name, .participant, base: nil)
      return nil
    }
  }

  private mutating func narrow(_ trigger: inout CheckedTrigger, _ list: [Name]) {
    reportRepetition(list)
    for name in list where !name.isMissing {
      if let position = names.communications[name.symbol] {
        // A statement that was found wrong has no target; the list is then shorter than it was written.
        if let target = names.communicationTargets[position] { trigger.names.append(target) }
      } else if let status = status(name.symbol) {
        if isPossible(status, trigger.kind) {
          trigger.statuses.append(status)
        } else {
          reportImpossibleStatus(name, status, trigger.kind)
        }
      } else {
        reportUnknownNarrowing(name, trigger.kind)
      }
    }
  }

  /// The status of a name, if it is one.
  func status(_ symbol: Symbol) -> CommunicationStatus? {
    guard let keyword = symbol.keyword else { return nil }
    switch keyword {
    case .planned: return .planned
    case .started: return .started
    case .delivered: return .delivered
    case .read: return .read
    case .replied: return .replied
    case .completed: return .completed
    case .noResponse: return .noResponse
    case .failed: return .failed
    case .canceled: return .canceled
    case .skipped: return .skipped
    default: return nil
    }
  }

  /// Planned fires nothing, final statuses fire Communication Ended, the others Updated (semantics C1).
  private func isPossible(_ status: CommunicationStatus, _ kind: TriggerKind) -> Bool {
    switch kind {
    case .communicationEnded: status.isFinal
    case .communicationUpdated: !status.isFinal && status != .planned
    case .participantCreated, .participantUpdated, .incomingSession, .fromFlow: false
    }
  }

  private mutating func reportRepetition(_ list: [Name]) {
    guard list.count > 1 else { return }
    listNames.removeAll()
    for (index, name) in list.enumerated() where !name.isMissing {
      if let earlier = listNames.insert(name.symbol, index) {
        reportRepeated(name.range, "`\(text(name))`", "in the parentheses of a trigger", list[earlier].range)
      }
    }
  }

  private mutating func reportUseless(_ event: TriggerEvent) {
    guard let first = event.narrowing.first, let last = event.narrowing.last else { return }
    report(
      .uselessNarrowing, "expected nothing after `on \(event.kind.spelling)`, found a narrowing",
      at: first.range.extended(to: last.range),
      notes: [
        "`participant updated` is narrowed by fields, `communication ended` and `communication updated` by names and statuses"
      ],
      help: ["write the condition as the first `check` of the body"])
  }

  private mutating func reportImpossibleStatus(
    _ name: Name, _ status: CommunicationStatus, _ kind: TriggerKind
  ) {
    let right = CommunicationStatus.allCases.filter { isPossible($0, kind) }.map(\.spelling)
    let other: TriggerKind = kind == .communicationEnded ? .communicationUpdated : .communicationEnded
    report(
      .impossibleStatus, "`on \(kind.spelling)` never comes with the status `\(text(name))`", at: name.range,
      notes: ["statuses of `\(kind.spelling)`: \(right.joined(separator: ", "))"],
      help: isPossible(status, other) ? ["`on \(other.spelling)` comes with `\(text(name))`"] : [])
  }

  private mutating func reportUnknownNarrowing(_ name: Name, _ kind: TriggerKind) {
    if isCapitals(text(name)) { return reportUnknownCommunication(name) }
    let statuses = CommunicationStatus.allCases.filter { isPossible($0, kind) }.map(\.spelling)
    let near = suggestion(text(name), statuses)
    var help: [String] = []
    if names.participant[name.symbol] != nil {
      help = ["`\(text(name))` is a field of the participant: that is asked for by a `check` in the body"]
    }
    report(
      .unknownStatus, "expected a communication's name or a status, found `\(text(name))`", at: name.range,
      label: didYouMean(near), notes: ["statuses of `\(kind.spelling)`: \(statuses.joined(separator: ", "))"],
      help: help, fixes: renaming(name.range, to: near))
  }
}
