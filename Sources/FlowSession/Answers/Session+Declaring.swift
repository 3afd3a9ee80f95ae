internal import FlowCheck
internal import FlowDiagnostics
internal import FlowRuntime
internal import FlowSchema
internal import FlowSyntax
internal import FlowTesting
internal import FlowText

/// Typed declarations. The statements so far are played again on the changed campaign: people are kept, and what became
/// of them is what the campaign, as it is now, makes of the same statements.
extension Session {
  func declare(_ entry: ReadEntry) throws(SessionProblem) -> SessionReply {
    let before = (history, lastValue)
    do throws(SessionProblem) {
      var told = try take(entry)
      guard case .statements(let list) = entry.content, list.count > 0 else {
        return SessionReply(output: told)
      }
      told += try language(Self.withoutDeclarations(entry.file.tree)).output
      return SessionReply(output: told)
    } catch {
      (history, lastValue) = before
      throw error
    }
  }

  private func take(_ entry: ReadEntry) throws(SessionProblem) -> String {
    let moment = history.present
    var change = moment.campaign.change(by: entry)
    try refuseErrors(of: entry, &change, moment.campaign)
    let changed = moment.campaign.applying(change, surroundings.zones, read: surroundings.readFile)
    try refuseErrors(changed.check)
    var told = ""
    for key in change.added { told += "\(key.description) added\n" }
    for key in change.replaced { told += "\(key.description) replaced\n" }
    told += Self.remark(leftOut: change.dropped)
    let difference = try go(on: changed, seed: moment.seed, cause: Self.cause(change))
    let keys = change.added + change.replaced
    if !keys.allSatisfy(\.isTest) { told += difference }
    for key in keys {
      if case .test(let name) = key { told += try runTest(name) }
    }
    return told
  }

  private static func remark(leftOut tests: [DeclaredPiece.Key]) -> String {
    if tests.isEmpty { return "" }
    let rest = tests.count - SessionLimit.testsNamed
    let names = tests.prefix(SessionLimit.testsNamed).map(\.description).joined(separator: ", ")
    let others = rest > 0 ? " and \(Counted.noun(rest, "more test"))" : ""
    return "left out, since they do not check with this: \(names.terminalSafe)\(others)\n"
  }

  private static func cause(_ change: SessionCampaign.Change) -> String {
    let replaced = change.replaced.map { "\($0.description) replaced" }
    return (change.added.map { "\($0.description) added" } + replaced).joined(separator: ", ")
  }

  /// Errors are shown where they were typed: the entry is checked beside files that lack what it replaces.
  private func refuseErrors(
    of entry: ReadEntry, _ change: inout SessionCampaign.Change, _ campaign: SessionCampaign
  ) throws(SessionProblem) {
    var declarations = entry
    // Statements are checked when they are carried out: they may need what is declared here.
    declarations.content = .statements(.empty)
    let files = campaign.blanked(change, &declarations.symbols)
    let check = campaign.check(declarations, files: files, lastValue: nil, surroundings.zones)
    let errors = check.diagnostics.filter { $0.severity == .error }
    if campaign.dropTests(with: errors, from: &change) { return }
    try refuseErrors(check)
  }

  /// The text with blanks where declarations stand.
  private static func withoutDeclarations(_ tree: SyntaxTree) -> String {
    var bytes = tree.source.bytes
    for declaration in tree.declarations {
      for place in declaration.extent.lower..<declaration.extent.upper
      where bytes[place] != UInt8(ascii: "\n") {
        bytes[place] = UInt8(ascii: " ")
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  // MARK: Going on with another campaign

  /// Makes a campaign the one at hand, plays the statements so far on it, and says what that has changed.
  func go(on campaign: SessionCampaign, seed: Int64?, cause: String) throws(SessionProblem) -> String {
    let moment = history.present
    // The numbers of cases are another campaign's.
    if case .enumeration = lastValue?.type { lastValue = nil }
    if moment.inputs.isEmpty {
      history.append(Moment(campaign, seed: seed, inputs: [], state: nil, cause: cause))
      return ""
    }
    let old = try state(of: moment)
    let (state, kept, stop) = try replay(moment.inputs, on: campaign, seed: seed)
    if surroundings.isInterrupted, let stop { throw stop.problem }
    history.append(
      Moment(campaign, seed: seed, inputs: Array(moment.inputs.prefix(kept)), state: state, cause: cause))
    var told = "played \(Counted.noun(kept, "statement")) again\n"
    if let stop { told += Self.remark(stop, moment.inputs) }
    return told + StateDifference(old, state).text
  }

  private static func remark(_ stop: ReplayStop, _ inputs: [SessionInput]) -> String {
    let input = inputs[stop.position].text.split { $0.isWhitespace }.joined(separator: " ").terminalSafe
    let reason = stop.problem.diagnostics.first?.message.terminalSafe ?? ""
    let rest = inputs.count - stop.position - 1
    let others = rest > 0 ? ", nor \(Counted.noun(rest, "statement")) behind it" : ""
    return "not `\(input)`\(others): \(reason)\n"
  }

  // MARK: Tests

  /// A test that was typed is run at once.
  private func runTest(_ name: String) throws(SessionProblem) -> String {
    let campaign = history.present.campaign
    let results = try run(campaign.check) { $0.name == name }
    return results.map { result in
      guard let failure = result.failure else { return "test \"\(name.terminalSafe)\" passes\n" }
      let renderer = FullRenderer(files: campaign.check.sources)
      return "test \"\(name.terminalSafe)\" fails\n\n" + renderer.render(failure.diagnostic)
    }.joined()
  }

  /// Runs tests of a campaign.
  func run(
    _ check: CheckResult, where isWanted: (CheckedTest) -> Bool
  ) throws(SessionProblem) -> [TestResult] {
    let campaign = check.campaign
    let tests = campaign.tests.filter(isWanted)
    var files: [String: Result<[UInt8], FileReadFailure>] = [:]
    for test in tests {
      let tree = campaign.files[test.file.index]
      let folder = Self.folder(of: tree.source.name)
      for path in Stage.uploads(Array(tree[test.body.statements]), tree) {
        files[folder + path] = surroundings.readFile(folder + path)
      }
    }
    let deployment = try deploy(campaign)
    let host = try scripts(deployment.programs[0], check.sources)
    let read = files
    let run = TestRun(campaign, deployment, scripts: host) { path, file in
      read[Self.folder(of: file) + path] ?? .failure(FileReadFailure("it was not read"))
    }
    let results = run.run(tests, jobs: 1)
    if surroundings.isInterrupted {
      throw SessionProblem(.interruptedStatement, "interrupted: nothing was done")
    }
    return results
  }

  /// `a/b/` of `a/b/c.flow`.
  static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }
}

extension Declaration {
  /// With the title above it.
  var extent: SourceRange {
    let (range, title): (SourceRange, TextLiteral?) =
      switch self {
      case .use(let use): (use.range, nil)
      case .campaign(let campaign): (campaign.range, campaign.documentation)
      case .fields(let fields): (fields.range, nil)
      case .enumeration(let enumeration): (enumeration.range, enumeration.documentation)
      case .window(let window): (window.range, window.documentation)
      case .agent(let agent): (agent.range, agent.documentation)
      case .flow(let flow): (flow.range, flow.documentation)
      case .model(let model): (model.range, model.documentation)
      case .test(let test): (test.range, test.documentation)
      }
    return title.map { SourceRange(min($0.range.lower, range.lower), range.upper) } ?? range
  }
}
