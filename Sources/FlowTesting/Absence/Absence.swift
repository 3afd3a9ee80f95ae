internal import FlowCheck
package import FlowRuntime
internal import FlowSchema
package import FlowSyntax
package import FlowText
package import FlowValues

/// Why something is not there: the run that came nearest to it, what stopped that, and the smallest change of one field
/// that would have let it through.
package struct Absence {
  /// A check that went the wrong way.
  package struct Stop {
    package var file: FileID
    package var statement: StatementID
    package var condition: SourceRange
    /// What it saw.
    package var values: [JournalValue]
    package var taken: Port
    package var needed: Port
  }

  /// A field with another value, with which the thing would have been there.
  package struct Change {
    package var field: String
    package var actual: String
    package var wanted: String
    /// What became of it then, as the first step of a communication.
    package var outcome: CommunicationChange?
  }

  /// What came of trying other values of single fields.
  package struct Trial {
    /// The smallest change that leads there; `nil` where none does.
    package var change: Change?
    /// The fields of which other values were tried.
    package var fields: [String]
  }

  /// The flow that would do it.
  package var flow: Int
  /// Whether a run of it has begun.
  package var hasRun = false
  package var at: Instant?
  /// Where the run's part of the story begins.
  package var storyIndex: Int?
  package var failure: RunFailureReason?
  /// Whether that run came to the statement, as one does that hands over for later.
  package var isReached = false
  package var stop: Stop?
  /// `nil` where nothing is known that could be tried again.
  package var trial: Trial?
  /// Why no run began: the absence of what hands over to the flow.
  package var handOver: [Absence] = []
}

/// A run of the past, as its story tells of it.
struct PastRun {
  var storyIndex: Int
  var flow: Int
  var at: Instant
  var nodes: [JournalNode] = []
  var failure: RunFailureReason?

  static func all(in entries: [JournalEntry]) -> [PastRun] {
    var runs: [PastRun] = []
    var present: PastRun?
    var at = Instant.minimum
    for (index, entry) in entries.enumerated() {
      switch entry {
      case .event(let instant, _, _): at = instant
      case .runStarted(let flow): present = PastRun(storyIndex: index, flow: flow, at: at)
      case .node(let node): if node.model < 0 { present?.nodes.append(node) }
      case .runFinished, .runFailed:
        guard var ended = present else { continue }
        if case .runFailed(_, let reason) = entry { ended.failure = reason }
        runs.append(ended)
        present = nil
      case .fieldChanged, .communication, .handOver, .handOverCanceled, .modelFailed, .cascadeStopped,
        .scriptFailed, .reportIgnored, .observed:
        break
      }
    }
    return runs
  }

  func node(at check: WayToStatement.Check) -> JournalNode? { nodes.last { $0.statement == check.statement } }
}

extension WayToStatement {
  /// How many of the checks a run has passed the way it has to.
  func depth(_ run: PastRun) -> Int {
    checks.prefix { check in run.node(at: check)?.port == (check.needsMatch ? .match : .otherwise) }.count
  }
}

extension ScenarioPlayer {
  /// Why a person has no communication of a name; `nil` where the campaign has none.
  package func absence(of name: String, _ person: Int) -> Absence? {
    let story = simulation.story(of: person)?.entries ?? []
    let ways = WayToStatement.toCommunication(name, in: run.campaign)
    return absence(ways, PastRun.all(in: story), person, visited: []) { entry in
      guard case .communication(let change) = entry, change.name == name, change.status == .planned else {
        return nil
      }
      return .some(change)
    }
  }

  private func absence(
    _ ways: [WayToStatement], _ runs: [PastRun], _ person: Int, visited: Set<Int>,
    _ isThere: @escaping (JournalEntry) -> CommunicationChange??
  ) -> Absence? {
    guard let first = ways.first else { return nil }
    var nearest: (way: WayToStatement, run: PastRun, depth: Int, nearness: Int)?
    for run in runs {
      for way in ways where way.flow == run.flow {
        let depth = way.depth(run)
        // A run that came to the next check at all is on this way and on no other.
        let isStopped = depth < way.checks.count && run.node(at: way.checks[depth]) != nil
        let nearness = 2 * depth + (isStopped ? 1 : 0)
        if nearness >= nearest?.nearness ?? 0 { nearest = (way, run, depth, nearness) }
      }
    }
    guard let nearest else {
      var absence = Absence(flow: first.flow)
      absence.handOver = handOvers(to: first.flow, runs, person, visited: visited)
      return absence
    }
    var absence = Absence(
      flow: nearest.way.flow, hasRun: true, at: nearest.run.at, storyIndex: nearest.run.storyIndex,
      failure: nearest.run.failure)
    absence.isReached =
      nearest.run.failure == nil && nearest.run.nodes.contains { $0.statement == nearest.way.target }
    if absence.isReached { return absence }
    absence.stop = stop(nearest.way, nearest.run, nearest.depth)
    absence.trial = OneFieldSearch(self, person, nearest.run.storyIndex, ways, isThere)?.trial()
    return absence
  }

