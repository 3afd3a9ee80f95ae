import FlowSchema

/// Packing the person at hand into a record, and back.
///
/// | part | content |
/// |---|---|
/// | profile | a bit for every slot that is set, then the values |
/// | each campaign | whether the person takes part; then bits and values, the latest ended |
/// | communications | as `CommunicationFlags` says, one after another |
/// | pending | in the order in which they were scheduled |
/// | budgets | of each campaign the person takes part in, `budgetBytes` each |
///
/// Keys come first, so that finding out who somebody is reads only the beginning (`RecordKeys`). Budgets come last
/// and have one length, so that of somebody whom a visit has not changed otherwise only they are written over.
extension Engine {
  /// Packs the person into `writer`.
  ///
  /// What is pending is left in the order of scheduling, in which nothing can be played.
  mutating func store() {
    writer.removeAll()
    store(slots: 0, deployment.profileDefaults.count)
    for index in 0..<person.participants.count { store(participant: index) }
    writer.write { $0.unsigned(UInt64(person.communications.count)) }
    for index in 0..<person.communications.count { store(person.communications[index]) }
    storePending()
    var out = writer.open(person.participants.count * Self.budgetBytes)
    storeBudgets(&out)
    writer.close(out)
  }

  // MARK: Budgets

  /// The instant and the count of runs.
  private static let budgetBytes = 12

  private mutating func storeBudgets(_ out: inout RecordCursor) {
    for index in 0..<person.participants.count where person.participants[index].exists {
      let participant = person.participants[index]
      out.fixed(participant.budgetInstant)
      out.fixed(UInt32(participant.runsAtInstant) << 1 | (participant.isStopped ? 1 : 0))
    }
  }

  /// Brings the record that the person was loaded from up to date, where nothing but budgets can have changed.
  mutating func storeBudgets(atEndOf record: UnsafeMutableBufferPointer<UInt8>) {
    guard let start = record.baseAddress else { return }
    var length = 0
    for index in 0..<person.participants.count where person.participants[index].exists {
      length += Self.budgetBytes
    }
    var out = RecordCursor(start + record.count - length)
    storeBudgets(&out)
  }

  /// Whether a record is what packing the person anew would give.
  mutating func isPacked(in record: UnsafeBufferPointer<UInt8>) -> Bool {
    store()
    return writer.bytes.elements.elementsEqual(record)
  }

  private mutating func loadBudgets(_ reader: inout RecordReader) {
    for index in 0..<person.participants.count where person.participants[index].exists {
      let participant = person.participants.pointer + index
      participant.pointee.budgetInstant = reader.fixed(Int64.self)
      let runs = reader.fixed(UInt32.self)
      participant.pointee.runsAtInstant = Int32(runs >> 1)
      participant.pointee.isStopped = runs & 1 == 1
    }
  }

  // MARK: Values

  /// How many bytes values may take, each with a tag and a length or number before its text or behind it.
  private func room(
    _ values: UnsafePointer<Value>, _ types: UnsafePointer<StorageType>, _ count: Int
  ) -> Int {
    var room = count * (1 + 2 * RecordCursor.longestNumber)
    for offset in 0..<count where types[offset] == .text { room += Int(values[offset].extra) }
    return room
  }

  private mutating func store(slots first: Int, _ count: Int) {
    let values = UnsafePointer(person.values.pointer + first)
    let types = UnsafePointer(storage + first)
    let bitBytes = (count + 7) / 8
    var out = writer.open(bitBytes + room(values, types, count))
    let bits = out.position
    out.position += bitBytes
    for group in 0..<bitBytes {
      let start = group * 8
      var rest: UInt8 = 0
      for offset in start..<min(start + 8, count) {
        rest |= (values[offset].isSet ? 1 : 0) << UInt8(offset - start)
      }
      bits[group] = rest
      while rest != 0 {
        let offset = start + rest.trailingZeroBitCount
        rest &= rest &- 1
        store(values[offset], types[offset], &out)
      }
    }
    writer.close(out)
  }

  @inline(__always)
  private func store(_ value: Value, _ type: StorageType, _ out: inout RecordCursor) {
    switch type {
    case .number: out.signed(value.bits)
    case .instant: out.instant(value.bits)
    case .text: out.text(bytes(value))
    }
  }

  /// Values that may be unset; durations have their days behind them.
  private mutating func store(
    optional values: UnsafePointer<Value>, _ types: UnsafePointer<StorageType>, _ count: Int
  ) {
    var out = writer.open(room(values, types, count))
    for offset in 0..<count {
      let value = values[offset]
      let type = types[offset]
      let hasDays = type != .text && value.extra != 0
      out.byte(value.isSet ? hasDays ? 2 : 1 : 0)
      guard value.isSet else { continue }
      store(value, type, &out)
      if hasDays { out.signed(Int64(value.extra)) }
    }
    writer.close(out)
  }

  private mutating func store(participant index: Int) {
    let participant = person.participants[index]
    writer.write { $0.byte(participant.exists ? 1 : 0) }
    guard participant.exists else { return }
    store(slots: images[index].firstSlot, images[index].fieldCount)
    writer.write { $0.unsigned(UInt64(participant.lastEnded + 1)) }
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
    writer.write { out in
      out.byte(flags)
      if person.participants.count > 1 { out.unsigned(UInt64(communication.campaign)) }
      if communication.plan < 0 {
        out.byte(communication.channel)
        out.unsigned(UInt64(communication.agent + 1))
      } else {
        out.unsigned(UInt64(communication.plan))
        out.instant(communication.plannedAt)
      }
      if hasStarted, flags & CommunicationFlags.startedOnTime == 0 { out.instant(communication.startedAt) }
      if communication.status.isFinal {
        let base = hasStarted ? communication.startedAt : communication.plannedAt
        out.signed(communication.endedAt - base)
      }
    }
    if communication.results >= 0 { storeResults(communication, communication.results) }
    if communication.status == .planned { storePlan(communication) }
  }

