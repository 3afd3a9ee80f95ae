public import FlowCheck
public import FlowDiagnostics
public import FlowRuntime
internal import FlowText
public import FlowValues

/// Why a test failed, and whom it was about.
public struct TestFailure: Sendable {
  public var diagnostic: Diagnostic
  /// What had happened up to there to the participant at hand, if there was one.
  public var story: Story?
  /// When the clock of the test had stood at first.
  public var start: Instant
}

/// What became of one test.
public struct TestResult: Sendable {
  public var test: CheckedTest
  /// `nil` where it passed.
  public var failure: TestFailure?
  /// What was looked at.
  public var expectationCount: Int
  /// What of the campaign it came to, where that was asked for.
  public var coverage: CoverageCounts?
  /// What whoever runs scripts has noted of the test's calls, in their order.
  public var scriptNotes: [UInt8]
}

/// Runs the tests of one campaign (language 6). Each begins with an empty store and knows of no other, so they can run
/// side by side, and neither their order nor the number of threads changes anything.
public struct TestRun: Sendable {
  var campaign: CheckedCampaign
  var deployment: Deployment
  /// Reads a file that a test uploads, named as it stands in the test beside the name of the test's own file.
  let readFile: @Sendable (_ path: String, _ testFile: String) -> Result<[UInt8], FileReadFailure>
  /// Who runs Python, shared by all tests.
  private(set) var scripts: (any ScriptHost)?
  /// How many runs a test may take before nothing runs any more.
  var runsInAll = Int.max
  /// Whether a failure tells why something is not there, which takes longer than all else.
  var explainsAbsence = true
  /// What tests can come to; `nil` where nobody asks. The deployment then has to observe.
  public var coverage: CoverageMap?

  /// - Parameter scripts: Who runs Python; without anybody, `python` statements fail their runs (semantics P2).
  /// - Precondition: the campaign has no errors, and the deployment is of it alone.
  public init(
    _ campaign: CheckedCampaign, _ deployment: Deployment, scripts: (any ScriptHost)? = nil,
    readFile: @escaping @Sendable (_ path: String, _ testFile: String) -> Result<[UInt8], FileReadFailure>
  ) {
    self.campaign = campaign
    self.deployment = deployment
    self.readFile = readFile
    self.scripts = scripts.map(RunnerPool.init)
  }

  /// How many tests a thread takes before one that has failed is looked for.
  private static let testsInRound = 64

  /// Runs tests on so many threads. With `failFast` the results end with the first that fails.
  public func run(_ tests: [CheckedTest], jobs: Int, failFast: Bool = false) -> [TestResult] {
    var results: [TestResult] = []
    var rest = tests[...]
    while !rest.isEmpty {
      let round = rest.prefix(failFast ? jobs * Self.testsInRound : rest.count)
      rest = rest.dropFirst(round.count)
      results += runTogether(Array(round), jobs: jobs)
      if failFast, let first = results.firstIndex(where: { $0.failure != nil }) {
        return Array(results[...first])
      }
    }
    return results
  }

  private func runTogether(_ tests: [CheckedTest], jobs: Int) -> [TestResult] {
    let results = UnsafeMutablePointer<TestResult?>.allocate(capacity: tests.count)
    results.initialize(repeating: nil, count: tests.count)
    defer {
      results.deinitialize(count: tests.count)
      results.deallocate()
    }
    // Each thread writes only the results of its own tests.
    let shared = Unshared(results)
    Workers(jobs: jobs).run(tasks: tests.count) { _, task in shared.value[task] = run(tests[task]) }
    return (0..<tests.count).compactMap { results[$0] }
  }

  public func run(_ test: CheckedTest) -> TestResult {
    let notes = scripts.map(TestNotes.init)
    var run = self
    run.scripts = notes
    let player = ScenarioPlayer(run, test)
    let failure = player.play(test.body)
    return TestResult(
      test: test, failure: failure, expectationCount: player.expectationCount,
      coverage: coverage?.counts(of: player.simulation.stories), scriptNotes: notes?.all ?? [])
  }
}
