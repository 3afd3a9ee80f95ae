import FlowSchema
import FlowValues

/// How simulated people answer (language 7).
extension Engine {
  /// Runs the model of the agent of a communication that has just started by its time.
  mutating func answer(_ position: Int32) {
    let agent = Int(person.communications[Int(position)].agent)
    guard agent >= 0, image.models[agent] >= 0 else { return }
    run = RunState()
    run.contextCommunication = position
    run.contextResult = person.participants[campaign].lastEnded
    run.modelCommunication = position
    undo.truncate(to: 0)
    stagedEvents.truncate(to: 0)
    stagedPending.truncate(to: 0)
    execute(from: Int(image.models[agent]))
    if run.failure == nil {
      for index in 0..<stagedPending.count { person.schedule(stagedPending[index]) }
    } else {
      noteModelFailure(agent: agent)
    }
  }

  /// Schedules a model's report: the delay lies in registers 0 and 1, the results from 2 on.
  mutating func scheduleReport(_ index: Int) {
    let plan = image.reports[index]
    guard registers[0].isSet, !plan.isRange || registers[1].isSet else {
      run.failure = .unsetSchedule
      return
    }
    guard var time = instant(now, plus: registers[0]) else {
      run.failure = .dateOutOfRange
      return
    }
    if plan.isRange {
      guard let latest = instant(now, plus: registers[1]) else {
        run.failure = .dateOutOfRange
        return
      }
      time += draw(below: max(latest - time, 0) + 1)
    }
    stagedPending.append(
      PendingEvent(
        time: max(time, now), order: nextOrder(.report, campaign), subject: run.modelCommunication,
        contextCommunication: -1, contextResult: storeResults(plan), plan: Int32(index),
        campaign: UInt16(campaign), kind: .report))
  }

  private mutating func storeResults(_ plan: ReportCode) -> Int32 {
    guard plan.resultCount > 0 else { return -1 }
    let agent = Int(person.communications[Int(run.modelCommunication)].agent)
    let first = person.results.count
    person.results.append(repeating: .unset, count: Int(image.resultCounts[agent]))
    for offset in 0..<Int(plan.resultCount) {
      let slot = Int(image.reportResults[Int(plan.firstResult) + offset])
      person.results[first + slot] = registers[2 + offset]
    }
    return Int32(first)
  }

  // MARK: Draws

  /// Whether a draw falls into a chance, in millionths of a percent.
  mutating func draw(chance millionths: Int64) -> Bool { draw(below: 100_000_000) < millionths }

  /// A number from 0 up to `bound`, from the seed, the participant's key, the communication's number and the
  /// count of draws alone.
  private mutating func draw(below bound: Int64) -> Int64 {
    run.draws += 1
    var state = Self.mix(configuration.seed)
    for byte in bytes(key) { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let number = run.modelCommunication >= 0 ? person.communications[Int(run.modelCommunication)].number : 0
    state = Self.mix(state ^ UInt64(UInt32(bitPattern: number)) << 32 ^ run.draws)
    return Int64(state.multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// The finalizer of SplitMix64.
  static func mix(_ value: UInt64) -> UInt64 {
    var state = value &+ 0x9e37_79b9_7f4a_7c15
    state = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
    state = (state ^ (state >> 27)) &* 0x94d0_49bb_1331_11eb
    return state ^ (state >> 31)
  }
}
