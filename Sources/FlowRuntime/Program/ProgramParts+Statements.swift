import FlowCheck
import FlowSchema
import FlowSyntax
import FlowValues

extension ProgramParts {
  mutating func compile(_ block: Block) {
    for id in tree[block.statements] { compile(id) }
  }

  mutating func compile(_ id: StatementID) {
    let node = append(ProgramNode(flow: flow, model: model, file: file, statement: id), to: \.nodes)
    emit(.wide(.node, node))
    switch tree[id].kind {
    case .check(let condition, let match, let branch):
      compile(condition, into: 0, as: .boolean)
      compileBranches(emit(.wide(.branch, a: 0, 0)), match, branch)
    case .communication(let communication): compile(tree[communication])
    case .cancelCommunications(let plannedOnly, let names):
      let meant =
        names.isEmpty ? nil : mask(of: tree[names].compactMap { index(of: $0, communicationIndices) })
      let cancellation = Cancellation(plannedOnly: plannedOnly, names: meant)
      emit(.wide(.cancel, append(cancellation, to: \.cancellations)))
    case .update(let assignments): compileUpdate(assignments)
    case .handOver(let flow, let schedule):
      let kind = compile(schedule, into: 0)
      let plan = HandOverPlan(flow: index(of: flow, flowIndices) ?? 0, schedule: kind)
      emit(.wide(.handOver, a: 0, append(plan, to: \.handOvers)))
    case .cancelHandOvers(let flow): emit(.wide(.cancelHandOvers, index(of: flow, flowIndices) ?? 0))
    case .python(let script): compile(tree[script], at: id)
    case .stop: emit(Instruction(.stop))
    case .go(let step): compileGo(step)
    case .progress(let status, let delay): compileReport(status, delay, results: nil)
    case .end(let status, let results, let delay): compileReport(status, delay, results: results)
    case .chance(let percent, let match, let branch):
      emitConstant(Value(bits: percent.millionths), into: 0)
      compileBranches(emit(.wide(.chance, a: 0, 0)), match, branch)
    // The parser keeps scenarios out of flows and models.
    case .scenario: break
    }
  }

  private func index(of name: Name, _ indices: [String: Int]) -> Int? {
    indices[campaign.symbols[name.symbol]]
  }

  /// Compiles both ports of a check or chance; `jump` leads from its condition to Else.
  private mutating func compileBranches(_ jump: Int, _ match: Block, _ branch: ElseBranch) {
    compile(match)
    switch branch {
    case .none: land(jump)
    case .block(let block):
      let end = emit(.wide(.jump, 0))
      land(jump)
      compile(block)
      land(end)
    case .statement(let statement):
      let end = emit(.wide(.jump, 0))
      land(jump)
      compile(statement)
      land(end)
    }
  }

  private mutating func compileGo(_ step: Name) {
    let name = campaign.symbols[step.symbol]
    guard let target = campaign.flows[flow].steps.firstIndex(where: { $0.name == name }) else { return }
    stepJumps.append((emit(.wide(.jump, 0)), target))
  }

  // MARK: Update Field

  /// All right sides are read before anything is written (language 4.3).
  private mutating func compileUpdate(_ list: AssignmentList) {
    let assignments = Array(tree[list])
    let targets = assignments.map { target(of: $0.target) }
    for (register, assignment) in assignments.enumerated() {
      compile(assignment.value, into: register, as: targets[register].type)
    }
    emit(Instruction(.beginUpdate))
    for (register, target) in targets.enumerated() {
      emit(Instruction(.store, flag: target.store.rawValue, a: register, b: target.slot))
    }
    emit(Instruction(.endUpdate))
  }

  mutating func target(of name: QualifiedName) -> (slot: Int, type: ValueType, store: StoreKind) {
    let isProfile = name.level.symbol == Symbol(.profile)
    let fields = isProfile ? schema.profile : schema.participant
    let index = fields.index(of: campaign.symbols[name.field.symbol]) ?? 0
    let field = fields[index]
    if isProfile, SystemField.Profile(rawValue: index)?.isKey == true {
      writesKeys = true
      return (profileSlots[index], field.type, .key)
    }
    let store: StoreKind =
      if field.name == "timezone" { .timezone } else if StorageType(field.type) == .text { .text } else {
        .plain
      }
    return (isProfile ? profileSlots[index] : firstSlot + index, field.type, store)
  }

  // MARK: Communications and hand-overs

  private mutating func compile(_ statement: CommunicationStatement) {
    guard let name = index(of: statement.name, communicationIndices) else { return }
    let type = schema.communications[name]
    let schedule = compile(statement.schedule, into: 0)
    var register = 2
    if let expiry = statement.expiry {
      compile(expiry, into: register, as: .duration)
      register += 1
    }
    var payload: [PayloadEntry] = []
    for entry in tree[statement.payload] {
      let valueType = facts.type(of: entry.value) ?? .string
      compile(entry.value, into: register, as: valueType)
      payload.append(PayloadEntry(key: campaign.symbols[entry.key.symbol], type: valueType))
      register += 1
    }
    let plan = CommunicationPlan(
      name: name, agent: type.agent, kind: type.kind, schedule: schedule, window: window(statement.window),
      hasExpiry: statement.expiry != nil, condition: -1, payload: payload, node: nodes.count - 1)
    let position = append(plan, to: \.plans)
    emit(.wide(.plan, a: 0, position))
    if let condition = statement.condition { pendingConditions.append((position, condition)) }
  }

  private func window(_ reference: WindowReference?) -> ContactWindow? {
    switch reference {
    case nil: nil
    case .named(let name): campaign.windows[campaign.symbols[name.symbol]]
    case .inline(let id): tree[id].window
    }
  }

  /// Compiles a schedule's expressions into two registers.
  private mutating func compile(_ schedule: Schedule, into register: Int) -> ScheduleKind {
    switch schedule.kind {
    case .now: return .now
    case .in(let duration):
      compile(duration, into: register, as: .duration)
      return .after
    case .at(let expression):
      let isTime = facts.type(of: expression) == .time
      compile(expression, into: register, as: isTime ? .time : .datetime)
      return isTime ? .atTime : .atDatetime
    case .on(let date, let time):
      compile(date, into: register, as: .date)
      guard let time else { return .onDate }
      compile(time, into: register + 1, as: .time)
      return .onDateAtTime
    }
  }

  // MARK: Models

  private mutating func compileReport(_ status: Name, _ delay: Delay, results: EntryList?) {
    compile(delay.lower, into: 0, as: .duration)
    if let upper = delay.upper { compile(upper, into: 1, as: .duration) }
    let fields = schema.agents[model].results
    var slots: [Int] = []
    for entry in results.map({ tree[$0] }) ?? [] {
      guard let slot = fields.index(of: campaign.symbols[entry.key.symbol]) else { continue }
      compile(entry.value, into: 2 + slots.count, as: fields[slot].type)
      slots.append(slot)
    }
    let name = campaign.symbols[status.symbol]
    let plan = ReportPlan(
      status: CommunicationStatus(spelling: name) ?? .delivered, results: slots, isRange: delay.upper != nil)
    emit(.wide(.report, a: 0, append(plan, to: \.reports)))
  }
}
