internal import FlowData
internal import FlowDiagnostics
internal import FlowRuntime
internal import FlowValues

/// The event file, read a block ahead.
final class EventFile {
  private static let blockSize = 1024

  let name: String
  /// Which file it is, so that it is not written over; `nil` for standard input.
  let identity: FileIdentity?
  private var reader: EventFileReader
  private var block: [OutsideEvent] = []
  private var position = 0
  private var hasMore = true
  private(set) var diagnostics: [Diagnostic] = []

  init(_ path: String, _ cast: Cast, _ environment: CommandEnvironment) throws(CommandFailure) {
    let isInput = path == "-"
    let name = isInput ? "<stdin>" : path
    self.name = name
    identity = isInput ? nil : try? environment.files.status(of: path).identity
    let bytes = try reportingFiles { () throws(FileFailure) in
      isInput ? environment.standardInput : try environment.files.open(path)
    }
    do {
      reader = try EventFileReader(
        ByteSource { buffer in try bytes.read(into: buffer) }, fileName: name, zones: cast.zones)
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

  private func readBlock() throws(CommandFailure) {
    block.removeAll(keepingCapacity: true)
    position = 0
    let known = diagnostics.count
    do {
      hasMore = try reader.readEvents(into: &block, limit: Self.blockSize, diagnostics: &diagnostics)
    } catch {
      let failure = error as? FileFailure ?? FileFailure(name, .other("it cannot be read"))
      guard failure.reason == .interrupted else { throw CommandFailure(failure) }
      hasMore = false
    }
    // A line that is no event is passed over; a file out of order is of no use from there on.
    if diagnostics[known...].contains(where: { $0.name != .badEvent && $0.severity == .error }) {
      throw CommandFailure(diagnostics)
    }
  }
}
