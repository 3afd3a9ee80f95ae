internal import FlowCheck
internal import FlowSchema
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// Gathers which fields conditions read, and what they compare with.
struct ReadFields {
  struct Found {
    var level: FieldLevel
    var field: Field
    var cases: [String]
    var isReadByScript = false
  }

  let campaign: CheckedCampaign
  /// In which the expressions stand that are visited.
  var file = FileID(0)
  private(set) var fields: [Found] = []
  private(set) var literals = TriedField.Literals()

  init(_ campaign: CheckedCampaign) { self.campaign = campaign }

  mutating func visit(_ id: ExpressionID) {
    let tree = campaign.files[file.index]
    switch tree[id].kind {
    case .integer(let number): if let value = Numeric(number) { literals.numbers.insert(value) }
    case .numeric(let number): literals.numbers.insert(number)
    case .date(let date): literals.dates.insert(date)
    case .text(let text): literals.texts.insert(tree[text])
    case .duration(let duration): literals.days.insert(Int64(duration.days))
    case .member:
      if case .field(let level, let slot) = campaign.facts[file.index].reference(of: id) {
        note(level, campaign.schema.fields(level)[slot])
      }
    case .unary(_, let inner), .presence(let inner, _), .within(let inner), .parenthesized(let inner):
      visit(inner)
    case .binary(_, let left, let right):
      visit(left)
      visit(right)
    case .membership(let element, _, let list):
      visit(element)
      for member in tree[list] { visit(member) }
    case .call(_, let arguments): for argument in tree[arguments] { visit(argument) }
    case .missing, .unset, .now, .today, .boolean, .localDateTime, .instant, .time, .name: break
    }
  }

  mutating func note(_ level: FieldLevel, _ field: Field, isReadByScript: Bool = false) {
    if let known = fields.firstIndex(where: { $0.level == level && $0.field.name == field.name }) {
      if isReadByScript { fields[known].isReadByScript = true }
      return
    }
    var cases: [String] = []
    if case .enumeration(let id) = field.type {
      cases = campaign.schema[id].cases.map { campaign.schema[$0] }
    }
    fields.append(Found(level: level, field: field, cases: cases, isReadByScript: isReadByScript))
  }

  // MARK: What gives a field its value

  /// Adds what the flows' updates and scripts read that write a field which is read, and what the checks read that they
  /// stand in; and so on.
  mutating func visitWriters() {
    var count = 0
    while count < fields.count {
      count = fields.count
      for flow in campaign.flows {
        file = flow.file
        let tree = campaign.files[file.index]
        for body in flow.triggers.map(\.body) + flow.steps.map(\.body) {
          visitWriters(body, tree, within: [])
        }
      }
    }
  }

  private mutating func visitWriters(_ block: Block, _ tree: SyntaxTree, within conditions: [ExpressionID]) {
    for id in tree[block.statements] { visitWriters(id, tree, within: conditions) }
  }

  private mutating func visitWriters(_ id: StatementID, _ tree: SyntaxTree, within conditions: [ExpressionID])
  {
    switch tree[id].kind {
    case .check(let condition, let match, let otherwise):
      let inner = conditions + [condition]
      visitWriters(match, tree, within: inner)
      switch otherwise {
      case .none: break
      case .block(let block): visitWriters(block, tree, within: inner)
      case .statement(let statement): visitWriters(statement, tree, within: inner)
      }
    case .update(let assignments):
      for assignment in tree[assignments] where isRead(assignment.target) {
        visit(assignment.value)
        for condition in conditions { visit(condition) }
      }
    case .python(let python):
      guard tree[tree[python].writes].contains(where: isRead) else { return }
      for name in tree[tree[python].reads] {
        if let (level, field) = field(name) { note(level, field, isReadByScript: true) }
      }
      for condition in conditions { visit(condition) }
    case .communication, .cancelCommunications, .handOver, .cancelHandOvers, .stop, .go, .progress, .end,
      .chance, .scenario:
      break
    }
  }

  private func field(_ name: QualifiedName) -> (FieldLevel, Field)? {
    let level = FieldLevel.allCases.first { $0.spelling == campaign.symbols[name.level.symbol] }
    let field = level.flatMap { campaign.schema.fields($0)[campaign.symbols[name.field.symbol]] }
    return level.flatMap { level in field.map { (level, $0) } }
  }

  private func isRead(_ name: QualifiedName) -> Bool {
    guard let (level, field) = field(name) else { return false }
    return fields.contains { $0.level == level && $0.field.name == field.name }
  }
}
