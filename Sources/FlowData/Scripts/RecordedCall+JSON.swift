public import FlowRuntime
import FlowText
public import FlowValues

/// A recorded call as a line of JSON.
extension RecordedCall {
  /// Which call it is, among all of a simulation.
  public struct Key: Hashable, Sendable {
    public var campaign: String
    public var place: ScriptPlace
    public var at: Instant

    public init(campaign: String, place: ScriptPlace, at: Instant) {
      self.campaign = campaign
      self.place = place
      self.at = at
    }
  }

  public var key: Key { Key(campaign: campaign, place: place, at: at) }

  public var line: [UInt8] {
    var json = JSONText()
    json.object { json in
      json.member("campaign", campaign)
      json.member("participant", place.person)
      json.member("at", at.description)
      json.member("run", place.run)
      json.member("call", place.call)
      json.member("script", script)
      json.member("digest", String(digest, radix: 16))
      switch outcome {
      case .written(let writes):
        json.object("writes") { json in
          for write in writes {
            json.key(write.name)
            Self.write(write.value, &json)
          }
        }
      case .failed(let failure):
        json.member("failed", failure.reason.name)
        json.member("summary", failure.summary)
        json.array("traceback", failure.frames.map { "\($0.file):\($0.line):\($0.function)" })
      }
    }
    json.endLine()
    return json.take()
  }

  private static func write(_ scalar: RawScalar, _ json: inout JSONText) {
    switch scalar {
    case .null: json.null()
    case .text(let text): json.value(text)
    case .number(let text): json.literal(text)
    case .boolean(let truth): json.value(truth)
    }
  }

  /// `nil` where a line is no recorded call.
  public init?(line: UnsafeBufferPointer<UInt8>) {
    var scanner = JSONScanner()
    scanner.begin(line)
    var draft = Draft()
    guard draft.read(&scanner), let call = draft.call else { return nil }
    self = call
  }

  /// The members of a line before it is known whether they make a call.
  private struct Draft {
    private var scalars: [String: RawScalar] = [:]
    private var writes: [NamedScalar]?
    private var traceback: [ScriptFrame] = []

    mutating func read(_ scanner: inout JSONScanner) -> Bool {
      guard case .beginObject = scanner.next() else { return false }
      while true {
        switch scanner.next() {
        case .key(let name):
          guard readMember(String(decoding: name, as: UTF8.self), &scanner) else { return false }
        case .end: return true
        case .endObject: continue
        case .beginObject, .beginArray, .endArray, .scalar, .invalid: return false
        }
      }
    }

    private mutating func readMember(_ name: String, _ scanner: inout JSONScanner) -> Bool {
      switch scanner.next() {
      case .scalar(let value): scalars[name] = value.copied
      case .beginObject where name == "writes": return readWrites(&scanner)
      case .beginArray where name == "traceback": return readTraceback(&scanner)
      case .beginObject, .beginArray, .endObject, .endArray, .key, .end, .invalid: return false
      }
      return true
    }

    private mutating func readWrites(_ scanner: inout JSONScanner) -> Bool {
      var found: [NamedScalar] = []
      while case .key(let bytes) = scanner.next() {
        let name = String(decoding: bytes, as: UTF8.self)
        guard case .scalar(let value) = scanner.next() else { return false }
        found.append(NamedScalar(name, value.copied))
      }
      writes = found
      return true
    }

    private mutating func readTraceback(_ scanner: inout JSONScanner) -> Bool {
      while case .scalar(let value) = scanner.next() {
        let parts = value.spelling.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count >= 3, let line = Int(parts[parts.count - 2]) else { return false }
        traceback.append(
          ScriptFrame(
            file: parts.dropLast(2).joined(separator: ":"), line: line,
            function: String(parts[parts.count - 1])))
      }
      return true
    }

    var call: RecordedCall? {
      guard case .text(let campaign) = scalars["campaign"], case .text(let person) = scalars["participant"],
        case .text(let at) = scalars["at"], let instant = RecordedCall.instant(at), let run = number("run"),
        let call = number("call"), case .text(let script) = scalars["script"],
        case .text(let digits) = scalars["digest"], let digest = UInt64(digits, radix: 16), let outcome
      else { return nil }
      return RecordedCall(
        campaign: campaign, place: ScriptPlace(person: person, run: run, call: call), at: instant,
        script: script,
        digest: digest, outcome: outcome)
    }

    private func number(_ name: String) -> Int? {
      guard case .number(let text) = scalars[name] else { return nil }
      return Int(text)
    }

    private var outcome: Outcome? {
      if let writes { return .written(writes) }
      guard case .text(let name) = scalars["failed"], case .text(let summary) = scalars["summary"],
        let reason = RunFailureReason.allCases.first(where: { $0.name == name })
      else { return nil }
      return .failed(ScriptFailure(reason, summary, frames: traceback))
    }
  }
}
