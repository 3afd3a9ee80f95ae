import FlowSchema

/// Packing the person at hand into a record, and back.
///
/// | part | content |
/// |---|---|
/// | profile | a bit for every slot that is set, then the values |
/// | each campaign | whether the person takes part; then bits and values, the latest ended, the budget |
/// | communications | as `CommunicationFlags` says, one after another |
/// | pending | in the order in which they were scheduled |
///
/// Keys come first, so that finding out who somebody is reads only the beginning (`RecordKeys`).
extension Engine {
  /// Packs the person into `writer`.
  mutating func store() {
    writer.bytes.truncate(to: 0)
    let profileCount = deployment.profileDefaults.count
    store(slots: 0, profileCount)
    for index in 0..<person.participants.count { store(participant: index) }
    writer.unsigned(UInt64(person.communications.count))
    for index in 0..<person.communications.count { store(person.communications[index]) }
    storePending()
  }

  private mutating func store(slots first: Int, _ count: Int) {
    let values = person.values.pointer + first
    for group in stride(from: 0, to: count, by: 8) {
      var bits: UInt8 = 0
      for offset in group..<min(group + 8, count) where values[offset].isSet {
        bits |= 1 << UInt8(offset - group)
      }
      writer.byte(bits)
    }
    let types = storage + first
    for offset in 0..<count where values[offset].isSet { store(values[offset], types[offset]) }
  }

  @inline(__always)
  private mutating func store(_ value: Value, _ type: StorageType) {
    switch type {
    case .number: writer.signed(value.bits)
    case .instant: writer.instant(value.bits)
    case .text: writer.text(bytes(value))
    }
  }

  private mutating func store(participant index: Int) {
    let participant = person.participants[index]
    guard participant.exists else { return writer.byte(0) }
    writer.byte(1)
    store(slots: images[index].firstSlot, images[index].fieldCount)
    writer.unsigned(UInt64(participant.lastEnded + 1))
    writer.unsigned(UInt64(participant.runsAtInstant) << 1 | (participant.isStopped ? 1 : 0))
    if participant.runsAtInstant > 0 { writer.instant(participant.budgetInstant) }
  }

  // MARK: Communications

  private enum CommunicationFlags {
    static let status: UInt8 = 0x0f
    static let isSession: UInt8 = 0x10
    static let hasStarted: UInt8 = 0x20
    /// Started exactly when it was planned for.
    static let startedOnTime: UInt8 = 0x40
    static let hasResults: UInt8 = 0x80
  }

  private mutating func store(_ communication: Communication) {
    var flags = communication.status.rawValue
    let hasStarted = communication.startedAt != Communication.unsetTime
    if communication.plan < 0 { flags |= CommunicationFlags.isSession }
    if hasStarted { flags |= CommunicationFlags.hasStarted }
    if communication.startedAt == communication.plannedAt { flags |= CommunicationFlags.startedOnTime }
    if communication.results >= 0 { flags |= CommunicationFlags.hasResults }
    writer.byte(flags)
    if images.count > 1 { writer.unsigned(UInt64(communication.campaign)) }
    if communication.plan < 0 {
      writer.byte(communication.channel)
      writer.unsigned(UInt64(communication.agent + 1))
    } else {
      writer.unsigned(UInt64(communication.plan))
      writer.instant(communication.plannedAt)
    }
    if hasStarted, flags & CommunicationFlags.startedOnTime == 0 { writer.instant(communication.startedAt) }
    if communication.status.isFinal {
      let base = hasStarted ? communication.startedAt : communication.plannedAt
      writer.signed(communication.endedAt - base)
    }
    if communication.results >= 0 { storeResults(communication, communication.results) }
    if communication.status == .planned { storePlan(communication) }
  }

  private mutating func storeResults(_ communication: Communication, _ first: Int32) {
    let image = images[Int(communication.campaign)]
    let types = image.resultTypes + Int(image.resultTypeStarts[Int(communication.agent)])
    let count = Int(image.resultCounts[Int(communication.agent)])
    for offset in 0..<count { store(optional: person.results[Int(first) + offset], types[offset]) }
  }

