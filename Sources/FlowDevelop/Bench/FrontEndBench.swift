import Glibc

/// How fast campaigns are read (figure 1).
struct FrontEndBench {
  var setting: BenchSetting

  private struct Cost {
    var lines: Int
    var bytes: Double
    var peak: Double
    /// Nanoseconds by phase.
    var phases: [String: Double]
  }

  func run(_ table: BenchTable) {
    let sizes = setting.isQuick ? [25_000, 50_000] : [50_000, 100_000]
    // In turns, so that what else the machine does falls on both.
    var rounds: [[Cost]] = []
    for _ in 0..<3 { rounds.append(sizes.compactMap(measure)) }
    guard let half = middle(rounds, 0), let full = middle(rounds, 1) else {
      table.row(BenchRow("front end", says: "the generated campaign could not be measured"))
      return
    }
    let size = "\(decimal(Double(full.lines), 0)) lines, \(decimal(full.bytes / 1e6, 1)) MB"
    for (phase, name) in [("lex", "lex"), ("parse", "parse (lexing included)"), ("check", "check")] {
      table.row(BenchRow("\(name), \(size)", rate(full, phase), .linesPerSecond))
    }
    table.row(
      BenchRow("lex, parse and check, \(size)", rate(full, "all"), .linesPerSecond, .atLeast(1_000_000)))
    table.row(BenchRow("format, \(size)", rate(full, "format"), .linesPerSecond))
    for phase in ["lex", "parse", "check", "format", "all"] {
      let ratio = (full.phases[phase] ?? .nan) / (half.phases[phase] ?? .nan)
      let figure = "\(phase): time of twice the lines"
      table.row(BenchRow(figure, ratio, .times, ["all", "format"].contains(phase) ? .atMost(2.3) : .none))
    }
    table.row(BenchRow("peak memory over source size", full.peak / full.bytes, .times, .below(40)))
  }

  /// The middle one of a size, by the time of everything together.
  private func middle(_ rounds: [[Cost]], _ size: Int) -> Cost? {
    guard rounds.allSatisfy({ $0.count > size }) else { return nil }
    return rounds.map { $0[size] }.sorted { ($0.phases["all"] ?? 0) < ($1.phases["all"] ?? 0) }[
      rounds.count / 2]
  }

  private func rate(_ cost: Cost, _ phase: String) -> Double {
    Double(cost.lines) / ((cost.phases[phase] ?? .nan) / 1e9)
  }

  private func measure(lines: Int) -> Cost? {
    let file = setting.folder.file("campaign-\(lines).flow")
    guard setting.runOurselves(["generate", "campaign", "--lines", "\(lines)", file])?.exitCode == 0,
      let child = setting.runOurselves(["front-end", file]), child.exitCode == 0
    else { return nil }
    unlink(file)
    var numbers: [String: Double] = [:]
    for line in String(decoding: child.output, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count == 2 { numbers[String(words[0])] = Double(String(words[1])) }
    }
    return Cost(
      lines: lines, bytes: numbers["bytes"] ?? .nan, peak: numbers["peak"] ?? .nan, phases: numbers)
  }
}
