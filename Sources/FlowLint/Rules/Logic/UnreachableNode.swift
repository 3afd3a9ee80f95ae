internal import FlowAnalysis
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSyntax
internal import FlowText

/// What stands behind `stop` or `go` is never run.
enum UnreachableNode: LintRule {
  static let name: DiagnosticName = "unreachable-node"
  static let defaultSeverity = Severity.warning

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.campaign.flows.enumerated().flatMap { index, flow in
      var search = Search(file: context.analysis.files[context.analysis.graphs[index].file])
      var bodies: Set<Int> = []
      for body in flow.triggers.map(\.body) + flow.steps.map(\.body)
      where bodies.insert(body.range.lower).inserted {
        _ = search.ends(body)
      }
      return search.found.map { unreachable(context, search.file, $0) }
    }
  }

  /// Goes through blocks and notes the first statement behind one that ends the run.
  private struct Search {
    let file: FileView
    var found: [(ending: Statement, dead: Statement, last: Statement)] = []

    /// Whether no run comes to the end of the block.
    mutating func ends(_ block: Block) -> Bool {
      let statements = file.tree[block.statements].map { file.tree[$0] }
      for (index, statement) in statements.enumerated() where ends(statement) {
        if index + 1 < statements.count, let last = statements.last {
          found.append((statement, statements[index + 1], last))
        }
        return true
      }
      return false
    }

    private mutating func ends(_ statement: Statement) -> Bool {
      switch statement.kind {
      case .stop, .go: return true
      case .check(_, let match, let otherwise), .chance(_, let match, let otherwise):
        let first = ends(match)
        switch otherwise {
        case .none: return false
        case .block(let block):
          let second = ends(block)
          return first && second
        case .statement(let id):
          let second = ends(file.tree[id])
          return first && second
        }
      case .communication, .cancelCommunications, .update, .handOver, .cancelHandOvers, .python, .progress,
        .end, .scenario:
        return false
      }
    }
  }

  private static func unreachable(
    _ context: LintContext, _ file: FileView, _ place: (ending: Statement, dead: Statement, last: Statement)
  ) -> Diagnostic {
    return finding(
      message, at: Label(context.headline(place.dead, file), primaryLabel),
      secondary: [Label(context.headline(place.ending, file), label(place.ending))], help: [help],
      fixes: [Fix(fixTitle, .unsafe, [removal(file, from: place.ending, to: place.last)])])
  }

  /// Takes away what follows a statement, with the comments and titles about it, such that the layout stays as it is.
  private static func removal(_ file: FileView, from ending: Statement, to last: Statement) -> Edit {
    let bytes = file.tree.source.bytes
    func end(ofLine start: Int) -> Int { bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count }
    func skippingBlanks(_ start: Int) -> Int {
      bytes[start...].firstIndex { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") } ?? bytes.count
    }
    func isComment(_ start: Int) -> Bool { bytes[start...].starts(with: "//".utf8) }
    // A comment behind the ending statement is about that one, one behind the last about what goes.
    let isExplained = isComment(skippingBlanks(ending.range.upper))
    let lower = isExplained ? end(ofLine: ending.range.upper) : ending.range.upper
    let behind = skippingBlanks(last.range.upper)
    let upper = isComment(behind) ? end(ofLine: behind) : last.range.upper
    let isCutShort = isExplained && bytes[skippingBlanks(upper)...].first != UInt8(ascii: "\n")
    return Edit(file.span(SourceRange(lower, upper)), isCutShort ? "\n" : "")
  }

  static let page = Explanation(
    name, summary: "a statement stands where no run comes to",
    meaning: """
      `stop` ends the run and `go` continues in a step without coming back. What stands behind them in the same block, or \
      behind a check both of whose ports end, is never run.
      """,
    reason: """
      Somebody has written it and counts on it: the update that is never made, the message that is never sent.
      """,
    wrong: """
      campaign demo { }

      participant { status: enum(new, closed) = new internal }

      flow close {
        on participant created {
          check participant.status == closed { stop }
          stop
          update participant.status = closed
        }

        on incoming session { update participant.status = closed }
      }
      """,
    right: """
      campaign demo { }

      participant { status: enum(new, closed) = new internal }

      flow close {
        on participant created {
          check participant.status == closed { stop }
          update participant.status = closed
        }

        on incoming session { update participant.status = closed }
      }
      """,
    decision:
      "By the shape of the text alone: what stands behind `stop` and `go`, and behind a check that ends in both ports.",
    limits: """
      A port that a condition never takes is reported by `constant-check`, a step that nothing leads to by `unused-step`. The \
      fix takes the comments of what it removes away as well.
      """)

  private static let message = "no run comes to this statement"
  private static let primaryLabel = "never run"
  private static func label(_ ending: Statement) -> String {
    switch ending.kind {
    case .stop: "every run that comes here ends here"
    case .go: "every run that comes here goes on in the step"
    case _: "both ports end the run"
    }
  }
  private static let help = "move it to where it should happen, or remove it"
  private static let fixTitle = "remove what is never run"
}
