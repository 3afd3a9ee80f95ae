internal import FlowCheck
internal import FlowSchema
internal import FlowSyntax
internal import FlowValues

/// Types as declarations write them.
enum TypeWords {
  static func text(of type: ValueType, _ schema: Schema) -> String {
    switch type {
    case .string: "string"
    case .integer: "integer"
    case .numeric: "numeric"
    case .boolean: "boolean"
    case .date: "date"
    case .datetime: "datetime"
    case .time: "time"
    case .duration: "duration"
    case .email: "email"
    case .phone: "phone"
    case .enumeration(let id): enumeration(id, schema)
    }
  }

  private static func enumeration(_ id: EnumerationID, _ schema: Schema) -> String {
    switch id {
    case Schema.nameEnumeration: return "name of a communication"
    case Schema.agentEnumeration: return "agent"
    case Schema.channelEnumeration: return "channel"
    case Schema.statusEnumeration: return "status"
    default: break
    }
    if let name = schema[id].name { return name }
    return "enum(\(schema[id].cases.map { schema[$0] }.joined(separator: ", ")))"
  }
}

/// Values as literals of the language.
enum LiteralWords {
  static func text(of value: LastValue, _ campaign: CheckedCampaign) -> String {
    switch value.value {
    case .unset: "unset"
    case .time(let time): time.description
    case .duration(let duration): duration.description
    case .constant(let constant): text(of: constant, campaign.schema)
    }
  }

  private static func text(of constant: ConstantValue, _ schema: Schema) -> String {
    switch constant {
    case .string(let text): quoted(text)
    case .integer(let number): String(number)
    case .numeric(let number): number.description
    case .boolean(let truth): truth ? "true" : "false"
    case .date(let date): date.description
    case .localDateTime(let local): local.preciseDescription
    case .instant(let instant): instant.description
    case .enumeration(let id): schema[id]
    }
  }

  /// A text between quotes, with escapes where it needs them.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        result += "\\u{" + String(scalar.value, radix: 16) + "}"
      case _: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

/// Whether an expression is about a participant.
enum ParticipantReads {
  static func has(_ id: ExpressionID, _ tree: SyntaxTree) -> Bool {
    switch tree[id].kind {
    case .missing, .unset, .now, .today, .boolean, .integer, .numeric, .text, .date, .localDateTime, .instant,
      .time, .duration, .name:
      false
    case .member(let base, _): base.keyword != .campaign
    case .unary(_, let inner), .presence(let inner, _), .within(let inner), .parenthesized(let inner):
      has(inner, tree)
    case .binary(_, let left, let right): has(left, tree) || has(right, tree)
    case .membership(let element, _, let list):
      has(element, tree) || tree[list].contains { has($0, tree) }
    case .call(let name, let arguments):
      name.symbol == Symbol(.communications) || tree[arguments].contains { has($0, tree) }
    }
  }
}
