import FlowRuntime
import FlowText
import FlowValues

/// What came of a recorded call, read from its line: `"writes":{…}` or `"failed":{…}`.
struct RecordedOutcome: ~Copyable {
  private var scanner = JSONScanner()
  private let source: ScriptSource

  /// `nil` where it is none of the script's.
  static func read(_ member: UnsafeBufferPointer<UInt8>, _ source: ScriptSource) -> ScriptOutcome? {
    var text: [UInt8] = [UInt8(ascii: "{")]
    text += member
    text.append(UInt8(ascii: "}"))
    return text.withUnsafeBufferPointer { text in
      var outcome = RecordedOutcome(source: source)
      return outcome.read(text)
    }
  }

  private mutating func read(_ text: UnsafeBufferPointer<UInt8>) -> ScriptOutcome? {
    scanner.begin(text)
    guard case .beginObject = scanner.next(), let name = key(), case .beginObject = scanner.next() else {
      return nil
    }
    switch name {
    case "writes": return writings().map { .written($0) }
    case "failed": return failure().map { .failed($0) }
    case _: return nil
    }
  }

  /// The name of the next member; `nil` at the end of an object.
  private mutating func key() -> String? {
    guard case .key(let name) = scanner.next() else { return nil }
    return String(decoding: name, as: UTF8.self)
  }

  private mutating func scalar() -> RawScalar? {
    guard case .scalar(let value) = scanner.next() else { return nil }
    return value.copied
  }

  private mutating func text() -> String? {
    guard case .text(let text) = scalar() else { return nil }
    return text
  }

  private mutating func number() -> Int? {
    guard case .number(let text) = scalar() else { return nil }
    return Int(text)
  }

  // MARK: Writes

  private mutating func writings() -> [ScriptWriting]? {
    var writings: [ScriptWriting] = []
    while let name = key() {
      guard let field = source.writes.firstIndex(where: { $0.keys[0] == name }), let scalar = scalar(),
        let value = Self.value(scalar, source.writes[field].type)
      else { return nil }
      writings.append(ScriptWriting(field: field, value: value))
    }
    return writings
  }

  private static func value(_ scalar: RawScalar, _ type: ScriptType) -> ScriptValue? {
    switch (scalar, type) {
    case (.null, _): .unset
    case (.text(let text), .text): .text(text)
    case (.number(let text), .integer): Int64(text).map { .integer($0) }
    case (.number(let text), .numeric): numeric(text)
    case (.boolean(let truth), .boolean): .boolean(truth)
    case (.text(let text), .date): date(text)
    case (.text(let text), .datetime): instant(text)
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

  private static func instant(_ text: String) -> ScriptValue? {
    var text = text
    guard case .instant(let instant) = text.withUTF8({ ParsedDateTime.parse($0) }) else { return nil }
    return .datetime(instant)
  }

  // MARK: Failures

  private mutating func failure() -> ScriptFailure? {
    guard key() == "reason", let name = text(),
      let reason = RunFailureReason.allCases.first(where: { $0.name == name }), key() == "message",
      let message = text(), key() == "traceback", let frames = frames()
    else { return nil }
    var failure = ScriptFailure(reason, message, frames: frames)
    while let name = key() {
      switch name {
      case "omitted":
        guard let count = number() else { return nil }
        failure.omittedFrames = count
      case "printed":
        guard let lines = texts() else { return nil }
        failure.printed = lines
      case _: return nil
      }
    }
    return failure
  }

  private mutating func frames() -> [ScriptFrame]? {
    guard case .beginArray = scanner.next() else { return nil }
    var frames: [ScriptFrame] = []
    while case .beginArray = scanner.next() {
      guard let file = text(), let line = number(), let function = text(), case .endArray = scanner.next()
      else { return nil }
      frames.append(ScriptFrame(file: file, line: line, function: function))
    }
    return frames
  }

  private mutating func texts() -> [String]? {
    guard case .beginArray = scanner.next() else { return nil }
    var texts: [String] = []
    while let text = text() { texts.append(text) }
    return texts
  }
}
