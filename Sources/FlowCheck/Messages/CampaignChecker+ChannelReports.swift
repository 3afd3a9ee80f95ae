internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// How `by AGENT.CHANNEL` can go wrong.
extension CampaignChecker {
  mutating func reportUnknownChannel(_ name: Name, _ agent: Int, _ statement: CommunicationStatement) {
    let agentName = schema.agents[agent].name
    let right = schema.agents[agent].channels.filter { $0.kind == statement.channel }.map(\.name)
    let near = suggestion(text(name), right)
    report(
      .unknownChannel, "`\(agentName)` has no channel `\(text(name))`", at: name.range,
      label: didYouMean(near),
      secondary: [Label(schema.agents[agent].declaration, "the agent is declared here")],
      notes: [channelList(agent)], fixes: renaming(name.range, to: near))
  }

  mutating func reportMissingChannel(_ agent: Int, _ statement: CommunicationStatement) {
    let kind = statement.channel.spelling
    let others = schema.agents.filter { $0.channels.contains { $0.kind == statement.channel } }.map(\.name)
    report(
      .unknownChannel, "`\(schema.agents[agent].name)` has no `\(kind)` channel", at: statement.agent.range,
      secondary: [
        Label(span(statement.channelRange), "asks for one"),
        Label(schema.agents[agent].declaration, "the agent is declared here"),
      ],
      notes: [channelList(agent)]
        + (others.isEmpty ? [] : ["agents with a `\(kind)` channel: \(listing(others))"]),
      help: ["add `channel \(kind)` to the agent, or send it another way"])
  }

  mutating func reportChannelKind(
    _ name: Name, _ channel: Channel, _ agent: Int, _ statement: CommunicationStatement
  ) {
    let right = schema.agents[agent].channels.filter { $0.kind == statement.channel }.map(\.name)
    let kind = channel.name == channel.kind.spelling ? "" : ", which is `\(channel.kind.spelling)`"
    report(
      .channelKind,
      "expected a channel of the kind `\(statement.channel.spelling)`, found `\(text(name))`\(kind)",
      at: name.range,
      secondary: [Label(span(statement.channelRange), "asks for `\(statement.channel.spelling)`")],
      notes: [channelList(agent)],
      fixes: right.count == 1 ? renaming(name.range, to: right[0]) : [])
  }

  mutating func reportAmbiguousChannel(_ agent: Int, _ statement: CommunicationStatement) {
    let kind = statement.channel.spelling
    let right = schema.agents[agent].channels.filter { $0.kind == statement.channel }.map(\.name)
    let agentName = schema.agents[agent].name
    report(
      .ambiguousChannel,
      "expected one `\(kind)` channel, found \(right.count) at `\(agentName)`: \(right.map { "`\($0)`" }.joined(separator: ", "))",
      at: statement.agent.range, label: "say which",
      help: right.prefix(3).map { "write `by \(agentName).\($0)`" })
  }

  private func channelList(_ agent: Int) -> String {
    let channels = schema.agents[agent].channels.map {
      $0.name == $0.kind.spelling ? $0.name : "\($0.kind.spelling) \($0.name)"
    }
    return declared("channels", channels)
  }
}
