internal import FlowRuntime
internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// The totals of one campaign, each a table with a heading.
struct RunTotals {
  var results: RunResults
  var style: TextStyle

  func sections(of campaign: SimulationSummary.Campaign, _ index: Int) -> [String] {
    let profileFields = results.summary.campaigns.count == 1 ? results.summary.profileFields : []
    return [
      rows(campaign, index), flows(campaign), communications(campaign),
      participants(campaign, profileFields + campaign.fields),
    ].filter { !$0.isEmpty }
  }

  private func rows(_ campaign: SimulationSummary.Campaign, _ index: Int) -> String {
    let read = results.inputs.rowsRead[index]
    let rejected = results.inputs.rowsRejected[index]
    let table = TextTable(
      [
        ["Rows", "read", "created", "updated", "rejected"],
        ["", number(read), number(campaign.rowsCreated), number(campaign.rowsUpdated), number(rejected)],
      ], numbers: [1, 2, 3, 4])
    return table.render(indent: 0, head: style.bold)
  }

  private func flows(_ campaign: SimulationSummary.Campaign) -> String {
    guard !campaign.flows.isEmpty else { return "" }
    let rows = campaign.flows.map { flow in
      flow.isActive
        ? ["  \(flow.name)", number(flow.finished), number(flow.failed)]
        : ["  \(flow.name)", "inactive", ""]
    }
    return TextTable([["Runs", "finished", "failed"]] + rows, numbers: [1, 2]).render(
      indent: 0, head: style.bold)
  }

  /// Only the statuses that occur have a column.
  private func communications(_ campaign: SimulationSummary.Campaign) -> String {
    guard !campaign.communications.isEmpty else { return "" }
    let statuses = CommunicationStatus.allCases.filter { status in
      campaign.communications.contains { $0.byStatus[Int(status.rawValue)] > 0 }
    }
    let names = statuses.map { $0 == .noResponse ? "no response" : $0.spelling }
    var rows = [["Communications", "channel", "created"] + names]
    for communication in campaign.communications {
      let counts = statuses.map { number(communication.byStatus[Int($0.rawValue)]) }
      let channel = communication.channel?.spelling ?? ""
      rows.append(
        ["  \(communication.name ?? "incoming sessions")", channel, number(communication.created)] + counts)
    }
    return TextTable(rows, numbers: Set(2..<3 + statuses.count)).render(indent: 0, head: style.bold)
  }

  private func participants(
    _ campaign: SimulationSummary.Campaign, _ fields: [SimulationSummary.Field]
  ) -> String {
    style.bold("Participants") + "  \(Counted.number(campaign.participants))\n" + values(of: fields)
  }

  /// `status   new 3, paid 10`: only what occurs.
  func values(of fields: [SimulationSummary.Field]) -> String {
    let rows = fields.map { field in
      let name = field.level == .profile ? "profile.\(field.name)" : field.name
      let counts = field.counts.filter { $0.count > 0 }.map { "\($0.value) \(number($0.count))" }
      return [name, counts.isEmpty ? "–" : counts.joined(separator: ", ")]
    }
    return TextTable(rows, numbers: []).render(indent: 2)
  }

  /// A nought is no news.
  private func number(_ count: Int) -> String { count == 0 ? "–" : Counted.number(count) }
}
