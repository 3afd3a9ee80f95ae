internal import FlowRuntime
internal import FlowSyntax
internal import FlowText

/// What one test comes to: who changes nothing of that changes nothing for the test.
struct TestReach: Sendable {
  struct Place: Hashable {
    var file: FileID
    var statement: StatementID
  }

  private(set) var places: Set<Place> = []
  private(set) var flows: Set<Int> = []
  private(set) var runCount = 0
  private(set) var stopsCascade = false

  init(_ stories: [Story]) {
    for story in stories {
      for entry in story.entries { add(entry) }
    }
  }

  private mutating func add(_ entry: JournalEntry) {
    switch entry {
    case .node(let node):
      if node.model < 0 { places.insert(Place(file: node.file, statement: node.statement)) }
    case .runStarted(let flow):
      runCount += 1
      flows.insert(flow)
    case .cascadeStopped: stopsCascade = true
    case .event, .fieldChanged, .communication, .handOver, .handOverCanceled, .runFinished, .runFailed,
      .scriptFailed, .modelFailed, .reportIgnored, .observed:
      break
    }
  }

  func contains(_ mutation: Mutation) -> Bool {
    guard let statement = mutation.statement else { return true }
    return places.contains(Place(file: mutation.file, statement: statement))
  }
}
