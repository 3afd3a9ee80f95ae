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
    _ row: RowContent, isNewPerson: Bool, campaign: Int, at instant: Int64
  ) -> RowOutcome {
    begin(campaign, at: instant)
    let isNew = !person.participants[campaign].exists
    let checkpoint = journal.entries.count
    if isNewPerson { fillProfile() }
    if isNew { fillParticipant() }
    if let slot = apply(row) {
      takeBackAll(checkpoint, isNewPerson: isNewPerson, isNew: isNew)
      return .dateOutOfRange(slot: slot)
    }
    if isNew {
      person.participants.pointer[campaign].exists = true
      person.hasChanged = true
      resolveDefaults()
    }
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
  mutating func edit(_ row: RowContent, campaign: Int, at instant: Int64) -> Int? {
    begin(campaign, at: instant)
    let checkpoint = journal.entries.count
    if let slot = apply(row) {
      takeBackAll(checkpoint, isNewPerson: false, isNew: false)
      return slot
    }
    if !run.changed.isEmpty { enqueue(.participantUpdated, fields: run.changed) }
    drain()
    return nil
  }

  /// Writes cells about which no flow hears; false where one has no meaning for the person.
  mutating func set(_ row: RowContent, campaign: Int, at instant: Int64) -> Bool {
    begin(campaign, at: instant)
    return apply(row) == nil
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
    person.hasChanged = true
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
  private mutating func apply(_ row: RowContent) -> Int? {
    var hasLocal = false
    // A new participant may have a zone by default.
    var namesZone = !person.participants[campaign].exists
    let ownZone = image.firstSlot + SystemField.participantTimezone
    var text = AdoptedText()
    for cell in row.cells {
      let slot = Int(cell.slot)
      if slot == SystemField.Profile.timezone.rawValue || slot == ownZone { namesZone = true }
      if cell.value.tag == .local { hasLocal = true } else { apply(slot, cell.value, row, &text) }
    }
    if namesZone { forgetZones() }
    guard hasLocal else { return nil }
    for cell in row.cells where cell.value.tag == .local {
      let value = resolved(cell.value)
      if run.failure != nil { return Int(cell.slot) }
      apply(Int(cell.slot), value, row, &text)
    }
    return nil
  }

  /// What the text of a row has to be moved by to lie in the person's, once it does.
  private struct AdoptedText {
    var shift: Int64?
  }

  @inline(__always)
  private mutating func apply(_ slot: Int, _ cell: Value, _ row: RowContent, _ text: inout AdoptedText) {
    let old = person.values[slot]
    var value = cell
    if storage[slot] == .text, value.isSet {
      if old.isSet, TextFunctions.equal(bytes(old), row.bytes(value)) { return }
      value.bits += adopt(row, &text)
    } else if old.tag == value.tag, old.bits == value.bits {
      return
    }
    undo.append(UndoEntry(kind: .field, index: Int32(slot), value: old))
    person.values[slot] = value
    person.hasChanged = true
    let field = slot - image.firstSlot
    if field >= 0, field < image.fieldCount { run.changed.insert(field) }
    if journal.isRecording { recordChange(slot: slot, from: old, to: value) }
  }

  /// The texts of a row are copied all together, when the first of them turns out to be new.
  @inline(__always)
  private mutating func adopt(_ row: RowContent, _ text: inout AdoptedText) -> Int64 {
    if let shift = text.shift { return shift }
    let shift = Int64(person.text.count) - row.firstText
    person.text.append(row.allText)
    text.shift = shift
    return shift
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
