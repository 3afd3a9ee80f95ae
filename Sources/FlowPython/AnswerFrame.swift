import FlowRuntime
import FlowValues

/// What a worker sends back (`WorkerScript`), as far as it has the right form.
struct AnswerFrame {
  /// The kinds of answers, as the worker numbers them.
  private enum Kind: Int64 {
    case written, failed, memory, undeclared, type, mistake
  }

  private let kind: Kind
  private let parts: [MarshalValue]
  /// Whether the script has left something that would disturb the next.
  let isSpent: Bool

  /// `nil` where it is no answer to the frame with the nonce.
  init?(_ value: MarshalValue, nonce: Int64) {
    guard let parts = value.elements, parts.count >= 4, parts[0] == .integer(nonce),
      let kind = parts[1].integer.flatMap(Kind.init), case .boolean(let isSpent) = parts[parts.count - 1],
      kind == .written || parts.count >= 6
    else { return nil }
    self.kind = kind
    self.parts = parts
    self.isSpent = isSpent
  }

  func outcome(_ source: ScriptSource) -> ScriptOutcome {
    switch kind {
    case .written: return Self.writings(parts[2], source).map { .written($0) } ?? .failed(unreadable)
    case .failed: return .failed(failure(.pythonFailed))
    case .memory: return .failed(failure(.pythonMemory))
    case .undeclared: return .failed(failure(.pythonUndeclaredWrite))
    case .type: return .failed(failure(.pythonWrongType))
    case .mistake: return .failed(failure(.pythonFailed))
    }
  }

  /// What came of a batch, as far as it went; `nil` for calls that wait for their turn, and where it cannot be read.
  func outcomes(_ sources: [ScriptSource]) -> [ScriptOutcome?]? {
    guard kind == .written, let answers = parts[2].elements, answers.count <= sources.count else {
      return nil
    }
    var outcomes: [ScriptOutcome?] = []
    for (answer, source) in zip(answers, sources) {
      if answer == .none {
        outcomes.append(nil)
      } else {
        guard let writings = Self.writings(answer, source) else { return nil }
        // What the field cannot hold is told by a call of its own, which knows the line.
        outcomes.append(source.refusal(of: writings) == nil ? .written(writings) : nil)
      }
    }
    return outcomes
  }

  private static func writings(_ value: MarshalValue, _ source: ScriptSource) -> [ScriptWriting]? {
    guard let entries = value.elements else { return nil }
    var writings: [ScriptWriting] = []
    for entry in entries {
      guard let writing = writing(entry, source) else { return nil }
      writings.append(writing)
    }
    return writings
  }

  var check: ScriptCheck {
    switch kind {
    case .written: .fine
    case .mistake:
      .mistake(
        ScriptMistake(
          message: parts[2].text ?? "", line: Int(frames.first?.line ?? 1), column: Int(parts[4].integer ?? 1)
        ))
    case .failed, .memory, .undeclared, .type:
      .mistake(ScriptMistake(message: parts[2].text ?? "", line: 1, column: 1))
    }
  }

  private var unreadable: ScriptFailure { ScriptFailure(.pythonDied, "its answer cannot be read") }

  private func failure(_ reason: RunFailureReason) -> ScriptFailure {
    ScriptFailure(
      reason, parts[2].text ?? "", frames: frames, omittedFrames: Int(clamping: parts[4].integer ?? 0))
  }

  /// From the outermost call inwards.
  var frames: [ScriptFrame] {
    (parts[3].elements ?? []).compactMap { frame in
      guard let words = frame.elements, words.count == 3, let file = words[0].text,
        let line = words[1].integer,
        let function = words[2].text
      else { return nil }
      return ScriptFrame(file: file, line: Int(clamping: line), function: function)
    }
  }

  private static func writing(_ entry: MarshalValue, _ source: ScriptSource) -> ScriptWriting? {
    guard let pair = entry.elements, pair.count == 2, let field = pair[0].integer,
      source.writes.indices.contains(Int(clamping: field))
    else { return nil }
    let position = Int(field)
    return value(pair[1], source.writes[position].type).map { ScriptWriting(field: position, value: $0) }
  }

  private static func value(_ value: MarshalValue, _ type: ScriptType) -> ScriptValue? {
    switch (value, type) {
    case (.none, _): .unset
    case (.text(let text), .text): .text(text)
    case (.integer(let number), .integer): .integer(number)
    case (.integer(let millionths), .numeric): Numeric(millionths: millionths).map { .numeric($0) }
    case (.boolean(let truth), .boolean): .boolean(truth)
    case (.integer(let ordinal), .date):
      CivilDate(dayNumber: ordinal.subtractingReportingOverflow(PythonDate.epoch).partialValue).map {
        .date($0)
      }
    case (.integer(let milliseconds), .datetime): Instant(milliseconds: milliseconds).map { .datetime($0) }
    case (.boolean, _), (.integer, _), (.text, _), (.tuple, _): nil
    }
  }
}

extension ScriptSource {
  /// The first value that its field cannot hold, and why, in words.
  func refusal(of writings: [ScriptWriting]) -> (field: Int, words: String)? {
    for writing in writings {
      if let words = writes[writing.field].refusal(of: writing.value) { return (writing.field, words) }
    }
    return nil
  }
}
