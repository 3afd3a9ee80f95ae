/// The clock changes of a zone as a table, before it becomes a `Zone`.
struct ZoneRules {
  /// In seconds; what holds before the first change.
  var initialOffset: Int32
  /// In rising order.
  var changes: [ZoneChange] = []
  /// From this millisecond on, everything repeats with the calendar.
  var cycleEnd = Int64.max
}

/// At an instant, another offset begins.
struct ZoneChange {
  let milliseconds: Int64
  /// In seconds.
  let offset: Int32
}

extension ZoneRules {
  init(initialOffset: Int32) { self.initialOffset = initialOffset }

  /// Lets a rule hold behind the last recorded change.
  mutating func extend(by rule: FooterRule) {
    guard let daylight = rule.daylight else {
      // The last recorded change should have led there; where there is none, the rule is all there is.
      if changes.isEmpty { initialOffset = rule.standardOffset }
      return
    }
    let last = changes.last?.milliseconds ?? .min
    let lastYear = changes.isEmpty ? 1 : max(1, Gregorian.year(ofMilliseconds: last))
    let cycleStart = lastYear + 2
    for year in lastYear...(cycleStart + 401) {
      changes += rule.changes(in: year, daylight).filter { $0.milliseconds > last }
    }
    cycleEnd = Gregorian.milliseconds(atStartOf: cycleStart + 400)
    // Where daylight time never ends, the end of one year and the start of the next fall together, and
    // the later year counts: the sort is stable, and a zone keeps the last change of an instant.
    changes = changes.enumerated()
      .sorted { ($0.element.milliseconds, $0.offset) < ($1.element.milliseconds, $1.offset) }
      .map(\.element)
    changes = changes.indices.filter { index in
      index + 1 == changes.count || changes[index].milliseconds != changes[index + 1].milliseconds
    }.map { changes[$0] }
  }
}

extension Gregorian {
  static func milliseconds(atStartOf year: Int) -> Int64 {
    Int64(dayNumber(year: year, month: 1, day: 1)) * TimeOfDay.millisecondsPerDay
  }

  /// The year of an instant in UTC; 1 for all instants before it.
  static func year(ofMilliseconds milliseconds: Int64) -> Int {
    guard milliseconds >= Instant.minimum.milliseconds else { return 1 }
    return civil(Int(milliseconds / TimeOfDay.millisecondsPerDay)).year
  }
}
