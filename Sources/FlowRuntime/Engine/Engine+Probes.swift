public import FlowCheck
import FlowSchema
public import FlowValues

/// What an expression of a test gives.
public struct ProbeValue: Sendable {
  public let isSet: Bool
  /// What `it` is from now on.
  public let asLastValue: LastValue
  public let isTrue: Bool
  /// As stories and messages show it: datetimes local, texts in quotes.
  public let text: String
  /// As a cell of an upload would have it.
  public let cell: String
  /// Of a datetime.
  public let instant: Instant?
}

public enum ProbeAnswer: Sendable {
  case value(ProbeValue)
  /// It fails as a run would (semantics E4).
  case failed(RunFailureReason)
}

/// In which zone a datetime without offset is meant (language 6).
public enum ProbeZone: Sendable {
  case campaign
  case participant
}

extension Engine {
  /// Evaluates a compiled expression on the person at hand, as a condition of a flow is, and changes nothing.
  mutating func evaluate(
    _ probe: Probe, campaign: Int, at instant: Int64, _ zone: ProbeZone, counts: [Int64]
  ) -> (value: Value, failure: RunFailureReason?) {
    now = instant
    enter(campaign)
    useZone()
    if zone == .campaign { clock.use(clock.campaignZone(campaign)) }
    run = RunState()
    // What a root event would see (semantics C5).
    run.contextCommunication = person.participants[campaign].lastCreated
    run.contextResult = person.participants[campaign].lastEnded
    let first = deployment.programs[campaign].firstCountRegister
    for (offset, count) in counts.enumerated() { registers[first + offset] = Value(bits: count) }
    execute(from: probe.entry)
    return (registers[0], run.failure)
  }

  mutating func probeValue(_ value: Value, _ type: ValueType) -> ProbeValue {
    ProbeValue(
      isSet: value.isSet, asLastValue: LastValue(type: type, value: content(value, type)),
      isTrue: value.isTrue, text: describe(value, type), cell: cell(value, type),
      instant: type == .datetime && value.isSet ? Engine.instant(value.bits) : nil)
  }

  private func content(_ value: Value, _ type: ValueType) -> LastValue.Content {
    guard value.isSet else { return .unset }
    switch type {
    case .string, .email, .phone: return .constant(.string(string(value)))
    case .integer: return .constant(.integer(value.bits))
    case .numeric: return .constant(.numeric(value.numeric))
    case .boolean: return .constant(.boolean(value.isTrue))
    case .date: return .constant(.date(value.date))
    case .datetime: return .constant(.instant(Self.instant(value.bits)))
    case .time: return .time(value.time)
    case .duration: return .duration(value.duration)
    case .enumeration:
      let schema = deployment.programs[campaign].campaign.schema
      let name = deployment.caseNames[Int(value.bits)]
      let position = schema.caseNames.firstIndex(of: name)
      return position.map { .constant(.enumeration(CaseID($0))) } ?? .unset
    }
  }

  private mutating func cell(_ value: Value, _ type: ValueType) -> String {
    guard value.isSet else { return "" }
    switch type {
    case .string, .email, .phone: return string(value)
    case .datetime: return Engine.instant(value.bits).description
    case .integer, .numeric, .boolean, .date, .time, .duration, .enumeration: return describe(value, type)
    }
  }
}
