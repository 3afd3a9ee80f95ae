import FlowSchema
import FlowSyntax
import FlowValues

/// The life of communications (semantics C).
extension Engine {
  /// Creates a communication as the plan at hand says; its arguments lie in the registers from 0 on.
  mutating func plan(_ index: Int) {
    let plan = image.plans[index]
    guard let asked = time(plan.schedule, plan.window) else { return fail(.unsetSchedule) }
    guard let start = moved(asked, into: plan.window) else { return fail(.dateOutOfRange) }
    var expiry = Int64.max
    if plan.hasExpiry {
      guard registers[2].isSet else { return fail(.unsetSchedule) }
      guard let limit = instant(asked.instant, plus: registers[2]) else { return fail(.dateOutOfRange) }
      expiry = limit
    }
    let participant = person.participants.pointer + campaign
    guard Int(participant.pointee.communicationCount) < EngineLimits.communicationsPerParticipant else {
      return fail(.tooManyCommunications)
    }
    participant.pointee.communicationCount += 1
    var communication = Communication(
      number: participant.pointee.communicationCount, plan: Int32(index), name: plan.name, agent: plan.agent,
      contextCommunication: run.contextCommunication, contextResult: run.contextResult,
      campaign: UInt16(campaign), status: .planned, channel: plan.channel)
    communication.plannedAt = start
    communication.payload = Int32(person.payloads.count)
    let firstValue = plan.hasExpiry ? 3 : 2
    for offset in 0..<Int(plan.payloadCount) { person.payloads.append(registers[firstValue + offset]) }
    let position = Int32(person.communications.count)
    person.communications.append(communication)
    participant.pointee.lastCreated = position
    // The start would come too late: skipped at the limit, or at once where it has passed (semantics C3).
    let isLate = start > expiry
    stage(isLate ? .expiry : .start, at: isLate ? max(expiry, now) : start, subject: position)
    guard journal.isRecording else { return }
    if deployment.observes {
      observe(index, asked: asked.instant, local: asked.local, start: start, expiry: expiry)
    }
    record(position)
  }

  private mutating func fail(_ reason: RunFailureReason) {
    // What failed first counts: a conversion that failed has named its own reason.
    if run.failure == nil { run.failure = reason }
  }

  private mutating func stage(_ kind: PendingEvent.Kind, at time: Int64, subject: Int32) {
    person.hasChanged = true
    stagedPending.append(
      PendingEvent(
        time: time, order: nextOrder(kind.rank, campaign), subject: subject,
        contextCommunication: run.contextCommunication,
        contextResult: run.contextResult, plan: -1, campaign: UInt16(campaign), kind: kind))
  }

  mutating func nextOrder(_ rank: PendingEvent.Rank, _ campaign: Int) -> UInt64 {
    person.nextSequence += 1
    return PendingEvent.order(rank, campaign: campaign, sequence: person.nextSequence)
  }

  // MARK: When (language 4.3, semantics T4)

  /// A time asked for; `local` is what the statement named, where it named a local day and time.
  private struct AskedTime {
    var instant: Int64
    var local: LocalDateTime?
  }

  /// The time asked for, before any window; `nil` where the schedule is unset (semantics C7) or fails.
  private mutating func time(_ kind: ScheduleKind, _ window: ContactWindow?) -> AskedTime? {
    let first = registers[0]
    switch kind {
    case .now: return AskedTime(instant: now)
    case .after: return first.isSet ? checked(instant(now, plus: first).map { AskedTime(instant: $0) }) : nil
    case .atDatetime: return first.isSet ? AskedTime(instant: first.bits) : nil
    case .atTime: return first.isSet ? checked(next(first.bits)) : nil
    case .onDateAtTime:
      guard first.isSet, registers[1].isSet else { return nil }
      return checked(asked(day: first.bits, time: registers[1].bits))
    case .onDate:
      guard first.isSet else { return nil }
      let start = window?.hours?.start ?? .midnight
      return checked(asked(day: first.bits, time: Int64(start.milliseconds)))
    }
  }

  private mutating func checked(_ asked: AskedTime?) -> AskedTime? {
    if asked == nil { run.failure = .dateOutOfRange }
    return asked
  }

