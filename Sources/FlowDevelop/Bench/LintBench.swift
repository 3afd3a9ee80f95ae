import Glibc

/// How long the linter looks at flows that start each other in a circle.
struct LintBench {
  var setting: BenchSetting

  func run(_ table: BenchTable) {
    let sizes = setting.isQuick ? [10, 20] : [50, 100]
    let seconds = sizes.map(measure)
    for (flows, time) in zip(sizes, seconds) {
      let figure = "lint, a ring of \(flows) flows, \(RingGenerator.checksPerFlow) checks each"
      table.row(BenchRow(figure, time, .seconds, .below(1)))
    }
    table.row(BenchRow("lint: time of twice the ring", seconds[1] / seconds[0], .times, .atMost(2.3)))
  }

  private func measure(_ flows: Int) -> Double {
    let file = setting.folder.file("ring-\(flows).flow")
    guard let output = fopen(file, "w") else { return .nan }
    fputs(RingGenerator.text(flows: flows), output)
    fclose(output)
    guard let child = setting.runOurselves(["front-end", file]), child.exitCode == 0 else { return .nan }
    for line in String(decoding: child.output, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count == 2, words[0] == "lint" { return (Double(String(words[1])) ?? .nan) / 1e9 }
    }
    return .nan
  }
}
