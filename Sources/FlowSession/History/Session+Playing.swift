internal import FlowCheck
internal import FlowDiagnostics
internal import FlowRuntime
internal import FlowSyntax
internal import FlowTesting
internal import FlowText

/// Compiling what was typed, and playing it.
extension Session {
  /// Compiles an entry that has been checked.
  func stage(
    _ check: CheckResult, seed: Int64?, files: [String: Result<[UInt8], FileReadFailure>] = [:],
    followedPerson: Int? = nil
  ) throws(SessionProblem) -> Stage {
    var campaign = check.campaign
    // Tests are run on their own.
    campaign.tests = []
    let deployment = try deploy(campaign)
    var check = check
    check.campaign = campaign
    let scripts = try scripts(deployment.programs[0], check.sources)
    let engine = EngineConfiguration(
      seed: UInt64(bitPattern: seed ?? 0), usesModels: seed != nil, scripts: scripts)
    let configuration = ScenarioPlayer.configuration(
      engine, storyCount: SessionLimit.stories, followedPerson: followedPerson)
    let run = TestRun(campaign, deployment) { path, _ in
      files[path] ?? .failure(FileReadFailure("it was not read"))
    }
    return Stage(
      check: check, run: run, configuration: configuration, file: FileID(campaign.files.count - 1),
      files: files)
  }

  func deploy(_ campaign: CheckedCampaign) throws(SessionProblem) -> Deployment {
    do throws(ProfileConflict) {
      return try Deployment([campaign], zones: surroundings.zones)
    } catch {
      throw SessionProblem(.impossibleStatement, "`profile.\(error.field)` has two types")
    }
  }

  /// Who runs the scripts of a program; the same as before where these are the same.
  func scripts(
    _ program: Program, _ sources: [SourceFile]
  ) throws(SessionProblem) -> (any ScriptHost)? {
    if program.scripts.isEmpty { return nil }
    let scripts = program.scripts.map { script in
      "\(sources[script.file.index].name): \(sources[script.file.index].text(script.scriptRange))"
    }
    if let kept = scriptHost, kept.scripts == scripts { return kept.host }
    let found = surroundings.scripts(of: program, sources)
    let problem = SessionProblem(found.remarks, found.sources)
    if found.remarks.contains(where: { $0.severity == .error }) { throw problem }
    remarks = problem
    scriptHost = (scripts, found.host)
    return found.host
  }

  /// Finds out who runs the scripts of a campaign whose files have been read, so that what there is to say is said when
  /// it comes to hand, and not by the first run that fails.
  func meetScripts(of campaign: SessionCampaign) throws(SessionProblem) {
    let kept = scriptHost
    scriptHost = nil
    do throws(SessionProblem) {
      let deployment = try deploy(campaign.campaign)
      _ = try scripts(deployment.programs[0], campaign.check.sources)
    } catch {
      scriptHost = kept
      throw error
    }
  }

  /// What the statements of a tree upload, read now.
  func readUploads(
    _ statements: [StatementID], _ tree: SyntaxTree
  ) -> [String: Result<[UInt8], FileReadFailure>] {
    var files: [String: Result<[UInt8], FileReadFailure>] = [:]
    for path in Stage.uploads(statements, tree) where files[path] == nil {
      files[path] = surroundings.readFile(path)
    }
    return files
  }

  /// Plays one statement behind a state.
  func play(_ statement: StatementID, of stage: Stage, behind state: ScenarioPlayer?)
    throws(SessionProblem) -> ScenarioPlayer
  {
    let player = stage.player(at: state)
    player.goesOn = { [surroundings] in !surroundings.isInterrupted }
    let failure = player.play(statement)
    if surroundings.isInterrupted {
      throw SessionProblem(
        .interruptedStatement, "interrupted: nothing of `\(Self.oneLine(statement, stage.tree))` was done")
    }
    if let failure { throw SessionProblem([failure.diagnostic], stage.check.sources) }
    player.goesOn = { true }
    return player
  }

  static func oneLine(_ statement: StatementID, _ tree: SyntaxTree) -> String {
    tree.source.text(tree[statement].range).split { $0.isWhitespace }.joined(separator: " ")
  }

  // MARK: Playing again

  /// The state of a moment, played again where it was dropped.
  func state(of moment: Moment) throws(SessionProblem) -> ScenarioPlayer {
    if let state = moment.state { return state }
    let (state, _, stop) = try replay(moment.inputs, on: moment.campaign, seed: moment.seed)
    if let stop { throw stop.problem }
    moment.state = state
    return state
  }

  /// Where playing inputs again came to an end before the last.
  struct ReplayStop {
    /// The position of the input that cannot happen any more.
    var position: Int
    var problem: SessionProblem
  }

  /// Plays inputs from the beginning on, as far as they can still happen.
  func replay(
    _ inputs: [SessionInput], on campaign: SessionCampaign, seed: Int64?, followedPerson: Int? = nil,
    each: (_ position: Int, _ before: ScenarioPlayer, _ behind: ScenarioPlayer) -> Void = { _, _, _ in }
  ) throws(SessionProblem) -> (state: ScenarioPlayer, kept: Int, stop: ReplayStop?) {
    let text = inputs.map(\.text).joined(separator: "\n")
    let entry = ReadEntry.statements(text, campaign)
    let check = campaign.check(entry, lastValue: nil, surroundings.zones)
    if let error = check.diagnostics.first(where: { $0.severity == .error }) {
      let position = Self.position(of: error, in: inputs)
      guard position > 0 || !inputs.isEmpty else { throw SessionProblem(check.diagnostics, check.sources) }
      let earlier = try replay(
        Array(inputs.prefix(position)), on: campaign, seed: seed, followedPerson: followedPerson)
      let stop = ReplayStop(position: position, problem: SessionProblem([error], check.sources))
      return (earlier.state, earlier.kept, earlier.stop ?? stop)
    }
    let files = inputs.reduce(into: [:]) { $0.merge($1.files) { first, _ in first } }
    let stage = try stage(check, seed: seed, files: files, followedPerson: followedPerson)
    var state = stage.player(at: nil)
    for (position, statement) in stage.statements.enumerated() {
      do throws(SessionProblem) {
        let next = try play(statement, of: stage, behind: state)
        each(position, state, next)
        state = next
      } catch {
        return (state, position, ReplayStop(position: position, problem: error))
      }
    }
    return (state, inputs.count, nil)
  }

  private static func position(of error: Diagnostic, in inputs: [SessionInput]) -> Int {
    let place = error.primary?.span.range.lower ?? 0
    var end = 0
    for (position, input) in inputs.enumerated() {
      end += input.text.utf8.count + 1
      if place < end { return position }
    }
    return max(inputs.count - 1, 0)
  }
}
