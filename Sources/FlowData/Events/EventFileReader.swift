public import FlowDiagnostics
public import FlowRuntime
public import FlowText
public import FlowValues

/// What is wrong with a line of an event file.
public struct EventProblem: Sendable {
  public let diagnostic: Diagnostic
  /// The line that labels point into; `nil` where there is none to show.
  public let excerpt: SourceFile?
}

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
  /// The number of the next excerpt among the texts of the run.
  private var nextFileID: FileID

  /// - Parameter firstFileID: The number of the first excerpt; further ones count on.
  /// - Throws: What the source throws.
  public init(
    _ source: ByteSource, fileName: String, firstFileID: FileID = FileID(0), zones: ZoneTable
  ) throws {
    try self.init(
      source, fileName: fileName, firstFileID: firstFileID, zones: zones, blockSize: ByteWindow.blockSize)
  }

  init(
    _ source: ByteSource, fileName: String, firstFileID: FileID = FileID(0), zones: ZoneTable, blockSize: Int
  ) throws {
    self.fileName = fileName
    nextFileID = firstFileID
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
  /// - Parameter problems: Takes up `bad-event` for lines that are no events, and `events-not-sorted` or
  ///   `unreadable-data` where nothing more can be read.
  /// - Returns: Whether there may be more.
  /// - Throws: What the source throws; the events read before stay.
  public mutating func readEvents(
    into events: inout [OutsideEvent], limit: Int, problems: inout [EventProblem]
  ) throws -> Bool {
    if let foreign {
      if isUsable {
        let diagnostic = DataDiagnostics(fileName: fileName).foreign(foreign)
        problems.append(EventProblem(diagnostic: diagnostic, excerpt: nil))
      }
      isUsable = false
    }
    for _ in 0..<limit {
      guard isUsable, try lines.next() else { return false }
      if lines.isTooLong {
        problems.append(tooLong())
        continue
      }
      scanner.begin(lines.line)
      switch EventParser.parse(&scanner, line: lines.number, zones: zones) {
      case .fault(let fault):
        problems.append(badEvent(fault))
      case .event(let event) where event.at < latest:
        isUsable = false
        problems.append(notSorted(event))
        return false
      case .event(let event):
        latest = event.at
        events.append(event)
      }
    }
    return isUsable
  }

  private func tooLong() -> EventProblem {
    let message = "line \(lines.number) of `\(fileName)` is longer than \(LineReader.maximumLength) bytes"
    return EventProblem(
      diagnostic: Diagnostic(.badEvent, .error, message, help: [EventFileReader.isPassedOver]), excerpt: nil)
  }

  private mutating func badEvent(_ fault: EventFault) -> EventProblem {
    problem(at: fault.offset) {
      Diagnostic(.badEvent, .error, fault.message, at: $0, help: [EventFileReader.isPassedOver])
    }
  }

  private mutating func notSorted(_ event: OutsideEvent) -> EventProblem {
    let message = "expected a time at or after `\(latest)`, found `\(event.at)`"
    return problem(at: 0) {
      Diagnostic(
        .eventsNotSorted, .error, message, at: $0,
        help: ["sort the file by `at`; events of one time are played in the order of their lines"])
    }
  }

  /// What is wrong with the piece at an offset of the line at hand.
  private mutating func problem(at offset: Int, _ diagnostic: (Label) -> Diagnostic) -> EventProblem {
    let id = nextFileID
    nextFileID = FileID(id.index + 1)
    let piece = lines.line.piece(at: offset)
    return EventProblem(
      diagnostic: diagnostic(Label(SourceSpan(id, SourceRange(piece.lowerBound, piece.upperBound)))),
      excerpt: SourceFile(id: id, name: fileName, bytes: Array(lines.line), linesBefore: lines.number - 1))
  }

  private static let isPassedOver = "the line is passed over; all others are played"
}

extension UnsafeBufferPointer<UInt8> {
  /// Where the piece of JSON that begins at an offset stands, to be underlined.
  fileprivate func piece(at offset: Int) -> Range<Int> {
    guard offset < count else { return count..<count }
    var end = offset + 1
    if self[offset] == JSONByte.quote {
      while end < count, self[end] != JSONByte.quote { end += self[end] == JSONByte.backslash ? 2 : 1 }
      return offset..<Swift.min(end + 1, count)
    }
    if JSONByte.isOfWord(self[offset]) {
      while end < count, JSONByte.isOfWord(self[end]) { end += 1 }
    }
    return offset..<end
  }
}
