internal import ArgumentParser
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowRuntime
internal import FlowTesting
internal import FlowText

/// `flow test PATH…`.
struct TestCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run the tests that stand in campaigns, on a virtual clock.",
    discussion: """
      A test tells what happens (upload, advance, end …) and what is expected then. Each begins with an empty store; \
      models answer only where a test says `simulated`.

      Example:
        flow test reminders
        flow test . --filter "nobody is reminded twice" --format github
        flow test reminders --coverage --threshold 90
        flow test reminders --mutate --mutation-threshold 80
        flow test reminders --watch
        flow test reminders --write reminders/proposed.flow
      """)

  @Argument(
    help: ArgumentHelp("Campaign directories or .flow files; - is standard input.", valueName: "path"),
    completion: .file())
  var paths: [String]

  @Option(help: ArgumentHelp("Only tests with this in their names; /…/ is a pattern.", valueName: "text"))
  var filter: String?

  @Flag(help: "List the tests and run none.")
  var list = false

  @Flag(help: "Stop at the first test that fails.")
  var failFast = false

  @Option(help: ArgumentHelp("How many cores to use.", valueName: "n"))
  var jobs: Int?

  @Option(help: "How to write the results.")
  var format = TestFormat.text

  @Option(
    name: .customLong("junit-xml"),
    help: ArgumentHelp("Write the results as JUnit XML too.", valueName: "file"), completion: .file())
  var junitXML: String?

  @Flag(help: "Run again whenever a file changes, until Ctrl-C.")
  var watch = false

  @Option(help: ArgumentHelp("The name for standard input.", valueName: "name"))
  var stdinPath: String?

  @OptionGroup var scripting: PythonOptions

  @OptionGroup var coverage: CoverageOptions

  @OptionGroup var mutation: MutationOptions

  @OptionGroup var proposal: ProposalOptions

  /// What tests come to is counted to be shown, and to find out what no test comes to.
  private var isCounting: Bool { coverage.isWanted || proposal.write != nil }

  @OptionGroup var global: GlobalOptions

  func run(_ environment: CommandEnvironment, _ console: Console) throws(CommandFailure) -> CommandStatus {
    if let jobs, !(1...1024).contains(jobs) {
      throw CommandFailure(
        Diagnostic(.usage, .error, "expected 1 to 1024 after `--jobs`, found `\(jobs)`"))
    }
    try checkList()
    try coverage.check(beside: format)
    try mutation.check()
    try proposal.check(coverage, format)
    guard watch else { return try runOnce(environment, console) }
    if paths.contains("-") || proposal.write != nil {
      let other = proposal.write == nil ? "`-`" : "`--write`"
      throw CommandFailure(
        Diagnostic(
          .usage, .error, "expected `--watch` without \(other), found both",
          notes: ["standard input can be read once, and what is written would be a change"]))
    }
    return WatchLoop(environment: environment, console: console).run(runOnce)
  }

  /// `--list` runs nothing, so that what asks for results has no place beside it.
  private func checkList() throws(CommandFailure) {
    let others = [
      ("--watch", watch), ("--write", proposal.write != nil), ("--coverage", coverage.isWanted),
      ("--mutate", mutation.isWanted), ("--junit-xml", junitXML != nil),
      ("--format \(format.rawValue)", format != .text),
    ]
    guard list, let other = others.first(where: \.1)?.0 else { return }
    throw CommandFailure(
      Diagnostic(
        .usage, .error, "expected `--list` without `\(other)`, found both",
        notes: ["a list runs no test, so that there is nothing to show of one"]))
  }

  private func runOnce(
    _ environment: CommandEnvironment, _ console: Console
  ) throws(CommandFailure) -> CommandStatus {
    let selection = try filter.map { text throws(CommandFailure) in try TestFilter(text) }
    let zones = SystemZones(environment)
    var finder = CampaignFinder(environment, zones: zones.table, standardInputName: stdinPath)
    let found = try finder.find(paths)
    try zones.requireData()
    let report = found.diagnostics.report()
    if report.counts.errors > 0 {
      console.report(report, sources: found.files)
      return .findings
    }
    let suites = try suites(of: found, zones, selection)
    guard proposal.write != nil || suites.contains(where: { !$0.tests.isEmpty }) else { throw noTest(suites) }
    if list { return write(list: suites, console) }
    let results = try run(suites, environment, console)
    try record(results, environment)
    let stream = coverage.takesOutput || proposal.takesOutput ? console.errors : console.output
    stream.write(TestReport(suites: results, files: found).render(format, environment, console))
    for suite in results {
      if let remark = suite.scripts?.host?.remark { console.sayMore(remark) }
    }
    if let junitXML { try write(junit: results, to: junitXML, environment) }
    try proposal.write(results, environment, console)
    let isCovered = try coverage.report(results, environment, console)
    let isNoticed = mutation.judge(results, console)
    return isCovered && isNoticed && !results.contains { $0.failures > 0 } ? .fine : .findings
  }

  private func suites(
    of found: FoundCampaigns, _ zones: SystemZones, _ filter: TestFilter?
  ) throws(CommandFailure) -> [TestSuite] {
    var suites: [TestSuite] = []
    for check in found.campaigns {
      var single = FoundCampaigns()
      single.add(check)
      let cast = try Cast(single, zones: zones.table, observes: isCounting)
      let tests = check.campaign.tests.filter { filter?.matches($0.name) ?? true }
      suites.append(TestSuite(check: check, cast: cast, tests: tests))
    }
    return suites
  }

  private func noTest(_ suites: [TestSuite]) -> CommandFailure {
    let all = suites.reduce(0) { $0 + $1.check.campaign.tests.count }
    guard let filter, all > 0 else {
      return CommandFailure(
        Diagnostic(
          .noTest, .error, "expected a test, found none in \(Counted.noun(suites.count, "campaign"))",
          help: ["a test is written `test \"what it shows\" { upload { … } expect … }`"]))
    }
    return CommandFailure(
      Diagnostic(
        .noTest, .error,
        "expected a test whose name has `\(filter)`, found none among \(Counted.number(all))",
        help: ["`flow test --list` shows the names"]))
  }

  private func run(
    _ suites: [TestSuite], _ environment: CommandEnvironment, _ console: Console
  ) throws(CommandFailure) -> [TestSuite] {
    let jobs = jobs ?? environment.machine.cores
    var finished: [TestSuite] = []
    let files = TestFiles(environment)
    // A campaign without tests has a coverage all the same.
    for var suite in suites where !suite.tests.isEmpty || isCounting {
      let scripts = try RunScripts(scripting, paths, suite.cast, environment)
      suite.scripts = scripts
      var run = TestRun(
        suite.check.campaign, suite.cast.deployment, scripts: scripts.host, readFile: files.read)
      if isCounting { run.coverage = CoverageMap(suite.check.campaign, suite.cast.deployment) }
      suite.results = run.run(suite.tests, jobs: jobs, failFast: failFast)
      suite.coverage = run.coverage.map { Coverage($0, suite.results) }
      suite.mutation = mutation.results(run, suite, jobs: jobs, environment, console)
      finished.append(suite)
      if failFast, suite.failures > 0 { break }
    }
    return finished
  }

  /// The calls of all tests in their order, if that was asked for.
  private func record(_ suites: [TestSuite], _ environment: CommandEnvironment) throws(CommandFailure) {
    let file = try RunScripts.recordingFile(
      suites.compactMap(\.scripts), scripting.python, [], environment)
    guard let file else { return }
    for result in suites.lazy.flatMap(\.results) { file.write(result.scriptNotes) }
    try reportingFiles { () throws(FileFailure) in try file.close() }
  }

  private func write(list suites: [TestSuite], _ console: Console) -> CommandStatus {
    for suite in suites {
      for test in suite.tests {
        let source = suite.check.sources[test.file.index]
        let line = source.position(at: test.range.lower).line
        console.output.write("\(test.name.terminalSafe)  \(source.name.terminalSafe):\(line)\n")
      }
    }
    return .fine
  }

  private func write(
    junit suites: [TestSuite], to path: String, _ environment: CommandEnvironment
  ) throws(CommandFailure) {
    try reportingFiles { () throws(FileFailure) in
      let stream = OutputStream(try environment.files.create(path))
      stream.write(JUnitReport(suites: suites).render())
      stream.close()
      if let failure = stream.failure { throw failure }
    }
  }
}

enum TestFormat: String, CaseIterable, ExpressibleByArgument { case text, json, github }

/// The tests of one campaign, and what became of them.
struct TestSuite {
  var check: CheckResult
  var cast: Cast
  var tests: [CheckedTest]
  var results: [TestResult] = []
  /// Once its tests run.
  var scripts: RunScripts?
  /// Where it was asked for.
  var coverage: Coverage?
  /// Where it was asked for and all tests pass.
  var mutation: MutationResults?

  var failures: Int { results.count { $0.failure != nil } }
}
