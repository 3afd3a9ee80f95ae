internal import FlowCheck
internal import FlowDiagnostics
internal import FlowRuntime
internal import FlowSession
internal import FlowText
internal import FlowValues

/// What a session reaches of the outside: files, zones, Python, and whether somebody has pressed Ctrl-C.
struct ReplSurroundings: SessionSurroundings {
  let style: TextStyle
  let zones: ZoneTable
  private let environment: CommandEnvironment
  private let python: ReplPython

  init(_ environment: CommandEnvironment, zones: ZoneTable, style: TextStyle, python: ReplPython) {
    self.environment = environment
    self.zones = zones
    self.style = style
    self.python = python
  }

  var isInterrupted: Bool { environment.interruption.isAsked }

  func loadCampaign(_ path: String) -> Result<[CampaignFile], FileReadFailure> {
    let path = FilePath.withoutSlashesAtEnd(path)
    return reading { () throws(FileFailure) in
      guard try environment.files.status(of: path).kind == .directory else {
        guard path.hasSuffix(".flow") else {
          throw FileFailure(path, .other("it is neither a directory nor a `.flow` file"))
        }
        return [try environment.source(path)]
      }
      let names = try environment.files.list(path).filter { $0.hasSuffix(".flow") && !$0.hasPrefix(".") }
      guard !names.isEmpty else { throw FileFailure(path, .other("there is no `.flow` file in it")) }
      return try names.map { name throws(FileFailure) in try environment.source(FilePath.join(path, name)) }
    }
  }

  func readFile(_ path: String) -> Result<[UInt8], FileReadFailure> {
    reading { () throws(FileFailure) in
      // A pipe may have nobody at its other end, and reading it would never end.
      switch try environment.files.status(of: path).kind {
      case .file: break
      case .directory: throw FileFailure(path, .isDirectory)
      case .other: throw FileFailure(path, .other("it is no ordinary file"))
      }
      return try environment.files.read(path, limit: SourceFile.maximumByteCount)
    }
  }

  func writeFile(_ path: String, _ bytes: [UInt8]) -> FileReadFailure? {
    let result = reading { () throws(FileFailure) in
      if (try? environment.files.status(of: path)) != nil {
        return try environment.files.replace(path, with: bytes)
      }
      let stream = OutputStream(try environment.files.create(path))
      stream.write(bytes)
      stream.close()
      if let failure = stream.failure { throw failure }
    }
    if case .failure(let failure) = result { return failure }
    return nil
  }

  func scripts(of program: Program, _ sources: [SourceFile]) -> SessionScripts {
    python.scripts(of: program, sources, environment)
  }

  private func reading<Value>(_ body: () throws(FileFailure) -> Value) -> Result<Value, FileReadFailure> {
    do throws(FileFailure) { return .success(try body()) } catch {
      return .failure(FileReadFailure(error.cause))
    }
  }
}

/// Who runs the scripts of a session's campaign.
struct ReplPython {
  var interpreter: String?
  /// Whether scripts that come from elsewhere may run.
  var isAllowed: Bool

  /// Where no script can run, the campaign is there all the same, and the runs that need one fail and say why.
  func scripts(
    of program: Program, _ sources: [SourceFile], _ environment: CommandEnvironment
  ) -> SessionScripts {
    var scripts = CampaignScripts(environment, files: sources)
    scripts.add(program) { $0 }
    if !scripts.diagnostics.isEmpty {
      return SessionScripts(host: nil, remarks: scripts.diagnostics, sources: scripts.files)
    }
    if !isAllowed, let stranger = ScriptPermission(environment).stranger([], sources) {
      return Self.refusal(
        .pythonForbidden,
        Self.remark(
          .pythonNotAllowed, "it comes from elsewhere: \(stranger)",
          notes: [ScriptPermission.rule],
          help: "read its scripts, then leave and start `flow repl` with `--allow-python`"))
    }
    switch environment.openPython(interpreter, scripts.sources) {
    case .success(let host): return SessionScripts(host: host)
    case .failure(let missing):
      return Self.refusal(
        .pythonUnavailable,
        Self.remark(
          .missingPython, missing.message, notes: missing.notes,
          help: "name one with `--python-interpreter PATH`, or in FLOW_PYTHON"))
    }
  }

  private static func remark(
    _ name: DiagnosticName, _ reason: String, notes: [String], help: String
  ) -> Diagnostic {
    Diagnostic(
      name, .warning, "the scripts of this campaign do not run: \(reason)", notes: notes, help: [help])
  }

  private static func refusal(_ reason: RunFailureReason, _ remark: Diagnostic) -> SessionScripts {
    SessionScripts(
      host: RefusingHost(ScriptFailure(reason, remark.message, printed: remark.notes)), remarks: [remark])
  }
}
