internal import FlowCheck
internal import FlowSchema
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// A field or result that conditions read.
enum ReadField: Hashable, Sendable {
  case field(FieldLevel, Int)
  /// By `Schema.resultNames`.
  case result(Int)

  init?(_ reference: Reference) {
    switch reference {
    case .field(let level, let slot): self = .field(level, slot)
    case .result(let slot): self = .result(slot)
    case .none, .communication, .campaignName, .enumerationCase, .function, .communicationName, .channel,
      .status,
      .flow, .runOutcome, .lastValue:
      return nil
    }
  }
}

/// A constant that stands beside a field in a comparison.
enum ConditionLiteral: Hashable, Sendable {
  case integer(Int64)
  case numeric(Numeric)
  case date(CivilDate)
  case local(LocalDateTime)
  case duration(CalendarDuration)
  /// As it is compared; a pattern's example in place of the pattern.
  case text(String)
  /// What a text begins with.
  case prefix(String)
  case suffix(String)
}

/// What the flows of a campaign compare fields with: the values at which something changes.
struct ConditionLiterals {
  private let campaign: CheckedCampaign
  private(set) var literals: [ReadField: [ConditionLiteral]] = [:]
  /// All durations that are compared, for how far the clock may go.
  private(set) var durations: [CalendarDuration] = []
  /// The fields that conditions, schedules and triggers read.
  private(set) var read: Set<ReadField> = []
  private(set) var statuses: Set<CommunicationStatus> = []
  private var tree: SyntaxTree
  private var facts: FileFacts

  init(_ campaign: CheckedCampaign) {
    self.campaign = campaign
    tree = campaign.files[0]
    facts = campaign.facts[0]
    for flow in campaign.flows where flow.isActive {
      tree = campaign.files[flow.file.index]
      facts = campaign.facts[flow.file.index]
      for trigger in flow.triggers {
        statuses.formUnion(trigger.statuses)
        for slot in trigger.fields { read.insert(.field(.participant, slot)) }
      }
      for body in flow.triggers.map(\.body) + flow.steps.map(\.body) { visit(body) }
    }
  }

  private mutating func visit(_ block: Block) {
    for id in tree[block.statements] { visit(id) }
  }

  private mutating func visit(_ id: StatementID) {
    switch tree[id].kind {
    case .check(let condition, let match, let branch):
      visit(condition)
      visit(match)
      switch branch {
      case .none: break
      case .block(let block): visit(block)
      case .statement(let statement): visit(statement)
      }
    case .communication(let id):
      let communication = tree[id]
      visit(communication.schedule)
      if let condition = communication.condition { visit(condition) }
    case .handOver(_, let schedule): visit(schedule)
    case .update(let assignments): for assignment in tree[assignments] { visit(assignment.value) }
    case .cancelCommunications, .cancelHandOvers, .python, .stop, .go, .progress, .end, .chance, .scenario:
      break
    }
  }

  private mutating func visit(_ schedule: Schedule) {
    switch schedule.kind {
    case .now: break
    case .in(let value), .at(let value), .on(let value, at: nil): visit(value)
    case .on(let date, at: let time?):
      visit(date)
      visit(time)
    }
  }

  /// Notes the constants of each comparison for the fields that stand in it, on whichever side.
  private mutating func visit(_ id: ExpressionID) {
    switch tree[id].kind {
    case .binary(let op, let left, let right):
      switch op {
      case .and, .or, .add, .subtract, .multiply, .divide, .remainder: break
      case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .contains, .startsWith,
        .endsWith,
        .matches:
        note(id, op)
      }
      visit(left)
      visit(right)
    case .membership(let operand, _, let list):
      note(id, nil)
      visit(operand)
      for element in tree[list] { visit(element) }
    case .member:
      if let field = ReadField(facts.reference(of: id)) { read.insert(field) }
      if case .status(let status) = facts.reference(of: id) { statuses.insert(status) }
    case .name: if case .status(let status) = facts.reference(of: id) { statuses.insert(status) }
    case .unary(_, let inner), .parenthesized(let inner), .within(let inner), .presence(let inner, _):
      visit(inner)
    case .call(_, let arguments): for argument in tree[arguments] { visit(argument) }
    case .missing, .unset, .now, .today, .boolean, .integer, .numeric, .text, .date, .localDateTime, .instant,
      .time,
      .duration:
      break
    }
  }

  private mutating func note(_ id: ExpressionID, _ op: BinaryOperator?) {
    var fields: [ReadField] = []
    var found: [ConditionLiteral] = []
    gather(id, op, &fields, &found)
    for case .duration(let duration) in found where !durations.contains(duration) {
      durations.append(duration)
    }
    for field in fields {
      for literal in found where !(literals[field]?.contains(literal) ?? false) {
        literals[field, default: []].append(literal)
      }
    }
  }

  private func gather(
    _ id: ExpressionID, _ op: BinaryOperator?, _ fields: inout [ReadField], _ found: inout [ConditionLiteral]
  ) {
    switch tree[id].kind {
    case .integer(let number): found.append(.integer(number))
    case .numeric(let number): found.append(.numeric(number))
    case .date(let date): found.append(.date(date))
    case .localDateTime(let local): found.append(.local(local))
    case .duration(let duration): found.append(.duration(duration))
    case .text(let text): found.append(literal(tree[text], op))
    case .member: if let field = ReadField(facts.reference(of: id)) { fields.append(field) }
    case .unary(_, let inner), .parenthesized(let inner), .presence(let inner, _):
      gather(inner, op, &fields, &found)
    case .binary(_, let left, let right):
      gather(left, op, &fields, &found)
      gather(right, op, &fields, &found)
    case .membership(let operand, _, let list):
      gather(operand, op, &fields, &found)
      for element in tree[list] { gather(element, op, &fields, &found) }
    case .call(_, let arguments): for argument in tree[arguments] { gather(argument, op, &fields, &found) }
    case .missing, .unset, .now, .today, .boolean, .instant, .time, .name, .within: break
    }
  }

  private func literal(_ text: String, _ op: BinaryOperator?) -> ConditionLiteral {
    switch op {
    case .startsWith: .prefix(text)
    case .endsWith: .suffix(text)
    case .matches: .prefix((try? Pattern(text))?.example ?? text)
    case .multiply, .divide, .remainder, .add, .subtract, .equal, .notEqual, .less, .lessOrEqual, .greater,
      .greaterOrEqual, .contains, .and, .or, nil:
      .text(text)
    }
  }
}
