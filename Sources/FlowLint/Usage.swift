internal import FlowAnalysis
internal import FlowCheck
internal import FlowSchema
internal import FlowSyntax

/// What is read and written anywhere in a campaign, in flows that are switched off and in models as well.
struct Usage: Sendable {
  /// Fields that an expression reads, a script, or a trigger that waits for their change.
  private(set) var read: Set<Variable> = []
  /// Fields that an update or a script writes.
  private(set) var written: Set<Variable> = []
  /// Results by slot of `Schema.resultNames` that an expression reads.
  private(set) var resultsRead: Set<Int> = []
  /// Cases that an expression names.
  private(set) var cases: Set<CaseID> = []

  init(_ analysis: CampaignAnalysis) {
    for trigger in analysis.campaign.flows.flatMap(\.triggers) {
      read.formUnion(trigger.fields.map { analysis.table.field(.participant, $0) })
    }
    for file in analysis.files {
      for reference in file.references {
        switch reference {
        case .field(let level, let slot): read.insert(analysis.table.field(level, slot))
        case .result(let slot): resultsRead.insert(slot)
        case .enumerationCase(let element): cases.insert(element)
        case .none, .communication, .campaignName, .function, .communicationName, .channel, .status, .flow,
          .runOutcome, .lastValue:
          break
        }
      }
      for statement in file.statements {
        guard case .update(let assignments) = statement.kind else { continue }
        written.formUnion(file.tree[assignments].compactMap { Self.variable($0.target, analysis) })
      }
      for script in file.tree.pythonScripts {
        written.formUnion(file.tree[script.writes].compactMap { Self.variable($0, analysis) })
        read.formUnion(file.tree[script.reads].compactMap { Self.variable($0, analysis) })
        for name in file.tree[script.reads] where name.level.symbol.keyword == .result {
          let spelling = analysis.campaign.symbols[name.field.symbol]
          if let slot = analysis.campaign.schema.resultNames.firstIndex(of: spelling) {
            resultsRead.insert(slot)
          }
        }
      }
    }
  }

  private static func variable(_ name: QualifiedName, _ analysis: CampaignAnalysis) -> Variable? {
    analysis.names.field(name).map { analysis.table.field($0.level, $0.slot) }
  }
}
