import FlowRuntime

/// The answers of calls that were run ahead, and how many are worth running at a time.
struct Foresight {
  /// How long a batch should take: long enough that the way there and back counts for little, and so short that
  /// nobody waits for it.
  private static let usualBatch = Duration.milliseconds(5)
  private static let largestBatch = 128
  private static let firstBatch = 16

  /// After so many calls one by one a small batch is tried again: what was slow may have been a few people's.
  private static let patience = 500
  /// The longest that a batch may take, whatever time its calls have: one that never ends is found out by a call of its
  /// own, with all of its time.
  static let longestBatchMilliseconds = 250

  /// At 1 nothing is run ahead: scripts take longer than what would be gained.
  private(set) var batchSize = firstBatch
  private var callsAlone = 0
  private var outcomes: [ScriptCall: ScriptOutcome] = [:]

  func outcome(of call: ScriptCall) -> ScriptOutcome? { outcomes.isEmpty ? nil : outcomes[call] }

  mutating func forget() { outcomes.removeAll(keepingCapacity: true) }

  /// Keeps what came of calls; those without an outcome wait for their turn.
  mutating func take(_ calls: ArraySlice<ScriptCall>, _ answers: [ScriptOutcome?], took time: Duration) {
    for (call, answer) in zip(calls, answers) {
      if let answer { outcomes[call] = answer }
    }
    guard time > .zero, !answers.isEmpty else { return }
    let fitting = Self.usualBatch / time * Double(answers.count)
    batchSize = min(Self.largestBatch, max(1, Int(min(fitting, Double(batchSize) * 2))))
  }

  /// Takes note of a call that was not run ahead.
  mutating func noteAlone() {
    guard batchSize == 1 else { return }
    callsAlone += 1
    if callsAlone == Self.patience { (callsAlone, batchSize) = (0, 4) }
  }

  /// After a batch that was lost or in vain, the next one is smaller.
  mutating func slowDown() { batchSize = max(1, batchSize / 4) }
}
