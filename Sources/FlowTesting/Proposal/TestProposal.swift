public import FlowCheck
internal import FlowDiagnostics
public import FlowRuntime
internal import FlowSchema
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// Proposes tests for what no test comes to.
///
/// The inputs are searched for, and what happens is played by the engine: a test that is proposed passes, since it
/// expects what the engine did, and it is played once more as the test that it is before it is handed out.
public struct TestProposal: Sendable {
  /// How many steps are played while looking, unless told otherwise.
  public static let usualLimit = 60_000

  private let check: CheckResult
  private let deployment: Deployment
  private let engine: EngineConfiguration
  private let map: CoverageMap
  private let zone: Zone
  private let limit: Int

  private var campaign: CheckedCampaign { check.campaign }

  /// - Precondition: the campaign has no errors, and the deployment is of it alone and observes.
  /// - Parameter limit: How many steps are played while looking. The same limit gives the same tests.
  public init(
    _ check: CheckResult, _ deployment: Deployment, scripts: (any ScriptHost)? = nil, limit: Int = usualLimit
  ) {
    self.check = check
    self.deployment = deployment
    self.limit = limit
    engine = EngineConfiguration(usesModels: false, scripts: scripts)
    map = CoverageMap(check.campaign, deployment)
    zone = deployment.zones.zone(named: check.campaign.timezone) ?? .utc
  }

  /// - Parameter coverage: What tests come to already.
  public func propose(beside coverage: Coverage) -> ProposedTests {
    let wanted = coverage.uncovered.filter { isWanted(map.places[$0].kind) }
    var search = ScenarioSearch(
      campaign, deployment, map, engine, zone: zone, start: ScenarioPlayer.usualStart(zone), limit: limit)
    search.run(Set(wanted))
    let found = search.found
    let reasons = UnreachedReasons(campaign, map, failures: search.failures, nearest: search.nearest)
    let tests = verified(tests(wanted, found, search.world))
    var after = coverage
    for test in tests { after.add(test.counts) }
    let unreached = wanted.filter { after.counts[$0] == 0 }
    return ProposedTests(
      tests: tests, source: laidOut(tests.map(\.source).joined(separator: "\n")), coverage: after,
      unreached: reasons.outermost(unreached))
  }

  private func isWanted(_ kind: CoveragePlace.Kind) -> Bool {
    switch kind {
    case .trigger, .node, .port: true
    case .bound: false
    }
  }

  /// One test for each place that none before it comes to, in the order of the text.
  private func tests(
    _ wanted: [Int], _ found: [Int: PlayedScenario], _ world: ScenarioWorld
  ) -> [ProposedTest] {
    let writer = ProposedTestWriter(campaign: campaign, map: map, zones: deployment.zones, zone: zone)
    var names = Set(campaign.tests.map(\.name))
    var covered = CoverageCounts()
    var tests: [ProposedTest] = []
    for place in wanted where covered[place] == 0 {
      guard let scenario = found[place] else { continue }
      let reduced = ScenarioReduction(map: map, place: place, world: world).reduce(scenario)
      let counts = reduced.counts(map)
      covered.add(counts)
      let name = Self.unused(writer.name(map.places[place]), &names)
      let source = writer.source(reduced, name: name, place: map.places[place])
      tests.append(ProposedTest(name: name, source: source, counts: counts, place: place))
    }
    return tests
  }

  private static func unused(_ name: String, _ names: inout Set<String>) -> String {
    var number = 1
    var candidate = name
    while !names.insert(candidate).inserted {
      number += 1
      candidate = "\(name) (\(number))"
    }
    return candidate
  }

  // MARK: Verification

  /// The tests that check and pass as they are written, with what they then come to.
  private func verified(_ tests: [ProposedTest]) -> [ProposedTest] {
    if tests.isEmpty { return [] }
    let result = checked(tests.map(\.source).joined(separator: "\n"))
    guard !result.hasErrors,
      let deployment = try? Deployment([result.campaign], zones: deployment.zones, observes: true)
    else {
      // One that does not check, which should not be, must not cost the others.
      return tests.count == 1 ? [] : tests.flatMap { verified([$0]) }
    }
    var run = TestRun(result.campaign, deployment, scripts: engine.scripts) { _, _ in
      .failure(FileReadFailure("no file is read"))
    }
    run.coverage = CoverageMap(result.campaign, deployment)
    let byName = Dictionary(
      result.campaign.tests.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    return tests.compactMap { test in
      guard let written = byName[test.name] else { return nil }
      let played = run.run(written)
      guard played.failure == nil, let counts = played.coverage, counts[test.place] > 0 else { return nil }
      var test = test
      test.counts = counts
      return test
    }
  }

  /// The campaign with a further file of tests, which stands behind all others and so leaves their numbers as they are.
  private func checked(_ text: String) -> CheckResult {
    let own = check.sources.prefix(campaign.ownFileCount).map { CampaignFile(name: $0.name, bytes: $0.bytes) }
    let used = Dictionary(
      check.sources.dropFirst(campaign.ownFileCount).map { ($0.name, $0.bytes) },
      uniquingKeysWith: { first, _ in first })
    // In byte order of names it comes last.
    let name = (own.map(\.name).max { $0.utf8.lexicographicallyPrecedes($1.utf8) } ?? "") + ".proposed"
    return CampaignLoader.load(
      own + [CampaignFile(name: name, bytes: Array(text.utf8))], zones: deployment.zones
    ) { path in
      used[path].map { .success($0) } ?? .failure(FileReadFailure("no such file"))
    }
  }

  private func laidOut(_ text: String) -> String {
    var symbols = SymbolTable()
    let source = SourceFile(id: FileID(0), name: "proposed.flow", bytes: Array(text.utf8))
    return format(source, symbols: &symbols).bytes.map { String(decoding: $0, as: UTF8.self) } ?? text
  }
}

/// What was found, and what was not.
public struct ProposedTests: Sendable {
  public var tests: [ProposedTest]
  /// As `flow fmt` lays it out; empty without tests.
  public var source: String
  /// With the proposed tests.
  public var coverage: Coverage
  /// Places that no scenario was found for, with the reason as far as it is known. What lies behind one is left out.
  public var unreached: [UnreachedPlace]
}

public struct UnreachedPlace: Sendable {
  public var place: Int
  /// Lower case, without a full stop.
  public var reason: String
}
