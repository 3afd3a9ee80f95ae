internal import FlowAnalysis
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// Where things stand, and what they are called.
extension LintContext {
  /// A range of the file that a flow stands in.
  func span(_ flow: Int, _ range: SourceRange) -> SourceSpan {
    SourceSpan(campaign.flows[flow].file, range)
  }

  /// The names of a flow's steps as they stand in the text.
  func stepNames(_ flow: Int) -> [Name] {
    campaign.flows[flow].declaration.members.compactMap { member in
      guard case .step(let step) = member else { return nil }
      return step.name
    }
  }

  func spelling(_ name: Name) -> String { campaign.symbols[name.symbol] }

  /// `participant.status`
  func fieldName(_ level: FieldLevel, _ slot: Int) -> String {
    "\(level.spelling).\(campaign.schema.fields(level)[slot].name)"
  }

  /// The first line of a statement: what a label points at.
  func headline(_ flow: Int, _ node: Int) -> SourceSpan? {
    let file = analysis.files[analysis.graphs[flow].file]
    guard let id = analysis.graphs[flow].nodes[node].statement else { return nil }
    return headline(file.statements[Int(id.index)], file)
  }

  /// A statement without its blocks and clauses.
  func headline(_ statement: Statement, _ file: FileView) -> SourceSpan {
    switch statement.kind {
    case .check(let condition, _, _):
      return file.span(statement.range).upTo(file.expressions[Int(condition.index)].range.upper)
    case .communication(let id): return file.span(statement.range).upTo(file.tree[id].name.range.upper)
    case .chance(_, let match, _): return file.span(statement.range).upTo(match.range.lower)
    case .python(let id): return file.span(statement.range).upTo(file.tree[id].scriptRange.lower)
    case .cancelCommunications, .update, .handOver, .cancelHandOvers, .stop, .go, .progress, .end, .scenario:
      return file.span(statement.range)
    }
  }

  /// The window of a communication.
  func window(_ communication: CommunicationStatement, _ file: FileView) -> (
    syntax: SourceRange, hours: ContactWindowFacts
  )? {
    switch communication.window {
    case .none: return nil
    case .named(let name):
      return campaign.windows[spelling(name)].map { (name.range, ContactWindowFacts($0)) }
    case .inline(let id):
      let window = file.tree[id]
      return (window.range, ContactWindowFacts(window.window))
    }
  }
}

extension SourceSpan {
  fileprivate func upTo(_ end: Int) -> SourceSpan {
    SourceSpan(file, SourceRange(range.lower, max(range.lower, end)))
  }
}