  /// What only a communication that has not started still needs.
  private mutating func storePlan(_ communication: Communication) {
    let image = images[Int(communication.campaign)]
    let plan = image.plans[Int(communication.plan)]
    if plan.condition >= 0 {
      writer.unsigned(UInt64(communication.contextCommunication + 1))
      writer.unsigned(UInt64(communication.contextResult + 1))
    }
    for offset in 0..<Int(plan.payloadCount) {
      let type = image.payloadTypes[Int(plan.firstPayload) + offset]
      store(optional: person.payloads[Int(communication.payload) + offset], type)
    }
  }

  /// A value that may be unset; durations have their days behind them.
  private mutating func store(optional value: Value, _ type: StorageType) {
    guard value.isSet else { return writer.byte(0) }
    writer.byte(type != .text && value.extra != 0 ? 2 : 1)
    store(value, type)
    if type != .text, value.extra != 0 { writer.signed(Int64(value.extra)) }
  }

  // MARK: Pending

  private mutating func storePending() {
    // In the order of scheduling, so that reading can number them anew.
    sortPending()
    var count = 0
    for index in 0..<person.pending.count where !person.isStale(person.pending[index]) { count += 1 }
    writer.unsigned(UInt64(count))
    for index in 0..<person.pending.count {
      let event = person.pending[index]
      if person.isStale(event) { continue }
      writer.byte(event.kind.rawValue)
      if images.count > 1 { writer.unsigned(UInt64(event.campaign)) }
      writer.unsigned(UInt64(event.subject))
      switch event.kind {
      case .start: break
      case .expiry: writer.instant(event.time)
      case .handOver, .dropped:
        writer.instant(event.time)
        writer.unsigned(UInt64(event.contextCommunication + 1))
        writer.unsigned(UInt64(event.contextResult + 1))
      case .report:
        writer.instant(event.time)
        writer.unsigned(UInt64(event.plan))
        if event.contextResult >= 0 {
          storeResults(person.communications[Int(event.subject)], event.contextResult)
        }
      }
    }
  }

  /// Insertion sort by sequence: a person has a few at most, mostly in order already.
  private mutating func sortPending() {
    let pending = person.pending.pointer
    for index in 1..<max(person.pending.count, 1) {
      let event = pending[index]
      var place = index
      while place > 0, pending[place - 1].sequence > event.sequence {
        pending[place] = pending[place - 1]
        place -= 1
      }
      pending[place] = event
    }
  }
}

extension PendingEvent {
  var sequence: UInt32 { UInt32(truncatingIfNeeded: order) }
}

// MARK: - Reading

extension Engine {
  /// Makes the person of a record the one at hand.
  mutating func load(_ record: UnsafeBufferPointer<UInt8>) {
    person.reset()
    recentRuns.removeAll()
    // The record itself is the beginning of the person's text: texts are used where they stand.
    person.text.append(record)
    var reader = RecordReader(UnsafePointer(person.text.base))
    load(slots: 0, deployment.profileDefaults.count, &reader)
    for index in 0..<person.participants.count { load(participant: index, &reader) }
    let count = Int(reader.unsigned())
    for _ in 0..<count { loadCommunication(&reader) }
    loadPending(&reader)
  }

  private mutating func load(slots first: Int, _ count: Int, _ reader: inout RecordReader) {
    let bits = reader.position
    reader.position += (count + 7) / 8
    let values = person.values.pointer + first
    let types = storage + first
    for group in 0..<(count + 7) / 8 {
      var rest = bits[group]
      while rest != 0 {
        let offset = group * 8 + rest.trailingZeroBitCount
        rest &= rest &- 1
        values[offset] = value(types[offset], &reader)
      }
    }
  }

  @inline(__always)
  private mutating func value(_ type: StorageType, _ reader: inout RecordReader) -> Value {
    switch type {
    case .number: return Value(bits: reader.signed())
    case .instant: return Value(bits: reader.instant())
    case .text:
      let text = reader.text()
      return Value(bits: Int64(text.start - UnsafePointer(person.text.base)), extra: Int32(text.count))
    }
  }

  private mutating func load(participant index: Int, _ reader: inout RecordReader) {
    guard reader.byte() == 1 else { return }
    load(slots: images[index].firstSlot, images[index].fieldCount, &reader)
    let participant = person.participants.pointer + index
    participant.pointee.exists = true
    participant.pointee.lastEnded = Int32(reader.unsigned()) - 1
    let budget = reader.unsigned()
    participant.pointee.runsAtInstant = Int32(budget >> 1)
    participant.pointee.isStopped = budget & 1 == 1
    if budget >> 1 > 0 { participant.pointee.budgetInstant = reader.instant() }
  }

