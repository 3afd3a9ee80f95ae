package import FlowCheck
internal import FlowDiagnostics
package import FlowRuntime
internal import FlowSchema
package import FlowSyntax
package import FlowText
package import FlowValues

/// Plays the statements of one scenario, one after the other, on a store of its own.
///
/// What happens is handed to a `Simulation`, the same that `run` plays files on, so that identity, order and budget are
/// those of production. Between two statements everything that is due at the present instant is done: statements at one
/// instant follow one another as if a moment lay between them.
package final class ScenarioPlayer {
  let run: TestRun
  /// Where the statements stand.
  let file: FileID
  let tree: SyntaxTree
  package let simulation: Simulation
  package let zone: Zone
  package private(set) var now: Instant
  package private(set) var start: Instant
  /// Whom the statements are about, inside `for`.
  private var chosen: Int?
  /// Whether a statement has been played: only the first sets the clock where it likes.
  private var hasBegun = false
  /// How many statements have been played, those inside of others not counted.
  private(set) var statementCount = 0
  package internal(set) var rejectedRows = 0
  /// Why the first few rows were refused since this player began, in order.
  package internal(set) var refusals: [RowRefusal] = []
  static let rememberedRefusals = 32
  var expectationCount = 0
  /// What came from outside so far, as far as it is worth remembering.
  package internal(set) var inputs: [PlayedInput] = []
  /// Asked now and then while something is played; after a no, nothing more is.
  package var goesOn: () -> Bool = { true }

  package convenience init(_ run: TestRun, _ test: CheckedTest) {
    var engine = EngineConfiguration(
      seed: UInt64(bitPattern: test.seed ?? 0), usesModels: test.seed != nil, scripts: run.scripts)
    engine.runsInAll = run.runsInAll
    self.init(run, test.file, ScenarioPlayer.configuration(engine, storyCount: .max))
  }

  /// Plays statements of a file on an empty store.
  ///
  /// - Parameter configuration: As `configuration(_:storyCount:)` makes it.
  package init(_ run: TestRun, _ file: FileID, _ configuration: SimulationConfiguration) {
    self.run = run
    self.file = file
    tree = run.campaign.files[file.index]
    zone = run.deployment.zones.zone(named: run.campaign.timezone) ?? .utc
    start = ScenarioPlayer.usualStart(zone)
    now = start
    simulation = Simulation(run.deployment, configuration)
  }

  /// Goes on from where another stands, which stays as it is, with statements of another file of the same campaign.
  package init(
    following other: ScenarioPlayer, _ run: TestRun, _ file: FileID, _ configuration: SimulationConfiguration
  ) {
    self.run = run
    self.file = file
    tree = run.campaign.files[file.index]
    zone = other.zone
    start = other.start
    now = other.now
    hasBegun = other.hasBegun
    statementCount = other.statementCount
    rejectedRows = other.rejectedRows
    inputs = other.inputs
    simulation = Simulation(following: other.simulation, run.deployment, configuration)
  }

  package static func configuration(
    _ engine: EngineConfiguration, storyCount: Int, followedPerson: Int? = nil
  ) -> SimulationConfiguration {
    SimulationConfiguration(
      engine: engine, until: .maximum, storyCount: storyCount, followedPerson: followedPerson, settles: true)
  }

  /// Where the clock stands unless the first statement sets it: 2026-01-01T09:00 of the campaign.
  static func usualStart(_ zone: Zone) -> Instant {
    guard let date = CivilDate(year: 2026, month: 1, day: 1), let time = TimeOfDay(hour: 9, minute: 0),
      let instant = zone.instant(of: LocalDateTime(date: date, time: time))
    else { return .minimum }
    return instant
  }

  /// Plays all statements; the first failure ends it.
  func play(_ body: Block) -> TestFailure? {
    for statement in tree[body.statements] {
      if let failure = play(statement) { return failure }
    }
    return nil
  }

  /// Plays one statement, and says what is wrong with it.
  package func play(_ statement: StatementID) -> TestFailure? {
    statementCount += 1
    do throws(ScenarioFailure) {
      try carryOut(statement)
      return nil
    } catch {
      return TestFailure(
        diagnostic: error.diagnostic(in: file), story: (error.person ?? onlyPerson).flatMap(simulation.story),
        start: start)
    }
  }

  private func carryOut(_ block: Block) throws(ScenarioFailure) {
    for id in tree[block.statements] { try carryOut(id) }
  }

  private func carryOut(_ id: StatementID) throws(ScenarioFailure) {
    let isFirst = !hasBegun
    hasBegun = true
    let statement = tree[id]
    switch statement.kind {
    case .update(let assignments): try edit(assignments, statement.range)
    case .scenario(let scenario): try play(tree[scenario], statement.range, isFirst: isFirst)
    case .check, .communication, .cancelCommunications, .handOver, .cancelHandOvers, .python, .stop, .go,
      .progress, .end, .chance:
      break
    }
  }

  private func play(_ statement: ScenarioStatement, _ range: SourceRange, isFirst: Bool)
    throws(ScenarioFailure)
  {
    switch statement {
    case .at(let time): try moveClock(to: time, range, isFirst: isFirst)
    case .advance(let duration): try advance(by: duration, range)
    case .upload(let cells): try upload(cells)
    case .uploadFile(let path): try upload(path)
    case .progress(let subject, let status): try report(subject, status, .empty, range, isEnd: false)
    case .end(let subject, let status, let results): try report(subject, status, results, range, isEnd: true)
    case .incomingSession(let channel, let agent): try openSession(channel, agent, range)
    case .participant(let key, let block): try choose(key, block)
    case .expect(let condition):
      expectationCount += 1
      try expect(condition)
    case .expectCommunication(let expectation):
      expectationCount += 1
      try expect(expectation, range)
    case .expectNone(let name, let status):
      expectationCount += 1
      try expectNone(name, status, range)
    }
  }

  // MARK: The clock

  private func moveClock(to time: ExpressionID, _ range: SourceRange, isFirst: Bool) throws(ScenarioFailure) {
    let value = try evaluate(time, zone: .campaign)
    guard let instant = value.instant else {
      throw .statement("expected a time after `at`, found `unset`", tree[time].range, person: onlyPerson)
    }
    if isFirst {
      (start, now) = (instant, instant)
      return
    }
    try move(to: instant, tree[time].range)
  }

  private func advance(by duration: ExpressionID, _ range: SourceRange) throws(ScenarioFailure) {
    let instant = simulation.instant(
      after: duration, in: file, of: onlyPerson, campaign: 0, from: now, counting: count)
    guard let instant else {
      throw .statement(
        "expected a duration after `advance`, found `\(tree.source.text(tree[duration].range))`, which is unset or too long",
        tree[duration].range, person: onlyPerson)
    }
    try move(to: instant, tree[duration].range)
  }

  private func move(to instant: Instant, _ range: SourceRange) throws(ScenarioFailure) {
    guard instant >= now else {
      throw .statement(
        "expected a time at or after \(local(now)), found \(local(instant))", range, person: onlyPerson,
        help: ["the clock of a test never goes back"])
    }
    now = instant
    settle()
  }

  func local(_ instant: Instant) -> String { zone.local(of: instant).preciseDescription }

  /// What happens at the present instant is done with all its consequences before the next statement.
  func settle() {
    rememberDue()
    simulation.settle(at: now, while: goesOn)
  }

  // MARK: Whom it is about

  /// The participant at hand, where there is no doubt who that is.
  package var onlyPerson: Int? { chosen ?? (simulation.peopleCount == 1 ? 0 : nil) }

  func requirePerson(_ range: SourceRange) throws(ScenarioFailure) -> Int {
    if let person = onlyPerson { return person }
    let count = simulation.peopleCount
    throw .statement(
      count == 0
        ? "expected a participant, found none: nobody has been uploaded"
        : "expected `for \"key\" { … }`, found \(Counted.number(count)) participants that could be meant",
      range,
      person: nil, help: count == 0 ? [] : ["participants: \(firstNames)"])
  }

  /// The first few who could be meant.
  private var firstNames: String {
    let people = (0..<simulation.peopleCount).lazy.filter { self.simulation.exists($0) }
    let names = people.prefix(Self.peopleNamed).map { "`\(self.simulation.name(of: $0))`" }
    let rest = simulation.peopleCount - names.count
    return names.joined(separator: ", ") + (rest > 0 ? " and \(Counted.number(rest)) more" : "")
  }

  private static let peopleNamed = 3

  /// Lets expressions be about somebody.
  package func choose(_ person: Int) { chosen = person }

  private func choose(_ key: TextLiteral, _ block: Block) throws(ScenarioFailure) {
    let found = simulation.people(withKey: key.value)
    guard found.count == 1 else {
      let what = found.isEmpty ? "nobody" : "\(found.count) people"
      throw .statement(
        "expected one participant with the key `\(key.value)`, found \(what)", key.range, person: nil)
    }
    let outer = chosen
    chosen = found[0]
    defer { chosen = outer }
    try carryOut(block)
  }

  // MARK: Values

  /// The value of an expression; a failure of it is one of the test.
  func evaluate(_ id: ExpressionID, zone: ProbeZone = .participant) throws(ScenarioFailure) -> ProbeValue {
    switch answer(id, zone: zone) {
    case .value(let value): return value
    case .failed(let reason):
      throw .statement(
        "`\(tree.source.text(tree[id].range))` has no value: \(reason.message)", tree[id].range,
        person: onlyPerson)
    case nil:
      throw .statement(
        "`\(tree.source.text(tree[id].range))` has no value", tree[id].range, person: onlyPerson)
    }
  }

  package func answer(_ id: ExpressionID, zone: ProbeZone = .participant) -> ProbeAnswer? {
    simulation.evaluate(
      id, in: file, of: onlyPerson, campaign: 0, at: now, zone: zone, counting: count)
  }

  /// In a `for` that participant's runs, else those of all.
  func count(_ what: TestCount) -> Int {
    switch what {
    case .rejectedRows: return rejectedRows
    case .runs(let flow, let isFailed):
      if let chosen {
        return ScenarioPlayer.runs(of: flow, isFailed, in: simulation.story(of: chosen)?.entries ?? [])
      }
      let counts = simulation.runCounts(flow: flow, campaign: 0)
      return (isFailed == true ? 0 : counts.finished) + (isFailed == false ? 0 : counts.failed)
    }
  }

  private static func runs(of flow: Int, _ isFailed: Bool?, in entries: [JournalEntry]) -> Int {
    entries.count { entry in
      switch entry {
      case .runFinished(let finished): finished == flow && isFailed != true
      case .runFailed(let failed, _): failed == flow && isFailed != false
      case .event, .runStarted, .node, .fieldChanged, .communication, .handOver, .handOverCanceled,
        .modelFailed, .cascadeStopped, .reportIgnored, .scriptFailed, .observed:
        false
      }
    }
  }

  func name(_ symbol: Symbol) -> String { run.campaign.symbols[symbol] }
}
