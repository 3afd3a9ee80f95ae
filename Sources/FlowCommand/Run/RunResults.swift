internal import FlowDiagnostics
internal import FlowRuntime

/// All that a run has come to.
struct RunResults {
  var summary: SimulationSummary
  var stories: [Story]
  var inputs: InputResults
  var figures: EngineFigures
}

/// How fast it went. Nothing else in the results differs between two runs.
struct EngineFigures {
  var loadSeconds: Double
  var runSeconds: Double
  var events: Int
  var peakMemoryBytes: Int

  /// Events a second; 0 where it went too fast to tell.
  var eventsPerSecond: Int { runSeconds > 0 ? Int(Double(events) / runSeconds) : 0 }
}

/// What became of uploads and events.
struct InputResults {
  /// How many events are listed of each kind.
  static let shownCount = 10

  /// By campaign.
  private(set) var rowsRead: [Int]
  private(set) var rowsRejected: [Int]
  private(set) var rejections: [RejectionLog] = []
  private(set) var refused = EventList()
  private(set) var unmatched = EventList()
  /// Events that name somebody or something that does not exist.
  private(set) var misaddressed = EventList()
  private(set) var refusedRows = EventList()
  private(set) var earlyEvents = 0
  private(set) var lateEvents = 0
  /// Files whose time lies after the end.
  var lateUploads: [String] = []
  var eventProblems: [Diagnostic] = []

  /// The first few events of a kind, and how many there are.
  struct EventList {
    var lines: [(line: Int, reason: String)] = []
    var count = 0

    mutating func add(_ event: OutsideEvent, _ reason: String) {
      count += 1
      if lines.count < InputResults.shownCount { lines.append((event.line, reason)) }
    }
  }

  init(_ cast: Cast) {
    rowsRead = Array(repeating: 0, count: cast.campaigns.count)
    rowsRejected = rowsRead
  }

  var rejectedRows: Int { rowsRejected.reduce(0, +) }

  mutating func add(_ file: UploadFile) {
    rowsRead[file.campaign] += file.rowCount
    rowsRejected[file.campaign] += file.rejections.rowCount
    if file.rejections.rowCount > 0 { rejections.append(file.rejections) }
  }

  mutating func noteOutside(_ event: OutsideEvent, isEarly: Bool) {
    if isEarly { earlyEvents += 1 } else { lateEvents += 1 }
  }

  private mutating func reject(_ event: OutsideEvent, _ reason: String, _ campaign: Int?) {
    if let campaign { rowsRejected[campaign] += 1 }
    refusedRows.add(event, reason)
  }

  /// A stranger may well get in touch (semantics E11), and a report may come late; all else is a mistake in the file.
  private mutating func note(_ mismatch: Mismatch, of event: OutsideEvent) {
    switch mismatch {
    case .nobody(let reason):
      if case .sessionIncoming = event.kind {
        unmatched.add(event, reason)
      } else {
        misaddressed.add(event, reason)
      }
    case .unknownName(let reason): misaddressed.add(event, reason)
    case .noCommunication(let reason): unmatched.add(event, reason)
    }
  }

  mutating func note(_ outcome: OutsideOutcome, of event: OutsideEvent, campaign: Int?) {
    if case .participantUploaded = event.kind, let campaign { rowsRead[campaign] += 1 }
    switch outcome {
    case .applied, .ignored: break
    case .unmatched(let mismatch): note(mismatch, of: event)
    case .refused(let reason):
      if case .participantUploaded = event.kind {
        reject(event, reason, campaign)
      } else {
        refused.add(event, reason)
      }
    case .rowRefused(let refusal):
      reject(event, (refusal.field.isEmpty ? "" : "`\(refusal.field)`: ") + refusal.reason, campaign)
    }
  }
}
