import FlowCheck
import FlowSchema
import FlowSyntax
import FlowValues

/// `python` statements (semantics P): a call in the middle of a run, whose answer is part of the run.
extension Engine {
  mutating func runScript(_ index: Int) {
    let script = deployment.programs[campaign].scripts[index]
    guard let runner = scripting.runner(of: configuration.scripts) else {
      return fail(ScriptFailure(.pythonUnavailable, ""))
    }
    guard let timeout = timeout(of: script) else {
      run.failure = .unsetSchedule
      return
    }
    guard !scripting.isHalted else {
      run.failure = .pythonUnavailable
      return
    }
    scripting.failure = nil
    run.scriptCalls += 1
    let place = ScriptPlace(
      person: string(key), run: Int(person.participants[campaign].runsAtInstant), call: Int(run.scriptCalls))
    let call = ScriptCall(
      script: ScriptID(campaign: campaign, index: index), values: script.reads.map { value(of: $0) },
      now: Self.instant(now), seed: seed(of: place), place: place, timeoutMilliseconds: timeout)
    guard let outcome = scripting.outcome(of: call, runner) else { return halt() }
    switch outcome {
    case .failed(let failure): fail(failure)
    case .written(let writings): take(writings, script)
    case .interrupted:
      scripting.interrupt()
      runsLeft = 0
      halt()
    }
  }

  /// Nothing goes on without the answer: the run is no run, and what waited behind it does not happen.
  private mutating func halt() {
    run.failure = .pythonUnavailable
    queueHead = queue.count
  }

  private mutating func fail(_ failure: ScriptFailure) {
    scripting.failure = failure
    run.failure = failure.reason
    if journal.isRecording { journal.entries.append(.scriptFailed(failure)) }
  }

  /// `nil` where the duration is unset (semantics C7).
  private func timeout(of script: ProgramScript) -> Int? {
    guard script.hasTimeout else { return ScriptLimits.usualTimeoutMilliseconds }
    guard registers[0].isSet else { return nil }
    return Int(min(max(registers[0].durationLength, 1), Int64(ScriptLimits.longestTimeoutMilliseconds)))
  }

  /// The same call has the same seed in every simulation, whatever else happened and on any number of threads.
  private func seed(of place: ScriptPlace) -> UInt64 {
    var state = Self.mix(configuration.seed ^ 0x7079_7468_6f6e)
    for byte in place.person.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
    state = Self.mix(state ^ UInt64(bitPattern: now))
    return Self.mix(state ^ UInt64(campaign) << 48 ^ UInt64(place.run) << 24 ^ UInt64(place.call))
  }

  // MARK: Values to the script

  private func value(of read: ProgramScript.Read) -> ScriptValue {
    switch read.source {
    case .slot(let slot): return scriptValue(person.values[slot], read.type)
    case .result(let name): return scriptValue(result(name), resultType(name))
    case .property(let property):
      let value = self.property(property)
      guard value.isSet else { return .unset }
      switch property {
      case .plannedAt, .startedAt, .endedAt: return .datetime(Self.instant(value.bits))
      case .name, .channel, .agent, .status: return .text(deployment.caseNames[Int(value.bits)])
      }
    case .campaignName: return .text(deployment.programs[campaign].campaign.name)
    case .nothing: return .unset
    }
  }

  private func resultType(_ name: Int) -> ValueType {
    guard run.contextResult >= 0 else { return .string }
    let agent = Int(person.communications[Int(run.contextResult)].agent)
    let schema = deployment.programs[campaign].campaign.schema
    guard agent >= 0 else { return .string }
    return schema.agents[agent].results.fields.first { $0.name == schema.resultNames[name] }?.type ?? .string
  }

  private func scriptValue(_ value: Value, _ type: ValueType) -> ScriptValue {
    guard value.isSet else { return .unset }
    switch type {
    case .string, .email, .phone: return .text(string(value))
    case .integer: return .integer(value.bits)
    case .numeric: return .numeric(value.numeric)
    case .boolean: return .boolean(value.isTrue)
    case .date: return .date(value.date)
    case .datetime: return .datetime(Self.instant(value.bits))
    case .enumeration: return .text(deployment.caseNames[Int(value.bits)])
    case .time: return .text(value.time.description)
    case .duration: return .text(value.duration.description)
    }
  }