  private mutating func loadCommunication(_ reader: inout RecordReader) {
    let flags = reader.byte()
    let campaign = images.count > 1 ? Int(reader.unsigned()) : 0
    let participant = person.participants.pointer + campaign
    participant.pointee.communicationCount += 1
    participant.pointee.lastCreated = Int32(person.communications.count)
    let image = images[campaign]
    var communication = Communication(
      number: participant.pointee.communicationCount, plan: -1, name: -1, agent: -1, contextCommunication: -1,
      contextResult: -1, campaign: UInt16(campaign),
      status: CommunicationStatus(rawValue: flags & CommunicationFlags.status) ?? .planned, channel: .max)
    if flags & CommunicationFlags.isSession != 0 {
      communication.channel = reader.byte()
      communication.agent = Int32(reader.unsigned()) - 1
    } else {
      communication.plan = Int32(reader.unsigned())
      let plan = image.plans[Int(communication.plan)]
      (communication.name, communication.agent, communication.channel) = (plan.name, plan.agent, plan.channel)
      communication.plannedAt = reader.instant()
    }
    let hasStarted = flags & CommunicationFlags.hasStarted != 0
    if hasStarted {
      communication.startedAt =
        flags & CommunicationFlags.startedOnTime != 0 ? communication.plannedAt : reader.instant()
    }
    if communication.status.isFinal {
      communication.endedAt =
        (hasStarted ? communication.startedAt : communication.plannedAt) + reader.signed()
    }
    if flags & CommunicationFlags.hasResults != 0 {
      communication.results = loadResults(communication, &reader)
    }
    if communication.status == .planned { loadPlan(&communication, &reader) }
    person.communications.append(communication)
  }

  private mutating func loadResults(_ communication: Communication, _ reader: inout RecordReader) -> Int32 {
    let image = images[Int(communication.campaign)]
    let types = image.resultTypes + Int(image.resultTypeStarts[Int(communication.agent)])
    let first = person.results.count
    for offset in 0..<Int(image.resultCounts[Int(communication.agent)]) {
      person.results.append(optionalValue(types[offset], &reader))
    }
    return Int32(first)
  }

  private mutating func loadPlan(_ communication: inout Communication, _ reader: inout RecordReader) {
    let image = images[Int(communication.campaign)]
    let plan = image.plans[Int(communication.plan)]
    if plan.condition >= 0 {
      communication.contextCommunication = Int32(reader.unsigned()) - 1
      communication.contextResult = Int32(reader.unsigned()) - 1
    }
    communication.payload = Int32(person.payloads.count)
    for offset in 0..<Int(plan.payloadCount) {
      person.payloads.append(optionalValue(image.payloadTypes[Int(plan.firstPayload) + offset], &reader))
    }
  }

  private mutating func optionalValue(_ type: StorageType, _ reader: inout RecordReader) -> Value {
    let tag = reader.byte()
    if tag == 0 { return .unset }
    var loaded = value(type, &reader)
    if tag == 2 { loaded.extra = Int32(truncatingIfNeeded: reader.signed()) }
    return loaded
  }

  private mutating func loadPending(_ reader: inout RecordReader) {
    let count = Int(reader.unsigned())
    for _ in 0..<count {
      let kind = PendingEvent.Kind(rawValue: reader.byte()) ?? .dropped
      let campaign = images.count > 1 ? Int(reader.unsigned()) : 0
      let subject = Int32(reader.unsigned())
      self.campaign = campaign
      var event = PendingEvent(
        time: 0, order: nextOrder(kind.rank), subject: subject, contextCommunication: -1, contextResult: -1,
        plan: -1, campaign: UInt16(campaign), kind: kind)
      switch kind {
      case .start: event.time = person.communications[Int(subject)].plannedAt
      case .expiry: event.time = reader.instant()
      case .handOver, .dropped:
        event.time = reader.instant()
        event.contextCommunication = Int32(reader.unsigned()) - 1
        event.contextResult = Int32(reader.unsigned()) - 1
      case .report:
        event.time = reader.instant()
        event.plan = Int32(reader.unsigned())
        if images[campaign].reports[Int(event.plan)].resultCount > 0 {
          event.contextResult = loadResults(person.communications[Int(subject)], &reader)
        }
      }
      person.schedule(event)
    }
  }
}