  private mutating func asked(day: Int64, time: Int64) -> AskedTime? {
    guard let local = LocalDateTime(milliseconds: day * TimeOfDay.millisecondsPerDay + time),
      let instant = clock.instant(local)
    else { return nil }
    return AskedTime(instant: instant, local: local)
  }

  /// The next time the clock shows a time of day: exactly then is now.
  private mutating func next(_ time: Int64) -> AskedTime? {
    let local = clock.local(now)
    if Int64(local.time.milliseconds) == time { return AskedTime(instant: now) }
    let day = Int64(local.date.dayNumber)
    if let today = asked(day: day, time: time), today.instant >= now { return today }
    return asked(day: day + 1, time: time)
  }

  /// A start in the past is now, then it moves into the window; what the clocks skip or double comes last
  /// (semantics T4).
  private mutating func moved(_ asked: AskedTime, into window: ContactWindow?) -> Int64? {
    var start = max(asked.instant, now)
    guard let window else { return start }
    if asked.instant >= now, let local = asked.local {
      guard let allowed = window.earliest(from: local) else { return nil }
      if allowed == local { return start }
      guard let moved = clock.instant(allowed) else { return nil }
      if moved >= now { return moved }
      // Asked for within an hour that is skipped: the window has opened already, so now decides.
      start = now
    }
    let local = clock.local(start)
    guard let allowed = window.earliest(from: local) else { return nil }
    guard allowed != local, let first = clock.instant(allowed) else { return allowed == local ? start : nil }
    // In the second of two equal hours the first reading of what lies ahead has passed.
    return first >= start ? first : start + allowed.milliseconds - local.milliseconds
  }

  // MARK: Hand-overs (semantics E8)

  mutating func handOver(_ plan: HandOverPlan) {
    if plan.schedule == .now {
      stagedEvents.append(
        QueuedEvent(
          kind: .fromFlow, contextCommunication: run.contextCommunication, contextResult: run.contextResult,
          flow: Int32(plan.flow)))
      if journal.isRecording { recordHandOver(plan.flow, at: nil) }
      return
    }
    guard let asked = time(plan.schedule, nil) else { return fail(.unsetSchedule) }
    let start = max(asked.instant, now)
    stage(.handOver, at: start, subject: Int32(plan.flow))
    if journal.isRecording { recordHandOver(plan.flow, at: start) }
  }

  mutating func cancelHandOvers(to flow: Int32) {
    for index in 0..<person.pending.count {
      let event = person.pending[index]
      guard event.kind == .handOver, event.subject == flow, Int(event.campaign) == campaign else { continue }
      person.pending.pointer[index].kind = .dropped
      person.hasChanged = true
      undo.append(
        UndoEntry(kind: .handOver, index: 0, value: Value(bits: Int64(bitPattern: event.order))))
    }
    for index in 0..<stagedPending.count
    where stagedPending[index].kind == .handOver && stagedPending[index].subject == flow {
      stagedPending.pointer[index].kind = .dropped
    }
    if journal.isRecording { journal.entries.append(.handOverCanceled(flow: Int(flow))) }
  }

  // MARK: Cancel Communications (semantics C4)

  mutating func cancel(_ cancellation: CancellationCode) {
    let participant = person.participants.pointer + campaign
    for index in 0..<person.communications.count {
      let communication = person.communications[index]
      guard Int(communication.campaign) == campaign, communication.name >= 0, !communication.status.isFinal,
        !cancellation.plannedOnly || communication.status == .planned,
        cancellation.nameMask < 0
          || image.nameMasks[Int(cancellation.nameMask) + Int(communication.name)] == 1
      else { continue }
      let old = Value(bits: Int64(communication.status.rawValue), extra: participant.pointee.lastEnded)
      undo.append(UndoEntry(kind: .cancellation, index: Int32(index), value: old))
      person.hasChanged = true
      person.communications.pointer[index].status = .canceled
      person.communications.pointer[index].endedAt = now
      participant.pointee.lastEnded = Int32(index)
      stagedEvents.append(
        QueuedEvent(
          kind: .communicationEnded, status: .canceled, communication: Int32(index),
          contextCommunication: Int32(index), contextResult: Int32(index)))
      if journal.isRecording { record(Int32(index)) }
    }
  }

