import Glibc

/// What `flow run` costs for the payment reminder, uploaded twice (figure 3).
struct RunBench {
  var setting: BenchSetting

  private struct Cost {
    var people: Double
    var processorSeconds: Double
    var wallSeconds: Double
    var events: Double
    var peakBytes: Double
    var coresTakenByOthers: Double
  }

  func run(_ table: BenchTable) {
    let sizes = setting.isQuick ? [1000, 10_000] : [10_000, 100_000, 1_000_000]
    var alone: [Cost] = []
    for size in sizes {
      guard let costs = measure(size, .all, table) else { return }
      alone.append(costs)
    }
    guard measure(sizes[sizes.count - 1], .needed, table) != nil else { return }
    reportGrowth(alone, table)
    compareOutputs(table)
  }

  /// Measures one and two jobs over a file of people; what one job cost, or `nil` where something failed.
  private func measure(
    _ size: Int, _ columns: PopulationGenerator.Columns, _ table: BenchTable
  ) -> Cost? {
    let file = setting.folder.file("people.csv")
    defer { unlink(file) }
    guard setting.generatePeople(size, file, columns: columns) else {
      fail(table, "the people could not be generated")
      return nil
    }
    var costs: [Cost] = []
    for jobs in [1, 2] {
      guard let cost = measure(file, people: size, jobs: jobs) else {
        fail(table, "it failed")
        return nil
      }
      report(cost, columns, jobs: jobs, table)
      costs.append(cost)
    }
    return costs[0]
  }

  private func fail(_ table: BenchTable, _ reason: String) {
    table.row(BenchRow("flow run", says: reason))
  }

  // MARK: Measuring

  private func arguments(_ file: String, jobs: Int) -> [String] {
    [
      "run", setting.campaign, "--participants", file, "--participants", "\(file)@2026-01-16T00:00:00Z",
      "--from",
      "2026-01-01", "--format", "json", "--jobs", "\(jobs)",
    ]
  }

  /// The run of median wall time, of more runs where they are short.
  private func measure(_ file: String, people: Int, jobs: Int) -> Cost? {
    var costs: [Cost] = []
    for _ in 0..<(people > 100_000 ? 3 : 5) {
      guard let child = setting.runFlow(arguments(file, jobs: jobs)), child.exitCode == 0 else { return nil }
      let json = Summary(child.output)
      guard json.number("participants") == Double(people) else { return nil }
      costs.append(
        Cost(
          people: Double(people), processorSeconds: child.processorSeconds, wallSeconds: child.wallSeconds,
          events: json.eventCount,
          peakBytes: json.number("peakMemoryBytes") ?? .nan, coresTakenByOthers: child.coresTakenByOthers))
    }
    return costs.sorted { $0.wallSeconds < $1.wallSeconds }[costs.count / 2]
  }

  // MARK: Reporting

  private func report(
    _ cost: Cost, _ columns: PopulationGenerator.Columns, jobs: Int, _ table: BenchTable
  ) {
    let isMillion = cost.people == 1e6
    let width = columns == .all ? "12 columns" : "7 columns"
    let who = "\(decimal(cost.people, 0)) people, \(width), \(jobs) \(jobs == 1 ? "job" : "jobs"): "
    table.row(
      BenchRow(
        who + "CPU", cost.processorSeconds, .seconds, isMillion && jobs == 1 ? .atMost(3) : .none))
    table.row(
      BenchRow(who + "wall", cost.wallSeconds, .seconds, isMillion && jobs == 2 ? .below(1.7) : .none))
    table.row(BenchRow(who + "cores taken by others meanwhile", cost.coresTakenByOthers, .cores))
    table.row(BenchRow(who + "events", cost.events, .count))
    table.row(BenchRow(who + "events a second of wall", cost.events / cost.wallSeconds, .eventsPerSecond))
    table.row(
      BenchRow(who + "CPU an event", cost.processorSeconds * 1e9 / cost.events, .nanoseconds))
    table.row(
      BenchRow(
        who + "peak memory a person", cost.peakBytes / cost.people, .bytes, isMillion ? .below(250) : .none))
  }

  private func reportGrowth(_ costs: [Cost], _ table: BenchTable) {
    guard costs.count >= 2 else { return }
    let (few, many) = (costs[costs.count - 2], costs[costs.count - 1])
    let step = "\(decimal(few.people, 0)) to \(decimal(many.people, 0)) people, 1 job: "
    let growth = many.people / few.people
    table.row(
      BenchRow(
        step + "CPU over 10x", many.processorSeconds / few.processorSeconds / growth, .times, .atMost(1.15)))
    table.row(
      BenchRow(
        step + "memory a further person", (many.peakBytes - few.peakBytes) / (many.people - few.people),
        .bytes))
  }

  // MARK: Outputs

  private func compareOutputs(_ table: BenchTable) {
    let people = setting.isQuick ? 1000 : 10_000
    let figure = "--out for \(decimal(Double(people), 0)) people, jobs 1 and 2"
    let file = setting.folder.file("people.csv")
    let folders = [1, 2].map { setting.folder.file("out\($0)") }
    guard setting.generatePeople(people, file) else { return }
    for (jobs, folder) in zip([1, 2], folders) {
      guard setting.runFlow(arguments(file, jobs: jobs) + ["--out", folder])?.exitCode == 0 else {
        table.row(BenchRow(figure, says: "flow run --out failed"))
        return
      }
    }
    let names = TemporaryFolder.names(in: folders[0])
    let differing = names.filter {
      bytes(ofFile: "\(folders[0])/\($0)") != bytes(ofFile: "\(folders[1])/\($0)")
    }
    let isSame = !names.isEmpty && differing.isEmpty && names == TemporaryFolder.names(in: folders[1])
    let says = isSame ? "\(names.count) files identical" : "differ: \(differing.joined(separator: " "))"
    table.row(BenchRow(figure, says: says, isMet: isSame))
  }
}

/// The numbers in what `flow run --format json` prints.
struct Summary {
  private let text: String

  init(_ bytes: [UInt8]) { text = String(decoding: bytes, as: UTF8.self) }

  /// The first number under a key.
  func number(_ key: String) -> Double? {
    guard let tail = text(after: "\"\(key)\":") else { return nil }
    return Double(String(tail.prefix { $0.isNumber || $0 == "." || $0 == "-" || $0 == "e" }))
  }

  /// The sum over the kinds of event.
  var eventCount: Double {
    guard let tail = text(after: "\"events\":{") else { return .nan }
    return tail.prefix { $0 != "}" }.split(separator: ",").reduce(0) { sum, pair in
      sum + (pair.split(separator: ":").last.flatMap { Double(String($0)) } ?? 0)
    }
  }

  private func text(after mark: String) -> Substring? {
    var rest = text[...]
    while !rest.isEmpty {
      if rest.hasPrefix(mark) { return rest.dropFirst(mark.count) }
      rest = rest.dropFirst()
    }
    return nil
  }
}
