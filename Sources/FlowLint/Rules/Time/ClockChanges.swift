internal import FlowAnalysis
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// A time in the text that the clocks of the campaign's zone jump over, or show twice.
struct ClockChange {
  let span: SourceSpan
  let local: LocalDateTime
  /// Whether the text names the date as well; else a schedule meets such a date one day.
  let isDated: Bool
}

/// What a rule about one kind of such times says.
protocol ClockChangeRule: LintRule {
  static var kind: LocalTimeKind { get }
  static func message(_ local: String, _ zone: String) -> String
  static var label: String { get }
  /// What the time means (semantics T3).
  static var note: String { get }
  /// What to do about a time on a date, and about one of every day.
  static var help: String { get }
  static var everyDayHelp: String { get }
}

extension ClockChangeRule {
  static var defaultSeverity: Severity { .warning }

  static func check(_ context: LintContext) -> [Diagnostic] {
    ClockChanges.places(context, kind).map { place in
      finding(
        message("\(place.local)", context.campaign.timezone), at: Label(place.span, label),
        notes: place.isDated ? [note] : [note, everyYear], help: [place.isDated ? help : everyDayHelp])
    }
  }

  private static var everyYear: String {
    "a schedule without a fixed date meets such a day one year or another"
  }
}

/// Local times that the text names, and what the campaign's zone makes of them.
struct ClockChanges {
  /// The years in which schedules without a date look for clock changes.
  static let years = 2026...2035

  private let context: LintContext
  private let zone: Zone
  private let kind: LocalTimeKind
  /// The days of these years on which the clocks are changed.
  private let days: [CivilDate]

  /// Every time of the kind that some run comes to, in flows that are switched on and in models.
  static func places(_ context: LintContext, _ kind: LocalTimeKind) -> [ClockChange] {
    guard let zone = context.zones.zone(named: context.campaign.timezone) else { return [] }
    let changes = ClockChanges(context: context, zone: zone, kind: kind, days: days(of: zone))
    let models = context.analysis.models.flatMap { context.reached[$0] }
    return (context.reachedNodes + models).flatMap(changes.places)
  }

  /// The days that have more or fewer than 24 hours.
  private static func days(of zone: Zone) -> [CivilDate] {
    guard let first = CivilDate(year: years.lowerBound, month: 1, day: 1),
      let last = CivilDate(year: years.upperBound, month: 12, day: 31)
    else { return [] }
    var found: [CivilDate] = []
    var day = first
    var start = zone.instant(of: LocalDateTime(date: day, time: .midnight))
    while day <= last, let next = day.adding(days: 1) {
      let end = zone.instant(of: LocalDateTime(date: next, time: .midnight))
      if let start, let end, end.milliseconds - start.milliseconds != TimeOfDay.millisecondsPerDay {
        found.append(day)
      }
      day = next
      start = end
    }
    return found
  }

  private func places(_ place: ReachedNode) -> [ClockChange] {
    guard let id = context.analysis.graphs[place.flow].nodes[place.node].statement else { return [] }
    var found: [ClockChange] = []
    place.file.eachExpression(id) { expression in
      place.file.eachInside(expression) { inner in
        guard case .localDateTime(let local) = place.file.kind(inner), zone.classify(local) == kind else {
          return
        }
        let span = place.file.span(place.file.expressions[Int(inner.index)].range)
        found.append(ClockChange(span: span, local: local, isDated: true))
      }
    }
    if let change = scheduled(place) { found.append(change) }
    return found
  }

  /// `on 2026-03-29 at 02:30`, or `at 02:30` on whatever day.
  private func scheduled(_ place: ReachedNode) -> ClockChange? {
    let schedule: Schedule
    var window: ContactWindow?
    switch place.statement.kind {
    case .communication(let id):
      let communication = place.file.tree[id]
      schedule = communication.schedule
      window = context.window(communication, place.file)?.hours.window
    case .handOver(_, let own): schedule = own
    case .check, .cancelCommunications, .update, .cancelHandOvers, .python, .stop, .go, .progress, .end,
      .chance, .scenario:
      return nil
    }
    guard let (date, time) = asked(schedule, place.file) else { return nil }
    let local = (date.map { [$0] } ?? days).lazy.map { LocalDateTime(date: $0, time: time) }
      .first { self.zone.classify($0) == self.kind }
    // Where the window moves it to another time, that one is meant.
    guard let local, window?.earliest(from: local) ?? local == local else { return nil }
    return ClockChange(span: place.file.span(schedule.range), local: local, isDated: date != nil)
  }

  /// A time of day that stands in the text, and the date where that does as well.
  private func asked(_ schedule: Schedule, _ file: FileView) -> (CivilDate?, TimeOfDay)? {
    switch schedule.kind {
    case .at(let value):
      guard case .time(let time) = file.kind(value.bare(file)) else { return nil }
      return (nil, time)
    case .on(let day, at: let value?):
      guard case .time(let time) = file.kind(value.bare(file)) else { return nil }
      guard case .date(let date) = file.kind(day.bare(file)) else { return (nil, time) }
      return (date, time)
    case .now, .in, .on(_, at: nil): return nil
    }
  }
}
