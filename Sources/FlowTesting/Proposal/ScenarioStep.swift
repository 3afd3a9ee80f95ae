internal import FlowSchema
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// Something that a proposed test lets happen.
enum ScenarioStep: Hashable, Sendable {
  /// A row; who it is about is one of the cells.
  case upload([ScenarioCell])
  case edit(ScenarioCell)
  /// `name` is `nil` for the session.
  case end(name: String?, CommunicationStatus, results: [ScenarioCell])
  case progress(name: String?, CommunicationStatus)
  case session(channel: ChannelKind, agent: String)
  /// Up to what is due next.
  case advanceToDue
  case advance(CalendarDuration)

  /// The cells that it could do without, or with another value.
  var cells: [ScenarioCell] {
    get {
      switch self {
      case .upload(let cells): cells
      case .end(_, _, let results): results
      case .edit, .progress, .session, .advanceToDue, .advance: []
      }
    }
    set {
      switch self {
      case .upload: self = .upload(newValue)
      case .end(let name, let status, _): self = .end(name: name, status, results: newValue)
      case .edit, .progress, .session, .advanceToDue, .advance: break
      }
    }
  }
}

/// A field with the value that a test gives it.
struct ScenarioCell: Hashable, Sendable {
  /// As it is written: `due_date`, `participant.due_date` in an edit, the name of a result.
  var name: String
  var value: ScenarioValue
}

/// A value as a test writes it and as a cell has it.
struct ScenarioValue: Hashable, Sendable {
  var source: String
  /// `nil` for `unset`.
  var cell: String?

  static let unset = ScenarioValue(source: "unset", cell: nil)

  /// A value that is written as its cell is: a number, a date, a case.
  init(plain text: String) {
    source = text
    cell = text
  }

  init(text: String) {
    source = Self.quoted(text)
    cell = text
  }

  private init(source: String, cell: String?) {
    self.source = source
    self.cell = cell
  }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        result += "\\u{\(String(scalar.value, radix: 16))}"
      case _: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

extension ScenarioStep {
  /// The statement; `at` is where the clock stands behind it.
  func source(at: String) -> String {
    switch self {
    case .upload(let cells): "upload { \(Self.list(cells)) }"
    case .edit(let cell): "update \(cell.name) = \(cell.value.source)"
    case .end(let name, let status, let results):
      "end \(name ?? "session") \(status.spelling)" + (results.isEmpty ? "" : " { \(Self.list(results)) }")
    case .progress(let name, let status): "progress \(name ?? "session") \(status.spelling)"
    case .session(let channel, let agent): "incoming session on \(channel.spelling) by \(agent)"
    case .advanceToDue: "at \(at)"
    case .advance(let duration): "advance \(duration.description)"
    }
  }

  private static func list(_ cells: [ScenarioCell]) -> String {
    cells.map { "\($0.name) = \($0.value.source)" }.joined(separator: ", ")
  }
}
