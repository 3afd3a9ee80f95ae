/// Who runs the scripts of one engine, and what the latest failure was.
struct Scripting {
  private var runner: (any ScriptRunner)?
  var failure: ScriptFailure?
  /// Plays visits ahead; made when it is first of use.
  var rehearsal: Rehearsal?
  /// How many occasions for a rehearsal are passed over, after one that came to few scripts.
  var rest = 0

  /// Whether what is played now is a rehearsal, of which nothing stays.
  private var isRehearsing = false
  /// The call that a rehearsal has come to without knowing the answer.
  private(set) var wanted: ScriptCall?
  /// Whether a rehearsal has come to its end, or somebody has asked to stop: then nothing is played any more.
  private(set) var isHalted = false

  mutating func runner(of host: (any ScriptHost)?) -> (any ScriptRunner)? {
    if runner == nil { runner = host?.makeRunner() }
    return runner
  }

  /// Begins the rehearsal of one visit.
  mutating func begin(with runner: any ForeseeingRunner) {
    self.runner = runner
    isRehearsing = true
    isHalted = false
    wanted = nil
  }

  /// Somebody has asked to stop while a script was running.
  mutating func interrupt() { isHalted = true }

  /// `nil` in a rehearsal that does not know the answer: then it has come to its end.
  mutating func outcome(of call: ScriptCall, _ runner: any ScriptRunner) -> ScriptOutcome? {
    guard isRehearsing else { return runner.run(call) }
    if let known = (runner as? any ForeseeingRunner)?.foreseen(call) { return known }
    wanted = call
    isHalted = true
    return nil
  }
}
