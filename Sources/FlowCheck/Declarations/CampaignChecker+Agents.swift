internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// `agent name { channel …  results { … } }`.
extension CampaignChecker {
  mutating func declareAgents() {
    for case .agent(let declaration) in tree.declarations where !declaration.name.isMissing {
      if let earlier = names.agents[declaration.name.symbol] {
        reportDuplicate(declaration.name, "the agent", earlier: schema.agents[earlier].declaration)
      } else if schema.agents.count >= CheckLimit.agents {
        reportLimit(declaration.name, "a campaign has at most \(CheckLimit.agents) agents")
      } else {
        declare(declaration)
      }
    }
  }

  private mutating func declare(_ declaration: AgentDeclaration) {
    var facts = AgentFacts()
    let channels = self.channels(declaration, &facts)
    let results = self.results(declaration, &facts)
    names.agents[declaration.name.symbol] = schema.agents.count
    schema.agents.append(
      Agent(
        name: text(declaration.name), title: title(declaration.title, declaration.documentation),
        caseID: caseID(declaration.name.symbol), channels: channels, results: results,
        declaration: span(declaration.name.range)))
    agentFacts.append(facts)
  }

  private mutating func channels(_ declaration: AgentDeclaration, _ facts: inout AgentFacts) -> [Channel] {
    var channels: [Channel] = []
    listNames.removeAll()
    for (index, channel) in declaration.channels.enumerated() {
      guard channels.count < CheckLimit.channels else {
        report(
          .declarationLimit, "an agent has at most \(CheckLimit.channels) channels", at: channel.range)
        break
      }
      let name = channel.name ?? Name(symbols.intern(channel.kind.spelling), channel.range)
      if name.isMissing { continue }
      if let earlier = listNames.insert(name.symbol, index) {
        reportDuplicate(name, "the channel", earlier: span(declaration.channels[earlier].range))
        continue
      }
      channels.append(Channel(name: text(name), kind: channel.kind))
      facts.channels.append(name.symbol)
    }
    reportUnnamed(declaration)
    return channels
  }

  /// A channel must have a name where the agent has two of its kind (language 3).
  private mutating func reportUnnamed(_ declaration: AgentDeclaration) {
    for channel in declaration.channels where channel.name == nil {
      guard
        let other = declaration.channels.first(where: { $0.kind == channel.kind && $0.name != nil })
      else { continue }
      let kind = channel.kind.spelling
      report(
        .unnamedChannel,
        "expected a name for this `\(kind)` channel: `\(text(declaration.name))` has two of the kind",
        at: channel.range, label: "needs a name",
        secondary: [Label(span(other.range), "the other `\(kind)` channel")],
        help: ["write `channel \(kind) NAME`"])
    }
  }

  private mutating func results(_ declaration: AgentDeclaration, _ facts: inout AgentFacts) -> FieldTable {
    var results = FieldTable()
    for result in declaration.results where !result.name.isMissing {
      let type = self.type(result.type)
      reportAttributes(result)
      if let earlier = facts.resultDeclarations[result.name.symbol] {
        reportDuplicate(result.name, "the result", earlier: earlier)
        continue
      }
      guard results.count < FieldTable.maximumCount else {
        reportLimit(result.name, "an agent records at most \(FieldTable.maximumCount) results")
        break
      }
      facts.results[result.name.symbol] = .some(type)
      facts.resultDeclarations[result.name.symbol] = span(result.name.range)
      results.append(
        Field(
          name: text(result.name), type: type ?? .string, title: title(result.title, result.documentation),
          declaration: span(result.name.range)))
      if names.results[result.name.symbol] == nil {
        names.results[result.name.symbol] = schema.resultNames.count
        schema.resultNames.append(text(result.name))
      }
    }
    return results
  }

  /// A result is what an agent found out: nobody uploads it, and before that it is unset.
  private mutating func reportAttributes(_ result: FieldDeclaration) {
    let attributes = [
      result.required.map { ("`required`", $0) }, result.internal.map { ("`internal`", $0) },
      result.defaultValue.map { ("a default", expressions[Int($0.index)].range) },
    ]
    for case (let what, let range)? in attributes {
      report(
        .resultAttribute,
        "expected only a type and a title at the result `\(text(result.name))`, found \(what)",
        at: range, notes: ["results are recorded by the agent and never uploaded; until then they are unset"])
    }
    if let value = result.defaultValue { check(value, .silent) }
  }
}
