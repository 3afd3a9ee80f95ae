import FlowSchema
import FlowSyntax
import FlowValues

/// What comes from outside: rows of uploads, edits, reports, sessions (semantics D5, E1).
extension Engine {
  /// How a row ended.
  enum RowOutcome {
    case created
    case updated
    /// A local datetime of this slot has no instant in the person's zone: nothing of the row was applied.
    case dateOutOfRange(slot: Int)
  }

  /// Applies a row of an upload to the person, who may be new, and plays what follows (semantics E9, E10).
  mutating func upload(
    _ cells: UnsafeBufferPointer<RowBatch.Cell>, text: UnsafePointer<UInt8>, isNewPerson: Bool, campaign: Int,
    at instant: Int64
  ) -> RowOutcome {
    begin(campaign, at: instant)
    let isNew = !person.participants[campaign].exists
    let checkpoint = journal.entries.count
    if isNewPerson { fillProfile() }
    if isNew { fillParticipant() }
    if let slot = apply(cells, text) {
      takeBackAll(checkpoint, isNewPerson: isNewPerson, isNew: isNew)
      return .dateOutOfRange(slot: slot)
    }
    person.participants.pointer[campaign].exists = true
    if isNew { resolveDefaults() }
    totals.countRow(campaign, isNew: isNew)
    if isNew || !image.reuploadFiresUpdated {
      enqueue(.participantCreated)
    } else if run.changed.isEmpty {
      // The event is counted though nothing changed and no flow hears of it (commands, `run`).
      totals.count(.participantUpdated, campaign)
    } else {
      enqueue(.participantUpdated, fields: run.changed)
    }
    drain()
    return isNew ? .created : .updated
  }

  /// Applies an edit from outside; a cell that is unset clears its field. Returns a slot as `RowOutcome` has it.
  mutating func edit(
    _ cells: UnsafeBufferPointer<RowBatch.Cell>, text: UnsafePointer<UInt8>, campaign: Int, at instant: Int64
  ) -> Int? {
    begin(campaign, at: instant)
    let checkpoint = journal.entries.count
    if let slot = apply(cells, text) {
      takeBackAll(checkpoint, isNewPerson: false, isNew: false)
      return slot
    }
    if !run.changed.isEmpty { enqueue(.participantUpdated, fields: run.changed) }
    drain()
    return nil
  }

  /// The participant gets in touch (semantics E11).
  mutating func openSession(channel: UInt8, agent: Int32, campaign: Int, at instant: Int64) {
    begin(campaign, at: instant)
    let participant = person.participants.pointer + campaign
    participant.pointee.communicationCount += 1
    var session = Communication(
      number: participant.pointee.communicationCount, plan: -1, name: -1, agent: agent,
      contextCommunication: -1,
      contextResult: -1, campaign: UInt16(campaign), status: .started, channel: channel)
    session.startedAt = instant
    let position = Int32(person.communications.count)
    person.communications.append(session)
    participant.pointee.lastCreated = position
    totals.count(.incomingSession, campaign)
    if journal.isRecording { record(position) }
    queue.append(
      QueuedEvent(
        kind: .incomingSession, status: .started, communication: position, contextCommunication: position,
        contextResult: position))
    drain()
  }

  /// Applies a report from outside to a communication; `results` as `report(_:_:results:)` has it.
  mutating func outsideReport(
    _ position: Int32, _ status: CommunicationStatus, results: Int32, campaign: Int, at instant: Int64
  ) -> Bool {
    begin(campaign, at: instant)
    let changed = report(position, status, results: results)
    drain()
    return changed
  }

  private mutating func begin(_ campaign: Int, at instant: Int64) {
    now = instant
    enter(campaign)
    useZone()
    run = RunState()
    undo.truncate(to: 0)
  }

  // MARK: New records

  private mutating func fillProfile() {
    for (slot, value) in deployment.profileDefaults.enumerated() { person.values[slot] = value }
  }

  private mutating func fillParticipant() {
    for field in 0..<image.fieldCount { person.values[image.firstSlot + field] = image.defaults[field] }
  }

  /// Defaults that are local datetimes become instants in the person's zone.
  private mutating func resolveDefaults() {
    for slot in 0..<person.values.count where person.values[slot].tag == .local {
      person.values[slot] = resolved(person.values[slot])
    }
    run.failure = nil
  }

  // MARK: Cells

  /// Writes the cells, zones and all else first, so that local datetimes are read in the row's own zone
  /// (semantics D3).
  ///
  /// - Returns: The slot of a datetime that has no instant there.
  private mutating func apply(_ cells: UnsafeBufferPointer<RowBatch.Cell>, _ text: UnsafePointer<UInt8>)
    -> Int?
  {
    var hasLocal = false
    // A new participant may have a zone by default.
    var namesZone = !person.participants[campaign].exists
    for cell in cells {
      if isZone(Int(cell.slot)) { namesZone = true }
      if cell.value.tag == .local { hasLocal = true } else { apply(cell, text) }
    }
    if namesZone { forgetZones() }
    guard hasLocal else { return nil }
    for cell in cells where cell.value.tag == .local {
      let value = resolved(cell.value)
      if run.failure != nil { return Int(cell.slot) }
      apply(RowBatch.Cell(slot: cell.slot, value: value), text)
    }
    return nil
  }

  private func isZone(_ slot: Int) -> Bool {
    slot == SystemField.Profile.timezone.rawValue || slot == image.firstSlot + SystemField.participantTimezone
  }

  private mutating func apply(_ cell: RowBatch.Cell, _ text: UnsafePointer<UInt8>) {
    let slot = Int(cell.slot)
    let old = person.values[slot]
    var value = cell.value
    if storage[slot] == .text, value.isSet {
      let bytes = UnsafeBufferPointer(start: text + Int(value.bits), count: Int(value.extra))
      if old.isSet, TextFunctions.equal(self.bytes(old), bytes) { return }
      value = person.appendText(bytes)
    } else if old.tag == value.tag, old.bits == value.bits {
      return
    }
    undo.append(UndoEntry(kind: .field, index: Int32(slot), value: old))
    person.values[slot] = value
    let field = slot - image.firstSlot
    if field >= 0, field < image.fieldCount { run.changed.insert(field) }
    if journal.isRecording { recordChange(slot: slot, from: old, to: value) }
  }

  // MARK: Taking a row back

  private mutating func takeBackAll(_ checkpoint: Int, isNewPerson: Bool, isNew: Bool) {
    run.failure = nil
    var index = undo.count
    while index > 0 {
      index -= 1
      person.values[Int(undo[index].index)] = undo[index].value
    }
    if isNew {
      for field in 0..<image.fieldCount { person.values[image.firstSlot + field] = .unset }
    }
    if isNewPerson { person.reset() }
    journal.entries.removeLast(journal.entries.count - checkpoint)
    forgetZones()
  }
}
