internal import FlowAnalysis
internal import FlowCheck
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// Local times that the text names whole, and what the campaign's zone makes of them.
enum ClockChanges {
  static func places(_ context: LintContext, _ kind: LocalTimeKind) -> [(
    span: SourceSpan, local: LocalDateTime
  )] {
    guard let zone = context.zones.zone(named: context.campaign.timezone) else { return [] }
    var found: [(span: SourceSpan, local: LocalDateTime)] = []
    for place in context.reachedNodes {
      guard let id = context.analysis.graphs[place.flow].nodes[place.node].statement else { continue }
      place.file.eachExpression(id) { expression in
        place.file.eachInside(expression) { inner in
          guard case .localDateTime(let local) = place.file.kind(inner), zone.classify(local) == kind else {
            return
          }
          found.append((place.file.span(place.file.expressions[Int(inner.index)].range), local))
        }
      }
      if let (span, local) = scheduled(place), zone.classify(local) == kind { found.append((span, local)) }
    }
    return found
  }

  /// `on 2026-03-29 at 02:30`, both in the text.
  private static func scheduled(_ place: ReachedNode) -> (SourceSpan, LocalDateTime)? {
    let schedule: Schedule
    switch place.statement.kind {
    case .communication(let id): schedule = place.file.tree[id].schedule
    case .handOver(_, let own): schedule = own
    case .check, .cancelCommunications, .update, .cancelHandOvers, .python, .stop, .go, .progress, .end,
      .chance, .scenario:
      return nil
    }
    guard case .on(let day, at: let time?) = schedule.kind,
      case .date(let date) = place.file.kind(day.bare(place.file)),
      case .time(let time) = place.file.kind(time.bare(place.file))
    else { return nil }
    return (place.file.span(schedule.range), LocalDateTime(date: date, time: time))
  }
}
