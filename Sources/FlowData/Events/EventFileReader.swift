public import FlowDiagnostics
public import FlowRuntime
public import FlowValues

/// Reads an event file: one JSON object a line, in order of time, in constant memory (the command's page, `run`).
///
/// A line that is no event is reported and passed over. An event that lies before its predecessor makes the file
/// unusable from there on.
public struct EventFileReader: ~Copyable {
  private let fileName: String
  private let zones: ZoneTable
  private var lines: LineReader
  private var scanner = JSONScanner()
  private var latest = Instant.minimum
  private var isUsable = true
  private var foreign: ForeignFormat?

  /// - Throws: What the source throws.
  public init(_ source: ByteSource, fileName: String, zones: ZoneTable) throws {
    try self.init(source, fileName: fileName, zones: zones, blockSize: ByteWindow.blockSize)
  }

  init(_ source: ByteSource, fileName: String, zones: ZoneTable, blockSize: Int) throws {
    self.fileName = fileName
    self.zones = zones
    var window = ByteWindow(source, blockSize: blockSize)
    switch try window.readSignature() {
    case .text(let start): lines = LineReader(window, start: start)
    case .foreign(let format):
      lines = LineReader(window, start: 0)
      foreign = format
    }
  }

  /// Reads up to `limit` lines.
  ///
  /// - Parameter diagnostics: Takes up `bad-event` for lines that are no events, and `events-not-sorted` or
  ///   `unreadable-data` where nothing more can be read.
  /// - Returns: Whether there may be more.
  /// - Throws: What the source throws; the events read before stay.
  public mutating func readEvents(
    into events: inout [OutsideEvent], limit: Int, diagnostics: inout [Diagnostic]
  ) throws -> Bool {
    if let foreign {
      if isUsable { diagnostics.append(DataDiagnostics(fileName: fileName).foreign(foreign)) }
      isUsable = false
    }
    for _ in 0..<limit {
      guard isUsable, try lines.next() else { return false }
      if lines.isTooLong {
        diagnostics.append(badEvent(column: 1, "the line is longer than \(LineReader.maximumLength) bytes"))
        continue
      }
      scanner.begin(lines.line)
      switch EventParser.parse(&scanner, line: lines.number, zones: zones) {
      case .fault(let fault):
        let column = JSONFault(offset: fault.offset, reason: .cutOff).column(in: lines.line)
        diagnostics.append(badEvent(column: column, fault.message))
      case .event(let event) where event.at < latest:
        isUsable = false
        diagnostics.append(notSorted(event))
        return false
      case .event(let event):
        latest = event.at
        events.append(event)
      }
    }
    return isUsable
  }

  private func badEvent(column: Int, _ message: String) -> Diagnostic {
    Diagnostic(
      .badEvent, .error, "`\(fileName)` line \(lines.number), column \(column): \(message)",
      help: ["the line is passed over; all others are played"])
  }

  private func notSorted(_ event: OutsideEvent) -> Diagnostic {
    Diagnostic(
      .eventsNotSorted, .error,
      "`\(fileName)` line \(event.line): expected a time at or after `\(latest)`, found `\(event.at)`",
      help: ["sort the file by `at`; events of one time are played in the order of their lines"])
  }
}
