import FlowCheck
import FlowSchema
import FlowSyntax
import FlowText

/// Which fields the expressions of a statement read, for the trace's "with the values it saw".
enum NodeReads {
  struct Read {
    var source: String
    var reference: Reference
    var type: ValueType
  }

  /// The reads of a statement's own expressions (not those of its blocks), each once, in order of the text.
  static func expressions(of node: ProgramNode, in program: Program) -> [Read] {
    let tree = program.campaign.files[node.file.index]
    let facts = program.campaign.facts[node.file.index]
    var collector = Collector(tree: tree, facts: facts)
    collector.visit(tree[node.statement])
    return collector.reads
  }

  private struct Collector {
    let tree: SyntaxTree
    let facts: FileFacts
    var reads: [Read] = []

    mutating func visit(_ statement: Statement) {
      switch statement.kind {
      case .check(let condition, _, _): visit(condition)
      case .communication(let id):
        let communication = tree[id]
        visit(communication.schedule)
        for entry in tree[communication.payload] { visit(entry.value) }
      case .update(let assignments): for assignment in tree[assignments] { visit(assignment.value) }
      case .handOver(_, let schedule): visit(schedule)
      case .end(_, let results, _): for entry in tree[results] { visit(entry.value) }
      case .cancelCommunications, .cancelHandOvers, .python, .stop, .go, .progress, .chance, .scenario:
        break
      }
    }

    private mutating func visit(_ schedule: Schedule) {
      switch schedule.kind {
      case .now: break
      case .in(let expression), .at(let expression): visit(expression)
      case .on(let date, let time):
        visit(date)
        if let time { visit(time) }
      }
    }

    private mutating func visit(_ id: ExpressionID) {
      switch tree[id].kind {
      case .now, .today, .member: note(id)
      case .unary(_, let operand), .parenthesized(let operand), .within(let operand),
        .presence(let operand, _):
        visit(operand)
      case .binary(_, let left, let right):
        visit(left)
        visit(right)
      case .membership(let operand, _, let list):
        visit(operand)
        for element in tree[list] { visit(element) }
      case .call(_, let arguments): for argument in tree[arguments] { visit(argument) }
      case .missing, .unset, .boolean, .integer, .numeric, .text, .date, .localDateTime, .instant, .time,
        .duration, .name:
        break
      }
    }

    private mutating func note(_ id: ExpressionID) {
      guard let type = facts.type(of: id) else { return }
      let source = tree.source.text(tree[id].range)
      if !reads.contains(where: { $0.source == source }) {
        reads.append(Read(source: source, reference: facts.reference(of: id), type: type))
      }
    }
  }
}