  // MARK: Start, end, report

  /// The start of a planned communication has come (semantics C3).
  mutating func start(_ position: Int32) {
    let communication = person.communications[Int(position)]
    if let reason = obstacle(communication) { return skip(position, reason) }
    let stored = person.communications.pointer + Int(position)
    stored.pointee.status = .started
    stored.pointee.startedAt = now
    if journal.isRecording { record(position) }
    stored.pointee.payload = -1
    if configuration.usesModels { answer(position) }
    enqueue(.communicationUpdated, communication: position, .started)
  }

  private mutating func obstacle(_ communication: Communication) -> SkipReason? {
    let condition = image.plans[Int(communication.plan)].condition
    if condition >= 0, !holds(Int(condition), for: communication) { return .conditionNotTrue }
    return hasAddress(communication.channel) ? nil : .noAddress
  }

  /// Whether `only if` is true, read now, with the context of the run that created the communication.
  private mutating func holds(_ condition: Int, for communication: Communication) -> Bool {
    run = RunState()
    run.contextCommunication = communication.contextCommunication
    run.contextResult = communication.contextResult
    execute(from: condition)
    return run.failure == nil && registers[0].isTrue
  }

  @inline(__always) private func hasAddress(_ channel: UInt8) -> Bool {
    switch ChannelKind(rawValue: channel) {
    case .email: isFilled(.email)
    case .voice: isFilled(.phone)
    case .whatsapp: isFilled(.whatsappID) || isFilled(.phone)
    case .telegram: isFilled(.telegramID)
    case nil: true
    }
  }

  @inline(__always) private func isFilled(_ field: SystemField.Profile) -> Bool {
    let value = person.values[field.rawValue]
    return value.isSet && value.extra > 0
  }

  /// Ends a communication that does not start.
  mutating func skip(_ position: Int32, _ reason: SkipReason) {
    let stored = person.communications.pointer + Int(position)
    stored.pointee.status = .skipped
    stored.pointee.endedAt = now
    person.participants.pointer[campaign].lastEnded = position
    if journal.isRecording { record(position, skipped: reason) }
    enqueue(.communicationEnded, communication: position, .skipped)
  }

  /// Applies a report (semantics C2). Results lie in `Person.results` from `results` on, -1 without.
  ///
  /// - Returns: Whether it changed anything; a report of a status at or before the present one does not.
  mutating func report(_ position: Int32, _ status: CommunicationStatus, results: Int32) -> Bool {
    let stored = person.communications.pointer + Int(position)
    let present = stored.pointee.status
    guard !present.isFinal, status.rawValue > present.rawValue else {
      totals.ignoredReports += 1
      if journal.isRecording { recordIgnored(position, status) }
      return false
    }
    person.hasChanged = true
    if status != .skipped, status != .canceled, stored.pointee.startedAt == Communication.unsetTime {
      stored.pointee.startedAt = now
    }
    stored.pointee.status = status
    stored.pointee.payload = -1
    if status.isFinal {
      stored.pointee.endedAt = now
      stored.pointee.results = results
      person.participants.pointer[campaign].lastEnded = position
    }
    if journal.isRecording { record(position) }
    enqueue(status.isFinal ? .communicationEnded : .communicationUpdated, communication: position, status)
    return true
  }

  // MARK: `communications(…)` (language 5)

  mutating func count(_ instruction: Instruction) -> Value {
    let query = image.queries[Int(instruction.c)]
    let limit = registers[Int(instruction.b)]
    if query.isWithin, !limit.isSet { return .unset }
    let reach = query.isWithin ? limit.durationLength : 0
    var count: Int64 = 0
    for index in 0..<person.communications.count {
      let communication = person.communications[index]
      guard Int(communication.campaign) == campaign,
        query.statuses >> UInt16(communication.status.rawValue) & 1 == 1,
        query.name < 0 || Int(communication.name) == query.name,
        query.channel < 0 || Int(communication.channel) == query.channel
      else { continue }
      if query.isWithin {
        let time = communication.status == .planned ? communication.plannedAt : communication.startedAt
        guard time != Communication.unsetTime, abs(time - now) <= reach else { continue }
      }
      count += 1
    }
    return Value(bits: count)
  }
}
