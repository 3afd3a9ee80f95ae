package import FlowRuntime
package import FlowValues

/// An event of a story with what it led to.
package struct StoryMoment {
  /// `nil` for what came with no event, as an edit that started nothing.
  package var event: JournalEvent?
  package var at: Instant
  package var campaign: Int
  /// What happened on the way to the event: the row's values, a step of a communication, the model's
  /// thoughts.
  package var causes: [JournalEntry]
  package var runs: [Run] = []
  /// Whether the runs after this were stopped (semantics E6).
  package var isStopped = false

  package var isIgnoredReport: Bool {
    if case .reportIgnored = causes.first { true } else { false }
  }

  package struct Run {
    package var flow: Int
    package var entries: [JournalEntry] = []
    package var failure: RunFailureReason?
  }

  /// Puts the entries of a story together.
  package static func moments(of entries: [JournalEntry], start: Instant) -> [StoryMoment] {
    var moments: [StoryMoment] = []
    var causes: [JournalEntry] = []
    var run: Run?
    func close(_ failure: RunFailureReason?) {
      guard var finished = run, !moments.isEmpty else { return }
      finished.failure = failure
      moments[moments.count - 1].runs.append(finished)
      run = nil
    }
    for entry in entries {
      switch entry {
      case .event(let at, let campaign, let event):
        moments.append(StoryMoment(event: event, at: at, campaign: campaign, causes: causes))
        causes = []
      case .runStarted(let flow): run = Run(flow: flow)
      case .runFinished: close(nil)
      case .runFailed(_, let reason): close(reason)
      case .cascadeStopped: if !moments.isEmpty { moments[moments.count - 1].isStopped = true }
      case .reportIgnored(let at, let campaign, _, _):
        // It has its own time; what waits for an event goes on waiting.
        moments.append(StoryMoment(event: nil, at: at, campaign: campaign, causes: [entry]))
      case .node, .fieldChanged, .communication, .handOver, .handOverCanceled, .scriptFailed, .modelFailed,
        .observed:
        if run == nil { causes.append(entry) } else { run?.entries.append(entry) }
      }
    }
    if !causes.isEmpty {
      let last = moments.last
      moments.append(
        StoryMoment(event: nil, at: last?.at ?? start, campaign: last?.campaign ?? 0, causes: causes))
    }
    return moments
  }
}
