import FlowCheck
import FlowRuntime
import FlowSchema
import FlowValues
import Testing

/// What holds whatever the campaign, the people and the events; a failing case names its seed.
struct PropertyTests {
  /// A campaign with a bit of everything, and loops that end by the budget.
  static let busy = Lab.campaign(
    """
    window office 09:00..18:00 mon..fri
    flow greet {
      on participant created {
        check communications() < 3 {
          email HELLO by bot on participant.d at 10:00 within office expires in 30d only if participant.yes
            with { text = participant.s, half = participant.a / 2, until = participant.w, wait = 1d2h }
        } else { whatsapp AGAIN by bot in 2d within 22:00..06:00 }
        to flow remind in 3d
        check participant.a > 150 { update participant.b = 0 }
      }
      on incoming session { cancel planned communications to flow remind }
    }
    flow remind {
      on from flow {
        log(communication.name)
        voice CALL by bot in 1h only if result.r is not set or result.r > 1
        update participant.stage = default(result.outcome, lost), participant.w = now + 1d
        check participant.a == 7 { cancel flow remind }
      }
    }
    flow watch {
      on communication ended { update participant.s = slice(default(result.note, "none"), 0, 3) + text(communications()) }
      on participant updated (b) { update participant.b = participant.b + 1 }
    }
    flow fail { on communication updated (delivered) { cancel communications update participant.a = 1 % participant.b } }
    flow early { on participant updated (stage) { check participant.stage == won { cancel communications } } }
    model bot {
      progress delivered after 1s..1h
      chance 30% { end completed { r = 1, note = text(now), outcome = won, seen = now } after 5m..3d }
      else chance 50% { progress read after 2h end completed { r = 2, on = today, outcome = lost } after 1d }
      else { end no_response after 2d }
    }
    """, zone: "Europe/Madrid")

  private static func worlds(seed: UInt64, jobs: Int = 1) throws -> World {
    try World(
      [busy, busy.replacing("campaign lab", with: "campaign other")], seed: seed, jobs: jobs, budget: 40)
  }

  @Test("T1: the same inputs give the same bytes, on any number of threads", arguments: [1, 2] as [UInt64])
  func determinism(seed: UInt64) throws {
    var outcomes: [String] = []
    for jobs in [1, 2, 4] {
      let world = try Self.worlds(seed: seed, jobs: jobs)
      world.play(RandomInputs(world.deployment, seed: seed, people: 200, events: 200))
      try world.finish()
      outcomes.append(world.outcome + world.runs)
    }
    #expect(outcomes[0].utf8.count > 50_000)
    let same = outcomes.map { $0 == outcomes[0] }
    #expect(same == [true, true, true], "seed \(seed), jobs 1, 2 and 4")
  }

  @Test(
    "packing: a person who is packed and unpacked goes on as if nothing had been",
    arguments: [11, 12, 13, 14] as [UInt64])
  func packing(seed: UInt64) throws {
    let people = 12
    let plain = try Self.worlds(seed: seed)
    let inputs = RandomInputs(plain.deployment, seed: seed, people: people, events: 250)
    plain.play(inputs)
    try plain.finish()
    let packed = try Self.worlds(seed: seed)
    packed.play(inputs, reloading: people)
    let before = packed.simulation.records
    packed.reload(people, at: "2026-01-05T08:00:00Z")
    let isSame = packed.simulation.records == before
    #expect(isSame, "seed \(seed): store, load, store")
    for day in ["2026-06-01", "2026-06-02", "2026-08-01", "2026-12-01"] {
      packed.reload(people, at: day + "T00:00:00Z")
    }
    try packed.finish()
    let (a, b) = (plain.outcome.split(separator: "\n"), packed.outcome.split(separator: "\n"))
    let difference = zip(a, b).first { $0 != $1 }
    #expect(difference == nil, "seed \(seed)")
    #expect(a.count == b.count, "seed \(seed)")
    #expect(plain.runsByPerson.count > 500)
    let run = zip(plain.runsByPerson, packed.runsByPerson).first { $0 != $1 }
    #expect(run == nil, "seed \(seed)")
  }

