internal import FlowDiagnostics
internal import FlowText
internal import FlowValues

/// A day of the week by its number, Monday 1 to Sunday 7.
enum Weekday: Int {
  case mon = 1
  case tue, wed, thu, fri, sat, sun

  init?(_ keyword: Keyword) {
    switch keyword {
    case .mon: self = .mon
    case .tue: self = .tue
    case .wed: self = .wed
    case .thu: self = .thu
    case .fri: self = .fri
    case .sat: self = .sat
    case .sun: self = .sun
    default: return nil
    }
  }
}

/// `09:00..20:00 mon..fri` (language 4.3).
extension Parser {
  var weekday: Weekday? { keyword.flatMap(Weekday.init) }

  var isWindowStart: Bool { token.kind == .timeLiteral || weekday != nil }

  /// Hours, days or both. Nil where none is there, or what is there is reported.
  mutating func parseWindow() -> WindowSyntax? {
    let start = token.range.lower
    let isReportedBefore = diagnostics.count
    guard isWindowStart else {
      fail(.expectedToken, "hours like `09:00..20:00` or days like `mon..fri`")
      return nil
    }
    var hours = token.kind == .timeLiteral ? parseHours() : nil
    if failed { return nil }
    let days = weekday == nil ? WeekdaySet.every : parseDays()
    if hours == nil, token.kind == .timeLiteral, !isEcho {
      report(.clauseOrder, "expected the hours before the days, found \(found) after them", at: token.range)
      hours = parseHours()
    }
    guard !failed, diagnostics.count == isReportedBefore,
      let window = ContactWindow(hours: hours, days: days)
    else { return nil }
    return WindowSyntax(range: range(from: start), window: window)
  }

  private mutating func parseHours() -> ContactWindow.Hours? {
    let first = token.range
    let isReported = token.isReported
    let start = literalValue()
    advance()
    if token.kind == .minus, peek().kind == .timeLiteral {
      reportUnexpected(
        .expectedToken, "`..`", fixes: [replacement(token.range, by: "..", .safe)])
      advance()
    } else if isReported, token.kind != .ellipsis {
      return nil
    } else if !expect(.ellipsis) {
      return nil
    }
    guard token.kind == .timeLiteral else {
      fail(.expectedToken, "the time at which the window ends")
      return nil
    }
    let last = token.range
    let isEndReported = token.isReported
    let isMidnight = text(last) == "24:00"
    let end: Expression.Kind = isMidnight ? .missing : literalValue()
    advance()
    guard !isReported, !isEndReported, case .time(let from) = start else { return nil }
    var endMilliseconds = TimeOfDay.millisecondsPerDay
    if case .time(let to) = end {
      endMilliseconds = Int64(to.milliseconds)
    } else if !isMidnight {
      return nil
    }
    guard let hours = ContactWindow.Hours(start: from, endMilliseconds: endMilliseconds) else {
      report(
        .literalOutOfRange,
        "expected a window that ends at another time than it begins, found `\(text(first))` twice",
        at: first.extended(to: last), help: ["the whole day is `00:00..24:00`"])
      return nil
    }
    return hours
  }

  /// `mon..fri, sun`; a comma behind the last is fine.
  private mutating func parseDays() -> WeekdaySet {
    var days = WeekdaySet.none
    while let first = weekday {
      advance()
      var last = first
      if accept(.ellipsis) {
        guard let day = weekday else {
          fail(.expectedToken, "a day like `fri`")
          return days
        }
        last = day
        advance()
      }
      days = days.union(WeekdaySet(from: first.rawValue, through: last.rawValue))
      guard token.kind == .comma else { break }
      advance()
    }
    return days
  }
}
