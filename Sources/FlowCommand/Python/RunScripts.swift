internal import FlowCheck
internal import FlowDiagnostics
internal import FlowRuntime
internal import FlowText

/// The scripts of campaigns that are played together, and who runs them.
struct RunScripts {
  /// The largest recording that is read.
  private static let maximumRecording = 1 << 30

  let scripts: CampaignScripts
  let host: (any ScriptHost)?
  private let recording: RecordingHost?

  /// - Parameter paths: What the command was given, to tell whose scripts they are.
  init(
    _ options: PythonOptions, _ paths: [String], _ cast: Cast, _ environment: CommandEnvironment
  ) throws(CommandFailure) {
    let scripts = CampaignScripts(cast, environment)
    self.scripts = scripts
    guard scripts.diagnostics.isEmpty else {
      throw CommandFailure(scripts.diagnostics, sources: scripts.files)
    }
    let names = cast.campaigns.map(\.name)
    var recording: RecordingHost?
    switch options.python {
    case _ where scripts.isEmpty: host = nil
    case .forbid: host = RefusingHost(ScriptFailure(.pythonForbidden, ""))
    case .replay(let file): host = try Self.replay(file, scripts, names, environment)
    case .run:
      host = try Self.open(options, paths, scripts, environment)
    case .record:
      let live = try Self.open(options, paths, scripts, environment)
      let recorder = RecordingHost(live, sources: scripts.sources, campaigns: names)
      recording = recorder
      host = recorder
    }
    self.recording = recording
  }

  private static func open(
    _ options: PythonOptions, _ paths: [String], _ scripts: CampaignScripts,
    _ environment: CommandEnvironment
  ) throws(CommandFailure) -> any ScriptHost {
    if !options.allowPython { try ScriptPermission(environment).require(paths, scripts.files) }
    switch environment.openPython(options.pythonInterpreter, scripts.sources) {
    case .success(let host): return host
    case .failure(let missing):
      // Who names an interpreter wants that one; else only the runs that need one fail.
      guard environment.chosenPython(options.pythonInterpreter) == nil else {
        throw CommandFailure(Diagnostic(missing))
      }
      return RefusingHost(ScriptFailure(.pythonUnavailable, missing.message, printed: missing.notes))
    }
  }

  private static func replay(
    _ path: String, _ scripts: CampaignScripts, _ names: [String], _ environment: CommandEnvironment
  ) throws(CommandFailure) -> any ScriptHost {
    let bytes = try reportingFiles { () throws(FileFailure) in
      try environment.files.read(path, limit: maximumRecording)
    }
    do throws(ReplayingHost.WrongLine) {
      return try ReplayingHost(bytes, sources: scripts.sources, campaigns: names)
    } catch {
      throw CommandFailure(
        Diagnostic(
          .invalidRecording, .error,
          "expected a recorded call on line \(error.number) of `\(path)`, found something else",
          help: ["`--python record=FILE` writes a recording"]))
    }
  }

  /// Writes what was recorded, if that was asked for: after the run, of all campaigns.
  static func writeRecording(
    _ all: [RunScripts], _ mode: PythonMode, _ environment: CommandEnvironment
  ) throws(CommandFailure) {
    guard case .record(let path) = mode else { return }
    let recorded = all.compactMap(\.recording)
    if recorded.isEmpty { return }
    try reportingFiles { () throws(FileFailure) in
      let stream = OutputStream(try environment.files.create(path))
      for recording in recorded { stream.write(recording.recording) }
      stream.close()
      if let failure = stream.failure { throw failure }
    }
  }
}

extension CommandEnvironment {
  /// The interpreter that somebody has named: in the arguments, or else in the environment.
  func chosenPython(_ argument: String?) -> String? {
    argument ?? variables["FLOW_PYTHON"].flatMap { $0.isEmpty ? nil : $0 }
  }

  func openPython(
    _ argument: String?, _ sources: [[ScriptSource]]
  ) -> Result<any ScriptHost, PythonSupport.Missing> {
    let interruption = interruption
    return python.open(chosenPython(argument), variables["PATH"] ?? "", sources) { interruption.isAsked }
  }
}

extension Diagnostic {
  init(_ missing: PythonSupport.Missing) {
    self.init(
      .missingPython, .error, missing.message, notes: missing.notes,
      help: ["name one with `--python-interpreter PATH`, or in FLOW_PYTHON"])
  }
}
