internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// The names of flows and communications, which statements anywhere in the campaign can mention.
extension CampaignChecker {
  mutating func declareFlowNames() {
    for case .flow(let declaration) in tree.declarations where !declaration.name.isMissing {
      if let earlier = names.flows[declaration.name.symbol] {
        reportDuplicate(declaration.name, "the flow", earlier: declarationSpans.flows[earlier])
      } else if flowTriggers.count >= CheckLimit.flows {
        reportLimit(declaration.name, "a campaign has at most \(CheckLimit.flows) flows")
      } else {
        names.flows[declaration.name.symbol] = flowTriggers.count
        declarationSpans.flows.append(span(declaration.name.range))
        flowTriggers.append(triggers(of: declaration))
      }
    }
  }

  private func triggers(of declaration: FlowDeclaration) -> Set<TriggerKind> {
    var kinds: Set<TriggerKind> = []
    for case .trigger(let trigger) in declaration.members {
      for event in trigger.events { kinds.insert(event.kind) }
    }
    return kinds
  }

  /// Every statement that sends something declares the name of what it sends (language 2).
  mutating func declareCommunications() {
    for statement in tree.communications where !statement.name.isMissing {
      let name = statement.name
      if let earlier = names.communications[name.symbol] {
        reportDuplicate(name, "the communication", earlier: declarationSpans.communications[earlier])
      } else if communicationCases.count >= CheckLimit.communications {
        reportLimit(name, "a campaign has at most \(CheckLimit.communications) communications")
      } else {
        declare(statement)
      }
    }
  }

  private mutating func declare(_ statement: CommunicationStatement) {
    let name = statement.name
    let element = caseID(name.symbol)
    let place = span(name.range)
    names.communications[name.symbol] = communicationCases.count
    communicationCases.append(element)
    payloads.append(
      SentPayload(file: fileIndex, name: name, entries: Array(tree[statement.payload])))
    declarationSpans.communications.append(place)
    guard campaign != nil, let (agent, channel) = channel(of: statement) else {
      names.communicationTargets.append(nil)
      return
    }
    names.communicationTargets.append(schema.communications.count)
    schema.communications.append(
      CommunicationType(
        name: text(name), caseID: element, agent: agent, channel: channel, kind: statement.channel,
        declaration: place))
  }

  /// The agent and its channel that a statement means; `nil`, and reported, where there is none.
  private mutating func channel(of statement: CommunicationStatement) -> (agent: Int, channel: Int)? {
    guard let agent = agent(named: statement.agent) else { return nil }
    let channels = schema.agents[agent].channels
    if let name = statement.agentChannel {
      if name.isMissing { return nil }
      guard let index = agentFacts[agent].channels.firstIndex(of: name.symbol) else {
        reportUnknownChannel(name, agent, statement)
        return nil
      }
      guard channels[index].kind == statement.channel else {
        reportChannelKind(name, channels[index], agent, statement)
        return nil
      }
      return (agent, index)
    }
    guard let index = channels.firstIndex(where: { $0.kind == statement.channel }) else {
      reportMissingChannel(agent, statement)
      return nil
    }
    if channels[(index + 1)...].contains(where: { $0.kind == statement.channel }) {
      reportAmbiguousChannel(agent, statement)
      return nil
    }
    return (agent, index)
  }

  /// The position of an agent; `nil`, and reported, where there is none of that name.
  mutating func agent(named name: Name) -> Int? {
    if name.isMissing { return nil }
    if let agent = names.agents[name.symbol] { return agent }
    let near = suggestion(text(name), schema.agents.map(\.name))
    report(
      .unknownAgent, "expected an agent, found `\(text(name))`", at: name.range, label: didYouMean(near),
      notes: [declared("agents", schema.agents.map(\.name))], fixes: renaming(name.range, to: near))
    return nil
  }
}
