internal import FlowText

/// Files and what stands at their top level.
extension Formatter {
  mutating func writeFile() {
    writeApart(tree.declarations) { $0.write($1) }
  }

  private mutating func write(_ declaration: Declaration) {
    layout.beginGroup()
    switch declaration {
    case .use: write(count: 2)
    case .campaign(let campaign): write(campaign)
    case .fields(let fields):
      write()
      layout.append(.blank)
      writeFields(fields.fields)
    case .enumeration(let enumeration):
      write(count: 2)
      layout.append(.blank)
      writeNames(count: enumeration.cases.count, keepsBreak: true)
    case .window(let window):
      write(count: 2)
      layout.append(.blank)
      write(window.window)
    case .agent(let agent): write(agent)
    case .flow(let flow): write(flow)
    case .test(let test): write(test)
    case .model(let model):
      write(count: 2)
      layout.append(.blank)
      write(model.body)
    }
    layout.append(.endGroup)
  }

  private mutating func write(_ campaign: CampaignDeclaration) {
    writeHead()
    // A setting is a word, a colon and a value.
    let isSimple = peek(2).kind == .colon && peek(4).kind == .rightBrace
    writeBraces(isSimple: isSimple) { formatter in
      formatter.layout.beginGroup()
      if formatter.isAt(.lint), formatter.peek().kind == .leftBrace {
        formatter.write()
        formatter.layout.append(.blank)
        formatter.writeBraces(isSimple: campaign.lintLevels.count == 1) { $0.writeSetting() }
      } else {
        formatter.writeSetting()
      }
      formatter.layout.append(.endGroup)
    }
  }

  /// `timezone: "Europe/Madrid"`, `duplicate-contact: off`.
  private mutating func writeSetting() {
    while token.kind != .colon { write() }
    write()
    layout.append(.blank)
    write()
  }

  private mutating func write(_ agent: AgentDeclaration) {
    writeHead()
    var channels = agent.channels[...]
    let isSimple =
      agent.results.isEmpty && agent.channels.first?.range.lower == peek().range.lower
      && (peek(3).kind == .rightBrace || peek(4).kind == .rightBrace)
    writeBraces(isSimple: isSimple) { formatter in
      if formatter.isAt(.results) {
        formatter.write()
        formatter.layout.append(.blank)
        formatter.layout.beginGroup()
        formatter.writeFields(agent.results)
        formatter.layout.append(.endGroup)
      } else if let channel = channels.popFirst() {
        formatter.writeWords(upTo: channel.range.upper)
      }
    }
  }

  /// The words before the `{`.
  mutating func writeHead() {
    while token.kind != .leftBrace {
      write()
      layout.append(.blank)
    }
  }

  // MARK: Flows

  private mutating func write(_ flow: FlowDeclaration) {
    writeHead()
    write()
    if flow.members.isEmpty { return writeEmptyBraces() }
    layout.append(.indent)
    writeApart(flow.members) { formatter, member in
      switch member {
      case .trigger(let trigger): formatter.write(trigger)
      case .step(let step): formatter.write(step)
      }
    }
    layout.append(.dedent)
    write()
  }

  private mutating func write(_ step: StepDeclaration) {
    layout.beginGroup()
    write(count: 2)
    layout.append(.blank)
    write(step.body)
    layout.append(.endGroup)
  }

  private mutating func write(_ trigger: TriggerDeclaration) {
    layout.beginGroup()
    layout.beginGroup()
    write()
    layout.append(.blank)
    let isSeveral = trigger.events.count > 1
    if isSeveral { layout.append(.indent) }
    for (index, event) in trigger.events.enumerated() {
      if index > 0 {
        writeComma()
        line()
      }
      write(event)
    }
    if isSeveral { layout.append(.dedent) }
    passComma()
    if isSeveral { line() } else { layout.append(.blank) }
    layout.append(.endGroup)
    write(trigger.body)
    layout.append(.endGroup)
  }

  private mutating func write(_ event: TriggerEvent) {
    write(count: 2)
    guard !event.narrowing.isEmpty else { return }
    layout.append(.blank)
    writeNames(count: event.narrowing.count, keepsBreak: false)
  }

  mutating func writeNames(count: Int, keepsBreak: Bool) {
    writeList(.parentheses, count: count, keepsBreak: keepsBreak) { formatter, _ in formatter.write() }
  }
}
