internal import FlowTesting
internal import FlowText

/// Going back and ahead, and several ways side by side.
extension Session {
  /// - Parameter steps: Backwards below zero.
  func travel(by steps: Int) throws(SessionProblem) -> SessionReply {
    let before = history
    let moved = history.move(by: steps)
    guard moved > 0 else {
      throw SessionProblem(
        .nothingThere,
        steps < 0
          ? "expected a statement to go back behind, found none" : "expected a step ahead, found none",
        help: steps < 0 ? [] : ["what was gone back behind is ahead until something else is entered"])
    }
    do throws(SessionProblem) {
      return SessionReply(output: try whereabouts())
    } catch {
      history = before
      throw error
    }
  }

  /// Where the session stands: behind which statement, and at what time.
  private func whereabouts() throws(SessionProblem) -> String {
    let moment = history.present
    let place = history.position == 0 ? moment.cause : "behind `\(moment.cause.terminalSafe)`"
    let ahead = history.stepsAhead > 0 ? ", \(Counted.noun(history.stepsAhead, "step")) ahead" : ""
    return "\(place)\(ahead)\n" + Telling.time(try state(of: moment)) + "\n"
  }

  /// Goes on in a copy of the history; the other stays as it is.
  func fork(_ name: String) throws(SessionProblem) -> SessionReply {
    guard name != forkName, forks[name] == nil else {
      throw SessionProblem(
        .nothingThere, "expected a new name for a fork, found `\(name.terminalSafe)`, which there is",
        help: ["`:switch \(name)` goes there"])
    }
    forks[forkName] = history
    let old = forkName
    forkName = name
    return SessionReply(output: "on `\(name.terminalSafe)`; `:switch \(old)` goes back\n")
  }

  func switchTo(_ name: String) throws(SessionProblem) -> SessionReply {
    if name == forkName { return SessionReply(output: "on `\(name.terminalSafe)` already\n") }
    guard let other = forks.removeValue(forKey: name) else {
      let near = closestName(to: name, among: forkNames).map { "did you mean `\($0)`?" }
      throw SessionProblem(
        .nothingThere, "there is no fork `\(name.terminalSafe)`",
        notes: ["forks: \(forkNames.joined(separator: ", "))"],
        help: near.map { [$0] } ?? [])
    }
    forks[forkName] = history
    forkName = name
    history = other
    lastValue = nil
    return SessionReply(output: "on `\(name.terminalSafe)`, " + (try whereabouts()))
  }
}