  private mutating func storeResults(_ communication: Communication, _ first: Int32) {
    let image = images + Int(communication.campaign)
    let types = image.pointee.resultTypes + Int(image.pointee.resultTypeStarts[Int(communication.agent)])
    let count = Int(image.pointee.resultCounts[Int(communication.agent)])
    store(optional: person.results.pointer + Int(first), types, count)
  }

  /// What only a communication that has not started still needs.
  private mutating func storePlan(_ communication: Communication) {
    let image = images + Int(communication.campaign)
    let plan = image.pointee.plans + Int(communication.plan)
    if plan.pointee.condition >= 0 {
      writer.write { out in
        out.unsigned(UInt64(communication.contextCommunication + 1))
        out.unsigned(UInt64(communication.contextResult + 1))
      }
    }
    let count = Int(plan.pointee.payloadCount)
    guard count > 0 else { return }
    store(
      optional: person.payloads.pointer + Int(communication.payload),
      image.pointee.payloadTypes + Int(plan.pointee.firstPayload), count)
  }

  // MARK: Pending

  private mutating func storePending() {
    // In the order of scheduling, so that reading can number them anew.
    sortPending()
    var count = 0
    for index in 0..<person.pending.count where !person.isStale(person.pending[index]) { count += 1 }
    writer.write { $0.unsigned(UInt64(count)) }
    for index in 0..<person.pending.count where !person.isStale(person.pending[index]) {
      store(person.pending[index])
    }
  }

  private mutating func store(_ event: PendingEvent) {
    writer.write { out in
      out.byte(event.kind.rawValue)
      if person.participants.count > 1 { out.unsigned(UInt64(event.campaign)) }
      out.unsigned(UInt64(event.subject))
      switch event.kind {
      case .start: break
      case .expiry: out.instant(event.time)
      case .handOver, .dropped:
        out.instant(event.time)
        out.unsigned(UInt64(event.contextCommunication + 1))
        out.unsigned(UInt64(event.contextResult + 1))
      case .report:
        out.instant(event.time)
        out.unsigned(UInt64(event.plan))
      }
    }
    if event.kind == .report, event.contextResult >= 0 {
      storeResults(person.communications[Int(event.subject)], event.contextResult)
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
    loadBudgets(&reader)
    person.hasChanged = false
  }

  private mutating func load(slots first: Int, _ count: Int, _ place: inout RecordReader) {
    // A copy of its own is kept in a register.
    var reader = place
    defer { place = reader }
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
  }

  private mutating func loadCommunication(_ reader: inout RecordReader) {
    let flags = reader.byte()
    let campaign = person.participants.count > 1 ? Int(reader.unsigned()) : 0
    let participant = person.participants.pointer + campaign
    participant.pointee.communicationCount += 1
    participant.pointee.lastCreated = Int32(person.communications.count)
    let image = images + campaign
    var communication = Communication(
      number: participant.pointee.communicationCount, plan: -1, name: -1, agent: -1, contextCommunication: -1,
      contextResult: -1, campaign: UInt16(campaign),
      status: CommunicationStatus(rawValue: flags & CommunicationFlags.status) ?? .planned, channel: .max)
    if flags & CommunicationFlags.isSession != 0 {
      communication.channel = reader.byte()
      communication.agent = Int32(reader.unsigned()) - 1
    } else {
      communication.plan = Int32(reader.unsigned())
      let plan = image.pointee.plans + Int(communication.plan)
      (communication.name, communication.agent, communication.channel) = (
        plan.pointee.name, plan.pointee.agent, plan.pointee.channel
      )
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
    let image = images + Int(communication.campaign)
    let types = image.pointee.resultTypes + Int(image.pointee.resultTypeStarts[Int(communication.agent)])
    let first = person.results.count
    for offset in 0..<Int(image.pointee.resultCounts[Int(communication.agent)]) {
      person.results.append(optionalValue(types[offset], &reader))
    }
    return Int32(first)
  }

  private mutating func loadPlan(_ communication: inout Communication, _ reader: inout RecordReader) {
    let image = images + Int(communication.campaign)
    let plan = image.pointee.plans + Int(communication.plan)
    if plan.pointee.condition >= 0 {
      communication.contextCommunication = Int32(reader.unsigned()) - 1
      communication.contextResult = Int32(reader.unsigned()) - 1
    }
    communication.payload = Int32(person.payloads.count)
    let types = image.pointee.payloadTypes + Int(plan.pointee.firstPayload)
    for offset in 0..<Int(plan.pointee.payloadCount) {
      person.payloads.append(optionalValue(types[offset], &reader))
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
      let campaign = person.participants.count > 1 ? Int(reader.unsigned()) : 0
      let subject = Int32(reader.unsigned())
      var event = PendingEvent(
        time: 0, order: nextOrder(kind.rank, campaign), subject: subject, contextCommunication: -1,
        contextResult: -1, plan: -1, campaign: UInt16(campaign), kind: kind)
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
