import FlowRuntime
import FlowSchema
import FlowText
import FlowValues

/// Makes an event of the members of a line.
struct EventParser {
  enum Result {
    case event(OutsideEvent)
    case fault(EventFault)
  }

  private var cells: CellParser
  private var draft: EventDraft
  private var fault: EventFault?

  static func parse(_ scanner: inout JSONScanner, line: Int, zones: ZoneTable) -> Result {
    let draft = EventDraft(&scanner)
    if let fault = draft.fault { return .fault(fault) }
    var parser = EventParser(cells: CellParser(zones: zones), draft: draft)
    guard let event = parser.event(line: line) else {
      return .fault(parser.fault ?? EventFault(offset: 0, message: "expected an event"))
    }
    return .event(event)
  }

  private init(cells: CellParser, draft: EventDraft) {
    self.cells = cells
    self.draft = draft
  }

  private mutating func event(line: Int) -> OutsideEvent? {
    guard let at = instant(), let word = word(), hasOnly(word) else { return nil }
    let keys = keys()
    guard fault == nil, let kind = kind(word) else { return nil }
    let campaign = text(.campaign)
    guard fault == nil else { return nil }
    return OutsideEvent(line: line, at: at, campaign: campaign, keys: keys, kind: kind)
  }

  private mutating func kind(_ word: EventWord) -> OutsideEvent.Kind? {
    switch word {
    case .communicationEnded:
      guard let report = report(isFinal: true) else { return nil }
      return .communicationEnded(report)
    case .communicationUpdated:
      guard let report = report(isFinal: false) else { return nil }
      return .communicationUpdated(report)
    case .sessionIncoming: return .sessionIncoming(channel: text(.channel), agent: text(.agent))
    case .participantUpdated: return fields().map { .participantUpdated($0) }
    case .participantUploaded: return fields().map { .participantUploaded($0) }
    }
  }
}

/// The parts of an event. Each notes a fault and gives nothing where it is wrong.
extension EventParser {
  private mutating func instant() -> Instant? {
    guard var text = required(.at, "a time such as `2026-11-09T12:00:00Z`") else { return nil }
    switch text.withUTF8({ ParsedDateTime.parse($0) }) {
    case .instant(let instant): return instant
    case .local, .outOfRange, .malformed:
      return fail(
        "expected a time with `Z` or an offset such as `2026-11-09T12:00:00Z`, "
          + "found `\(CellFault.shown(text))`", .at)
    }
  }

  private mutating func word() -> EventWord? {
    let words = EventWord.allCases.map(\.rawValue)
    let list = words.map { "`\($0)`" }.joined(separator: ", ")
    guard let text = required(.event, "one of \(list)") else { return nil }
    if let word = EventWord(rawValue: text) { return word }
    let hint = closestName(to: text, among: words).map { ": did you mean `\($0)`?" } ?? ""
    return fail("expected one of \(list), found `\(CellFault.shown(text))`\(hint)", .event)
  }

  private mutating func hasOnly(_ word: EventWord) -> Bool {
    for member in EventMember.allCases where draft.members[member] != nil && !word.allows(member) {
      note("`\(word.rawValue)` has no `\(member.rawValue)`", member)
      return false
    }
    return true
  }

  private mutating func keys() -> [OutsideEvent.Key] {
    guard let given = object(.participant) else {
      note("expected `participant` with at least one of \(RowIntake.keyList)", .participant)
      return []
    }
    var keys: [OutsideEvent.Key] = []
    for member in given {
      guard let key = key(member.name) else {
        note("expected one of \(RowIntake.keyList), found `\(CellFault.shown(member.name))`", .participant)
        continue
      }
      switch cells.parse(member.value, as: CellType(key.type)) {
      case .text(let text): keys.append(.init(key, String(decoding: text, as: UTF8.self)))
      case .empty: break
      case .invalid(let reason): note("`\(member.name)`: \(reason.reason)", .participant)
      case .bits, .local: break
      }
    }
    if keys.isEmpty {
      note("expected at least one of \(RowIntake.keyList) to be filled", .participant)
    }
    return keys.sorted { $0.field.rawValue < $1.field.rawValue }
  }

  private func key(_ name: String) -> SystemField.Profile? {
    SystemField.Profile.allCases.first { $0.isKey && ($0.name == name || "profile.\($0.name)" == name) }
  }

  private mutating func report(isFinal: Bool) -> CommunicationReport? {
    guard let target = target(), let status = status(isFinal: isFinal) else { return nil }
    let results = draft.members[.results] == nil ? [] : object(.results)
    guard let results else { return fail("expected an object of results", .results) }
    return CommunicationReport(target, status, results: results)
  }

  /// `name` null means the session; a number may stand beside a name or alone.
  private mutating func target() -> CommunicationReport.Target? {
    let name = text(.name)
    if let number = draft.members[.communication] {
      guard case .scalar(.number(let digits)) = number.value, let number = Int(digits), number > 0 else {
        return fail("expected the number of a communication, from 1", .communication)
      }
      return .numbered(number, name: name)
    }
    if let name { return .named(name) }
    guard draft.members[.name] != nil else {
      return fail("expected the `name` of a communication, or `null` for the session", .name)
    }
    return fault == nil ? .session : nil
  }

  private mutating func status(isFinal: Bool) -> CommunicationStatus? {
    let allowed = CommunicationStatus.allCases.filter { $0.isFinal == isFinal && $0 != .planned }
    let list = allowed.map { "`\($0.spelling)`" }.joined(separator: ", ")
    guard let text = required(.status, "one of \(list)") else { return nil }
    guard let status = allowed.first(where: { $0.spelling == text }) else {
      return fail("expected one of \(list), found `\(CellFault.shown(text))`", .status)
    }
    return status
  }

  private mutating func fields() -> [NamedScalar]? {
    object(.fields) ?? fail("expected `fields`, an object of fields and their values", .fields)
  }
}

/// Reading members.
extension EventParser {
  private mutating func required(_ member: EventMember, _ expected: String) -> String? {
    if let text = text(member) { return text }
    return fail("expected `\(member.rawValue)`, \(expected)", member)
  }

  /// A text that may be missing or `null`.
  private mutating func text(_ member: EventMember) -> String? {
    guard let given = draft.members[member] else { return nil }
    if case .scalar(.text(let text)) = given.value { return text }
    if case .scalar(.null) = given.value { return nil }
    return fail("expected a text for `\(member.rawValue)`", member)
  }

  private func object(_ member: EventMember) -> [NamedScalar]? {
    guard case .object(let object) = draft.members[member]?.value else { return nil }
    return object
  }

  private mutating func fail<Wanted>(_ message: String, _ member: EventMember) -> Wanted? {
    note(message, member)
    return nil
  }

  /// Keeps the first fault.
  private mutating func note(_ message: String, _ member: EventMember) {
    fault = fault ?? EventFault(offset: draft.members[member]?.offset ?? 0, message: message)
  }
}
