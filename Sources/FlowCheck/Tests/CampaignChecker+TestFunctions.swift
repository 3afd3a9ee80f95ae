internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// `runs(FLOW [, finished | failed])` and `rejected()`, which only tests and the prompt have (language 6).
extension CampaignChecker {
  mutating func testFunction(
    _ id: ExpressionID, _ name: Name, _ function: BuiltinFunction, _ arguments: ArraySlice<ExpressionID>
  ) -> ValueType? {
    guard place.isScenario else {
      for argument in arguments { check(argument, .silent) }
      report(
        .testFunction, "expected a function of flows, found `\(text(name))`, which only tests have",
        at: name.range, notes: ["what a flow decides depends on its participant alone"])
      return nil
    }
    guard function.parameterCount.contains(arguments.count) else {
      for argument in arguments { check(argument, .silent) }
      reportArgumentCount(id, name, function, arguments.count)
      return nil
    }
    let before = diagnostics.count
    for (position, argument) in arguments.enumerated() {
      position == 0 ? checkFlowArgument(argument) : checkOutcomeArgument(argument)
    }
    return diagnostics.count == before ? .integer : nil
  }

  private mutating func checkFlowArgument(_ id: ExpressionID) {
    guard case .name(let symbol) = expressions[Int(id.index)].kind else {
      check(id, .silent)
      return reportNoName(id, "a flow's name")
    }
    guard let flow = position(ofFlow: Name(symbol, expressions[Int(id.index)].range)) else { return }
    references[Int(id.index)] = .flow(flow)
  }

  private mutating func checkOutcomeArgument(_ id: ExpressionID) {
    guard case .name(let symbol) = expressions[Int(id.index)].kind,
      symbols[symbol] == "finished" || symbols[symbol] == "failed"
    else {
      check(id, .silent)
      return reportNoName(id, "`finished` or `failed`")
    }
    references[Int(id.index)] = .runOutcome(isFailed: symbols[symbol] == "failed")
  }

  private mutating func reportNoName(_ id: ExpressionID, _ expected: String) {
    let range = expressions[Int(id.index)].range
    report(
      .misplacedArgument, "expected \(expected), found `\(tree.source.text(range))`", at: range,
      notes: ["written as `\(BuiltinFunction.runs.usage)`"])
  }
}
