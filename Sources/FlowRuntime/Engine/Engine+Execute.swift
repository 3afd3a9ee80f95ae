import FlowCheck
import FlowSchema
import FlowSyntax
import FlowValues

/// The register machine. Control and what is frequent is here; the rest in `Engine+Operations.swift`.
extension Engine {
  /// Executes code from `entry` until it stops, yields or fails (`run.failure`).
  mutating func execute(from entry: Int) {
    let image = self.image
    let code = image.code
    let registers = self.registers
    var position = entry
    while true {
      let instruction = code[position]
      position += 1
      let a = Int(instruction.a)
      switch instruction.operation {
      case .node:
        run.node = Int32(instruction.wide)
        if journal.isRecording { recordNode(instruction.wide) }
      case .jump: position = instruction.wide
      case .jumpIfNotTrue: if !registers[a].isTrue { position = instruction.wide }
      case .branch:
        let isMatch = registers[a].isTrue
        if !isMatch { position = instruction.wide }
        if journal.isRecording { recordPort(isMatch) }
      case .jumpIfTrue: if registers[a].isTrue { position = instruction.wide }
      case .jumpIfFalse: if registers[a].isFalse { position = instruction.wide }
      case .jumpIfSet: if registers[a].isSet { position = instruction.wide }
      case .chance:
        let isMatch = draw(chance: registers[a].bits)
        if !isMatch { position = instruction.wide }
        if journal.isRecording { recordPort(isMatch) }
      case .observe: if journal.isRecording { observe(instruction) }
      case .stop, .yield: return
      case .constant:
        let value = image.constants[instruction.wide]
        registers[a] = value
        if value.tag == .local {
          registers[a] = resolved(value)
          if run.failure != nil { return }
        }
      case .field: registers[a] = person.values[Int(instruction.b)]
      case .copy: registers[a] = registers[Int(instruction.b)]
      case .compareBits:
        let (b, c) = (registers[Int(instruction.b)], registers[Int(instruction.c)])
        let comparison = Comparison(rawValue: instruction.flag) ?? .equal
        registers[a] = b.isSet && c.isSet ? Value(comparison.holds(b.bits, c.bits)) : .unset
      case .isSet: registers[a] = Value(registers[Int(instruction.b)].isSet)
      case .isNotSet: registers[a] = Value(!registers[Int(instruction.b)].isSet)
      case .not:
        let b = registers[Int(instruction.b)]
        registers[a] = b.isSet ? Value(b.bits == 0) : .unset
      case .and: registers[a] = conjunction(registers[Int(instruction.b)], registers[Int(instruction.c)])
      case .or: registers[a] = disjunction(registers[Int(instruction.b)], registers[Int(instruction.c)])
      case .now: registers[a] = Value(bits: now)
      case .today: registers[a] = today()
      case .result: registers[a] = result(Int(instruction.b))
      case .communicationProperty:
        registers[a] = property(RuntimeProperty(rawValue: instruction.flag) ?? .name)
      case .beginUpdate: run.changed = FieldSet()
      case .store:
        store(registers[a], slot: Int(instruction.b), StoreKind(rawValue: instruction.flag) ?? .plain)
        if run.failure != nil { return }
      case .endUpdate:
        if !run.changed.isEmpty {
          stagedEvents.append(QueuedEvent(kind: .participantUpdated, fields: run.changed))
        }
      case .plan, .cancel, .handOver, .cancelHandOvers, .python, .report:
        act(instruction)
        if run.failure != nil { return }
      case .toNumeric, .addInteger, .subtractInteger, .multiplyInteger, .remainderInteger, .negateInteger,
        .addNumeric, .subtractNumeric, .multiplyNumeric, .divideNumeric, .remainderNumeric, .negateNumeric:
        calculate(instruction)
        if run.failure != nil { return }
      case .dateAdd, .dateSubtract, .dateDistance, .datetimeAdd, .datetimeSubtract, .datetimeDistance,
        .durationAdd, .durationSubtract, .durationMultiply, .durationNegate, .compareDuration:
        calculateTime(instruction)
        if run.failure != nil { return }
      case .compareText, .contains, .startsWith, .endsWith, .matches, .concatenate:
        calculateText(instruction)
        if run.failure != nil { return }
      case .function:
        call(instruction)
        if run.failure != nil { return }
      case .countCommunications: registers[a] = count(instruction)
      }
    }
  }

