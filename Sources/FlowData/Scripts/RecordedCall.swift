public import FlowRuntime
import FlowText
public import FlowValues

/// A call of a script and what came of it, as one line of a recording has it.
public struct RecordedCall: Sendable, Hashable {
  public var campaign: String
  public var place: ScriptPlace
  public var at: Instant
  /// What tracebacks call the script; for people alone.
  public var script: String
  /// Of the script's text and of all that the call gave it: another one is another call.
  public var digest: UInt64
  public var outcome: Outcome

  public enum Outcome: Sendable, Hashable {
    /// By the first key that means a field.
    case written([NamedScalar])
    case failed(ScriptFailure)
  }

  /// - Returns: `nil` for a call that somebody has stopped.
  public init?(_ call: ScriptCall, campaign: String, _ source: ScriptSource, _ outcome: ScriptOutcome) {
    self.campaign = campaign
    place = call.place
    at = call.now
    script = source.name
    digest = Self.digest(call, source)
    switch outcome {
    case .interrupted: return nil
    case .failed(let failure): self.outcome = .failed(failure)
    case .written(let writings):
      self.outcome = .written(
        writings.map { NamedScalar(source.writes[$0.field].keys[0], Self.scalar($0.value)) })
    }
  }

  init(
    campaign: String, place: ScriptPlace, at: Instant, script: String, digest: UInt64, outcome: Outcome
  ) {
    self.campaign = campaign
    self.place = place
    self.at = at
    self.script = script
    self.digest = digest
    self.outcome = outcome
  }

  private static func scalar(_ value: ScriptValue) -> RawScalar {
    switch value {
    case .unset: .null
    case .text(let text): .text(text)
    case .integer(let number): .number(String(number))
    case .numeric(let number): .number(number.description)
    case .boolean(let truth): .boolean(truth)
    case .date(let date): .text(date.description)
    case .datetime(let instant): .text(instant.description)
    }
  }

  /// FNV-1a, which is the same everywhere and forever.
  static func digest(_ call: ScriptCall, _ source: ScriptSource) -> UInt64 {
    var state: UInt64 = 0xcbf2_9ce4_8422_2325
    func add(_ text: String) {
      for byte in text.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
      state = (state ^ 0xff) &* 0x100_0000_01b3
    }
    add(source.text)
    add(String(call.seed))
    for (read, value) in zip(source.reads, call.values) { add("\(read.record).\(read.field)=\(value)") }
    for write in source.writes { add("\(write.keys[0]):\(write.type.rawValue)") }
    return state
  }

  /// What a replay answers; a recording of another call is none.
  public func replay(_ call: ScriptCall, _ source: ScriptSource) -> ScriptOutcome {
    guard digest == Self.digest(call, source) else {
      return .failed(
        ScriptFailure(.pythonNotRecorded, "the script, or what it reads, is not what was recorded"))
    }
    switch outcome {
    case .failed(let failure): return .failed(failure)
    case .written(let writes):
      let writings = writes.compactMap { write -> ScriptWriting? in
        guard let field = source.writes.firstIndex(where: { $0.keys[0] == write.name }) else { return nil }
        return Self.value(write.value, source.writes[field].type).map {
          ScriptWriting(field: field, value: $0)
        }
      }
      guard writings.count == writes.count else {
        return .failed(ScriptFailure(.pythonNotRecorded, "what was recorded is not of the fields' types"))
      }
      return .written(writings)
    }
  }

  private static func value(_ scalar: RawScalar, _ type: ScriptType) -> ScriptValue? {
    switch (scalar, type) {
    case (.null, _): .unset
    case (.text(let text), .text): .text(text)
    case (.number(let text), .integer): Int64(text).map { .integer($0) }
    case (.number(let text), .numeric): numeric(text)
    case (.boolean(let truth), .boolean): .boolean(truth)
    case (.text(let text), .date): date(text)
    case (.text(let text), .datetime): instant(text).map { .datetime($0) }
    case (.text, _), (.number, _), (.boolean, _): nil
    }
  }

  private static func date(_ text: String) -> ScriptValue? {
    Array(text.utf8).withUnsafeBufferPointer { CivilDate.parse($0) }.map { .date($0) }
  }

  private static func numeric(_ text: String) -> ScriptValue? {
    var text = text
    guard case .value(let number) = text.withUTF8({ Numeric.parse($0) }) else { return nil }
    return .numeric(number)
  }

  static func instant(_ text: String) -> Instant? {
    var text = text
    guard case .instant(let instant) = text.withUTF8({ ParsedDateTime.parse($0) }) else { return nil }
    return instant
  }
}
