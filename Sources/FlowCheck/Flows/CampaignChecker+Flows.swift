internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// `flow name { triggers and steps }`.
extension CampaignChecker {
  /// Without a campaign only declarations are checked: what a flow mentions may be declared by whoever uses the file.
  mutating func checkFlows() {
    guard campaign != nil else { return }
    for case .flow(let declaration) in tree.declarations { check(declaration) }
  }

  private mutating func check(_ declaration: FlowDeclaration) {
    place = Place()
    place.flow = names.flows[declaration.name.symbol] ?? -1
    let steps = declareSteps(declaration)
    let triggers = checkTriggers(declaration)
    place.resultAgents = agents(ofAll: triggers)
    forgetResults()
    var position = 0
    for case .step(let step) in declaration.members {
      place.step = stepNames[step.name.symbol] == position ? position : nil
      check(step.body)
      if place.step != nil { position += 1 }
    }
    reportCycles(steps)
    let isFirst =
      place.flow >= 0 && declarationSpans.flows[place.flow] == span(declaration.name.range)
    guard isFirst else { return }
    flows.append(
      CheckedFlow(
        name: text(declaration.name), title: title(declaration.title, declaration.documentation),
        isActive: declaration.inactive == nil, file: FileID(fileIndex), declaration: declaration,
        triggers: triggers, steps: steps))
  }

  private mutating func declareSteps(_ declaration: FlowDeclaration) -> [CheckedStep] {
    stepNames.removeAll()
    var steps: [CheckedStep] = []
    var ranges: [SourceRange] = []
    for case .step(let step) in declaration.members where !step.name.isMissing {
      if let earlier = stepNames[step.name.symbol] {
        reportDuplicate(step.name, "the step", earlier: span(ranges[earlier]))
      } else if steps.count >= CheckLimit.steps {
        reportLimit(step.name, "a flow has at most \(CheckLimit.steps) steps")
      } else {
        stepNames[step.name.symbol] = steps.count
        place.steps.append(step.name)
        ranges.append(step.name.range)
        steps.append(CheckedStep(name: text(step.name), range: step.range, body: step.body))
      }
    }
    return steps
  }

  private mutating func checkTriggers(_ declaration: FlowDeclaration) -> [CheckedTrigger] {
    var triggers: [CheckedTrigger] = []
    var first: [TriggerKind: SourceRange] = [:]
    var hasTrigger = false
    for case .trigger(let trigger) in declaration.members {
      hasTrigger = true
      var own: [CheckedTrigger] = []
      for event in trigger.events {
        let checked = check(event, trigger.body)
        own.append(checked)
        if let earlier = first[event.kind] {
          reportDuplicateTrigger(event, declaration, earlier)
        } else {
          first[event.kind] = event.range
          triggers.append(checked)
        }
      }
      place.resultAgents = agents(ofAll: own)
      forgetResults()
      check(trigger.body)
    }
    if !hasTrigger, !declaration.name.isMissing { reportNoTrigger(declaration) }
    return triggers
  }

  /// What is known of results belongs to the agents of one place.
  private mutating func forgetResults() {
    place.resultTypes.removeAll(keepingCapacity: true)
    place.unknownResults.removeAll(keepingCapacity: true)
  }

  /// Whose results can be read where these triggers lead: those of the narrowing's names, else of all agents.
  private func agents(ofAll triggers: [CheckedTrigger]) -> ResultAgents {
    var agents: Set<Int> = []
    for trigger in triggers {
      if trigger.names.isEmpty { return .all }
      for name in trigger.names { agents.insert(schema.communications[name].agent) }
    }
    return triggers.isEmpty ? .all : .some(agents.sorted())
  }

  private mutating func reportDuplicateTrigger(
    _ event: TriggerEvent, _ declaration: FlowDeclaration, _ earlier: SourceRange
  ) {
    report(
      .duplicateTrigger,
      "expected each kind of trigger once in a flow, found `on \(event.kind.spelling)` again in `\(text(declaration.name))`",
      at: event.range, secondary: [Label(span(earlier), "first here")],
      help: ["put both bodies into one, or the second into a flow of its own"])
  }

  private mutating func reportNoTrigger(_ declaration: FlowDeclaration) {
    report(
      .flowWithoutTrigger, "expected at least one trigger in `\(text(declaration.name))`, found none",
      at: declaration.name.range,
      notes: ["triggers: \(TriggerKind.allCases.map { "on \($0.spelling)" }.joined(separator: ", "))"],
      help: ["a flow that only others start has `on from flow { … }`"])
  }
}
