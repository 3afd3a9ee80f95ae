internal import FlowCheck
internal import FlowSchema
internal import FlowSyntax

/// What an interpretation follows: the flows that it may come to, with the variables and names that matter in them.
struct AnalysisScope: Sendable {
  /// Variables that a check or an `only if` of these flows reads; of others, writes are not followed.
  private(set) var followed: Set<Variable> = []
  /// Bits of the names of communications and of agents that these flows mention.
  private var names: [CaseID: UInt128] = [:]

  /// Whether time passes between runs, so that nobody can say how long a condition about `now` holds.
  let doesTimePass: Bool

  init(_ facts: [FlowFacts], following more: [Variable] = [], doesTimePass: Bool = false) {
    self.doesTimePass = doesTimePass
    followed.formUnion(more)
    for facts in facts {
      followed.formUnion(facts.readInConditions)
      addNames(facts)
    }
  }

  /// - Parameter followed: All variables that matter.
  init(following followed: Set<Variable>, naming facts: [FlowFacts], doesTimePass: Bool) {
    self.doesTimePass = doesTimePass
    self.followed = followed
    for facts in facts { addNames(facts) }
  }

  private mutating func addNames(_ facts: FlowFacts) {
    for name in facts.mentioned where names[name] == nil && names.count < ValueNumbers.maximumCount {
      names[name] = 1 << UInt128(names.count)
    }
  }

  func bit(_ name: CaseID) -> UInt128 { names[name] ?? ValueNumbers.others }

  /// The cases that a set of bits stands for, `nil` for those without a bit of their own.
  func cases(_ bits: UInt128) -> [CaseID?] {
    var result: [CaseID?] = names.filter { $0.value & bits != 0 }.map(\.key).sorted { $0.index < $1.index }
    if bits & ValueNumbers.others != 0 { result.append(nil) }
    return result
  }
}

/// What is read and named in one flow, or in one model.
public struct FlowFacts: Sendable {
  /// The variables in the conditions of its checks and communications, with those that their atoms read.
  private(set) var readInConditions: Set<Variable> = []
  /// Names of communications and agents that its conditions, triggers and statements mention.
  private(set) var mentioned: [CaseID] = []
  /// The fields that an update adds a constant to.
  private(set) var counters: Set<Variable> = []
  /// The fields that its updates and scripts write.
  private(set) var written: Set<Variable> = []

  init(
    _ triggers: [CheckedTrigger], _ graph: FlowGraph, _ file: FileView, _ names: CampaignNames,
    _ table: VariableTable, _ schema: Schema
  ) {
    for trigger in triggers { for name in trigger.names { mention(name, schema) } }
    for node in graph.nodes {
      guard let statement = node.statement else { continue }
      switch file.statements[Int(statement.index)].kind {
      case .check(let condition, _, _): addCondition(condition, file, table)
      case .communication(let id):
        let communication = file.tree[id]
        if let condition = communication.condition { addCondition(condition, file, table) }
        if let number = names.communication(communication.name) { mention(number, schema) }
      case .update(let assignments):
        // What a followed field is computed from matters only as far as it is one of these itself.
        for assignment in file.tree[assignments] {
          file.eachInside(assignment.value) { addCase($0, file) }
          addWrite(assignment, file, names, table)
        }
      case .python(let python):
        for target in file.tree[file.tree[python].writes] {
          if let field = names.field(target) { written.insert(table.field(field.level, field.slot)) }
        }
      case .cancelCommunications, .handOver, .cancelHandOvers, .stop, .go, .progress, .end, .chance,
        .scenario:
        break
      }
    }
  }

  private mutating func addWrite(
    _ assignment: Assignment, _ file: FileView, _ names: CampaignNames, _ table: VariableTable
  ) {
    guard let field = names.field(assignment.target) else { return }
    let variable = table.field(field.level, field.slot)
    written.insert(variable)
    guard case .binary(let sign, let left, _) = file.kind(assignment.value.bare(file)),
      sign == .add || sign == .subtract
    else { return }
    var isOwn = false
    file.eachInside(left) { if table.variable($0, file) == variable { isOwn = true } }
    if isOwn { counters.insert(variable) }
  }

  private mutating func mention(_ communication: Int, _ schema: Schema) {
    let type = schema.communications[communication]
    mentioned.append(type.caseID)
    mentioned.append(schema.agents[type.agent].caseID)
  }

  private mutating func addCase(_ id: ExpressionID, _ file: FileView) {
    guard case .enumerationCase(let element) = file.reference(id),
      case .enumeration(let type) = file.type(id),
      type == Schema.nameEnumeration || type == Schema.agentEnumeration
    else { return }
    mentioned.append(element)
  }

  private mutating func addCondition(_ condition: ExpressionID, _ file: FileView, _ table: VariableTable) {
    var reads: Set<Variable> = []
    file.eachInside(condition) { id in
      if let variable = table.variable(id, file) { reads.insert(variable) }
      addCase(id, file)
    }
    readInConditions.formUnion(reads)
  }
}
