internal import FlowCheck
internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// What may stand where a value is expected.
extension NamePlaces {
  /// What any value may begin with.
  var operands: [String] {
    let functions = Set(BuiltinFunction.allCases.map { String($0.rawValue.prefix { $0 != "/" }) })
    var words = ["participant.", "profile.", "result.", "communication.", "campaign.", "now", "today"]
    words += ["true", "false", "unset", "not", "it"]
    words += functions.map { $0 + "(" }
    if trail.keyword(trail.last) == .expect { words += schema.communications.map(\.name) + ["no"] }
    return words
  }

  /// The cases of the enumeration that the place expects; of a boolean, its two values.
  var expectedCases: [String] {
    switch expectedType(behind: trail.last) {
    case .enumeration(let id)?: cases(of: id)
    case .boolean?: ["true", "false"]
    case .string?, .integer?, .numeric?, .date?, .datetime?, .time?, .duration?, .email?, .phone?, nil: []
    }
  }

  private func cases(of id: EnumerationID) -> [String] {
    switch id {
    case Schema.agentEnumeration: schema.agents.map(\.name)
    case Schema.nameEnumeration: schema.communications.map(\.name)
    case _: schema[id].cases.map { schema[$0] }
    }
  }

  /// What the value behind a token is compared with, or given to.
  private func expectedType(behind index: Int) -> ValueType? {
    switch trail.kind(index) {
    case .equalEqual, .notEqual: return type(endingAt: index - 1)
    case .equal: return assignedType(index - 1)
    case .leftParenthesis: return expectedArgument(index, 0)
    case .comma:
      guard let open = trail.enclosing(index), trail.kind(open) == .leftParenthesis else { return nil }
      return expectedArgument(open, trail.commas(since: open))
    case _: return nil
    }
  }

  /// In a list behind `in`, in the arguments of a function that hands its type down, or in mere parentheses.
  private func expectedArgument(_ open: Int, _ number: Int) -> ValueType? {
    switch trail.word(open - 1) {
    case "in": return type(endingAt: trail.keyword(open - 2) == .not ? open - 3 : open - 2)
    case "if": return number == 0 ? nil : expectedType(behind: open - 2)
    case "default", "min", "max":
      return expectedType(behind: open - 2) ?? (number > 0 ? firstType(open) : nil)
    case nil: return expectedType(behind: open - 1)
    case _: return nil
    }
  }

  /// The type of the first argument.
  private func firstType(_ open: Int) -> ValueType? {
    trail.kind(open + 2) == .dot ? type(endingAt: open + 3) : nil
  }

  /// The type of an operand that ends at a token, where that is a field or a function that hands its type on.
  private func type(endingAt index: Int) -> ValueType? {
    if trail.kind(index) == .rightParenthesis, let open = trail.opening(of: index) {
      switch trail.word(open - 1) {
      case "default", "min", "max": return firstType(open)
      case nil: return type(endingAt: index - 1)
      case _: return nil
      }
    }
    guard let name = trail.word(index), trail.kind(index - 1) == .dot else { return nil }
    switch trail.word(index - 2) {
    case "participant": return schema.participant[name]?.type
    case "profile": return schema.profile[name]?.type
    case "result": return resultType(name, nil)
    case "communication": return propertyType(name)
    case _: return nil
    }
  }

  private func propertyType(_ name: String) -> ValueType? {
    switch CommunicationProperty(rawValue: name) {
    case .name: .enumeration(Schema.nameEnumeration)
    case .channel: .enumeration(Schema.channelEnumeration)
    case .agent: .enumeration(Schema.agentEnumeration)
    case .status: .enumeration(Schema.statusEnumeration)
    case .plannedAt, .startedAt, .endedAt: .datetime
    case nil: nil
    }
  }

  private func resultType(_ name: String, _ communication: String?) -> ValueType? {
    if let type = schema.communications.first(where: { $0.name == communication }) {
      return schema.agents[type.agent].results[name]?.type
    }
    return schema.agents.lazy.compactMap { $0.results[name]?.type }.first
  }

  /// The type of the field before `=`.
  private func assignedType(_ index: Int) -> ValueType? {
    if trail.kind(index - 1) == .dot { return type(endingAt: index) }
    guard let name = trail.word(index) else { return nil }
    guard let open = trail.enclosing(index), trail.kind(open) == .leftBrace else { return nil }
    if trail.keyword(open - 1) == .upload {
      return schema.participant[name]?.type ?? schema.profile[name]?.type
    }
    guard trail.keyword(open - 1) != .with else { return nil }
    return resultType(name, trail.isCapitals(open - 2) ? trail.word(open - 2) : nil)
  }
}
