public import FlowCheck
internal import FlowRuntime
internal import FlowText

/// Changes the flows of a campaign in one place at a time, and finds out which changes no test notices.
///
/// A change is noticed where a test fails, and where a cascade is stopped that was none before. Only tests that come to
/// the changed statement are asked, those first that come to little else; the first that fails answers for all. Neither
/// their order nor the number of threads changes what is found.
public struct MutationRun: Sendable {
  private let run: TestRun
  private let tests: [Int]
  private let maker: MutantMaker
  /// The changes, in the order of the text.
  public let mutations: [Mutation]
  /// Whether tests that do not come to a change are asked as well, which makes no difference but in time.
  package var asksEveryTest = false

  /// How many runs a test may take under a change: so many times as many as without it, and some more.
  private static let runsAllowed = (factor: 10, atLeast: 2_000)

  /// What becomes of one change.
  public enum Outcome: Sendable, Hashable {
    case noticed
    /// `isReached` tells whether any test comes to the place at all.
    case unnoticed(isReached: Bool)
    /// No mutant: what comes out has errors.
    case doesNotCheck
    /// No mutant: it compiles to the very campaign, or to the same as an earlier change.
    case isEqual
    /// The user asked to stop before.
    case notTried
  }

  /// - Parameters:
  ///   - run: The tests' run on the campaign as it is, on which all of `tests` pass.
  ///   - tests: Those that are asked.
  public init(_ run: TestRun, _ tests: [CheckedTest]) {
    var plain = run
    plain.coverage = nil
    plain.explainsAbsence = false
    self.run = plain
    let chosen = Set(tests.map { SourceSpan($0.file, $0.range) })
    self.tests = run.campaign.tests.indices.filter {
      chosen.contains(SourceSpan(run.campaign.tests[$0].file, run.campaign.tests[$0].range))
    }
    maker = MutantMaker(run.campaign, run.deployment)
    mutations = MutationFinder.find(in: run.campaign)
  }

  /// - Parameters:
  ///   - isInterrupted: Asked before each mutant, from any thread.
  ///   - advance: Called after each, from any thread, with how many there are.
  public func results(
    jobs: Int, isInterrupted: @Sendable () -> Bool = { false }, advance: @Sendable (Int) -> Void = { _ in }
  ) -> MutationResults {
    let mutations = mutations
    let reaches = Self.each(tests.count, jobs) { reach(of: tests[$0]) }
    let tried = Self.each(mutations.count, jobs) { index -> Trial in
      guard !isInterrupted() else { return Trial(outcome: .notTried) }
      defer { advance(mutations.count) }
      return outcome(of: mutations[index], reaches)
    }
    return MutationResults(mutations, Self.distinct(tried))
  }

  private struct Trial {
    var outcome: Outcome
    var fingerprint: Fingerprint?
  }

  /// Of changes that compile alike the first counts.
  private static func distinct(_ trials: [Trial]) -> [Outcome] {
    var seen: Set<Fingerprint> = []
    return trials.map { trial in
      guard let fingerprint = trial.fingerprint else { return trial.outcome }
      return seen.insert(fingerprint).inserted ? trial.outcome : .isEqual
    }
  }

  // MARK: One mutant

  private func outcome(of mutation: Mutation, _ reaches: [TestReach]) -> Trial {
    switch maker.make(mutation) {
    case .doesNotCheck: return Trial(outcome: .doesNotCheck)
    case .isEqual: return Trial(outcome: .isEqual)
    case .mutant(let campaign, let deployment, let fingerprint):
      let asked = order(reaches, for: mutation)
      var changed = run
      (changed.campaign, changed.deployment) = (campaign, deployment)
      let isNoticed = asked.contains { notices(changed, tests[$0], reaches[$0]) }
      return Trial(
        outcome: isNoticed ? .noticed : .unnoticed(isReached: !asked.isEmpty), fingerprint: fingerprint)
    }
  }

  /// Those that come to the flow first, and among them those that come to little else.
  private func order(_ reaches: [TestReach], for mutation: Mutation) -> [Int] {
    let asked = reaches.indices.filter { asksEveryTest || reaches[$0].contains(mutation) }
    let keys = asked.map { index in
      let isFar = mutation.flow.map { !reaches[index].flows.contains($0) } ?? false
      return (isFar ? 1 : 0, reaches[index].places.count, index)
    }
    return keys.sorted(by: <).map(\.2)
  }

  private func notices(_ changed: TestRun, _ test: Int, _ before: TestReach) -> Bool {
    var changed = changed
    changed.runsInAll = before.runCount * Self.runsAllowed.factor + Self.runsAllowed.atLeast
    let player = ScenarioPlayer(changed, changed.campaign.tests[test])
    if player.play(changed.campaign.tests[test].body) != nil { return true }
    return !before.stopsCascade && TestReach(player.simulation.stories).stopsCascade
  }

  private func reach(of test: Int) -> TestReach {
    let player = ScenarioPlayer(run, run.campaign.tests[test])
    _ = player.play(run.campaign.tests[test].body)
    return TestReach(player.simulation.stories)
  }

  /// Does numbered work on so many threads, and hands out the results in order.
  private static func each<Result>(_ count: Int, _ jobs: Int, _ body: (Int) -> Result) -> [Result] {
    let results = UnsafeMutablePointer<Result?>.allocate(capacity: count)
    results.initialize(repeating: nil, count: count)
    defer {
      results.deinitialize(count: count)
      results.deallocate()
    }
    // Each thread writes only what belongs to its tasks.
    let shared = Unshared(results)
    Workers(jobs: jobs).run(tasks: count) { _, task in shared.value[task] = body(task) }
    return (0..<count).compactMap { results[$0] }
  }
}
