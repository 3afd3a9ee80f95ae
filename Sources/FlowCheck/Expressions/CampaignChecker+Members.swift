internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// `participant.f`, `profile.f`, `result.f`, `communication.f`, `campaign.name` (language 5).
extension CampaignChecker {
  mutating func member(
    base: Symbol, baseRange: SourceRange, _ name: Name
  ) -> (type: ValueType?, reference: Reference) {
    switch base.keyword {
    case .participant: return field(.participant, baseRange, name)
    case .profile: return field(.profile, baseRange, name)
    case .result: return result(name)
    case .communication: return communication(name)
    case .campaign:
      if name.symbol == nameSymbol { return (.string, .campaignName) }
      reportUnknownProperty(name, "campaign", ["name"])
    default: reportUnknownRecord(base, baseRange, name)
    }
    return (nil, .none)
  }

  private mutating func field(
    _ level: FieldLevel, _ baseRange: SourceRange, _ name: Name
  ) -> (type: ValueType?, reference: Reference) {
    if let slot = names.slot(level, name.symbol) { return (fieldType(level, slot), .field(level, slot)) }
    reportUnknownField(name, level, base: baseRange)
    return (nil, .none)
  }

  private mutating func communication(_ name: Name) -> (type: ValueType?, reference: Reference) {
    guard let property = propertiesBySymbol[name.symbol].map({ CommunicationProperty.allCases[$0] }) else {
      reportUnknownProperty(name, "communication", CommunicationProperty.allCases.map(\.rawValue))
      return (nil, .none)
    }
    let type: ValueType =
      switch property {
      case .name: .enumeration(Schema.nameEnumeration)
      case .channel: .enumeration(Schema.channelEnumeration)
      case .agent: .enumeration(Schema.agentEnumeration)
      case .status: .enumeration(Schema.statusEnumeration)
      case .plannedAt, .startedAt, .endedAt: .datetime
      }
    return (type, .communication(property))
  }

  /// What the agents that can stand here record under a name (language 5).
  private mutating func result(_ name: Name) -> (type: ValueType?, reference: Reference) {
    guard let slot = names.results[name.symbol] else {
      reportUnknownResult(name, recordedBy: [])
      return (nil, .none)
    }
    if let known = place.resultTypes[slot] {
      // A conflict is said at the first place of a body that meets it.
      return (known, .result(slot))
    }
    let isUnknown = place.unknownResults.contains(slot)
    let recorders = isUnknown ? [] : agentsHere().filter { agentFacts[$0].results[name.symbol] != nil }
    if recorders.isEmpty {
      place.unknownResults.insert(slot)
      let others = isBrief ? [] : schema.agents.indices.filter { agentFacts[$0].results[name.symbol] != nil }
      reportUnknownResult(name, recordedBy: others)
      return (nil, .result(slot))
    }
    let type = unitedType(name, recorders)
    place.resultTypes[slot] = .some(type)
    return (type, .result(slot))
  }

  private mutating func unitedType(_ name: Name, _ recorders: [Int]) -> ValueType? {
    var united: (type: ValueType, agent: Int)?
    for agent in recorders {
      guard let recorded = agentFacts[agent].results[name.symbol], let type = recorded else { return nil }
      guard let earlier = united else {
        united = (type, agent)
        continue
      }
      if earlier.type == type { continue }
      guard case .enumeration(let a) = earlier.type, case .enumeration(let b) = type else {
        reportConflict(name, (earlier.agent, earlier.type), (agent, type))
        return nil
      }
      united = (.enumeration(union(a, b)), earlier.agent)
    }
    return united?.type
  }

  /// Positions of the agents whose results can be read here.
  func agentsHere() -> [Int] {
    switch place.resultAgents {
    case .all: Array(schema.agents.indices)
    case .some(let agents): agents
    }
  }

  private mutating func reportConflict(
    _ name: Name, _ first: (agent: Int, type: ValueType), _ second: (agent: Int, type: ValueType)
  ) {
    let labels = [first, second].compactMap { agent, type in
      agentFacts[agent].resultDeclarations[name.symbol].map {
        Label($0, "\(described(type)) at `\(schema.agents[agent].name)`")
      }
    }
    report(
      .conflictingResult,
      "`result.\(text(name))` has one type at `\(schema.agents[first.agent].name)` and another at `\(schema.agents[second.agent].name)`",
      at: name.range, secondary: labels,
      help: ["narrow the trigger to communications of one agent: `on communication ended (NAME)`"])
  }
}
