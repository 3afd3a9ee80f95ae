/// How long somebody waits for `flow check` (figure 2).
struct CheckBench {
  var setting: BenchSetting

  func run(_ table: BenchTable) {
    var milliseconds: [Double] = []
    var processorMilliseconds: [Double] = []
    for _ in 0..<(setting.isQuick ? 5 : 20) {
      guard let child = setting.runFlow(["check", setting.campaign], quiet: true), child.exitCode == 0 else {
        table.row(BenchRow("flow check", says: "`\(setting.flow) check \(setting.campaign)` failed"))
        return
      }
      milliseconds.append(child.wallSeconds * 1000)
      processorMilliseconds.append(child.processorSeconds * 1000)
    }
    let times = "of \(milliseconds.count), start included"
    table.row(BenchRow("flow check, median \(times)", median(milliseconds), .milliseconds, .below(15)))
    table.row(BenchRow("flow check, median CPU", median(processorMilliseconds), .milliseconds))
    table.row(BenchRow("flow check, slowest \(times)", milliseconds.max() ?? .nan, .milliseconds))
  }
}
