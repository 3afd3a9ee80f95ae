import FlowRuntime

/// The answers of calls that were run ahead, and how many are worth running at a time.
struct Foresight {
  /// How long a batch should take: long enough that the way there and back counts for little, and so short that
  /// nobody waits for it.
  private static let usualBatch = Duration.milliseconds(5)
  private static let largestBatch = 128
  private static let firstBatch = 16

  /// At 1 nothing is run ahead: scripts take longer than what would be gained.
  private(set) var batchSize = firstBatch
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

  /// After a batch that was lost, the next one is smaller.
  mutating func slowDown() { batchSize = max(1, batchSize / 4) }
}
