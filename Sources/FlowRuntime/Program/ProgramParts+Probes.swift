import FlowCheck
import FlowSchema
import FlowSyntax
import FlowText
import FlowValues

/// What only tests count; the driver knows it, a person does not (language 6).
public enum TestCount: Hashable, Sendable {
  /// Runs of a flow, by position; finished, failed or both.
  case runs(flow: Int, isFailed: Bool?)
  case rejectedRows
}

/// An expression of a test, compiled as those of flows are, so that there is one semantics.
struct Probe: Sendable {
  /// Where its code begins; the value is in register 0 behind it.
  var entry: Int
  var type: ValueType
}

/// Where an expression of a test stands.
struct ProbeKey: Hashable, Sendable {
  var file: FileID
  var expression: ExpressionID
}

extension ProgramParts {
  /// Compiles the expressions of all tests.
  mutating func compileProbes() {
    flow = -1
    for test in campaign.tests {
      file = test.file
      compileProbes(in: test.body.statements)
    }
    if let prompt = campaign.prompt {
      file = prompt.file
      switch prompt.content {
      case .statements(let statements): compileProbes(in: statements)
      case .expression(let expression): compileProbe(expression)
      }
    }
    // What tests count is handed over in registers that nothing else uses.
    firstCountRegister = registerCount
    for load in countLoads { code[load].b += UInt16(truncatingIfNeeded: firstCountRegister) }
    registerCount += counts.count
  }

  private mutating func compileProbes(in statements: StatementList) {
    for id in tree[statements] {
      switch tree[id].kind {
      case .update(let assignments):
        for assignment in tree[assignments] { compileProbe(assignment.value) }
      case .scenario(let statement): compileProbes(of: tree[statement])
      case .check, .communication, .cancelCommunications, .handOver, .cancelHandOvers, .python, .stop, .go,
        .progress, .end, .chance:
        break
      }
    }
  }

  private mutating func compileProbes(of statement: ScenarioStatement) {
    switch statement {
    case .at(let time): compileProbe(time)
    case .advance(let duration): compileProbe(duration)
    case .upload(let cells): for cell in tree[cells] { compileProbe(cell.value) }
    case .end(_, _, let results): for entry in tree[results] { compileProbe(entry.value) }
    case .participant(_, let block): compileProbes(in: block.statements)
    case .expect(let condition): compileParts(condition)
    case .expectCommunication(let expectation):
      if let time = expectation.time { compileProbe(time) }
      for entry in tree[expectation.payload] { compileProbe(entry.value, as: sentType(entry, expectation)) }
    case .uploadFile, .progress, .incomingSession, .expectNone: break
    }
  }

  /// The type that a communication sends under a key.
  private func sentType(_ entry: Entry, _ expectation: CommunicationExpectation) -> ValueType? {
    let name = campaign.symbols[expectation.name.symbol]
    guard let position = communicationIndices[name],
      let plan = plans.first(where: { $0.name == position })
    else { return nil }
    let key = campaign.symbols[entry.key.symbol]
    return plan.payload.first { $0.key == key }?.type
  }

  private mutating func compileProbe(_ id: ExpressionID, as wanted: ValueType? = nil) {
    guard let type = wanted ?? facts.type(of: id) else { return }
    let entry = code.count
    compile(id, into: 0, as: type)
    emit(Instruction(.yield, a: 0))
    probes[ProbeKey(file: file, expression: id)] = Probe(entry: entry, type: type)
  }

  /// A condition and each of its parts that has a value worth showing where it is not fulfilled.
  private mutating func compileParts(_ id: ExpressionID) {
    switch tree[id].kind {
    case .missing, .unset, .boolean, .integer, .numeric, .text, .date, .localDateTime, .instant, .time,
      .duration, .name, .within:
      return
    case .now, .today, .member: break
    case .unary(_, let inner), .presence(let inner, _): compileParts(inner)
    case .parenthesized(let inner): return compileParts(inner)
    case .binary(_, let left, let right):
      compileParts(left)
      compileParts(right)
    case .membership(let element, _, let list):
      compileParts(element)
      for member in tree[list] { compileParts(member) }
    case .call(_, let arguments): for argument in tree[arguments] { compileParts(argument) }
    }
    compileProbe(id)
  }

  /// Loads a count that the driver hands over.
  mutating func compileCount(
    _ function: BuiltinFunction, _ arguments: [ExpressionID], into register: Int
  ) {
    var count = TestCount.rejectedRows
    if function == .runs, let first = arguments.first, case .flow(let flow) = facts.reference(of: first) {
      var isFailed: Bool?
      if arguments.count > 1, case .runOutcome(let outcome) = facts.reference(of: arguments[1]) {
        isFailed = outcome
      }
      count = .runs(flow: flow, isFailed: isFailed)
    }
    let position = counts.firstIndex(of: count) ?? append(count, to: \.counts)
    countLoads.append(emit(Instruction(.copy, a: register, b: position)))
  }
}
