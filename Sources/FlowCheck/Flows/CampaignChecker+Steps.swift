internal import FlowDiagnostics
internal import FlowSyntax
internal import FlowText

/// `go` and what it leads to (language 4.4).
extension CampaignChecker {
  mutating func checkGo(_ name: Name) {
    if name.isMissing { return }
    guard let target = stepNames[name.symbol] else { return reportUnknownStep(name) }
    if let step = place.step { place.jumps.append(Jump(from: step, to: target, range: name.range)) }
  }

  private mutating func reportUnknownStep(_ name: Name) {
    let isFlow = names.flows[name.symbol] != nil
    let steps = isBrief ? [] : place.steps.map { text($0) }
    let near = suggestion(text(name), steps)
    report(
      .unknownStep, "this flow has no step `\(text(name))`", at: name.range,
      label: isFlow ? "a flow has this name" : didYouMean(near),
      notes: [declared("steps", steps)],
      help: isFlow ? ["write `to flow \(text(name))` to hand over to the flow"] : [],
      fixes: isFlow ? [] : renaming(name.range, to: near))
  }

  /// Finds the `go` that closes a cycle; each cycle is reported at one of its statements.
  mutating func reportCycles(_ steps: [CheckedStep]) {
    guard !place.jumps.isEmpty else { return }
    var outgoing = [[Int]](repeating: [], count: steps.count)
    for (index, jump) in place.jumps.enumerated() { outgoing[jump.from].append(index) }
    var state = [Visit](repeating: .unseen, count: steps.count)
    for start in steps.indices where state[start] == .unseen {
      for cycle in cycles(from: start, outgoing, &state) { reportCycle(cycle, steps) }
    }
  }

  private enum Visit { case unseen, open, done }

  /// A walk in depth, with the open steps on a stack of its own: a flow can have thousands of steps in a row.
  private func cycles(from start: Int, _ outgoing: [[Int]], _ state: inout [Visit]) -> [[Jump]] {
    var found: [[Jump]] = []
    var path: [Jump] = []
    var stack: [(step: Int, next: Int)] = [(start, 0)]
    state[start] = .open
    while let top = stack.last {
      guard top.next < outgoing[top.step].count else {
        state[top.step] = .done
        stack.removeLast()
        if !path.isEmpty { path.removeLast() }
        continue
      }
      stack[stack.count - 1].next += 1
      let jump = place.jumps[outgoing[top.step][top.next]]
      switch state[jump.to] {
      case .done: break
      case .unseen:
        state[jump.to] = .open
        path.append(jump)
        stack.append((jump.to, 0))
      case .open:
        let first = path.firstIndex { $0.from == jump.to } ?? path.count
        found.append(Array(path[first...]) + [jump])
      }
    }
    return found
  }

  private mutating func reportCycle(_ cycle: [Jump], _ steps: [CheckedStep]) {
    guard let last = cycle.last else { return }
    let chain = ([last.to] + cycle.map(\.to)).map { steps[$0].name }.prefix(9)
    report(
      .stepCycle, "the step `\(steps[last.to].name)` leads back to itself", at: last.range,
      label: "goes back to `\(steps[last.to].name)`",
      secondary: cycle.dropLast().prefix(4).map { Label(span($0.range), "goes to `\(steps[$0.to].name)`") },
      notes: ["the way: \(chain.joined(separator: " → "))"],
      help: ["a run goes to its end at once; to come back later, hand over: `to flow NAME in 1d`"])
  }
}