  private mutating func act(_ instruction: Instruction) {
    switch instruction.operation {
    case .plan: plan(instruction.wide)
    case .cancel: cancel(image.cancellations[instruction.wide])
    case .handOver: handOver(image.handOvers[instruction.wide])
    case .cancelHandOvers: cancelHandOvers(to: Int32(instruction.wide))
    case .report: scheduleReport(instruction.wide)
    default: runScript(instruction.wide)
    }
  }

  // MARK: Truth (semantics K2)

  @inline(__always) private func conjunction(_ a: Value, _ b: Value) -> Value {
    if a.isFalse || b.isFalse { return Value(false) }
    return a.isSet && b.isSet ? Value(true) : .unset
  }

  @inline(__always) private func disjunction(_ a: Value, _ b: Value) -> Value {
    if a.isTrue || b.isTrue { return Value(true) }
    return a.isSet && b.isSet ? Value(false) : .unset
  }

  // MARK: Reading (semantics C5)

  func result(_ name: Int) -> Value {
    guard run.contextResult >= 0 else { return .unset }
    let communication = person.communications[Int(run.contextResult)]
    // Results are readable once the communication has ended (semantics D1).
    guard communication.status.isFinal, communication.results >= 0, communication.agent >= 0 else {
      return .unset
    }
    let slot = image.resultSlots[Int(communication.agent) * image.resultNameCount + name]
    return slot < 0 ? .unset : person.results[Int(communication.results) + Int(slot)]
  }

  func property(_ property: RuntimeProperty) -> Value {
    guard run.contextCommunication >= 0 else { return .unset }
    let communication = person.communications[Int(run.contextCommunication)]
    switch property {
    case .name:
      return communication.name < 0 ? .unset : Value(bits: image.nameCases[Int(communication.name)])
    case .channel:
      return communication.channel == .max
        ? .unset : Value(bits: image.channelCases[Int(communication.channel)])
    case .agent:
      return communication.agent < 0 ? .unset : Value(bits: image.agentCases[Int(communication.agent)])
    case .status: return Value(bits: image.statusCases[Int(communication.status.rawValue)])
    case .plannedAt: return Self.time(communication.plannedAt)
    case .startedAt: return Self.time(communication.startedAt)
    case .endedAt: return Self.time(communication.endedAt)
    }
  }

  private static func time(_ milliseconds: Int64) -> Value {
    milliseconds == Communication.unsetTime ? .unset : Value(bits: milliseconds)
  }

  // MARK: Writing (semantics E7)

  mutating func store(_ value: Value, slot: Int, _ kind: StoreKind) {
    let old = person.values[slot]
    var value = value
    switch kind {
    case .plain:
      if old.isSet == value.isSet, old.bits == value.bits { return }
    case .text, .timezone, .key:
      // An empty text is no key (semantics D4).
      if kind == .key, value.isSet, value.extra == 0 { value = .unset }
      if old.isSet == value.isSet, !value.isSet || isEqual(old, value) { return }
      if kind == .timezone, value.isSet, clock.position(of: bytes(value)) == nil {
        run.failure = .unknownTimezone
        return
      }
    }
    // `today` is read once a run, in the zone the run began in (semantics T5).
    if kind == .timezone { _ = today() }
    undo.append(UndoEntry(kind: .field, index: Int32(slot), value: old))
    person.values[slot] = value
    person.hasChanged = true
    let field = slot - image.firstSlot
    if field >= 0, field < image.fieldCount { run.changed.insert(field) }
    if kind == .timezone { forgetZones() }
    if journal.isRecording { recordChange(slot: slot, from: old, to: value) }
  }

  @inline(__always) func isEqual(_ a: Value, _ b: Value) -> Bool {
    a.extra == b.extra && (a.bits == b.bits || TextFunctions.equal(bytes(a), bytes(b)))
  }
}
