public import FlowRuntime
import FlowText
import FlowValues

/// A call of a script and what came of it, as one line of a recording has it.
public struct RecordedCall {
  private let call: ScriptCall
  private let campaign: String
  private let source: ScriptSource
  private let outcome: ScriptOutcome

  /// - Returns: `nil` for a call that somebody has stopped.
  public init?(_ call: ScriptCall, campaign: String, _ source: ScriptSource, _ outcome: ScriptOutcome) {
    if case .interrupted = outcome { return nil }
    self.call = call
    self.campaign = campaign
    self.source = source
    self.outcome = outcome
  }

  /// Which call it is comes first, for people; what came of it last.
  public var line: [UInt8] {
    var json = JSONText()
    json.object { json in
      json.member("campaign", campaign)
      json.member("participant", call.place.person)
      json.member("at", call.now.description)
      json.member("run", call.place.run)
      json.member("call", call.place.call)
      json.member("script", source.name)
      json.member("digest", Self.digest(call, source).hexadecimal)
      switch outcome {
      case .written(let writings):
        json.object("writes") { json in
          for writing in writings {
            json.key(source.writes[writing.field].keys[0])
            Self.write(writing.value, &json)
          }
        }
      case .interrupted: break
      case .failed(let failure): json.object("failed") { Self.write(failure, &$0) }
      }
    }
    var line = json.take()
    line.removeLast()
    Recording.seal(&line)
    return line
  }

  private static func write(_ value: ScriptValue, _ json: inout JSONText) {
    switch value {
    case .unset: json.null()
    case .text(let text): json.value(text)
    case .integer(let number): json.literal(String(number))
    case .numeric(let number): json.literal(number.description)
    case .boolean(let truth): json.value(truth)
    case .date(let date): json.value(date.description)
    case .datetime(let instant): json.value(instant.description)
    }
  }

  /// All that is told of a failure, so that a replay tells the same.
  private static func write(_ failure: ScriptFailure, _ json: inout JSONText) {
    json.member("reason", failure.reason.name)
    json.member("message", failure.summary)
    json.array("traceback") { json in
      for frame in failure.frames {
        json.array { json in
          json.value(frame.file)
          json.value(frame.line)
          json.value(frame.function)
        }
      }
    }
    if failure.omittedFrames > 0 { json.member("omitted", failure.omittedFrames) }
    if !failure.printed.isEmpty { json.array("printed", failure.printed) }
  }

  // MARK: Which call it is

  /// Of the script's text and of all that the call gave it: another one is another call.
  static func digest(_ call: ScriptCall, _ source: ScriptSource) -> StableHash {
    var hash = StableHash()
    hash.add(text: source.text.utf8)
    hash.add(text: String(call.seed).utf8)
    for (read, value) in zip(source.reads, call.values) {
      hash.add(text: "\(read.record).\(read.field)=\(value)".utf8)
    }
    for write in source.writes {
      hash.add(text: "\(write.keys[0]):\(write.type.rawValue):\(write.form)".utf8)
    }
    return hash
  }

  /// Of what tells a call from every other of a simulation.
  static func key(_ call: ScriptCall, campaign: String) -> StableHash {
    var hash = StableHash()
    for text in [
      campaign, call.place.person, call.now.description, String(call.place.run), String(call.place.call),
    ] {
      hash.add(text: text.utf8)
    }
    return hash
  }
}
