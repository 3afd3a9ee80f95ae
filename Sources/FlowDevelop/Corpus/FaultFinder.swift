import FlowCheck
import FlowDiagnostics
import FlowSchema
import FlowSyntax
import FlowText

/// Finds the places of a sample where a known fault can be made.
struct FaultFinder {
  let campaign: CheckedCampaign
  var faults: [Fault] = []

  /// All faults that can be made in the campaign's own files, in the order of the text.
  static func faults(in campaign: CheckedCampaign) -> [Fault] {
    var finder = FaultFinder(campaign: campaign)
    for tree in campaign.files.prefix(campaign.ownFileCount) {
      finder.addDeclarations(tree)
      finder.addStatements(tree)
      finder.addCommunications(tree)
      finder.addClockChanges(tree)
      finder.addScripts(tree)
    }
    finder.addFlows()
    finder.addLostUpdates()
    return finder.faults
  }

  mutating func add(
    _ operation: String, _ rule: DiagnosticName, also: Set<DiagnosticName> = [], _ edits: [Edit]
  ) {
    // A cycle of hand-overs alone is reported under a name of its own.
    let sibling = rule == RuleTag.feedbackLoop ? RuleTag.handoverCycle : nil
    faults.append(
      Fault(operation: operation, rule: rule, sibling: sibling, alsoRight: also, edits: edits))
  }

  func text(_ name: Name) -> String { campaign.symbols[name.symbol] }

  func replace(_ tree: SyntaxTree, _ range: SourceRange, _ text: String) -> Edit {
    Edit(tree.span(range), text)
  }

  // MARK: Declarations

  private mutating func addDeclarations(_ tree: SyntaxTree) {
    for declaration in tree.declarations {
      switch declaration {
      case .fields(let fields): addFields(fields, tree)
      case .window(let window) where isUsedAtAnyTime(window):
        add(
          "widened window", RuleTag.contactHours, also: [RuleTag.expiryGap],
          [replace(tree, window.window.range, "06:00..23:00")])
      case .agent(let agent):
        if let last = agent.results.last {
          let edit = replace(tree, SourceRange(at: last.range.upper), "\n    mood: string")
          add("result for nobody", RuleTag.unusedResult, [edit])
        }
        addSpareAgent(agent, tree)
      case .flow(let flow):
        if isLong(flow, tree), flow.documentation == nil, let title = flow.title {
          add("removed title", RuleTag.missingTitle, [replace(tree, title.range, "")])
        }
      case .use, .campaign, .enumeration, .window, .model, .test: break
      }
    }
  }

  /// Whether a flow has more than eight statements.
  private func isLong(_ flow: FlowDeclaration, _ tree: SyntaxTree) -> Bool {
    tree.statements.filter { flow.range.contains($0.range) }.count > 8
  }

  private mutating func addFields(_ fields: FieldsDeclaration, _ tree: SyntaxTree) {
    if let last = fields.fields.last {
      let edit = replace(tree, SourceRange(at: last.range.upper), "\n  spare: string")
      add("field for nobody", RuleTag.unusedField, [edit])
      let capital = replace(tree, SourceRange(at: last.range.upper), "\n  spareField: string")
      add("name in another style", RuleTag.nameStyle, also: [RuleTag.unusedField], [capital])
    }
    for field in fields.fields {
      if fields.level == .profile, let required = field.required {
        add("address not required", RuleTag.addressNotChecked, [replace(tree, required, "")])
      }
      if let value = field.defaultValue, isNegated(field.name, tree) {
        // From behind the type to the end of the default: the sign goes with it.
        let range = SourceRange(field.type.range.upper, tree[value].range.upper)
        add(
          "removed default", RuleTag.unsetComparison,
          also: [
            RuleTag.duplicateContact, RuleTag.contactAfterOptOut, RuleTag.feedbackLoop, RuleTag.handoverCycle,
          ],
          [replace(tree, range, "")])
      }
    }
  }

  /// Whether a check of the file asks for the opposite of a field.
  private func isNegated(_ field: Name, _ tree: SyntaxTree) -> Bool {
    func isField(_ id: ExpressionID) -> Bool {
      if case .member(_, let member) = tree[id].kind { member.symbol == field.symbol } else { false }
    }
    let conditions = tree.statements.compactMap { statement -> ExpressionID? in
      if case .check(let condition, _, _) = statement.kind { condition } else { nil }
    }
    return conditions.contains { condition in
      switch tree[condition].kind {
      case .unary(.not, let inner): isField(inner)
      case .binary(.notEqual, let left, _): isField(left)
      case .binary(.and, let left, let right):
        [left, right].contains { part in
          if case .unary(.not, let inner) = tree[part].kind { isField(inner) } else { false }
        }
      case _: false
      }
    }
  }

  // MARK: Flows

  private mutating func addFlows() {
    for flow in campaign.flows where flow.isActive && flow.file.index < campaign.ownFileCount {
      let tree = campaign.files[flow.file.index]
      for trigger in flow.triggers {
        addTrigger(trigger, flow, tree)
      }
    }
  }