  /// What the script of a statement reads, for the trace.
  func scriptReads(of node: ProgramNode) -> [JournalValue] {
    let scripts = deployment.programs[campaign].scripts
    let script = scripts.first { $0.file == node.file && $0.statement == node.statement }
    return (script?.reads ?? []).map { read in
      JournalValue(source: "\(read.field.record).\(read.field.field)", value: value(of: read).description)
    }
  }

  // MARK: Values from the script

  /// One statement changes the participant at most once (semantics P1, E7).
  private mutating func take(_ writings: [ScriptWriting], _ script: ProgramScript) {
    run.changed = FieldSet()
    for writing in writings {
      let write = script.writes[writing.field]
      guard let value = value(of: writing.value, write) else {
        return fail(ScriptFailure(.pythonWrongType, Self.refusal(of: writing.value, write)))
      }
      store(value, slot: write.slot, write.store)
      if run.failure != nil { return }
    }
    if !run.changed.isEmpty {
      stagedEvents.append(QueuedEvent(kind: .participantUpdated, fields: run.changed))
    }
  }

  /// `nil` where a value is none of the field's type.
  private mutating func value(of written: ScriptValue, _ write: ProgramScript.Write) -> Value? {
    switch (written, write.type) {
    case (.unset, _): return .unset
    case (.text(let text), .string), (.text(let text), .email), (.text(let text), .phone):
      return normalForm(of: text, write.type)
    case (.text(let text), .enumeration): return write.cases[text].map { Value(bits: $0) }
    case (.integer(let number), .integer): return Value(bits: number)
    case (.integer(let number), .numeric): return Numeric(number).map { Value(bits: $0.millionths) }
    case (.numeric(let number), .numeric): return Value(bits: number.millionths)
    case (.boolean(let truth), .boolean): return Value(truth)
    case (.date(let date), .date): return Value(bits: Int64(date.dayNumber))
    case (.datetime(let instant), .datetime): return Value(bits: instant.milliseconds)
    case (.text, _), (.integer, _), (.numeric, _), (.boolean, _), (.date, _), (.datetime, _): return nil
    }
  }

  private mutating func normalForm(of text: String, _ type: ValueType) -> Value? {
    var bytes: [UInt8] = []
    let isNormal = Array(text.utf8).withUnsafeBufferPointer { utf8 in
      switch type {
      case .email: return Email.appendNormalForm(utf8, to: &bytes)
      case .phone: return Phone.appendNormalForm(utf8, to: &bytes)
      default:
        bytes.append(contentsOf: utf8)
        return bytes.count <= EngineLimits.textBytes
      }
    }
    return isNormal ? bytes.withUnsafeBufferPointer { person.appendText($0) } : nil
  }

  private static func refusal(of value: ScriptValue, _ write: ProgramScript.Write) -> String {
    let found: String
    switch value {
    case .text(let text) where text.utf8.count > EngineLimits.textBytes:
      found = "a text of \(text.utf8.count) bytes"
    case .text(let text): found = "\"\(text.prefix(100))\""
    case .unset, .integer, .numeric, .boolean, .date, .datetime: found = value.description
    }
    return "expected \(expectation(of: write)) for `\(write.name)`, found \(found)"
  }

  private static func expectation(of write: ProgramScript.Write) -> String {
    switch write.type {
    case .string: "a text of at most \(EngineLimits.textBytes) bytes"
    case .email: "an email address"
    case .phone: "a phone number"
    case .integer: "an integer of 64 bits"
    case .numeric: "a number within ±10^12"
    case .boolean: "True or False"
    case .date: "a date"
    case .datetime: "a datetime"
    case .time: "a time"
    case .duration: "a duration"
    case .enumeration:
      "one of " + write.cases.sorted { $0.value < $1.value }.map { "`\($0.key)`" }.joined(separator: ", ")
    }
  }
}
