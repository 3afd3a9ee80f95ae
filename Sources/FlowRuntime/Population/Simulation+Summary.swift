import FlowCheck
import FlowSchema
import FlowSyntax
import FlowText

extension Simulation {
  func summary(_ tally: borrowing Tally, wasInterrupted: Bool) -> SimulationSummary {
    var summary = SimulationSummary(
      campaigns: [], profiles: tally.profiles, profileFields: tally.profileFields(), failures: failures(),
      stoppedCascades: [], ignoredReports: 0, pending: tally.pending, wasInterrupted: wasInterrupted)
    for index in deployment.programs.indices { summary.campaigns.append(campaign(index, tally)) }
    for engine in engines.indices {
      summary.ignoredReports += engines[engine].totals.ignoredReports
      summary.stoppedCascades += engines[engine].journal.stops
    }
    summary.stoppedCascades.sort { ($0.at, $0.key, $0.campaign) < ($1.at, $1.key, $1.campaign) }
    return summary
  }

  private func campaign(_ index: Int, _ tally: borrowing Tally) -> SimulationSummary.Campaign {
    let campaign = deployment.programs[index].campaign
    var summary = SimulationSummary.Campaign(
      name: campaign.name, title: campaign.title, rowsCreated: created(index), rowsUpdated: updated(index),
      participants: tally.participants(index), flows: [], communications: [], fields: tally.fields(index),
      events: [])
    for (position, flow) in campaign.flows.enumerated() {
      var counted = SimulationSummary.Flow(
        name: flow.name, isActive: flow.isActive, finished: 0, failed: 0)
      for engine in engines.indices {
        let runs = engines[engine].totals.runs(index, position)
        counted.finished += runs.finished
        counted.failed += runs.failed
      }
      summary.flows.append(counted)
    }
    for (position, type) in campaign.schema.communications.enumerated() {
      let statuses = tally.communications(index, name: position)
      summary.communications.append(
        SimulationSummary.Communications(
          name: type.name, channel: type.kind, created: statuses.reduce(0, +), byStatus: statuses))
    }
    let sessions = tally.communications(index, name: -1)
    if sessions.contains(where: { $0 > 0 }) {
      summary.communications.append(
        SimulationSummary.Communications(
          name: nil, channel: nil, created: sessions.reduce(0, +), byStatus: sessions))
    }
    summary.events = TriggerKind.allCases.map { kind in
      engines.indices.reduce(0) { $0 + engines[$1].totals.events(kind, index) }
    }
    return summary
  }

  private func created(_ campaign: Int) -> Int {
    engines.indices.reduce(0) { $0 + engines[$1].totals.rowsCreated(campaign) }
  }

  private func updated(_ campaign: Int) -> Int {
    engines.indices.reduce(0) { $0 + engines[$1].totals.rowsUpdated(campaign) }
  }

  /// Failures of all engines by place, in order of the text.
  private func failures() -> [SimulationSummary.Failure] {
    var log = FailureLog()
    for engine in engines.indices { log.add(engines[engine].journal.failures) }
    return log.counts.map { place, count in
      SimulationSummary.Failure(place: place, count: count, isManifold: log.manifold.contains(place))
    }.sorted { Self.precedes($0.place, $1.place) }
  }

  private static func precedes(_ a: FailurePlace, _ b: FailurePlace) -> Bool {
    func rank(_ place: FailurePlace) -> (Int, Int, Int, UInt8) {
      (place.campaign, place.span?.file.index ?? 0, place.span?.range.lower ?? 0, place.reason.rawValue)
    }
    func within(_ fault: ScriptFault?) -> (Int, String, String) {
      (fault?.line ?? 0, fault?.kind ?? "", fault?.file ?? "")
    }
    guard rank(a) == rank(b) else { return rank(a) < rank(b) }
    guard a.flow == b.flow, a.model == b.model else {
      return (a.flow ?? -1, a.model ?? -1) < (b.flow ?? -1, b.model ?? -1)
    }
    return within(a.fault) < within(b.fault)
  }
}
