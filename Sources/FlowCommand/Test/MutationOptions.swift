internal import ArgumentParser
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowTesting
internal import FlowText

/// What `flow test` is asked about changes that no test notices.
struct MutationOptions: ParsableArguments {
  @Flag(help: "Change the flows in one place at a time, and show the changes that no test notices.")
  var mutate = false

  @Option(
    help: ArgumentHelp(
      "Fail where the tests of a campaign notice less than so many per cent of the changes.",
      valueName: "percent"))
  var mutationThreshold: Int?

  /// Each of the options asks for it.
  var isWanted: Bool { mutationThreshold != nil || mutate }

  func check() throws(CommandFailure) {
    guard let mutationThreshold, !(0...100).contains(mutationThreshold) else { return }
    throw CommandFailure(
      Diagnostic(
        .usage, .error, "expected 0 to 100 after `--mutation-threshold`, found `\(mutationThreshold)`"))
  }
}

extension MutationOptions {
  /// Changes the flows of a campaign whose tests all pass, with a bar on a terminal.
  func results(
    _ run: TestRun, _ suite: TestSuite, jobs: Int, _ environment: CommandEnvironment, _ console: Console
  ) -> MutationResults? {
    guard isWanted, suite.failures == 0 else { return nil }
    environment.interruption.listen()
    let watch = MutationWatch(
      suite.check.campaign.name, environment,
      showsProgress: environment.terminal.showsErrors && !console.settings.isQuiet)
    let stop = environment.machine.alongside { watch.look() }
    defer {
      stop()
      watch.clear()
    }
    let interruption = environment.interruption
    return MutationRun(run, suite.tests).results(jobs: jobs) {
      interruption.isAsked
    } advance: {
      watch.advance(of: $0)
    }
  }

  /// Says what kept the score from being what was asked for.
  ///
  /// - Returns: Whether nothing did.
  func judge(_ suites: [TestSuite], _ console: Console) -> Bool {
    guard isWanted else { return true }
    var isFine = true
    for suite in suites where !suite.results.isEmpty {
      let name = suite.check.campaign.name.terminalSafe
      guard let found = suite.mutation else {
        console.say("the flows of \(name) were not changed, since tests of it fail")
        continue
      }
      if !found.isComplete {
        console.say("\(name): stopped before all changes were tried")
        isFine = false
      }
      guard let mutationThreshold, found.score < mutationThreshold else { continue }
      isFine = false
      console.report([
        Diagnostic(
          .lowMutationScore, .error,
          "expected the tests of `\(name)` to notice \(mutationThreshold) % of the changes, found \(found.score) %",
          notes: ["\(found.noticed) of \(found.count) changes"])
      ])
    }
    return isFine
  }
}
