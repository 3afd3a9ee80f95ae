import FlowPython
import FlowRuntime
import FlowValues
import Glibc

/// What a Python statement costs (figure 5).
struct ScriptBench {
  private static let script = """
    employees = participant["employees"] or 0
    visits = participant["visits"] or 0
    writes["score"] = min(100, employees // 20 + visits * 3)
    writes["reason"] = "size" if employees > 100 else "none"
    """
  private static let reads = ["employees", "visits", "pages", "country"].map {
    ScriptRead(record: "participant", field: $0)
  }
  private static let writes = [
    ScriptWrite(keys: ["score"], type: .integer), ScriptWrite(keys: ["reason"], type: .text),
  ]

  var setting: BenchSetting

  func run(_ table: BenchTable) {
    guard let host = host() else {
      return table.row(BenchRow("Python", says: "skipped: there is none"))
    }
    measureStart(host, table)
    let count = setting.isQuick ? 5000 : 100_000
    let empty = rate(host, 0, values: [], count: count, threads: 1)
    table.row(BenchRow("calls of an empty script, one worker, one by one", empty, .callsPerSecond))
    for (threads, workers) in [(1, "one worker"), (2, "two workers")] {
      let alone = rate(host, 1, values: Self.values, count: count, threads: threads)
      table.row(BenchRow("calls of a small script, \(workers), one by one", alone, .callsPerSecond))
      let ahead = rate(host, 1, values: Self.values, count: count, threads: threads, together: 64)
      let figure = "calls of a small script, \(workers), run ahead by 64"
      table.row(BenchRow(figure, ahead, .callsPerSecond, threads == 1 ? .atLeast(40_000) : .none))
    }
    if let remark = host.remark { table.row(BenchRow("walls", says: remark)) }
    measurePopulation(table)
  }

  private static var values: [ScriptValue] {
    [.integer(477), .integer(11), .text("api security pricing"), .text("DE")]
  }

  private func host() -> PythonHost? {
    let path = getenv("PATH").map { String(cString: $0) } ?? ""
    let sources = [
      ScriptSource(name: "empty.py", text: ""),
      ScriptSource(name: "small.py", text: Self.script, reads: Self.reads, writes: Self.writes),
    ]
    return try? PythonHost(interpreter: nil, searchPath: path, sources: [sources])
  }

  /// From nothing to the first answer: finding out what the interpreter is comes with the first worker alone.
  private func measureStart(_ host: PythonHost, _ table: BenchTable) {
    var times: [Double] = []
    for _ in 0..<(setting.isQuick ? 3 : 9) {
      let start = Stopwatch.now(CLOCK_MONOTONIC)
      _ = host.makeRunner().run(call(0, [], number: 1))
      times.append((Stopwatch.now(CLOCK_MONOTONIC) - start) * 1000)
    }
    table.row(BenchRow("first call of the first worker", times[0], .milliseconds, .atMost(150)))
    table.row(
      BenchRow(
        "first call of a further worker", median(Array(times.dropFirst())), .milliseconds, .atMost(150)))
  }

  private func call(_ script: Int, _ values: [ScriptValue], number: Int) -> ScriptCall {
    ScriptCall(
      script: ScriptID(campaign: 0, index: script), values: values, now: .epoch, seed: UInt64(number),
      place: ScriptPlace(person: "c1", run: 1, call: number), timeoutMilliseconds: 10_000)
  }

  /// Calls a second, of all threads together; the best of three.
  private func rate(
    _ host: PythonHost, _ script: Int, values: [ScriptValue], count: Int, threads: Int, together: Int = 1
  ) -> Double {
    var best = 0.0
    for _ in 0..<3 {
      let runners = (0..<threads).map { _ in host.makeRunner() }
      for runner in runners { _ = runner.run(call(script, values, number: 0)) }
      let start = Stopwatch.now(CLOCK_MONOTONIC)
      let failures = Crowd.run(threads) { thread in
        var failures = 0
        for first in stride(from: 0, to: count, by: together) {
          let calls = (first..<min(first + together, count)).map { call(script, values, number: $0) }
          if together > 1, let runner = runners[thread] as? any ForeseeingRunner {
            runner.forget()
            runner.foresee(calls)
          }
          for call in calls { if case .failed = runners[thread].run(call) { failures += 1 } }
        }
        return failures
      }
      guard failures == 0 else { return .nan }
      best = max(best, Double(count * threads) / (Stopwatch.now(CLOCK_MONOTONIC) - start))
    }
    return best
  }

  // MARK: A population

  private static let campaign = """
    campaign scores {
    }
    participant {
      visits: integer = 0
      score: integer internal
    }
    flow score {
      on participant created {
        python "score.py" reads participant.visits writes participant.score
      }
    }
    """

  /// `flow run` over people each of whom meets one script.
  private func measurePopulation(_ table: BenchTable) {
    let people = setting.isQuick ? 5000 : 200_000
    let campaign = setting.folder.file("scores.flow")
    let file = setting.folder.file("visits.csv")
    let rows = (0..<people).map { "c\($0),\($0 % 40)\n" }.joined()
    guard write(Self.campaign, campaign), write("external_id,visits\n" + rows, file),
      write("writes[\"score\"] = participant[\"visits\"] * 3\n", setting.folder.file("score.py"))
    else { return table.row(BenchRow("flow run with a script", says: "no file can be written")) }
    for jobs in [1, 2] {
      let arguments = [
        "run", campaign, "--participants", file, "--format", "json", "--jobs", "\(jobs)", "--allow-python",
      ]
      guard let child = setting.runFlow(arguments + ["-q"]), child.exitCode == 0 else {
        return table.row(BenchRow("flow run with a script", says: "it failed"))
      }
      let figure = "flow run, \(decimal(Double(people), 0)) people with one script each, jobs \(jobs)"
      table.row(
        BenchRow(
          figure, child.wallSeconds, .seconds, jobs == 2 ? .atMost(Double(people) * 30 / 1_000_000) : .none))
    }
  }

  private func write(_ text: String, _ path: String) -> Bool {
    guard let file = fopen(path, "w") else { return false }
    defer { fclose(file) }
    return fputs(text, file) >= 0
  }
}
