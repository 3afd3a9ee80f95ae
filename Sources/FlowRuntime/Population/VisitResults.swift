import FlowSchema

/// What visits of a few people leave behind besides their records, collected by one task.
struct VisitResults {
  var refusals: [RowRefusal] = []
  var removed: [Int] = []
  var told: [(entries: [JournalEntry], person: Int, key: String, name: String?)] = []
  /// Lines of `runs.jsonl`, with the row they belong to.
  var runs: [(row: Int, campaign: Int, lines: [UInt8])] = []
  /// What whoever runs scripts has noted of the calls, with the row they belong to.
  var notes: [(row: Int, bytes: [UInt8])] = []

  static func allocate(_ count: Int) -> UnsafeMutablePointer<VisitResults> {
    let results = UnsafeMutablePointer<VisitResults>.allocate(capacity: count)
    results.initialize(repeating: VisitResults(), count: count)
    return results
  }

  static func deallocate(_ results: UnsafeMutablePointer<VisitResults>, count: Int = Shard.count) {
    results.deinitialize(count: count)
    results.deallocate()
  }

  /// Takes over what the engine noted about the person it has just played.
  mutating func collect(_ person: Int, row: Int, _ engine: inout Engine) {
    if engine.journal.isRecording, !engine.journal.entries.isEmpty {
      let nameValue = engine.person.values[SystemField.Profile.name.rawValue]
      told.append(
        (
          entries: engine.journal.entries, person: person, key: engine.string(engine.key),
          name: nameValue.isSet ? engine.string(nameValue) : nil
        ))
      engine.journal.entries = []
    }
    if let bytes = engine.scripting.takeNotes() { notes.append((row, bytes)) }
    guard !engine.journal.runs.isEmpty else { return }
    for campaign in engine.deployment.programs.indices {
      var lines: [UInt8] = []
      for (index, run) in engine.journal.runs.enumerated() where run.campaign == campaign {
        engine.write(run, engine.journal.scriptFailures[index], to: &lines)
      }
      if !lines.isEmpty { runs.append((row, campaign, lines)) }
    }
    engine.journal.runs.removeAll(keepingCapacity: true)
    engine.journal.scriptFailures.removeAll()
  }
}

extension Simulation {
  /// Takes over what tasks collected, in the order of rows, whichever task they were in.
  func collect(_ visits: UnsafeMutablePointer<VisitResults>, count: Int) {
    var runs: [(row: Int, campaign: Int, lines: [UInt8])] = []
    var notes: [(row: Int, bytes: [UInt8])] = []
    for index in 0..<count {
      for story in visits[index].told {
        told.add(story.entries, story.person, key: story.key, name: story.name)
      }
      runs += visits[index].runs
      notes += visits[index].notes
    }
    notes.sort { $0.row < $1.row }
    hand(over: notes)
    guard let export, !runs.isEmpty else { return }
    runs.sort { ($0.row, $0.campaign) < ($1.row, $1.campaign) }
    for run in runs {
      run.lines.withUnsafeBufferPointer { lines in write(.runs, run.campaign, lines, export) }
    }
  }

  /// Gives what was noted of calls to whoever runs scripts, in order.
  func hand(over notes: [(row: Int, bytes: [UInt8])]) {
    guard !notes.isEmpty, let host = configuration.engine.scripts as? any NotingHost else { return }
    for note in notes { host.take(note.bytes) }
  }

  /// Hands bytes to the export; after the first failure nothing more is written.
  func write(
    _ file: ExportFile, _ campaign: Int, _ bytes: UnsafeBufferPointer<UInt8>,
    _ export: (ExportFile, Int, UnsafeBufferPointer<UInt8>) throws -> Void
  ) {
    guard exportError == nil, bytes.count > 0 else { return }
    do { try export(file, campaign, bytes) } catch { exportError = error }
  }
}