  /// Looks for a change with which a communication that was skipped would have started.
  package func trial(thatStarts skipped: CommunicationState, _ person: Int) -> Absence.Trial? {
    let story = simulation.story(of: person)?.entries ?? []
    let index = story.lastIndex { entry in
      if case .communication(let change) = entry {
        change.number == skipped.number && change.status == .skipped
      } else {
        false
      }
    }
    guard let index, let name = skipped.name else { return nil }
    let ways = WayToStatement.toCommunication(name, in: run.campaign)
    let isStarted: (JournalEntry) -> CommunicationChange?? = { entry in
      guard case .communication(let change) = entry, change.number == skipped.number,
        change.status == .started
      else { return nil }
      return .some(change)
    }
    return OneFieldSearch(self, person, index, ways, isStarted, addresses: true)?.trial()
  }

  private func handOvers(
    to flow: Int, _ runs: [PastRun], _ person: Int, visited: Set<Int>
  ) -> [Absence] {
    guard run.campaign.flows[flow].triggers.allSatisfy({ $0.kind == .fromFlow }), !visited.contains(flow)
    else {
      return []
    }
    let ways = WayToStatement.toHandOver(flow, in: run.campaign)
    let found = absence(ways, runs, person, visited: visited.union([flow])) { entry in
      if case .handOver(flow, _) = entry { .some(nil) } else { nil }
    }
    return found.map { [$0] } ?? []
  }

  private func stop(_ way: WayToStatement, _ run: PastRun, _ depth: Int) -> Absence.Stop? {
    guard depth < way.checks.count, let node = run.node(at: way.checks[depth]), let port = node.port,
      case .check(let condition, _, _) = self.run.campaign.files[way.file.index][node.statement].kind
    else { return nil }
    return Absence.Stop(
      file: way.file, statement: node.statement,
      condition: self.run.campaign.files[way.file.index][condition].range, values: node.values, taken: port,
      needed: way.checks[depth].needsMatch ? .match : .otherwise)
  }
}

// MARK: In failed tests

extension ScenarioPlayer {
  func explain(missing name: String, _ person: Int, _ failure: inout ScenarioFailure) {
    guard run.explainsAbsence else { return }
    if let absence = absence(of: name, person) { explain(absence, "plans it", &failure) }
  }

  private func explain(_ absence: Absence, _ what: String, _ failure: inout ScenarioFailure) {
    let flow = run.campaign.flows[absence.flow]
    guard absence.hasRun else {
      let kinds = flow.triggers.map { "`on \($0.kind.spelling)`" }.joined(separator: ", ")
      failure.notes.append(
        flow.isActive
          ? "no run of `\(flow.name)` began, which \(what) \(kinds)"
          : "`\(flow.name)`, which \(what), is inactive")
      for cause in absence.handOver { explain(cause, "hands over to it", &failure) }
      return
    }
    if let reason = absence.failure {
      failure.notes.append("the run of `\(flow.name)` that comes nearest failed: \(reason.message)")
    }
    if absence.isReached {
      failure.notes.append("`\(flow.name)` did come to what \(what)")
    } else if let stop = absence.stop {
      let values = stop.values.map { "\($0.source) = \($0.value)" }.joined(separator: ", ")
      failure.secondary.append(
        (
          SourceSpan(stop.file, stop.condition),
          "this check stopped it" + (values.isEmpty ? "" : ": \(values)")
        ))
      let (wanted, taken) = stop.needed == .match ? ("Match", "Else") : ("Else", "Match")
      failure.notes.append("`\(flow.name)` \(what) at the \(wanted) port of a check that took \(taken)")
    } else if absence.failure == nil {
      failure.notes.append("a run of `\(flow.name)` ended before it came there")
    }
    if let change = absence.trial?.change {
      failure.notes.append(
        "with `\(change.field)` = \(change.wanted), not \(change.actual), it would be there")
    }
  }
}
