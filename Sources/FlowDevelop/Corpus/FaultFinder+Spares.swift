import FlowCheck
import FlowDiagnostics
import FlowSchema
import FlowSyntax
import FlowText
import FlowValues

/// Things that nobody needs, times that are not there, and rounds without an end.
extension FaultFinder {
  /// An agent for nobody, and one whose model nobody asks.
  mutating func addSpareAgent(_ agent: AgentDeclaration, _ tree: SyntaxTree) {
    let hasSessions = campaign.flows.contains { $0.triggers.contains { $0.kind == .incomingSession } }
    let place = SourceRange(at: agent.range.upper)
    if !hasSessions {
      let edit = replace(tree, place, "\nagent spare_agent { channel voice }")
      add("agent for nobody", RuleTag.unusedAgent, [edit])
    }
    let model = "\nagent spare_agent { channel voice }\nmodel spare_agent { end completed after 5m }"
    add("model for nobody", RuleTag.unusedModel, also: [RuleTag.unusedAgent], [replace(tree, place, model)])
  }

  /// What is handed over to hands over to another flow, which hands back.
  mutating func addRound(_ trigger: CheckedTrigger, _ flow: CheckedFlow, _ tree: SyntaxTree) {
    guard let first = tree[trigger.body.statements].first else { return }
    let back = "\nflow once_more { on from flow { to flow \(flow.name) in 1d } }"
    add(
      "hands over in a circle", RuleTag.handoverCycle,
      also: [RuleTag.feedbackLoop, RuleTag.duplicateContact, RuleTag.contactAfterOptOut],
      [
        replace(tree, SourceRange(at: tree[first].range.lower), "to flow once_more "),
        replace(tree, SourceRange(at: flow.declaration.range.upper), back),
      ])
  }

  /// A schedule in the night, in a zone whose clocks are changed at that time.
  mutating func addClockChanges(_ tree: SyntaxTree) {
    guard let zone = CorpusSample.zones.zone(named: campaign.timezone) else { return }
    for communication in tree.communications where isInActiveFlow(communication.name.range, tree) {
      guard let range = scheduledTime(communication.schedule, tree) else { continue }
      for (rule, kind, other) in [
        (RuleTag.dstGap, LocalTimeKind.skipped, RuleTag.dstTwice),
        (RuleTag.dstTwice, .doubled, RuleTag.dstGap),
      ] {
        guard let time = nightTime(zone, kind) else { continue }
        var edits = [replace(tree, range, time)]
        if let window = windowRange(communication, tree) {
          edits.append(replace(tree, window, "00:00..20:00"))
        }
        add(
          "asked for at night", rule,
          also: [other, RuleTag.contactHours, RuleTag.expiryGap, RuleTag.windowNeverOpens],
          edits)
      }
    }
  }

  private func scheduledTime(_ schedule: Schedule, _ tree: SyntaxTree) -> SourceRange? {
    switch schedule.kind {
    case .at(let value), .on(_, at: let value?):
      guard case .time = tree[value].kind else { return nil }
      return tree[value].range
    case .now, .in, .on(_, at: nil): return nil
    }
  }

  /// A time of the night that the zone's clocks jump over, or show twice, on a Sunday of 2026.
  private func nightTime(_ zone: Zone, _ kind: LocalTimeKind) -> String? {
    for (month, day) in [(3, 29), (3, 8), (10, 25), (11, 1)] {
      for hour in [1, 2] {
        guard let date = CivilDate(year: 2026, month: month, day: day),
          let time = TimeOfDay(milliseconds: Int64(hour * 60 + 30) * 60_000)
        else { continue }
        if zone.classify(LocalDateTime(date: date, time: time)) == kind { return "0\(hour):30" }
      }
    }
    return nil
  }

  /// A script declares that it reads and writes more than it does.
  mutating func addScripts(_ tree: SyntaxTree) {
    for script in tree.pythonScripts {
      guard case .inline(let text) = script.script else { continue }
      let code = tree[text]
      func isNew(_ field: Field, _ names: ArraySlice<QualifiedName>) -> Bool {
        !code.contains(field.name) && !names.contains { self.text($0.field) == field.name }
      }
      let fields = campaign.schema.participant.fields
      if let last = tree[script.reads].last,
        let field = fields.first(where: { isNew($0, tree[script.reads]) })
      {
        let edit = replace(tree, SourceRange(at: last.range.upper), ", participant.\(field.name)")
        add("reads more than it needs", RuleTag.pythonEffects, [edit])
      }
      if let last = tree[script.writes].last,
        let field = fields.first(where: { $0.isInternal && isNew($0, tree[script.writes]) })
      {
        let edit = replace(tree, SourceRange(at: last.range.upper), ", participant.\(field.name)")
        add("writes less than it says", RuleTag.pythonEffects, [edit])
      }
    }
  }
}
