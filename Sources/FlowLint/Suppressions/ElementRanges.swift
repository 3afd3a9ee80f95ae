internal import FlowSyntax
internal import FlowText

/// Where the elements of a file stand that a comment can be about: declarations, fields, members of flows and
/// statements, each with its blocks.
struct ElementRanges {
  struct Element {
    var range: SourceRange
    /// The blocks inside it, with their braces; what stands between them is the element's own.
    var blocks: [SourceRange]
  }

  /// By where they begin; of two that begin together the larger comes first.
  let elements: [Element]

  init(_ tree: SyntaxTree) {
    var collector = ElementCollector(tree: tree)
    for declaration in tree.declarations { collector.add(declaration) }
    for statement in tree.statements { collector.add(statement) }
    elements = collector.elements.sorted {
      ($0.range.lower, -$0.range.upper) < ($1.range.lower, -$1.range.upper)
    }
  }

  /// The largest element that begins at an offset.
  func element(from offset: Int) -> Element? {
    let index = firstIndex { $0.range.lower >= offset }
    guard index < elements.count, elements[index].range.lower == offset else { return nil }
    return elements[index]
  }

  /// The smallest element around an offset.
  func element(around offset: Int) -> Element? {
    var index = firstIndex { $0.range.lower > offset } - 1
    while index >= 0 {
      if elements[index].range.upper > offset { return elements[index] }
      index -= 1
    }
    return nil
  }

  private func firstIndex(where isBehind: (Element) -> Bool) -> Int {
    var low = 0
    var high = elements.count
    while low < high {
      let middle = (low + high) / 2
      if isBehind(elements[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

private struct ElementCollector {
  let tree: SyntaxTree
  var elements: [ElementRanges.Element] = []

  private mutating func add(_ range: SourceRange, _ blocks: [SourceRange] = []) {
    elements.append(.init(range: range, blocks: blocks))
  }

  /// From behind a name or title up to the end of a declaration: where its braces are.
  private func body(_ range: SourceRange, behind offset: Int) -> [SourceRange] {
    let brace = tree.source.bytes[offset..<range.upper].firstIndex(of: UInt8(ascii: "{"))
    return brace.map { [SourceRange($0, range.upper)] } ?? []
  }

  mutating func add(_ declaration: Declaration) {
    switch declaration {
    case .use(let use): add(use.range)
    case .campaign(let campaign):
      add(campaign.range, body(campaign.range, behind: (campaign.title?.range ?? campaign.name.range).upper))
    case .fields(let fields):
      add(fields.range, body(fields.range, behind: fields.wordRange.upper))
      for field in fields.fields { add(field.range) }
    case .enumeration(let enumeration): add(enumeration.range)
    case .window(let window): add(window.range)
    case .agent(let agent):
      add(agent.range, body(agent.range, behind: (agent.title?.range ?? agent.name.range).upper))
      for channel in agent.channels { add(channel.range) }
      for field in agent.results { add(field.range) }
    case .flow(let flow): add(flow)
    case .test(let test): add(test.range, [test.body.range])
    case .model(let model): add(model.range, [model.body.range])
    }
  }

  private mutating func add(_ flow: FlowDeclaration) {
    let head = flow.title?.range ?? flow.inactive ?? flow.name.range
    add(flow.range, body(flow.range, behind: max(head.upper, flow.inactive?.upper ?? 0)))
    for member in flow.members {
      switch member {
      case .trigger(let trigger): add(trigger.range, [trigger.body.range])
      case .step(let step): add(step.range, [step.body.range])
      }
    }
  }

  mutating func add(_ statement: Statement) {
    switch statement.kind {
    case .check(_, let match, let otherwise), .chance(_, let match, let otherwise):
      add(statement.range, [match.range] + range(of: otherwise))
    case .scenario(let id):
      if case .participant(_, let block) = tree[id] {
        add(statement.range, [block.range])
      } else {
        add(statement.range)
      }
    case .communication, .cancelCommunications, .update, .handOver, .cancelHandOvers, .python, .stop, .go,
      .progress, .end:
      add(statement.range)
    }
  }

  private func range(of branch: ElseBranch) -> [SourceRange] {
    switch branch {
    case .none: []
    case .block(let block): [block.range]
    case .statement(let statement): [tree[statement].range]
    }
  }
}
