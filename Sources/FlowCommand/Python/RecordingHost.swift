internal import FlowData
internal import FlowRuntime
import Synchronization

/// Has another host run scripts, and notes what came of each call; the notes are written down in their order as they come.
final class RecordingHost: NotingHost {
  private let host: any ScriptHost
  private let sources: [[ScriptSource]]
  private let campaigns: [String]
  private let file = Mutex<Unshared<RecordingFile>?>(nil)

  init(_ host: any ScriptHost, sources: [[ScriptSource]], campaigns: [String]) {
    self.host = host
    self.sources = sources
    self.campaigns = campaigns
  }

  func makeRunner() -> any ScriptRunner { Runner(self, host.makeRunner()) }
  func check(_ sources: [ScriptSource]) -> [ScriptCheck] { host.check(sources) }
  var remark: String? { host.remark }

  /// From now on notes go to a file.
  func record(to recording: RecordingFile) {
    let recording = Unshared(recording)
    file.withLock { $0 = recording }
  }

  func take(_ notes: [UInt8]) { file.withLock { $0?.value.write(notes) } }

  /// What is run ahead is noted when it is asked for.
  private final class Runner: ForeseeingRunner, NotingRunner {
    private let host: RecordingHost
    private let runner: any ScriptRunner
    private let foreseeing: (any ForeseeingRunner)?
    private var notes: [UInt8] = []

    init(_ host: RecordingHost, _ runner: any ScriptRunner) {
      self.host = host
      self.runner = runner
      foreseeing = runner as? any ForeseeingRunner
    }

    var foresees: Bool { foreseeing?.foresees ?? false }
    func foresee(_ calls: [ScriptCall]) { foreseeing?.foresee(calls) }
    func foreseen(_ call: ScriptCall) -> ScriptOutcome? { foreseeing?.foreseen(call) }
    func forget() { foreseeing?.forget() }

    func run(_ call: ScriptCall) -> ScriptOutcome {
      let outcome = runner.run(call)
      let source = host.sources[call.script.campaign][call.script.index]
      let recorded = RecordedCall(call, campaign: host.campaigns[call.script.campaign], source, outcome)
      if let line = recorded?.line { notes += line }
      return outcome
    }

    func takeNotes() -> [UInt8]? {
      guard !notes.isEmpty else { return nil }
      defer { notes.removeAll(keepingCapacity: true) }
      return notes
    }
  }
}

/// A recording that is being written.
final class RecordingFile {
  private let stream: OutputStream
  private var callCount = 0

  /// - Parameters:
  ///   - campaigns: The names of those that are played.
  ///   - inputs: Files that are read, and must not be written over.
  init(
    _ path: String, campaigns: [String], inputs: Set<FileIdentity>, _ files: any FileSystem
  ) throws(FileFailure) {
    if let status = try? files.status(of: path), inputs.contains(status.identity) {
      throw FileFailure(path, .other("it is read by this run, and would be written over"))
    }
    stream = OutputStream(try files.create(path))
    stream.write(Recording.head(campaigns: campaigns))
  }

  /// Lines of calls.
  func write(_ lines: [UInt8]) {
    callCount += lines.count { $0 == UInt8(ascii: "\n") }
    stream.write(lines)
  }

  func close() throws(FileFailure) {
    stream.write(Recording.end(calls: callCount))
    stream.close()
    if let failure = stream.failure { throw failure }
  }
}

/// Answers calls from a recording, without any Python.
final class ReplayingHost: ScriptHost {
  private let calls: RecordedCalls
  private let sources: [[ScriptSource]]
  private let campaigns: [String]

  init(_ calls: RecordedCalls, sources: [[ScriptSource]], campaigns: [String]) {
    self.calls = calls
    self.sources = sources
    self.campaigns = campaigns
  }

  func makeRunner() -> any ScriptRunner { Runner(self) }
  func check(_ sources: [ScriptSource]) -> [ScriptCheck] {
    sources.map { _ in .unknown("a recording cannot check scripts") }
  }
  var remark: String? { nil }

  private final class Runner: ScriptRunner {
    private let host: ReplayingHost

    init(_ host: ReplayingHost) { self.host = host }

    func run(_ call: ScriptCall) -> ScriptOutcome {
      host.calls.outcome(
        of: call, campaign: host.campaigns[call.script.campaign],
        host.sources[call.script.campaign][call.script.index])
    }
  }
}
