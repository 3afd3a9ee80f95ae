internal import FlowCheck
internal import FlowData
internal import FlowDiagnostics
internal import FlowRuntime
internal import FlowText

/// The scripts of campaigns that are played together, and who runs them.
struct RunScripts {
  let scripts: CampaignScripts
  let host: (any ScriptHost)?
  /// The campaigns that have scripts.
  private let names: [String]
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
    self.names = zip(names, scripts.sources).filter { !$1.isEmpty }.map(\.0)
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
    let file = try reportingFiles { () throws(FileFailure) in try environment.files.open(path) }
    let played = zip(names, scripts.sources).filter { !$1.isEmpty }.map(\.0)
    do {
      let calls = try RecordedCalls(
        ByteSource { buffer in try file.read(into: buffer) }, campaigns: played)
      return ReplayingHost(calls, sources: scripts.sources, campaigns: names)
    } catch let fault as RecordedCalls.Fault {
      throw CommandFailure(
        Diagnostic(
          .invalidRecording, .error, "`\(path)` line \(fault.line): \(fault.words)",
          help: ["`--python record=FILE` writes a recording"]))
    } catch {
      throw CommandFailure(error as? FileFailure ?? FileFailure(path, .other("it cannot be read")))
    }
  }

  // MARK: Recording

  /// Begins to write what comes of calls, if that was asked for.
  ///
  /// - Parameter inputs: Files that the run reads.
  func record(
    _ mode: PythonMode, _ inputs: Set<FileIdentity>, _ environment: CommandEnvironment
  ) throws(CommandFailure) -> RecordingFile? {
    guard let recording,
      let file = try Self.recordingFile([self], mode, inputs, environment)
    else { return nil }
    recording.record(to: file)
    return file
  }

  /// The recording of campaigns that are played one after another; `nil` where none is asked for, or nothing is to record.
  static func recordingFile(
    _ all: [RunScripts], _ mode: PythonMode, _ inputs: Set<FileIdentity>, _ environment: CommandEnvironment
  ) throws(CommandFailure) -> RecordingFile? {
    guard case .record(let path) = mode, all.contains(where: { $0.recording != nil }) else { return nil }
    let sources = all.flatMap(\.scripts.files).compactMap {
      try? environment.files.status(of: $0.name).identity
    }
    return try reportingFiles { () throws(FileFailure) in
      try RecordingFile(
        path, campaigns: all.flatMap(\.names), inputs: inputs.union(sources), environment.files)
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
