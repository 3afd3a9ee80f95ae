internal import FlowDiagnostics
internal import FlowRuntime
internal import FlowText
internal import FlowValues

/// Plays a plan and tells what came of it.
struct Performance {
  /// How many of the first people have their story told.
  static let storyCount = 3

  private let command: RunCommand
  private let cast: Cast
  private let scripts: RunScripts
  private let plan: RunPlan
  private let environment: CommandEnvironment
  private let console: Console
  /// When the command began, on the machine's clock.
  private let start: UInt64

  init(
    _ command: RunCommand, _ cast: Cast, _ scripts: RunScripts, _ plan: RunPlan,
    _ environment: CommandEnvironment, _ console: Console, start: UInt64
  ) {
    self.command = command
    self.cast = cast
    self.scripts = scripts
    self.plan = plan
    self.environment = environment
    self.console = console
    self.start = start
  }

  func play() throws(CommandFailure) -> CommandStatus {
    console.report(plan.warnings, sources: plan.headers)
    let outputs = try command.out.map { directory throws(CommandFailure) in
      try OutputFiles(directory, cast, plan, environment.files)
    }
    let simulation = Simulation(cast.deployment, configuration)
    if let outputs {
      for upload in plan.uploads { upload.file.rejections.output = outputs.rejected[upload.file.campaign] }
      simulation.export = { file, campaign, bytes in try outputs.write(file, campaign, bytes) }
    }
    let began = environment.machine.nanoseconds()
    let watch = RunWatch(simulation.monitor, environment, showsProgress: showsProgress)
    let stop = environment.machine.alongside { watch.look() }
    var inputs = InputResults(cast)
    let played = Result { () throws(CommandFailure) in
      try feed(simulation, &inputs)
      return try finish(simulation, outputs)
    }
    stop()
    watch.clear()
    let summary = try played.get()
    try RunScripts.writeRecording([scripts], command.scripting.python, environment)
    let ended = environment.machine.nanoseconds()
    let figures = EngineFigures(
      loadSeconds: seconds(start, began), runSeconds: seconds(began, ended), events: summary.eventCount,
      peakMemoryBytes: environment.machine.peakMemory())
    let results = RunResults(
      summary: summary, stories: simulation.stories, inputs: inputs, figures: figures)
    let status = tell(results)
    if let remark = scripts.host?.remark { console.say(remark) }
    return status
  }

  private var configuration: SimulationConfiguration {
    let tellsStories = command.format == .text && !console.settings.isQuiet && command.trace == nil
    return SimulationConfiguration(
      engine: EngineConfiguration(seed: command.seed, scripts: scripts.host), until: plan.until,
      jobs: command.jobs ?? environment.machine.cores, storyCount: tellsStories ? Self.storyCount : 0,
      followedKey: command.trace, logsRuns: command.out != nil)
  }

  private var showsProgress: Bool { environment.terminal.showsErrors && !console.settings.isQuiet }

  private func seconds(_ from: UInt64, _ to: UInt64) -> Double {
    Double(to &- from) / 1_000_000_000
  }

  private func finish(
    _ simulation: Simulation, _ outputs: OutputFiles?
  ) throws(CommandFailure) -> SimulationSummary {
    do {
      let summary = try simulation.finish()
      try outputs?.close()
      return summary
    } catch {
      throw CommandFailure(
        error as? FileFailure ?? FileFailure(command.out ?? "", .other("it cannot be written")))
    }
  }

  // MARK: Inputs

  /// Hands in uploads and events in order of time, uploads before events of the same instant (semantics E2).
  private func feed(_ simulation: Simulation, _ inputs: inout InputResults) throws(CommandFailure) {
    var next = 0
    while !environment.interruption.isAsked {
      let event = try plan.events?.peek()
      if next < plan.uploads.count, event.map({ plan.uploads[next].at <= $0.at }) ?? true {
        try upload(plan.uploads[next], simulation, &inputs)
        next += 1
      } else if let event {
        plan.events?.advance()
        apply(event, simulation, &inputs)
      } else {
        break
      }
    }
    // The watch may not have looked since.
    if environment.interruption.isAsked { simulation.interrupt() }
    inputs.eventProblems = plan.events?.diagnostics ?? []
  }

  private func upload(
    _ upload: (file: UploadFile, at: Instant), _ simulation: Simulation, _ inputs: inout InputResults
  ) throws(CommandFailure) {
    guard upload.at <= plan.until else {
      inputs.lateUploads.append(upload.file.name)
      return
    }
    let file = upload.file
    _ = simulation.upload(campaign: file.campaign, at: upload.at) {
      file.read(into: &$0)
    } refused: {
      file.take(&$0, upTo: $1)
    }
    if let failure = file.failure, failure.reason != .interrupted { throw CommandFailure(failure) }
    inputs.add(file)
    console.sayMore("uploaded \(Counted.noun(file.rowCount, "row")) of \(file.name.terminalSafe)")
  }

  private func apply(_ event: OutsideEvent, _ simulation: Simulation, _ inputs: inout InputResults) {
    guard event.at >= plan.from, event.at <= plan.until else {
      inputs.noteOutside(event, isEarly: event.at < plan.from)
      return
    }
    let name = event.campaign
    let campaign = name.map(cast.index(of:)) ?? (cast.campaigns.count == 1 ? 0 : nil)
    guard let campaign else {
      let reason = name.map { "no campaign of this run is called `\($0)`" } ?? "it names no `campaign`"
      return inputs.note(.unmatched(.unknownName(reason)), of: event, campaign: nil)
    }
    inputs.note(simulation.apply(event, campaign: campaign), of: event, campaign: campaign)
  }

  // MARK: Results

  private func tell(_ results: RunResults) -> CommandStatus {
    switch command.format {
    case .json: console.output.write(RunJSON(plan: plan, cast: cast, results: results).render())
    case .text:
      let text = RunText(
        plan: plan, cast: cast, results: results, style: console.outputStyle, trace: command.trace)
      console.output.write(text.render(withStories: !console.settings.isQuiet || command.trace != nil))
    }
    let problems = RunProblems(
      cast: cast, scripts: scripts.scripts, results: results, writesFiles: command.out != nil)
    console.report(problems.diagnostics, sources: scripts.scripts.files + (plan.events?.excerpts ?? []))
    let remarks = problems.remarks
    if !remarks.isEmpty {
      console.output.flush()
      console.errors.write(remarks)
    }
    let isMissing = command.trace != nil && results.stories.isEmpty
    if isMissing { console.report([unknownPerson]) }
    return problems.hasFindings || isMissing || (command.strict && results.inputs.rejectedRows > 0)
      ? .findings : .fine
  }

  private var unknownPerson: Diagnostic {
    Diagnostic(
      .unknownParticipant, .error, "nobody has the key `\(command.trace ?? "")`",
      help: ["give an `external_id`, or the email, phone or other key of somebody without one"])
  }
}
