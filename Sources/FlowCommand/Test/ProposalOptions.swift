internal import ArgumentParser
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSyntax
internal import FlowTesting
internal import FlowText

/// `flow test --write FILE`: tests for what no test comes to.
struct ProposalOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Propose tests for what no test comes to, and append them to a file; - prints them.", valueName: "file"),
    completion: .file(extensions: ["flow"]))
  var write: String?

  /// Whether the tests take the place of the results, which then go to standard error.
  var takesOutput: Bool { write == "-" }

  func check(_ coverage: CoverageOptions, _ format: TestFormat) throws(CommandFailure) {
    guard takesOutput, format != .text || coverage.takesOutput else { return }
    throw CommandFailure(
      Diagnostic(.usage, .error, "expected a file after `--write`, found `-` beside another machine format"))
  }

  /// Finds the tests of all campaigns, writes them, and says what they come to.
  func write(
    _ suites: [TestSuite], _ environment: CommandEnvironment, _ console: Console
  ) throws(CommandFailure) {
    guard let write else { return }
    if write != "-", suites.count > 1 {
      throw CommandFailure(
        Diagnostic(
          .usage, .error, "expected one campaign beside `--write \(write)`, found \(suites.count)",
          help: ["`--write -` prints the tests of several"]))
    }
    for (position, suite) in suites.enumerated() {
      guard let coverage = suite.coverage else { continue }
      let proposal = TestProposal(suite.check, suite.cast.deployment, scripts: suite.scripts?.host)
      let proposed = proposal.propose(beside: coverage)
      let head = suites.count > 1 ? (position > 0 ? "\n" : "") + "// \(suite.check.campaign.name)\n\n" : ""
      if !proposed.tests.isEmpty { try put(proposed.source, in: write, head, environment) }
      say(proposed, coverage, suite, console)
    }
  }

  private func put(
    _ text: String, in path: String, _ head: String, _ environment: CommandEnvironment
  ) throws(CommandFailure) {
    guard path != "-" else { return environment.output.write(head + text) }
    try reportingFiles { () throws(FileFailure) in
      var old: [UInt8] = []
      do throws(FileFailure) {
        old = try environment.files.read(path, limit: SourceFile.maximumByteCount)
      } catch {
        guard error.reason == .missing else { throw error }
        let stream = OutputStream(try environment.files.create(path))
        stream.write(text)
        stream.close()
        if let failure = stream.failure { throw failure }
        return
      }
      // What stands there stays, to the byte.
      let separator = old.isEmpty ? "" : old.last == UInt8(ascii: "\n") ? "\n" : "\n\n"
      try environment.files.replace(path, with: old + Array((separator + text).utf8))
    }
  }

  private func say(
    _ proposed: ProposedTests, _ before: Coverage, _ suite: TestSuite, _ console: Console
  ) {
    let (old, new) = (before.figures().ports, proposed.coverage.figures().ports)
    console.report(
      proposed.findings(suite.check.campaign), sources: suite.check.sources)
    let tests = Counted.noun(proposed.tests.count, "test")
    console.say(
      "\(suite.check.campaign.name): \(tests) proposed; \(new.percent) % of the ports covered, \(old.percent) % before"
    )
  }
}
