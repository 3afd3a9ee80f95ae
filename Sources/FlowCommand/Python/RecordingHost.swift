internal import FlowData
internal import FlowRuntime
import Synchronization

/// Has another host run scripts, and writes down what came of each call.
final class RecordingHost: ScriptHost {
  private let host: any ScriptHost
  private let sources: [[ScriptSource]]
  private let campaigns: [String]
  private let lines = Mutex<[[UInt8]]>([])

  init(_ host: any ScriptHost, sources: [[ScriptSource]], campaigns: [String]) {
    self.host = host
    self.sources = sources
    self.campaigns = campaigns
  }

  func makeRunner() -> any ScriptRunner { Runner(self, host.makeRunner()) }
  func check(_ sources: [ScriptSource]) -> [ScriptCheck] { host.check(sources) }
  var remark: String? { host.remark }

  /// In one order, however many threads have called.
  var recording: [UInt8] {
    let sorted = lines.withLock { $0 }.sorted { $0.lexicographicallyPrecedes($1) }
    return Array(sorted.joined())
  }

  /// What is run ahead is written down when it is asked for.
  private final class Runner: ForeseeingRunner {
    private let host: RecordingHost
    private let runner: any ScriptRunner
    private let foreseeing: (any ForeseeingRunner)?

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
      if let line = recorded?.line { host.lines.withLock { $0.append(line) } }
      return outcome
    }
  }
}

/// Answers calls from a recording, without any Python.
final class ReplayingHost: ScriptHost {
  private let calls: [RecordedCall.Key: [RecordedCall]]
  private let sources: [[ScriptSource]]
  private let campaigns: [String]

  /// - Throws: The number of the first line that is no recorded call.
  init(_ recording: [UInt8], sources: [[ScriptSource]], campaigns: [String]) throws(WrongLine) {
    self.sources = sources
    self.campaigns = campaigns
    var calls: [RecordedCall.Key: [RecordedCall]] = [:]
    for (number, line) in recording.split(separator: 10).enumerated() {
      guard let call = line.withUnsafeBufferPointer({ RecordedCall(line: $0) }) else {
        throw WrongLine(number: number + 1)
      }
      calls[call.key, default: []].append(call)
    }
    self.calls = calls
  }

  struct WrongLine: Error { var number: Int }

  func makeRunner() -> any ScriptRunner { Runner(self) }
  func check(_ sources: [ScriptSource]) -> [ScriptCheck] {
    sources.map { _ in .unknown("a recording cannot check scripts") }
  }
  var remark: String? { nil }

  private final class Runner: ScriptRunner {
    private let host: ReplayingHost

    init(_ host: ReplayingHost) { self.host = host }

    func run(_ call: ScriptCall) -> ScriptOutcome {
      let source = host.sources[call.script.campaign][call.script.index]
      let key = RecordedCall.Key(
        campaign: host.campaigns[call.script.campaign], place: call.place, at: call.now)
      // Two people may have one key where one of them has an id and the other a mail address.
      let outcomes = (host.calls[key] ?? []).map { $0.replay(call, source) }
      let isReplayed = { (outcome: ScriptOutcome) in
        if case .failed(let failure) = outcome { failure.reason != .pythonNotRecorded } else { true }
      }
      return outcomes.first(where: isReplayed) ?? outcomes.first
        ?? .failed(ScriptFailure(.pythonNotRecorded, ""))
    }
  }
}

/// Fails every call for one reason.
final class RefusingHost: ScriptHost {
  private let failure: ScriptFailure

  init(_ failure: ScriptFailure) { self.failure = failure }

  func makeRunner() -> any ScriptRunner { Runner(failure) }
  func check(_ sources: [ScriptSource]) -> [ScriptCheck] { sources.map { _ in .unknown(failure.summary) } }
  var remark: String? { nil }

  private final class Runner: ScriptRunner {
    private let failure: ScriptFailure

    init(_ failure: ScriptFailure) { self.failure = failure }

    func run(_ call: ScriptCall) -> ScriptOutcome { .failed(failure) }
  }
}
