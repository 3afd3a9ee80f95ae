internal import FlowRuntime
internal import FlowTesting
internal import FlowText

/// Whom a command is about.
extension Session {
  /// The person with a key; where nobody is named, the only one there is.
  ///
  /// - Parameters:
  ///   - command: As it is typed, to show how somebody is named.
  ///   - isLikely: Of whom there is something to say; such people are proposed before others.
  func person(
    _ key: String?, _ state: ScenarioPlayer, for command: String,
    where isLikely: (Int) -> Bool = { _ in true }
  ) throws(SessionProblem) -> Int {
    if let key { return try person(withKey: key, state) }
    if let person = state.onlyPerson { return person }
    let likely = proposed(state, isLikely)
    throw doubt(state, likely.isEmpty ? proposed(state) { _ in true } : likely) { "\(command) for \($0)" }
  }

  func person(withKey key: String, _ state: ScenarioPlayer) throws(SessionProblem) -> Int {
    if state.simulation.peopleCount == 0 { throw doubt(state, []) { $0 } }
    let found = state.simulation.people(withKey: key)
    if found.count == 1 { return found[0] }
    let names = found.prefix(SessionLimit.peopleProposed).map { state.simulation.name(of: $0).terminalSafe }
    let near = closestName(to: key, among: participantKeys).map {
      ["did you mean \(LiteralWords.quoted($0))?"]
    }
    throw SessionProblem(
      .nothingThere,
      "expected one participant with the key `\(key.terminalSafe)`, found "
        + (found.isEmpty
          ? "nobody" : "\(Counted.number(found.count)) people: \(names.joined(separator: ", "))"),
      help: (found.isEmpty ? near ?? [] : []) + ["`:show participants` lists them"])
  }

  /// Nobody is named, and there is nobody, or more than one.
  ///
  /// - Parameter naming: What to type, with a key between quotes.
  func doubt(
    _ state: ScenarioPlayer, _ proposed: [String], naming: (String) -> String
  ) -> SessionProblem {
    let count = state.simulation.peopleCount
    guard count > 0 else {
      return SessionProblem(
        .nothingThere, "expected a participant, found none: nobody has been uploaded",
        help: ["write for example `upload { external_id = \"c1\" }`"])
    }
    let keys = proposed.map(LiteralWords.quoted)
    let rest = count - keys.count
    let others = rest > 0 ? " and \(Counted.number(rest)) more" : ""
    return SessionProblem(
      .nothingThere, "expected one participant, found \(Counted.number(count)) that could be meant",
      notes: keys.isEmpty ? [] : ["participants: \(keys.joined(separator: ", "))\(others)"],
      help: keys.first.map { ["name one: `\(naming($0).terminalSafe)`"] } ?? [])
  }

  /// The keys of the first few of whom something holds.
  func proposed(_ state: ScenarioPlayer, _ isLikely: (Int) -> Bool) -> [String] {
    var keys: [String] = []
    for person in 0..<state.simulation.peopleCount where state.simulation.exists(person) {
      let key = state.simulation.name(of: person)
      // One key may find several people.
      guard isLikely(person), state.simulation.people(withKey: key) == [person] else { continue }
      keys.append(key)
      if keys.count == SessionLimit.peopleProposed { break }
    }
    return keys
  }
}
