internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// The clauses of a communication (language 4.3); agent and channel were resolved with its name.
extension CampaignChecker {
  mutating func check(_ statement: CommunicationStatement) {
    check(statement.schedule, window: statement.window, isHandOver: false)
    if let expiry = statement.expiry { require(expiry, .duration, "`expires in`") }
    if let condition = statement.condition { requireCondition(condition, "`only if`") }
    if !statement.payload.isEmpty { checkPayload(statement.payload) }
  }

  private mutating func checkPayload(_ payload: EntryList) {
    listNames.removeAll()
    let entries = tree[payload]
    for (index, entry) in entries.enumerated() {
      if !entry.key.isMissing, let earlier = listNames.insert(entry.key.symbol, index) {
        let first = entries[entries.startIndex + earlier].key.range
        reportRepeated(entry.key.range, "the key `\(text(entry.key))`", "in one `with`", first)
      }
      check(entry.value, .none)
    }
  }

  /// A window by its name; `nil` where there is none, and whether that is an error.
  private mutating func window(_ reference: WindowReference?) -> (window: ContactWindow?, isBroken: Bool) {
    switch reference {
    case nil: return (nil, false)
    case .inline(let id): return (tree[id].window, false)
    case .named(let name):
      if name.isMissing { return (nil, true) }
      if let index = names.windows[name.symbol] { return (windows[index], false) }
      reportUnknownWindow(name)
      return (nil, true)
    }
  }

  private mutating func reportUnknownWindow(_ name: Name) {
    let all = isBrief ? [] : windowNames.keys.sorted()
    let near = suggestion(text(name), all)
    report(
      .unknownWindow, "expected hours, days or a window's name, found `\(text(name))`", at: name.range,
      label: didYouMean(near), notes: [declared("windows", all)],
      help: ["a window is declared as `window \(text(name)) 09:00..20:00 mon..fri`"],
      fixes: renaming(name.range, to: near))
  }

  mutating func check(_ schedule: Schedule, window reference: WindowReference?, isHandOver: Bool) {
    let window = window(reference)
    switch schedule.kind {
    case .now: break
    case .in(let duration): _ = isScheduled(duration, .in, schedule)
    case .at(let time): _ = isScheduled(time, .at, schedule)
    case .on(let date, let time):
      let isDate = isScheduled(date, .on, schedule)
      if let time {
        require(time, .time, "`on DATE at`")
      } else if isDate, window.window?.hours == nil, !window.isBroken {
        reportMissingTime(schedule, window: window.window, isHandOver: isHandOver)
      }
    }
  }

  private mutating func reportMissingTime(
    _ schedule: Schedule, window: ContactWindow?, isHandOver: Bool
  ) {
    let why =
      isHandOver
      ? "a hand-over has no window that could give the time"
      : window == nil ? "there is no window that could give the time" : "the window has days, but no hours"
    report(
      .missingTime, "expected `at TIME` after `on DATE`, found none", at: schedule.range, notes: [why],
      help: isHandOver || window != nil
        ? ["write `on … at 09:00`"] : ["write `on … at 09:00`, or add `within 09:00..20:00`"])
  }
}

/// The word that says how a schedule is given.
enum ScheduleWord: String {
  case `in`
  case at
  case on

  /// The word for a value of a type, where there is one.
  init?(for type: ValueType) {
    switch type {
    case .duration: self = .in
    case .time, .datetime: self = .at
    case .date: self = .on
    case .string, .integer, .numeric, .boolean, .email, .phone, .enumeration: return nil
    }
  }

  var expected: String {
    switch self {
    case .in: "a `duration`"
    case .at: "a `time` or `datetime`"
    case .on: "a `date`"
    }
  }
}

extension CampaignChecker {
  /// Whether a schedule's value is what its word takes; reported where it is not.
  private mutating func isScheduled(
    _ id: ExpressionID, _ word: ScheduleWord, _ schedule: Schedule
  ) -> Bool {
    if isUnset(id) {
      reportMismatch(id, expected: word.expected, found: "`unset`", after: "`\(word.rawValue)`")
      return false
    }
    guard let type = check(id, .none) else { return false }
    let right = ScheduleWord(for: type)
    if right == word { return true }
    if let right {
      reportScheduleWord(id, type, word, right, schedule)
    } else {
      reportMismatch(id, expected: word.expected, found: described(type), after: "`\(word.rawValue)`")
    }
    return false
  }

  /// A value of another kind of schedule: the word before it is what is wrong.
  private mutating func reportScheduleWord(
    _ id: ExpressionID, _ type: ValueType, _ word: ScheduleWord, _ right: ScheduleWord,
    _ schedule: Schedule
  ) {
    let start = schedule.range.lower
    let wordRange = SourceRange(start, start + word.rawValue.utf8.count)
    var fixes: [Fix] = []
    if case .on(_, .some) = schedule.kind {
    } else {
      // A date alone does not say at what time, so `on` may need more than the word.
      fixes = [
        Fix(
          "write `\(right.rawValue)`", right == .on ? .unsafe : .safe,
          [Edit(span(wordRange), right.rawValue)])
      ]
    }
    report(
      .scheduleWord, "expected \(word.expected) after `\(word.rawValue)`, found \(described(type))",
      at: expressions[Int(id.index)].range, label: "a `\(plain(type))` stands after `\(right.rawValue)`",
      secondary: [Label(span(wordRange), "`\(right.rawValue)` belongs here")],
      notes: ["`in DURATION`, `at TIME`, `at DATETIME`, `on DATE at TIME`"], fixes: fixes)
  }
}
