internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// The statements of flows and models (language 4.2–4.4, 7).
extension CampaignChecker {
  mutating func check(_ block: Block) {
    for statement in tree[block.statements] { check(statement) }
  }

  private mutating func check(_ id: StatementID) {
    switch statements[Int(id.index)].kind {
    case .check, .chance: checkBranches(id)
    case .communication(let communication):
      if allowsEffect() { check(tree[communication]) }
    case .cancelCommunications(_, let list):
      if allowsEffect() { checkCommunicationNames(list) }
    case .update(let list):
      if place.isScenario { requireParticipant(statements[Int(id.index)].range, "`update`") }
      if !place.isModel { checkUpdate(list) }
    case .handOver(let flow, let schedule):
      if allowsEffect() { checkHandOver(flow, schedule) }
    case .cancelHandOvers(let flow):
      if allowsEffect() { _ = position(ofFlow: flow) }
    case .python(let script):
      if allowsEffect() { check(tree[script]) }
    case .stop: break
    case .go(let step):
      if allowsEffect() { checkGo(step) }
    case .progress(let status, let delay):
      if allowsAnswer() { checkProgress(status, delay) }
    case .end(let status, let results, let delay):
      if allowsAnswer() { checkEnd(status, results, delay) }
    case .scenario(let scenario):
      if place.isScenario { check(tree[scenario], statements[Int(id.index)].range) }
    }
  }

  /// `check … else check …`, a chain of any length.
  private mutating func checkBranches(_ first: StatementID) {
    var next = first
    while true {
      let branch: ElseBranch
      switch statements[Int(next.index)].kind {
      case .check(let condition, let match, let other):
        requireCondition(condition, "`check`")
        check(match)
        branch = other
      case .chance(_, let match, let other):
        check(match)
        branch = other
      case .communication, .cancelCommunications, .update, .handOver, .cancelHandOvers, .python, .stop, .go,
        .progress, .end, .scenario:
        return check(next)
      }
      switch branch {
      case .none: return
      case .block(let block): return check(block)
      case .statement(let statement): next = statement
      }
    }
  }

  // The parser has reported what stands in the wrong kind of body; there is nothing to check it against.
  private func allowsEffect() -> Bool { !place.isModel && !place.isScenario }

  private func allowsAnswer() -> Bool { place.isModel }

  /// The position of a flow among the names of flows; `nil`, and reported, where there is none.
  mutating func position(ofFlow name: Name) -> Int? {
    if name.isMissing { return nil }
    if let position = names.flows[name.symbol] { return position }
    let all = isBrief ? [] : flowNames()
    let isStep = stepNames[name.symbol] != nil
    let near = suggestion(text(name), all)
    report(
      .unknownFlow, "the campaign has no flow `\(text(name))`", at: name.range,
      label: isStep ? "a step of this flow has this name" : didYouMean(near),
      notes: [declared("flows", all)],
      help: isStep ? ["write `go \(text(name))` to continue in the step"] : [],
      fixes: isStep ? [] : renaming(name.range, to: near))
    return nil
  }

  /// The names of all flows, in the order of their declarations.
  private func flowNames() -> [String] {
    trees.flatMap(\.declarations).compactMap { declaration in
      if case .flow(let flow) = declaration, !flow.name.isMissing { text(flow.name) } else { nil }
    }
  }

  /// The target is another flow of the campaign with `on from flow` (semantics E8).
  private mutating func checkHandOver(_ name: Name, _ schedule: Schedule) {
    check(schedule, window: nil, isHandOver: true)
    guard let target = position(ofFlow: name) else { return }
    let declaration = declarationSpans.flows[target]
    if target == place.flow {
      report(
        .selfHandOver, "expected another flow, found `\(text(name))` itself", at: name.range,
        secondary: [Label(declaration, "this is the flow it stands in")],
        help: ["`go` continues in a step of this flow; what comes later belongs into a flow of its own"])
    } else if !flowTriggers[target].contains(.fromFlow) {
      report(
        .missingFromFlow, "`\(text(name))` cannot be handed to: it has no trigger `on from flow`",
        at: name.range,
        secondary: [Label(declaration, "declared here")],
        help: ["add `on from flow { … }` to `\(text(name))`"])
    }
  }

  private mutating func checkCommunicationNames(_ list: NameList) {
    listNames.removeAll()
    for (index, name) in tree[list].enumerated() where !name.isMissing {
      if names.communications[name.symbol] == nil { reportUnknownCommunication(name) }
      if let earlier = listNames.insert(name.symbol, index) {
        let first = tree[list][tree[list].startIndex + earlier].range
        reportRepeated(name.range, "`\(text(name))`", "in one `cancel`", first)
      }
    }
  }

  mutating func reportUnknownCommunication(_ name: Name) {
    let all = isBrief ? [] : schema[Schema.nameEnumeration].cases.map { schema[$0] }
    let near = suggestion(text(name), all)
    report(
      .unknownCommunication, "the campaign has no communication `\(text(name))`", at: name.range,
      label: didYouMean(near), notes: [declared("communications", all)], fixes: renaming(name.range, to: near)
    )
  }
}