  private mutating func addTrigger(_ trigger: CheckedTrigger, _ flow: CheckedFlow, _ tree: SyntaxTree) {
    switch trigger.kind {
    case .participantCreated where contacts(flow): addUploads(trigger, flow, tree)
    case .participantUpdated where !trigger.fields.isEmpty:
      let words = "participant updated"
      let narrowing = SourceRange(trigger.range.lower + words.utf8.count, trigger.range.upper)
      if tree.source.text(trigger.range).hasPrefix(words), updates(trigger.body, tree) {
        add(
          "trigger without fields", RuleTag.selfUpdate,
          also: [RuleTag.feedbackLoop, RuleTag.duplicateContact],
          [replace(tree, narrowing, "")])
      }
    case .fromFlow: addRound(trigger, flow, tree)
    case .communicationEnded where readsResult(trigger.body, tree) && flow.triggers.count == 1:
      addWrongAgent(trigger, tree)
      let words = "communication ended"
      guard tree.source.text(trigger.range).hasPrefix(words), !trigger.names.isEmpty else { break }
      let names = trigger.names.map { campaign.schema.communications[$0].name }.joined(separator: ", ")
      add(
        "asks too early", RuleTag.resultReadTooEarly,
        also: [RuleTag.constantCheck, RuleTag.feedbackLoop, RuleTag.addressNotChecked],
        [replace(tree, trigger.range, "communication updated (\(names), delivered)")])
    case .participantCreated, .participantUpdated, .communicationEnded, .communicationUpdated,
      .incomingSession:
      break
    }
  }

  /// Whether a flow creates communications, or hands over.
  private func contacts(_ flow: CheckedFlow) -> Bool {
    campaign.files[flow.file.index].statements.contains { statement in
      guard flow.declaration.range.contains(statement.range) else { return false }
      switch statement.kind {
      case .communication, .handOver: return true
      case .check, .cancelCommunications, .update, .cancelHandOvers, .python, .stop, .go, .progress, .end,
        .chance, .scenario:
        return false
      }
    }
  }

  private func updates(_ block: Block, _ tree: SyntaxTree) -> Bool {
    tree[block.statements].contains { if case .update = tree[$0].kind { true } else { false } }
  }

  private func readsResult(_ block: Block, _ tree: SyntaxTree) -> Bool {
    tree.source.text(block.range).contains("result.")
  }

  /// What keeps an upload from contacting people twice: the guard, its `stop`, the update that it reads.
  private mutating func addUploads(_ trigger: CheckedTrigger, _ flow: CheckedFlow, _ tree: SyntaxTree) {
    var edits: [Edit] = []
    if campaign.reupload == .updated, let created = reuploadCreated(tree) { edits.append(created) }
    let isReached = campaign.reupload == .created || !edits.isEmpty
    guard isReached, let first = tree[trigger.body.statements].first else { return }
    guard case .check(let condition, let match, let otherwise) = tree[first].kind,
      tree[match.statements].count == 1, let only = tree[match.statements].first, case .stop = tree[only].kind
    else { return }
    let also: Set = [
      RuleTag.contactAfterOptOut, RuleTag.fieldNeverWritten, RuleTag.unsetComparison, RuleTag.selfUpdate,
      RuleTag.addressNotChecked, RuleTag.feedbackLoop, RuleTag.unusedField,
    ]
    add(
      "removed guard", RuleTag.duplicateContact, also: also,
      edits + [replace(tree, tree[condition].range, "profile.opted_out")])
    if case .none = otherwise {
      add("removed stop", RuleTag.duplicateContact, also: also, edits + [replace(tree, tree[only].range, "")])
    }
    for field in guardFields(condition, tree) {
      if let opening = openedAgain(field, flow, tree) {
        add("guard opened by another flow", RuleTag.duplicateContact, also: also, edits + [opening])
      }
      let updates = assignments(of: field, tree)
      guard !updates.isEmpty else { continue }
      add("removed update of the guard", RuleTag.duplicateContact, also: also, edits + updates)
    }
  }

  /// A flow behind it that the same row starts, and that puts the guard back.
  private func openedAgain(_ field: String, _ flow: CheckedFlow, _ tree: SyntaxTree) -> Edit? {
    let declared = campaign.schema.participant.fields.first { $0.name == field }
    guard case .boolean(false)? = declared?.defaultValue else { return nil }
    return replace(
      tree, SourceRange(at: flow.declaration.range.upper),
      "\nflow opened_again { on participant created { update participant.\(field) = false } }")
  }

  /// `reupload: updated` changed to `created`: then every row starts the trigger.
  private func reuploadCreated(_ tree: SyntaxTree) -> Edit? {
    for case .campaign(let campaign) in tree.declarations {
      if let reupload = campaign.reupload { return replace(tree, reupload.range, "created") }
    }
    return nil
  }

  /// Internal fields that a condition reads.
  private func guardFields(_ condition: ExpressionID, _ tree: SyntaxTree) -> [String] {
    let text = tree.source.text(tree[condition].range)
    return campaign.schema.participant.fields.filter {
      $0.isInternal && text.contains("participant.\($0.name)")
    }
    .map(\.name)
  }

  /// Edits that turn every assignment of a value to a field into one of what it has.
  private func assignments(of field: String, _ tree: SyntaxTree) -> [Edit] {
    tree.statements.flatMap { statement -> [Edit] in
      guard case .update(let list) = statement.kind else { return [] }
      return tree[list].filter { text($0.target.field) == field }.map {
        replace(tree, tree[$0.value].range, "participant.\(field)")
      }
    }
  }
}
