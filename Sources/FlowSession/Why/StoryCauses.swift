internal import FlowCheck
internal import FlowRuntime
internal import FlowSchema
internal import FlowStory
internal import FlowSyntax
internal import FlowValues

/// Which run led to what: a story read for causes.
///
/// The events of one run join the queue in the order in which it made them (semantics E5), so following that queue tells which
/// run an event comes from.
struct StoryCauses {
  struct Run {
    var moment: Int
    var flow: Int
    var entries: [JournalEntry]
    /// Where it begins in the story.
    var storyIndex: Int
  }

  /// Where an event comes from.
  enum Source {
    /// From outside.
    case outside
    /// From a run, by position: an update, a cancellation, a hand-over, or something that it planned.
    case run(Int)
  }

  private(set) var moments: [StoryMoment] = []
  private(set) var sources: [Source] = []
  /// Where each moment's event stands in the story.
  private(set) var storyIndices: [Int] = []
  private(set) var runs: [Run] = []

  private enum Produced {
    case updated
    case ended(Int)
    case handOver(Int)
  }

  init(_ entries: [JournalEntry], start: Instant) {
    moments = StoryMoment.moments(of: entries, start: start)
    storyIndices = entries.indices.filter { if case .event = entries[$0] { true } else { false } }
    let starts = entries.indices.filter { if case .runStarted = entries[$0] { true } else { false } }
    var queue: [(event: Produced, run: Int)] = []
    var planned: [Int: Int] = [:]
    var scheduled: [(flow: Int, run: Int)] = []
    for (index, moment) in moments.enumerated() {
      if index >= storyIndices.count { storyIndices.append(entries.count) }
      sources.append(Self.source(of: moment, &queue, planned, &scheduled))
      for run in moment.runs {
        let number = runs.count
        runs.append(
          Run(
            moment: index, flow: run.flow, entries: run.entries,
            storyIndex: number < starts.count ? starts[number] : entries.count))
        if run.failure == nil { Self.note(run.entries, number, &queue, &planned, &scheduled) }
      }
    }
  }

  private static func source(
    of moment: StoryMoment, _ queue: inout [(event: Produced, run: Int)], _ planned: [Int: Int],
    _ scheduled: inout [(flow: Int, run: Int)]
  ) -> Source {
    switch moment.event {
    case .participantUpdated:
      guard case .updated? = queue.first?.event else { return .outside }
      return .run(queue.removeFirst().run)
    case .communicationEnded(_, let number, _):
      if case .ended(number)? = queue.first?.event { return .run(queue.removeFirst().run) }
      return planned[number].map { .run($0) } ?? .outside
    case .communicationUpdated(_, let number, _): return planned[number].map { .run($0) } ?? .outside
    case .fromFlow(let flow):
      if case .handOver(flow)? = queue.first?.event { return .run(queue.removeFirst().run) }
      guard let place = scheduled.firstIndex(where: { $0.flow == flow }) else { return .outside }
      return .run(scheduled.remove(at: place).run)
    case .participantCreated, .incomingSession, nil: return .outside
    }
  }

  /// What a run leaves for later.
  private static func note(
    _ entries: [JournalEntry], _ run: Int, _ queue: inout [(event: Produced, run: Int)],
    _ planned: inout [Int: Int], _ scheduled: inout [(flow: Int, run: Int)]
  ) {
    var hasUpdated = false
    for entry in entries {
      switch entry {
      case .node: hasUpdated = false
      case .fieldChanged(.participant, _, _, _):
        if !hasUpdated { queue.append((.updated, run)) }
        hasUpdated = true
      case .communication(let change):
        if change.status == .planned { planned[change.number] = run }
        if change.status == .canceled { queue.append((.ended(change.number), run)) }
      case .handOver(let flow, let at):
        if at == nil { queue.append((.handOver(flow), run)) } else { scheduled.append((flow, run)) }
      case .fieldChanged, .event, .runStarted, .handOverCanceled, .runFinished, .runFailed, .scriptFailed,
        .modelFailed, .cascadeStopped, .reportIgnored, .observed:
        break
      }
    }
  }

  // MARK: Finding

  /// Where something last happened: the moment, and the run if it was in one.
  func last(_ isIt: (JournalEntry) -> Bool) -> (moment: Int, run: Int?)? {
    let inRun = runs.lastIndex { $0.entries.contains(where: isIt) }
    let outside = moments.lastIndex { $0.causes.contains(where: isIt) }
    guard let inRun else { return outside.map { ($0, nil) } }
    guard let outside, outside > runs[inRun].moment else { return (runs[inRun].moment, inRun) }
    return (outside, nil)
  }
}
