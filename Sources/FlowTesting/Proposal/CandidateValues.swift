internal import FlowCheck
internal import FlowSchema
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// The values worth trying for fields and results: those at which a condition changes, their neighbours, and for each
/// type a few of its own.
struct CandidateValues {
  /// How many values are tried for one field.
  private static let maximumCount = 24
  /// The longest text that is tried for the sake of its length.
  private static let maximumLength: Int64 = 200

  private let schema: Schema
  private let literals: ConditionLiterals
  /// The day and the moment that dates are tried around.
  private let today: CivilDate
  private let now: LocalDateTime

  init(_ schema: Schema, _ literals: ConditionLiterals, now: LocalDateTime) {
    self.schema = schema
    self.literals = literals
    self.now = now
    today = now.date
  }

  /// The usual value stands first.
  func values(_ field: Field, _ read: ReadField) -> [ScenarioValue] {
    let own = literals.literals[read] ?? []
    var result: [ScenarioValue] = []
    for value in values(field.type, own) where !result.contains(value) { result.append(value) }
    return Array(result.prefix(Self.maximumCount))
  }

  private func values(_ type: ValueType, _ own: [ConditionLiteral]) -> [ScenarioValue] {
    switch type {
    case .boolean: ["true", "false"].map { ScenarioValue(plain: $0) }
    case .enumeration(let id): schema[id].cases.map { ScenarioValue(plain: schema[$0]) }
    case .integer: integers(own).map { ScenarioValue(plain: String($0)) }
    case .numeric: numerics(own).map { ScenarioValue(plain: $0.description) }
    case .date: days(own).map { ScenarioValue(plain: $0.description) }
    case .datetime: moments(own).map { ScenarioValue(plain: $0.description) }
    case .string: texts(own, filler: "x") + [ScenarioValue(text: "text")]
    case .email: [ScenarioValue(text: "ana@example.com")] + emails(own)
    case .phone: [ScenarioValue(text: "+34 600 111 222")] + texts(own, filler: "600111222")
    case .time, .duration: []
    }
  }

  // MARK: Numbers

  private func integers(_ own: [ConditionLiteral]) -> [Int64] {
    var result: [Int64] = []
    for literal in own {
      switch literal {
      case .integer(let number): result += [number, number &+ 1, number &- 1]
      case .numeric(let number):
        let whole = number.millionths / 1_000_000
        result += [whole, whole + 1, whole - 1]
      case .date, .local, .duration, .text, .prefix, .suffix: break
      }
    }
    return result + [1, 0, 2, 10, 100]
  }

  private func numerics(_ own: [ConditionLiteral]) -> [Numeric] {
    var result: [Int64] = [100_000_000]
    for literal in own {
      switch literal {
      case .integer(let number):
        guard number.magnitude < 1_000_000_000 else { continue }
        result += [number, number + 1, number - 1].map { $0 * 1_000_000 }
      case .numeric(let number): result += [0, 10_000, -10_000].map { number.millionths + $0 }
      case .date, .local, .duration, .text, .prefix, .suffix: break
      }
    }
    return (result + [1_000_000, 0, 1_000_000_000]).compactMap { Numeric(millionths: $0) }
  }

  // MARK: Times

  private func days(_ own: [ConditionLiteral]) -> [CivilDate] {
    var result = [30, 0, -1, 1].compactMap { today.adding(days: $0) }
    for literal in own {
      switch literal {
      case .date(let date): result += [-1, 0, 1].compactMap { date.adding(days: $0) }
      case .duration(let duration):
        let reach = duration.wholeDays
        result += [-reach, -reach - 1, -reach + 1, reach, reach + 1, reach - 1].compactMap {
          today.adding(days: $0)
        }
      case .integer(let number) where number.magnitude < 100_000:
        result += [-number, -number - 1, -number + 1, number].compactMap { today.adding(days: $0) }
      case .integer, .numeric, .local, .text, .prefix, .suffix: break
      }
    }
    // Every day of a week.
    return result + (2...6).compactMap { today.adding(days: $0) }
  }

  private func moments(_ own: [ConditionLiteral]) -> [LocalDateTime] {
    let minute = TimingBound.minute
    var distances: [Int64] = [30 * TimingBound.day, 0, -TimingBound.day, TimingBound.day, minute, -minute]
    var result: [LocalDateTime] = []
    for literal in own {
      switch literal {
      case .duration(let duration):
        let reach = duration.comparisonMilliseconds
        distances += [reach, reach + minute, reach - minute, -reach, -reach - minute, -reach + minute]
      case .local(let local):
        result += [0, minute, -minute].compactMap { LocalDateTime(milliseconds: local.milliseconds + $0) }
      case .integer, .numeric, .date, .text, .prefix, .suffix: break
      }
    }
    return distances.compactMap { LocalDateTime(milliseconds: now.milliseconds + $0) } + result
  }

  // MARK: Texts

  private func texts(_ own: [ConditionLiteral], filler: String) -> [ScenarioValue] {
    [Self.joined(own)]
      .compactMap { $0 }.map { ScenarioValue(text: $0) }
      + own.flatMap { literal -> [String] in
        switch literal {
        case .text(let text): [text]
        case .prefix(let text): [text, text + filler]
        case .suffix(let text): [text, filler + text]
        case .integer(let number) where (0...Self.maximumLength).contains(number):
          [number, number + 1].map { String(repeating: "x", count: Int($0)) }
        case .integer, .numeric, .date, .local, .duration: []
        }
      }.filter { !$0.isEmpty }.map { ScenarioValue(text: $0) }
  }

  /// A text with all that conditions look for in it; `nil` where that is one thing at most.
  private static func joined(_ own: [ConditionLiteral]) -> String? {
    var parts = ["", "", ""]
    for literal in own {
      switch literal {
      case .prefix(let text): if parts[0].isEmpty { parts[0] = text }
      case .text(let text): parts[1] += text
      case .suffix(let text): if parts[2].isEmpty { parts[2] = text }
      case .integer, .numeric, .date, .local, .duration: break
      }
    }
    return parts.count { !$0.isEmpty } > 1 ? parts.joined() : nil
  }

  /// What is only a part of an address is made whole; the engine refuses what is none.
  private func emails(_ own: [ConditionLiteral]) -> [ScenarioValue] {
    own.flatMap { literal -> [String] in
      switch literal {
      case .text(let text), .prefix(let text):
        text.hasSuffix("@")
          ? [text + "example.com"] : [text, text + "@example.com", text + "ana@example.com"]
      case .suffix(let text): text.contains("@") ? ["ana" + text] : ["ana@" + text, "ana@example" + text]
      case .integer, .numeric, .date, .local, .duration: []
      }
    }.map { ScenarioValue(text: $0) }
  }
}
