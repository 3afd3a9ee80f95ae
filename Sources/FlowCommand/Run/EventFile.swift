internal import FlowData
internal import FlowDiagnostics
internal import FlowRuntime
internal import FlowText
internal import FlowValues

/// The event file, read a block ahead.
final class EventFile {
  private static let blockSize = 1024
  /// How many lines that are no events are shown one by one.
  private static let shownProblems = 20

  let name: String
  /// Which file it is, so that it is not written over; `nil` for standard input.
  let identity: FileIdentity?
  private var reader: EventFileReader
  private var block: [OutsideEvent] = []
  private var position = 0
  private var hasMore = true
  private var problems: [EventProblem] = []
  private var hiddenProblems = 0

  /// - Parameter firstFileID: The number of the first line that is shown, among the texts of the run.
  init(
    _ path: String, _ cast: Cast, firstFileID: FileID, _ environment: CommandEnvironment
  ) throws(CommandFailure) {
    let isInput = path == "-"
    let name = isInput ? "<stdin>" : path
    self.name = name
    identity = isInput ? nil : try? environment.files.status(of: path).identity
    let bytes = try reportingFiles { () throws(FileFailure) in
      isInput ? environment.standardInput : try environment.files.open(path)
    }
    do {
      reader = try EventFileReader(
        ByteSource { buffer in try bytes.read(into: buffer) }, fileName: name,
        firstFileID: firstFileID, zones: cast.zones)
    } catch {
      throw CommandFailure(error as? FileFailure ?? FileFailure(name, .other("it cannot be read")))
    }
  }

  /// The event that comes next; `nil` at the end.
  func peek() throws(CommandFailure) -> OutsideEvent? {
    while position == block.count, hasMore { try readBlock() }
    return position < block.count ? block[position] : nil
  }

  func advance() { position += 1 }

  /// The lines that are no events: the first of them, and how many more there are.
  var diagnostics: [Diagnostic] {
    let problems = problems.map(\.diagnostic)
    guard hiddenProblems > 0 else { return problems }
    let lines = hiddenProblems == 1 ? "line is no event" : "lines are no events"
    return problems + [
      Diagnostic(.badEvent, .error, "`\(name)`: \(Counted.number(hiddenProblems)) more \(lines)")
    ]
  }

  /// The lines that they point into.
  var excerpts: [SourceFile] { problems.compactMap(\.excerpt) }

  private func readBlock() throws(CommandFailure) {
    block.removeAll(keepingCapacity: true)
    position = 0
    var found: [EventProblem] = []
    do {
      hasMore = try reader.readEvents(into: &block, limit: Self.blockSize, problems: &found)
    } catch {
      let failure = error as? FileFailure ?? FileFailure(name, .other("it cannot be read"))
      guard failure.reason == .interrupted else { throw CommandFailure(failure) }
      hasMore = false
    }
    // A line that is no event is passed over; a file out of order is of no use from there on.
    let fatal = found.filter { $0.diagnostic.name != .badEvent }
    let bad = found.filter { $0.diagnostic.name == .badEvent }
    let shown = bad.prefix(max(Self.shownProblems - problems.count, 0))
    problems += shown
    hiddenProblems += bad.count - shown.count
    guard fatal.isEmpty else {
      throw CommandFailure(
        diagnostics + fatal.map(\.diagnostic), sources: excerpts + fatal.compactMap(\.excerpt))
    }
  }
}
