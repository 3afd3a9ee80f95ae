internal import FlowData
internal import FlowDiagnostics
internal import FlowRuntime
internal import FlowText
internal import FlowValues

/// What is played from when to when.
struct RunPlan {
  let from: Instant
  let until: Instant
  /// In order of time; those of one time in the order of the arguments.
  let uploads: [(file: UploadFile, at: Instant)]
  let events: EventFile?
  /// Warnings about the files.
  let warnings: [Diagnostic]
  /// The headers that warnings point into.
  let headers: [SourceFile]

  /// The start where nothing says when, in the campaign's zone.
  static let defaultDay = CivilDate(year: 2026, month: 1, day: 1) ?? .minimum

  init(_ command: RunCommand, _ cast: Cast, _ environment: CommandEnvironment) throws(CommandFailure) {
    let files = try RunPlan.open(command, cast, environment)
    events = try command.events.map { path throws(CommandFailure) in
      try EventFile(path, cast, firstFileID: FileID(cast.files.count + files.count), environment)
    }
    var problems: [Diagnostic] = []
    var headers: [SourceFile] = []
    for file in files {
      let opened = try file.open()
      problems += opened.diagnostics
      if let header = opened.header { headers.append(header) }
    }
    guard !problems.contains(where: { $0.severity == .error }) else {
      throw CommandFailure(problems.map(RunPlan.namingOption), sources: headers)
    }
    let zone = cast.zone
    let earliest = [files.compactMap(\.at).min(), try events?.peek()?.at].compactMap { $0 }.min()
    let start =
      try RunPlan.instant(command.from, "--from", zone) ?? RunPlan.defaultStart(earliest, zone)
    from = start
    until = try RunPlan.instant(command.until, "--until", zone) ?? TimeArgument.yearAfter(start, zone: zone)
    warnings = problems
    self.headers = headers
    uploads = files.map { (file: $0, at: $0.at ?? start) }.enumerated()
      .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    try refuseReversal()
  }

  /// The files that are read.
  var inputs: Set<FileIdentity> {
    Set(uploads.compactMap(\.file.identity) + [events?.identity].compactMap { $0 })
  }

  private static func open(
    _ command: RunCommand, _ cast: Cast, _ environment: CommandEnvironment
  ) throws(CommandFailure) -> [UploadFile] {
    var files: [UploadFile] = []
    for argument in command.participants {
      let upload = try UploadArgument(argument, cast, environment.files)
      files.append(
        try UploadFile(
          upload, cast, number: files.count, ignoresUnknownColumns: command.ignoreUnknownColumns, environment)
      )
    }
    return files
  }

  /// The readers do not know how the command is told to pass over columns.
  private static func namingOption(_ problem: Diagnostic) -> Diagnostic {
    guard problem.name == .unknownColumn else { return problem }
    var problem = problem
    problem.help = ["`--ignore-unknown-columns` passes over such columns"]
    return problem
  }

  private static func defaultStart(_ earliest: Instant?, _ zone: Zone) -> Instant {
    if let earliest { return TimeArgument.midnight(before: earliest, zone: zone) }
    return TimeArgument.midnight(of: defaultDay, zone: zone) ?? .epoch
  }

  private static func instant(
    _ text: String?, _ option: String, _ zone: Zone
  ) throws(CommandFailure) -> Instant? {
    guard let text else { return nil }
    if let instant = TimeArgument.instant(text, zone: zone) { return instant }
    throw CommandFailure(
      Diagnostic(
        .usage, .error, "expected a date or datetime after `\(option)`, found `\(text)`",
        help: ["write `2026-01-16`, `2026-01-16T09:00` or `2026-01-16T08:00:00Z`"]))
  }

  private func refuseReversal() throws(CommandFailure) {
    if until < from {
      throw CommandFailure(
        Diagnostic(.usage, .error, "expected an end at or after the start `\(from)`, found `\(until)`"))
    }
    guard let early = uploads.first, early.at < from else { return }
    throw CommandFailure(
      Diagnostic(
        .usage, .error,
        "expected an upload at or after the start `\(from)`, found `\(early.file.name)` at `\(early.at)`"))
  }
}
