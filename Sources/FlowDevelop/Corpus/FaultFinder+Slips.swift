import FlowCheck
import FlowDiagnostics
import FlowSchema
import FlowSyntax
import FlowText

/// Slips in what is asked: the same question twice, a chain that forgets the rest, another's answer.
extension FaultFinder {
  /// What has just been established is asked once more.
  mutating func addSameQuestion(_ condition: ExpressionID, _ match: Block, _ tree: SyntaxTree) {
    guard case .binary(let sign, let left, _) = tree[condition].kind, sign != .and, sign != .or,
      case .member = tree[left].kind, let first = tree[match.statements].first
    else { return }
    let text = tree.source.text(tree[condition].range)
    let also: Set = [
      RuleTag.duplicateContact, RuleTag.unusedFlow, RuleTag.unusedStep, RuleTag.fieldNeverWritten,
      RuleTag.feedbackLoop, RuleTag.contactAfterOptOut, RuleTag.enumCaseMissed, RuleTag.addressNotChecked,
      RuleTag.unreachableNode,
    ]
    let edit = replace(tree, SourceRange(at: tree[first].range.lower), "check \(text) { stop } ")
    add("the same question twice", RuleTag.constantCheck, also: also, [edit])
  }

  /// A chain over one value loses what it does with all other cases.
  mutating func addLostElse(_ condition: ExpressionID, _ otherwise: ElseBranch, _ tree: SyntaxTree) {
    guard case .statement(let id) = otherwise, case .check(let second, _, .block(let rest)) = tree[id].kind,
      case .binary(.equal, let left, _) = tree[condition].kind,
      case .binary(.equal, let otherLeft, _) = tree[second].kind,
      tree.source.text(tree[left].range) == tree.source.text(tree[otherLeft].range),
      let word = lastElse(before: rest.range, tree)
    else { return }
    let also: Set = [
      RuleTag.unusedFlow, RuleTag.unusedStep, RuleTag.fieldNeverWritten, RuleTag.constantCheck,
      RuleTag.contactAfterOptOut, RuleTag.unusedAgent,
    ]
    add("lost else of a chain", RuleTag.enumCaseMissed, also: also, [replace(tree, word, "")])
  }

  /// The word `else` with the block behind it.
  private func lastElse(before block: SourceRange, _ tree: SyntaxTree) -> SourceRange? {
    guard block.lower >= 5, tree.source.text(SourceRange(block.lower - 5, block.lower)) == "else " else {
      return nil
    }
    return SourceRange(block.lower - 5, block.upper)
  }

  /// The answer to one agent's question is looked for with another, who never asks it.
  mutating func addWrongAgent(_ trigger: CheckedTrigger, _ tree: SyntaxTree) {
    let schema = campaign.schema
    guard let first = trigger.names.first, let statement = tree[trigger.body.statements].first,
      let result = schema.agents[schema.communications[first].agent].results.fields.first,
      let other = schema.communications.first(where: {
        schema.agents[$0.agent].results.index(of: result.name) == nil
      }),
      tree.source.text(trigger.range).hasPrefix("communication ended")
    else { return }
    let names = trigger.names.map { schema.communications[$0].name } + [other.name]
    let question =
      "check communication.name == \(other.name) { check result.\(result.name) is set { stop } } "
    add(
      "answer to another's question", RuleTag.resultNeverRecorded,
      also: [RuleTag.constantCheck, RuleTag.feedbackLoop, RuleTag.resultReadTooEarly],
      [
        replace(tree, trigger.range, "communication ended (\(names.joined(separator: ", ")))"),
        replace(tree, SourceRange(at: tree[statement].range.lower), question),
      ])
  }

  /// Internal fields whose every update is lost, one by one.
  mutating func addLostUpdates() {
    for field in campaign.schema.participant.fields where field.isInternal {
      var edits: [Edit] = []
      var isAlone = true
      for tree in campaign.files.prefix(campaign.ownFileCount) {
        for statement in tree.statements {
          guard case .update(let list) = statement.kind,
            tree[list].contains(where: { text($0.target.field) == field.name })
          else { continue }
          if tree[list].count > 1 { isAlone = false }
          edits.append(replace(tree, statement.range, ""))
        }
      }
      guard isAlone, !edits.isEmpty, isChecked(field.name), !isWrittenByScript(field.name) else { continue }
      let also: Set = [
        RuleTag.duplicateContact, RuleTag.constantCheck, RuleTag.feedbackLoop, RuleTag.handoverCycle,
        RuleTag.shadowedElse, RuleTag.unsetComparison, RuleTag.enumCaseMissed, RuleTag.unusedFlow,
        RuleTag.unusedStep, RuleTag.unusedResult, RuleTag.contactAfterOptOut,
      ]
      add("lost updates", RuleTag.fieldNeverWritten, also: also, edits)
    }
  }

  private func isChecked(_ field: String) -> Bool {
    campaign.files.contains { tree in
      tree.statements.contains { statement in
        guard case .check(let condition, _, _) = statement.kind, isInActiveFlow(statement.range, tree) else {
          return false
        }
        return tree.source.text(tree[condition].range).contains("participant.\(field) ")
      }
    }
  }

  private func isWrittenByScript(_ field: String) -> Bool {
    campaign.files.contains { tree in
      tree.pythonScripts.contains { script in tree[script.writes].contains { text($0.field) == field } }
    }
  }
}
