internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// Enumeration cases are written bare: the place decides whose they are (language 5).
extension CampaignChecker {
  mutating func bareName(_ id: ExpressionID, _ symbol: Symbol, _ expected: Expectation) -> ValueType? {
    if let lastValue = place.lastValue, symbols[symbol] == "it" {
      references[Int(id.index)] = .lastValue
      return lastValue.type
    }
    switch expected {
    case .type(.enumeration(let enumeration)):
      if let known = names.cases[symbol], has(enumeration, CaseID(known)) {
        references[Int(id.index)] = .enumerationCase(CaseID(known))
        return .enumeration(enumeration)
      }
      reportUnknownCase(id, symbol, enumeration)
    case .type(let type): reportBareName(id, symbol, type)
    case .none: reportBareName(id, symbol, nil)
    case .silent: break
    }
    return nil
  }

  /// Whether the place has to tell what an expression is: a bare name, or a literal that can stand for several types.
  func needsPlace(_ id: ExpressionID) -> Bool {
    switch expressions[Int(id.index)].kind {
    case .name(let symbol): return place.lastValue == nil || symbols[symbol] != "it"
    case .text: return true
    case .parenthesized(let inner): return needsPlace(inner)
    case .call(let name, let arguments):
      guard let values = valueArguments(name, arguments) else { return false }
      return values.contains { needsPlace($0) }
    default: return false
    }
  }

  /// The arguments that a function gives back as they are; `nil` for other functions.
  private func valueArguments(_ name: Name, _ arguments: ExpressionList) -> ArraySlice<ExpressionID>? {
    guard let function = names.functions[name.symbol].map({ BuiltinFunction.allCases[$0] }) else {
      return nil
    }
    switch function {
    case .if: return tree[arguments].dropFirst()
    case .default, .min, .max: return tree[arguments]
    case .abs, .ceil, .floor, .round, .length, .lower, .upper, .trim, .slice, .text, .date, .timeOf,
      .timeFromParts, .datetime, .year, .month, .day, .weekday, .hour, .minute, .days, .hours,
      .communications, .runs, .rejected:
      return nil
    }
  }

  private mutating func reportUnknownCase(_ id: ExpressionID, _ symbol: Symbol, _ enumeration: EnumerationID)
  {
    let range = expressions[Int(id.index)].range
    if enumeration == Schema.nameEnumeration {
      return reportUnknownCommunication(Name(symbol, range))
    }
    let cases = isBrief ? [] : schema[enumeration].cases.map { schema[$0] }
    let near = suggestion(symbols[symbol], cases)
    let field = near == nil ? fieldNamed(symbol) : nil
    let (diagnostic, message) = unknownCase(symbols[symbol], enumeration)
    report(
      diagnostic, message, at: range,
      label: didYouMean(near ?? field), notes: [cases.isEmpty ? "" : "cases: \(listing(cases))"],
      fixes: renaming(range, to: near ?? field))
  }

  /// Agents, channels and statuses are cases too, but nobody thinks of them as such.
  private func unknownCase(_ name: String, _ enumeration: EnumerationID) -> (DiagnosticName, String) {
    switch enumeration {
    case Schema.agentEnumeration: (.unknownAgent, "the campaign has no agent `\(name)`")
    case Schema.channelEnumeration: (.unknownCase, "there is no kind of channel `\(name)`")
    case Schema.statusEnumeration: (.unknownStatus, "there is no status `\(name)`")
    default: (.unknownCase, "\(described(.enumeration(enumeration))) has no case `\(name)`")
    }
  }

  private mutating func reportBareName(_ id: ExpressionID, _ symbol: Symbol, _ expected: ValueType?) {
    let range = expressions[Int(id.index)].range
    let field = fieldNamed(symbol)
    let what = expected.map { "expected \(described($0))" } ?? "expected a value"
    report(
      .bareName, "\(what), found the bare name `\(symbols[symbol])`", at: range, label: didYouMean(field),
      notes: ["a bare name is a case of an enumeration, and nothing at this place says of which"],
      help: field == nil ? ["fields are written with their level, as in `participant.status`"] : [],
      fixes: renaming(range, to: field))
  }

  /// The field that a bare name was probably meant to be.
  private func fieldNamed(_ symbol: Symbol) -> String? {
    let name = symbols[symbol]
    if names.participant[symbol] != nil { return "participant.\(name)" }
    if names.profile[symbol] != nil { return "profile.\(name)" }
    if names.results[symbol] != nil { return "result.\(name)" }
    return nil
  }
}