  @Test(
    "packing: a record that was only brought up to date is what packing the person anew gives",
    arguments: [15, 16] as [UInt64])
  func bringingUpToDate(seed: UInt64) throws {
    let world = try Self.worlds(seed: seed)
    let inputs = RandomInputs(world.deployment, seed: seed, people: 200, events: 0, sharesKeys: false)
    guard case .rows(let rows, _, _) = inputs.steps[0] else { return }
    world.uploadTogether(rows, at: "2026-01-01T00:00:00Z")
    world.uploadTogether(rows, at: "2026-01-01T08:00:00Z")
    var stepper = Stepper(world.deployment, EngineConfiguration(seed: seed, runsPerInstant: 40))
    var quiet = 0
    for record in world.simulation.records {
      let step = stepper.step(PersonState(trusted: record), .due, at: World.instant("2026-01-01T08:00:00Z"))
      guard step.journal.isEmpty else { continue }
      #expect(step.state.bytes == record, "seed \(seed)")
      quiet += 1
    }
    #expect(quiet > 20, "seed \(seed)")
  }

  @Test(
    "D4: rows that are looked up together find whom they find one by one",
    arguments: [41, 42, 43] as [UInt64])
  func lookingUpTogether(seed: UInt64) throws {
    var random = Seeded(seed)
    let source = Lab.campaign("flow go { on participant created { log(participant.s) } }")
    let rows = (0..<400).map { number in
      var row: [(field: String, value: String)] = [("s", "\(number)")]
      for (field, holders) in [("external_id", 60), ("email", 90), ("phone", 90)] as [(String, Int)]
      where Int.random(in: 0..<3, using: &random) > 0 {
        row.append(
          (field, "\(Int.random(in: 0..<holders, using: &random))" + (field == "email" ? "@x.org" : "")))
      }
      return row
    }.filter { $0.count > 1 }
    var outcomes: [String] = []
    for (jobs, size) in [(1, 1), (1, 400), (2, 400), (2, 37)] {
      let world = try World(source, jobs: jobs)
      var refused: [String] = []
      for first in stride(from: 0, to: rows.count, by: size) {
        let part = Array(rows[first..<min(first + size, rows.count)])
        refused += world.uploadTogether(part).refusals.map { "\(first + $0.row) \($0.field) \($0.reason)" }
      }
      try world.finish()
      outcomes.append(world.participants + refused.joined(separator: "\n"))
    }
    #expect(outcomes[0].contains("finds"))
    for outcome in outcomes.dropFirst() { #expect(outcome == outcomes[0], "seed \(seed)") }
  }

  @Test("language 7: draws depend on the person alone", arguments: [21, 22] as [UInt64])
  func draws(seed: UInt64) throws {
    let source = Self.busy
    let alone = try World(source, seed: seed)
    let inputs = RandomInputs(alone.deployment, seed: seed, people: 40, events: 0, sharesKeys: false)
    guard case .rows(let rows, let at, _) = inputs.steps[0] else { return }
    var random = Seeded(seed)
    let crowd = try World(source, seed: seed, jobs: 2)
    crowd.uploadTogether(rows.shuffled(using: &random), at: at)
    try crowd.finish()
    func lines(_ world: World, _ person: String) -> [Substring] {
      (world.participants + world.communications).split(separator: "\n").filter { $0.hasPrefix("\(person),") }
    }
    var count = 0
    for person in [0, 7, 19, 39] {
      let world = try World(source, seed: seed)
      world.uploadTogether([rows[person]], at: at)
      try world.finish()
      count += lines(world, "p\(person)").count
      #expect(lines(world, "p\(person)") == lines(crowd, "p\(person)"), "seed \(seed), person \(person)")
    }
    #expect(count > 6)
    let other = try World(source, seed: seed + 1)
    other.uploadTogether(rows, at: at)
    try other.finish()
    #expect(other.communications != crowd.communications)
  }

  @Test("every sample survives any rows and events, on any number of threads", arguments: Samples.names)
  func samples(_ name: String) throws {
    let campaign = try Samples.campaign(name)
    for seed in 31...32 as ClosedRange<UInt64> {
      var outcomes: [String] = []
      for jobs in [1, 2] {
        let world = try World([campaign], until: "2026-12-31T00:00:00Z", seed: seed, jobs: jobs)
        world.play(RandomInputs(world.deployment, seed: seed, people: 30, events: 90))
        try world.finish()
        outcomes.append(world.outcome + world.runs)
      }
      #expect(outcomes[0] == outcomes[1], "\(name), seed \(seed)")
      #expect(outcomes[0].utf8.count > 1000)
    }
  }
}
