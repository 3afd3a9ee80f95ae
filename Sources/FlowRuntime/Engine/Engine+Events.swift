import FlowSchema
import FlowSyntax

/// The order of events and runs (semantics E).
extension Engine {
  /// Plays everything that is due before `limit`, or up to and at it.
  mutating func advance(to limit: Int64, inclusive: Bool) {
    while !scripting.isHalted, let due = person.nextDue(), due < limit || (inclusive && due == limit) {
      play(person.removeEarliest())
      if person.text.count > EngineLimits.workingTextBytes { repack() }
    }
  }

  /// Drops the texts and values that nothing points at any more: over a long time a person writes many.
  private mutating func repack() {
    store()
    load(UnsafeBufferPointer(writer.bytes.elements))
    person.hasChanged = true
  }

  /// Plays one thing that has become due, with all its consequences.
  private mutating func play(_ event: PendingEvent) {
    person.hasChanged = true
    now = event.time
    enter(Int(event.campaign))
    useZone()
    switch event.kind {
    case .start: start(event.subject)
    case .expiry: skip(event.subject, .expired)
    case .handOver:
      totals.count(.fromFlow, campaign)
      queue.append(
        QueuedEvent(
          kind: .fromFlow, contextCommunication: event.contextCommunication,
          contextResult: event.contextResult, flow: event.subject))
    case .report:
      let status = image.reports[Int(event.plan)].status
      _ = report(event.subject, status, results: event.contextResult)
    case .dropped: break
    }
    drain()
  }

  /// Plays the queue to its end.
  mutating func drain() {
    while queueHead < queue.count {
      let event = queue[queueHead]
      queueHead += 1
      dispatch(event)
    }
    queue.truncate(to: 0)
    queueHead = 0
  }

  /// Queues an event that nothing but itself gives a context (semantics C5): the latest created communication,
  /// and the results of the latest ended.
  mutating func enqueue(_ kind: TriggerKind, fields: FieldSet = FieldSet()) {
    totals.count(kind, campaign)
    let participant = person.participants[campaign]
    queue.append(
      QueuedEvent(
        kind: kind, contextCommunication: participant.lastCreated, contextResult: participant.lastEnded,
        fields: fields))
  }

  /// Queues what happened to a communication; its own context is itself (semantics C5).
  mutating func enqueue(_ kind: TriggerKind, communication: Int32, _ status: CommunicationStatus) {
    totals.count(kind, campaign)
    queue.append(
      QueuedEvent(
        kind: kind, status: status, communication: communication, contextCommunication: communication,
        contextResult: communication))
  }

  /// Starts a run in every flow that listens, in declaration order (semantics E3).
  private mutating func dispatch(_ event: QueuedEvent) {
    if journal.isRecording { record(event) }
    let image = self.image
    let kind = Int(event.kind.rawValue)
    for index in Int(image.listenerStarts[kind])..<Int(image.listenerStarts[kind + 1]) {
      let listener = image.listeners[index]
      guard matches(listener, event) else { continue }
      guard takeRun() else { return }
      perform(listener, event)
    }
  }

  /// Narrowing: an event that is filtered out is no run (language 4.1).
  private func matches(_ listener: ListenerCode, _ event: QueuedEvent) -> Bool {
    switch event.kind {
    case .participantCreated, .incomingSession: return true
    case .participantUpdated: return !listener.narrowsFields || listener.fields.intersects(event.fields)
    case .fromFlow: return listener.flow == event.flow
    case .communicationEnded, .communicationUpdated:
      guard listener.statuses >> UInt16(event.status.rawValue) & 1 == 1 else { return false }
      guard listener.nameMask >= 0 else { return true }
      let name = person.communications[Int(event.communication)].name
      return name >= 0 && image.nameMasks[Int(listener.nameMask) + Int(name)] == 1
    }
  }

  // MARK: The budget (semantics E6)

