internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// Names that are there before anything is declared.
extension CampaignChecker {
  mutating func internNames() {
    for level in FieldLevel.allCases {
      let fields = schema.fields(level)
      for slot in 0..<fields.count { names.set(level, symbols.intern(fields[slot].name), slot) }
    }
    for (index, name) in schema.caseNames.enumerated() { names.cases[symbols.intern(name)] = index }
    for (index, function) in BuiltinFunction.allCases.enumerated() where function != .timeFromParts {
      names.functions[symbols.intern(function.rawValue)] = index
    }
    for (index, property) in CommunicationProperty.allCases.enumerated() {
      propertiesBySymbol[symbols.intern(property.rawValue)] = index
    }
    nameSymbol = symbols.intern(CommunicationProperty.name.rawValue)
    for id in [Schema.channelEnumeration, Schema.statusEnumeration] {
      enumerationSets.note(id, schema[id])
    }
  }

  /// The case of a spelling, new or known.
  mutating func caseID(_ symbol: Symbol) -> CaseID {
    if let known = names.cases[symbol] { return CaseID(known) }
    let id = schema.intern(case: symbols[symbol])
    names.cases[symbol] = id.index
    return id
  }

  func text(_ name: Name) -> String { symbols[name.symbol] }

  func span(_ range: SourceRange) -> SourceSpan { SourceSpan(FileID(fileIndex), range) }

  /// Agents and communications are cases too, of `communication.agent` and `communication.name`.
  mutating func completeEnumerations() {
    setCases(Schema.agentEnumeration, schema.agents.map(\.caseID))
    setCases(Schema.nameEnumeration, communicationCases)
  }
}
