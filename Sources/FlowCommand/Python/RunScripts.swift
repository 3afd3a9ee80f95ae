internal import FlowCheck
internal import FlowDiagnostics
internal import FlowRuntime
internal import FlowText

/// The scripts of one run, and who runs them.
struct RunScripts {
  /// The largest recording that is read.
  private static let maximumRecording = 1 << 30

  let scripts: CampaignScripts
  let host: (any ScriptHost)?
  private let recording: RecordingHost?
  private let path: String

  init(
    _ command: RunCommand, _ cast: Cast, _ environment: CommandEnvironment
  ) throws(CommandFailure) {
    let scripts = CampaignScripts(cast, environment)
    self.scripts = scripts
    guard scripts.diagnostics.isEmpty else {
      throw CommandFailure(scripts.diagnostics, sources: scripts.files)
    }
    let names = cast.campaigns.map(\.name)
    var recording: RecordingHost?
    var path = ""
    switch command.python {
    case _ where scripts.isEmpty: host = nil
    case .forbid: host = RefusingHost(ScriptFailure(.pythonForbidden, ""))
    case .replay(let file): host = try Self.replay(file, scripts, names, environment)
    case .run:
      host = try Self.open(command, scripts, environment)
    case .record(let file):
      path = file
      let live = try Self.open(command, scripts, environment)
      let recorder = RecordingHost(live, sources: scripts.sources, campaigns: names)
      recording = recorder
      host = recorder
    }
    self.recording = recording
    self.path = path
  }

  private static func open(
    _ command: RunCommand, _ scripts: CampaignScripts, _ environment: CommandEnvironment
  ) throws(CommandFailure) -> any ScriptHost {
    if !command.allowPython { try ScriptPermission(environment).require(command.paths, scripts.files) }
    switch environment.openPython(command.pythonInterpreter, scripts.sources) {
    case .success(let host): return host
    case .failure(let missing):
      // Who names an interpreter wants that one; else only the runs that need one fail.
      guard environment.chosenPython(command.pythonInterpreter) == nil else {
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
          help: ["`flow run --python record=FILE` writes a recording"]))
    }
  }

  /// After the run.
  func writeRecording(_ environment: CommandEnvironment) throws(CommandFailure) {
    guard let recording else { return }
    let path = path
    try reportingFiles { () throws(FileFailure) in
      let stream = OutputStream(try environment.files.create(path))
      stream.write(recording.recording)
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
    python.open(chosenPython(argument), variables["PATH"] ?? "", sources)
  }
}

extension Diagnostic {
  init(_ missing: PythonSupport.Missing) {
    self.init(
      .missingPython, .error, missing.message, notes: missing.notes,
      help: ["name one with `--python-interpreter PATH`, or in FLOW_PYTHON"])
  }
}
