import FlowRuntime

/// Runs the scripts of one thread: one worker at a time, and a new one after each that was lost.
final class PythonRunner: ForeseeingRunner {
  private let host: PythonHost
  private var worker: Worker?
  /// The scripts that the worker has.
  private var known: Set<ScriptID> = []
  /// Whether the worker has answered before, so that what it does now may be the doing of an earlier script.
  private var hasServed = false
  private var frame = CallFrame()
  private var foresight = Foresight()

  init(_ host: PythonHost) { self.host = host }

  func run(_ call: ScriptCall) -> ScriptOutcome {
    if let outcome = foresight.outcome(of: call) { return outcome }
    foresight.noteAlone()
    let source = host.sources[call.script.campaign][call.script.index]
    return converse(milliseconds: call.timeoutMilliseconds, source) {
      $0.write(call, definition: known.contains(call.script) ? nil : source)
    } read: {
      known.insert(call.script)
      return $0.outcome(source)
    }
  }

  // MARK: Running ahead

  var foresees: Bool { foresight.batchSize > 1 }
  func foreseen(_ call: ScriptCall) -> ScriptOutcome? { foresight.outcome(of: call) }
  func forget() { foresight.forget() }

  func foresee(_ calls: [ScriptCall]) {
    var rest = calls[...]
    while !rest.isEmpty, foresees {
      let batch = rest.prefix(foresight.batchSize)
      rest = rest.dropFirst(batch.count)
      guard runTogether(batch) else { return }
    }
  }

  /// - Returns: Whether the worker has lived through it.
  private func runTogether(_ calls: ArraySlice<ScriptCall>) -> Bool {
    // One that is missing is said so by a call of its own.
    guard case .worker(let worker) = begun() else { return false }
    frame.begin(batch: calls.count)
    var sent = known
    for call in calls {
      let isNew = sent.insert(call.script).inserted
      frame.add(call, definition: isNew ? host.sources[call.script.campaign][call.script.index] : nil)
    }
    frame.endBatch()
    let limit = min(
      calls.lazy.map(\.timeoutMilliseconds).min() ?? ScriptLimits.usualTimeoutMilliseconds,
      Foresight.longestBatchMilliseconds)
    let start = ContinuousClock.now
    guard case .value(let value) = worker.exchange(frame.bytes, milliseconds: limit),
      let answer = AnswerFrame(value, nonce: frame.nonce),
      let outcomes = answer.outcomes(calls.map { host.sources[$0.script.campaign][$0.script.index] })
    else {
      lose()
      foresight.slowDown()
      return false
    }
    hasServed = true
    // A script that the interpreter does not take is not there.
    for (call, outcome) in zip(calls, outcomes) where outcome != nil { known.insert(call.script) }
    foresight.take(calls, outcomes, took: ContinuousClock.now - start)
    if answer.isSpent { lose() }
    return !answer.isSpent
  }

  func check(_ source: ScriptSource) -> ScriptCheck {
    var check = ScriptCheck.fine
    let outcome = converse(milliseconds: ScriptLimits.usualTimeoutMilliseconds, source) {
      $0.write(check: source.text)
    } read: {
      check = $0.check
      return .written([])
    }
    if case .failed(let failure) = outcome {
      return .unknown(failure.summary.isEmpty ? failure.reason.message : failure.summary)
    }
    return check
  }

  /// Sends a frame and reads the answer.
  ///
  /// Where a worker that has served others dies or talks nonsense, that may be the doing of an earlier script: the
  /// call is repeated once in a new one, and what happens there is its own.
  private func converse(
    milliseconds: Int, _ source: ScriptSource, write: (inout CallFrame) -> Void,
    read: (AnswerFrame) -> ScriptOutcome
  ) -> ScriptOutcome {
    while true {
      let worker: Worker
      switch begun() {
      case .interrupted: return .interrupted
      case .impossible(let reason): return .failed(ScriptFailure(.pythonUnavailable, reason))
      case .worker(let begun): worker = begun
      }
      let mayBeInnocent = hasServed
      write(&frame)
      switch worker.exchange(frame.bytes, milliseconds: milliseconds) {
      case .value(let value):
        if let answer = AnswerFrame(value, nonce: frame.nonce) {
          hasServed = true
          return finish(read(answer), answer, worker, source)
        }
        lose()
        if !mayBeInnocent { return .failed(WorkerWords.died("its answer cannot be read", worker, source)) }
      case .died(let how):
        lose()
        if !mayBeInnocent { return .failed(WorkerWords.died(how, worker, source)) }
      case .timeout:
        worker.askWhere()
        lose()
        return .failed(WorkerWords.timeout(milliseconds, worker, source))
      case .interrupted:
        lose()
        return .interrupted
      }
    }
  }

  private func begun() -> PythonHost.Start {
    if let worker { return .worker(worker) }
    let start = host.start()
    if case .worker(let new) = start { worker = new }
    return start
  }

  private func finish(
    _ outcome: ScriptOutcome, _ answer: AnswerFrame, _ worker: Worker, _ source: ScriptSource
  ) -> ScriptOutcome {
    guard case .failed(var failure) = outcome else {
      if answer.isSpent { lose() }
      return outcome
    }
    worker.drainErrors()
    failure.printed = WorkerWords.printed(worker.errors)
    // After running out of memory nobody knows what else was lost.
    if answer.isSpent || failure.reason == .pythonMemory { lose() }
    return .failed(failure)
  }

  private func lose() {
    worker?.end()
    worker = nil
    known = []
    hasServed = false
  }

  /// Ends the worker, as letting go of the runner does.
  func end() { lose() }

  /// The processes at hand, for tests of what is left.
  var processes: [Int32] { worker?.processes ?? [] }
}
