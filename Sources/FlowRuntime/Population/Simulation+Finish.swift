import FlowSchema
import FlowSyntax
import FlowValues
import Synchronization

extension Simulation {
  /// How many people a task plays to the end.
  private static let peopleInBlock = 1024
  /// How many of them are rehearsed at a time.
  private static let peopleInRehearsal = 128

  /// Plays what is left up to and at `until`, writes the export, and sums up.
  ///
  /// - Throws: What `export` has thrown.
  public func finish() throws -> SimulationSummary {
    writeHeaders()
    let tallies = UnsafeMutablePointer<Tally>.allocate(capacity: engines.count)
    for index in 0..<engines.count { (tallies + index).initialize(to: Tally(deployment)) }
    defer {
      tallies.deinitialize(count: engines.count)
      tallies.deallocate()
    }
    let blocks = (population.count + Self.peopleInBlock - 1) / Self.peopleInBlock
    let blocksInRound = configuration.jobs * 4
    var next = 0
    while next < blocks {
      let round = next..<min(next + blocksInRound, blocks)
      // After an interruption the rest are counted as they are.
      finish(blocks: round, playing: !isInterrupted, tallies)
      next = round.upperBound
    }
    for index in 1..<max(engines.count, 1) { tallies[0].add(tallies[index]) }
    if let exportError { throw exportError }
    return summary(tallies[0], wasInterrupted: isInterrupted)
  }

  private func finish(blocks: Range<Int>, playing: Bool, _ tallies: UnsafeMutablePointer<Tally>) {
    let outputs = UnsafeMutablePointer<BlockOutput>.allocate(capacity: blocks.count)
    for index in 0..<blocks.count { (outputs + index).initialize(to: BlockOutput(deployment)) }
    defer {
      outputs.deinitialize(count: blocks.count)
      outputs.deallocate()
    }
    let shared = Unshared((simulation: self, outputs: outputs, tallies: tallies, recorded: recorded))
    workers.run(tasks: blocks.count) { job, task in
      let (simulation, outputs, tallies, recorded) = shared.value
      let first = (blocks.lowerBound + task) * Self.peopleInBlock
      let last = min(first + Self.peopleInBlock, simulation.population.count)
      simulation.finish(
        first..<last, playing, recorded, &simulation.engines[job], &outputs[task], &tallies[job])
      simulation.counters.peopleFinished.add(last - first, ordering: .relaxed)
    }
    for index in 0..<blocks.count {
      for story in outputs[index].visits.told {
        told.add(story.entries, story.person, key: story.key, name: story.name)
      }
      hand(over: outputs[index].visits.notes)
      outputs[index].emit(self)
    }
  }

  /// Plays people to the end. Records are not written again: nothing comes after.
  private func finish(
    _ people: Range<Int>, _ playing: Bool, _ recorded: RecordedPeople, _ engine: inout Engine,
    _ output: inout BlockOutput, _ tally: inout Tally
  ) {
    let until = configuration.until.milliseconds
    let isExported = export != nil
    for person in people {
      if playing, (person - people.lowerBound) % Self.peopleInRehearsal == 0 {
        rehearse(person..<min(person + Self.peopleInRehearsal, people.upperBound), &engine)
      }
      guard let record = store.pointee.record(person) else { continue }
      engine.load(record)
      engine.journal.personIndex = person
      engine.journal.isRecording = recorded.contains(person)
      if playing { engine.advance(to: until, inclusive: true) }
      tally.count(&engine)
      if isExported { output.write(&engine) }
      output.visits.collect(person, row: person, &engine)
    }
  }

  /// Has the scripts run that people will come to.
  private func rehearse(_ people: Range<Int>, _ engine: inout Engine) {
    let until = configuration.until.milliseconds
    engine.rehearse(visits: people.count) { visit, engine in
      guard let record = store.pointee.record(people.lowerBound + visit) else { return }
      engine.load(record)
      engine.advance(to: until, inclusive: true)
    }
  }

  // MARK: Waiting for everybody (semantics D4)

  /// Where flows write keys, plays everybody up to an instant, so that whoever is looked for then has the keys
  /// they have then.
  func barrier(_ instant: Int64) {
    guard writesKeys, instant > lastBarrier else { return }
    lastBarrier = instant
    let results = VisitResults.allocate(1)
    defer { VisitResults.deallocate(results, count: 1) }
    for person in 0..<nextDue.count where nextDue[person] < instant {
      visit(person, recorded, &engines[0], &results.pointee, row: person) { engine, _ in
        engine.advance(to: instant, inclusive: false)
        return true
      }
    }
    collect(results, count: 1)
  }

  func noteDue(_ person: Int, _ engine: inout Engine) {
    while nextDue.count <= person { nextDue.append(.max) }
    nextDue[person] = engine.person.nextDue() ?? .max
  }
}
