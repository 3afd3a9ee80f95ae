import FlowSchema
import Synchronization

/// Campaigns played on a virtual clock over the in-memory store.
///
/// Uploads and events are handed in, in order of time; `finish` plays what is left. People share nothing, so each
/// is played on their own: up to an input when it concerns them, and to the end at last. The order in which
/// people are visited, and by how many threads, changes nothing (semantics E2, T1).
public final class Simulation {
  let deployment: Deployment
  let configuration: SimulationConfiguration
  let workers: Workers
  /// One a thread; the first also works for the store while no other runs.
  let engines: UnsafeMutableBufferPointer<Engine>
  /// Behind an address, so that the threads' reading of it is not taken for overlapping access to this object.
  let store: UnsafeMutablePointer<Population>
  var population: Population {
    _read { yield store.pointee }
    _modify { yield &store.pointee }
  }
  /// One a thread; keeps the touching of memory from being optimised away.
  let touched: UnsafeMutablePointer<UInt64>
  var told = Told()
  /// Whether flows change whom a row belongs to, so that every row waits for what comes before it (D4).
  let writesKeys: Bool
  /// When something is due next for each person, kept only where `keepsDue`.
  var nextDue = Buffer<Int64>(capacity: 16)
  var lastBarrier = Int64.min
  var keepsDue: Bool { writesKeys || configuration.settles }
  /// Where exports go: which file, which campaign, bytes that belong behind those before.
  public var export: ((ExportFile, Int, UnsafeBufferPointer<UInt8>) throws -> Void)?
  let counters = ProgressCounters()
  var exportError: (any Error)?
  var hasHeaders = false
  var outsideInputs: OutsideInputs

  public init(_ deployment: Deployment, _ configuration: SimulationConfiguration) {
    self.deployment = deployment
    self.configuration = configuration
    workers = Workers(jobs: configuration.jobs)
    store = .allocate(capacity: 1)
    store.initialize(to: Population(deployment))
    touched = .allocate(capacity: configuration.jobs)
    touched.initialize(repeating: 0, count: configuration.jobs)
    outsideInputs = OutsideInputs(deployment)
    told.followed = configuration.followedPerson
    writesKeys = deployment.programs.contains { $0.writesKeys }
    engines = .allocate(capacity: configuration.jobs)
    for index in 0..<configuration.jobs {
      engines.initializeElement(at: index, to: Engine(deployment, configuration.engine))
      engines[index].journal.logsRuns = configuration.logsRuns
    }
  }

  /// Goes on from where another simulation stands, on its own: neither knows what becomes of the other.
  ///
  /// - Parameters:
  ///   - deployment: The other's, or one of the same campaigns, which may differ in their tests alone.
  ///   - configuration: For one job; what was recorded of the other is known here too.
  public convenience init(
    following other: Simulation, _ deployment: Deployment, _ configuration: SimulationConfiguration
  ) {
    self.init(deployment, configuration)
    population = other.population.copy(deployment)
    told = other.told
    if configuration.followedPerson != nil { told.followed = configuration.followedPerson }
    nextDue = other.nextDue.copy()
    lastBarrier = other.lastBarrier
    engines[0].totals = other.engines[0].totals.copy()
  }

  deinit {
    engines.baseAddress?.deinitialize(count: engines.count)
    engines.deallocate()
    touched.deallocate()
    store.deinitialize(count: 1)
    store.deallocate()
  }

  /// Asks to stop at the next convenient point; what is done stays, and `finish` reports it.
  public func interrupt() { counters.isInterrupted.store(true, ordering: .relaxed) }

  /// How far the work is; may be asked from any thread.
  public var progress: SimulationProgress { counters.snapshot }
  /// What another thread needs to watch and to stop this simulation.
  public var monitor: SimulationMonitor { SimulationMonitor(counters) }

  /// What the store keeps of everybody, in order of creation; empty for who was taken away. For tests of packing.
  package var records: [[UInt8]] {
    (0..<population.count).map { population.shard(of: $0).pointee.bytes(population.position(of: $0)) }
  }

  /// The recorded people, in order of creation; complete after `finish`.
  public var stories: [Story] { told.stories }
}

/// Watches a simulation, and stops it, from another thread.
public struct SimulationMonitor: Sendable {
  private let counters: ProgressCounters

  init(_ counters: ProgressCounters) { self.counters = counters }

  public var progress: SimulationProgress { counters.snapshot }
  public func interrupt() { counters.isInterrupted.store(true, ordering: .relaxed) }
}

public struct SimulationProgress: Sendable {
  /// Rows of uploads that were read so far, refused ones not counted.
  public var rows: Int
  /// People who were played to the end.
  public var peopleFinished: Int
  public var people: Int
}

final class ProgressCounters: Sendable {
  let rows = Atomic<Int>(0)
  let peopleFinished = Atomic<Int>(0)
  let people = Atomic<Int>(0)
  let isInterrupted = Atomic<Bool>(false)

  var snapshot: SimulationProgress {
    SimulationProgress(
      rows: rows.load(ordering: .relaxed), peopleFinished: peopleFinished.load(ordering: .relaxed),
      people: people.load(ordering: .relaxed))
  }
}

/// Of whom stories are told.
struct RecordedPeople: BitwiseCopyable {
  /// The first so many.
  let count: Int
  /// And one more, wherever they stand; -1 for nobody.
  let followed: Int

  @inline(__always) func contains(_ person: Int) -> Bool { person < count || person == followed }
}

extension Simulation {
  var recorded: RecordedPeople {
    RecordedPeople(count: configuration.storyCount, followed: told.followed ?? -1)
  }
}

/// The stories that are told of a few people.
struct Told {
  private(set) var stories: [Story] = []
  private var positions: [Int: Int] = [:]
  /// Who has the followed key, once that is known.
  var followed: Int?

  func story(of person: Int) -> Story? { positions[person].map { stories[$0] } }

  mutating func add(_ entries: [JournalEntry], _ person: Int, key: String, name: String?) {
    if let position = positions[person] {
      stories[position].entries += entries
      stories[position].key = key
      stories[position].name = name
      return
    }
    let story = Story(person: person, key: key, name: name, entries: entries)
    guard let last = stories.last, last.person > person else {
      positions[person] = stories.count
      return stories.append(story)
    }
    let position = stories.firstIndex { $0.person > person } ?? stories.count
    stories.insert(story, at: position)
    positions = Dictionary(uniqueKeysWithValues: stories.enumerated().map { ($1.person, $0) })
  }
}