  /// Takes one run from the budget of this instant; where it is used up, the cascade ends here.
  private mutating func takeRun() -> Bool {
    let participant = person.participants.pointer + campaign
    if participant.pointee.budgetInstant != now {
      participant.pointee.budgetInstant = now
      participant.pointee.runsAtInstant = 0
      participant.pointee.isStopped = false
    }
    if participant.pointee.runsAtInstant < configuration.runsPerInstant, runsLeft > 0 {
      participant.pointee.runsAtInstant += 1
      runsLeft -= 1
      return true
    }
    // Whoever has asked to stop has stopped no cascade.
    if !participant.pointee.isStopped, !scripting.isHalted {
      participant.pointee.isStopped = true
      stopCascade()
    }
    queueHead = queue.count
    return false
  }

  private mutating func stopCascade() {
    totals.stoppedCascades += 1
    let chain = recentRuns.repeatingChain(
      campaign: campaign, limit: Int(person.participants[campaign].runsAtInstant))
    journal.stops.append(StoppedCascade(campaign: campaign, key: string(key), at: now, chain: chain))
    if journal.isRecording { journal.entries.append(.cascadeStopped) }
  }

  // MARK: Runs (semantics E4)

  private mutating func perform(_ listener: ListenerCode, _ event: QueuedEvent) {
    beginRun(flow: listener.flow, event)
    recentRuns.append(campaign: campaign, flow: listener.flow, event.kind)
    execute(from: Int(listener.entry))
    if run.failure == nil {
      commitRun()
      totals.countRun(campaign, Int(listener.flow), failed: false)
    } else {
      rollBackRun()
      // Cut short for want of an answer, it is no run that failed.
      if scripting.isHalted { return }
      totals.countRun(campaign, Int(listener.flow), failed: true)
    }
    noteRun(event)
  }

  mutating func beginRun(flow: Int32, _ event: QueuedEvent) {
    run.flow = flow
    run.node = -1
    run.contextCommunication = event.contextCommunication
    run.contextResult = event.contextResult
    run.failure = nil
    run.changed = FieldSet()
    run.firstCommunication = person.communications.count
    run.firstPayload = person.payloads.count
    run.today = .unset
    run.modelCommunication = -1
    run.scriptCalls = 0
    undo.truncate(to: 0)
    stagedEvents.truncate(to: 0)
    stagedPending.truncate(to: 0)
    if journal.isRecording { journal.entries.append(.runStarted(flow: Int(flow))) }
  }

  /// What the run did becomes visible: its events join the queue after all its communications (semantics E5).
  private mutating func commitRun() {
    for index in 0..<stagedPending.count where stagedPending[index].kind != .dropped {
      person.schedule(stagedPending[index])
    }
    let participant = person.participants[campaign]
    for index in 0..<stagedEvents.count {
      var event = stagedEvents[index]
      totals.count(event.kind, campaign)
      if event.kind == .participantUpdated {
        event.contextCommunication = participant.lastCreated
        event.contextResult = participant.lastEnded
      }
      queue.append(event)
    }
  }

  /// Of a failed run nothing remains (semantics E4).
  private mutating func rollBackRun() {
    var index = undo.count
    while index > 0 {
      index -= 1
      takeBack(undo[index])
    }
    let participant = person.participants.pointer + campaign
    let created = person.communications.count - run.firstCommunication
    participant.pointee.communicationCount -= Int32(created)
    person.communications.truncate(to: run.firstCommunication)
    person.payloads.truncate(to: run.firstPayload)
    if created > 0 { participant.pointee.lastCreated = latestCommunication() }
    forgetZones()
  }

  private func latestCommunication() -> Int32 {
    var index = person.communications.count
    while index > 0 {
      index -= 1
      if Int(person.communications[index].campaign) == campaign { return Int32(index) }
    }
    return -1
  }

  private mutating func takeBack(_ entry: UndoEntry) {
    switch entry.kind {
    case .field: person.values[Int(entry.index)] = entry.value
    case .cancellation:
      let communication = person.communications.pointer + Int(entry.index)
      communication.pointee.status = CommunicationStatus(rawValue: UInt8(entry.value.bits)) ?? .planned
      communication.pointee.endedAt = Communication.unsetTime
      person.participants.pointer[campaign].lastEnded = entry.value.extra
    case .handOver:
      for index in 0..<person.pending.count
      where person.pending[index].kind == .dropped && person.pending[index].order == UInt64(entry.value.bits)
      {
        person.pending.pointer[index].kind = .handOver
      }
    }
  }
}
