internal import FlowCheck
internal import FlowSchema
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// Communications: when, under which conditions and with what.
extension MutationFinder {
  mutating func visit(_ communication: CommunicationStatement, _ range: SourceRange) {
    skip(.droppedCommunication, range)
    visit(communication.schedule)
    if let window = communication.window { visit(window) }
    if let expiry = communication.expiry {
      drop(.droppedExpiry, self.range(tokensBefore: 2, tree[expiry].range))
      visitValue(expiry, .shiftedSchedule)
    }
    if let condition = communication.condition {
      drop(.droppedOnlyIf, self.range(tokensBefore: 2, tree[condition].range))
      visitCondition(condition)
    }
    for entry in tree[communication.payload] { visit(entry) }
  }

  /// A key that is sent without a value is still one that tests may name.
  private mutating func visit(_ entry: Entry) {
    let value = tree[entry.value].range
    change(
      .droppedPayload, value, to: "if(false, \(text(value)), unset)",
      place: entry.key.range.extended(to: value), .leftOut)
    visitValue(entry.value)
  }

  // MARK: Schedules

  mutating func visit(_ schedule: Schedule) {
    switch schedule.kind {
    case .now: break
    case .in(let duration): shift(duration)
    case .at(let time): shift(time)
    case .on(let date, let time):
      shift(date)
      if let time { shift(time) }
    }
  }

  /// By what stands in it, else by a day.
  private mutating func shift(_ id: ExpressionID) {
    let count = mutations.count
    visitValue(id, .shiftedSchedule)
    guard mutations.count == count, facts.type(of: id) != .time else { return }
    replace(.shiftedSchedule, tree[id].range, by: text(id) + " + 1d")
  }

  // MARK: Windows

  private mutating func visit(_ window: WindowReference) {
    switch window {
    case .named(let name): drop(.droppedWindow, range(tokensBefore: 1, name.range))
    case .inline(let id):
      drop(.droppedWindow, range(tokensBefore: 1, tree[id].range))
      loosen(tree[id].range)
    }
  }

  /// Opens a window an hour earlier, closes it an hour later, and on every day.
  mutating func loosen(_ range: SourceRange) {
    let tokens = tokens(in: range)
    let times = tokens.filter { $0.kind == .timeLiteral }
    if times.count == 2 {
      if let earlier = time(times[0].range, by: -1) { loosen(times[0].range, in: range, to: earlier) }
      if let later = time(times[1].range, by: 1) { loosen(times[1].range, in: range, to: later) }
    }
    let hours = times.last?.range.upper ?? range.lower
    if !times.isEmpty, hours < range.upper {
      drop(.loosenedWindow, SourceRange(hours, range.upper), place: days(behind: hours, in: range))
    }
  }

  private mutating func loosen(_ time: SourceRange, in window: SourceRange, to text: String) {
    let source = tree.source
    change(
      .loosenedWindow, time, to: text, place: window,
      .replaced(
        by: source.text(SourceRange(window.lower, time.lower)) + text
          + source.text(SourceRange(time.upper, window.upper))))
  }

  private func days(behind offset: Int, in range: SourceRange) -> SourceRange {
    let first = tokens(in: SourceRange(offset, range.upper)).first?.range.lower
    return SourceRange(first ?? offset, range.upper)
  }

  /// `nil` where a time would leave the day.
  private func time(_ range: SourceRange, by hours: Int) -> String? {
    let parts = text(range).split(separator: ":").compactMap { Int($0) }
    guard parts.count == 2, (0...24).contains(parts[0] + hours) else { return nil }
    let hour = parts[0] + hours
    guard hour < 24 || parts[1] == 0 else { return nil }
    return (hour < 10 ? "0\(hour)" : "\(hour)") + ":" + text(range).suffix(2)
  }
}
