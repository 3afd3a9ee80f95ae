internal import ArgumentParser
internal import FlowDiagnostics

/// What `flow test` is asked about coverage.
struct CoverageOptions: ParsableArguments {
  @Flag(help: "Show which statements, ports, triggers and bounds in time the tests come to.")
  var coverage = false

  @Option(help: "How to write the coverage.")
  var coverageFormat: CoverageFormat?

  @Option(
    help: ArgumentHelp("Write the coverage there instead of to standard output.", valueName: "file"),
    completion: .file())
  var coverageOutput: String?

  @Option(
    help: ArgumentHelp(
      "Fail where less than so many per cent of a campaign's ports are covered.", valueName: "percent"))
  var threshold: Int?

  /// Each of the options asks for it.
  var isWanted: Bool {
    coverage || coverageFormat != nil || coverageOutput != nil || threshold != nil
  }

  /// Whether a document for machines takes the place of the results, which then go to standard error.
  var takesOutput: Bool { coverageOutput == nil && coverageFormat.map { $0 != .text } ?? false }

  /// Only one document stands on standard output.
  func check(beside format: TestFormat) throws(CommandFailure) {
    if let threshold, !(0...100).contains(threshold) {
      throw CommandFailure(
        Diagnostic(.usage, .error, "expected 0 to 100 after `--threshold`, found `\(threshold)`"))
    }
    guard isWanted, coverageOutput == nil, format != .text else { return }
    throw CommandFailure(
      Diagnostic(
        .usage, .error, "expected `--coverage-output` beside `--format \(format.rawValue)`, found none",
        help: ["standard output has the results of the tests"]))
  }
}

extension CoverageOptions {
  /// Writes what was asked for.
  ///
  /// - Returns: Whether as many ports are covered as wanted.
  func report(
    _ suites: [TestSuite], _ environment: CommandEnvironment, _ console: Console
  ) throws(CommandFailure) -> Bool {
    guard isWanted else { return true }
    let report = CoverageReport(
      parts: suites.compactMap { suite in
        suite.coverage.map { CoverageReport.Part(check: suite.check, coverage: $0) }
      })
    let format = coverageFormat ?? .text
    if let path = coverageOutput {
      try reportingFiles { () throws(FileFailure) in
        let stream = OutputStream(try environment.files.create(path))
        stream.write(report.render(format, console))
        stream.close()
        if let failure = stream.failure { throw failure }
      }
    } else {
      if format == .text { console.output.write("\n") }
      console.output.write(report.render(format, console))
    }
    let shortfalls = threshold.map { report.shortfalls(of: $0) } ?? []
    console.report(shortfalls)
    return shortfalls.isEmpty
  }
}

enum CoverageFormat: String, CaseIterable, ExpressibleByArgument { case text, json, lcov, html }
