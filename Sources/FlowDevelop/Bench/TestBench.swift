import Glibc

/// How long tests take, and the changes of flows that they are to notice (figure 8).
struct TestBench {
  var setting: BenchSetting

  func run(_ table: BenchTable) {
    let count = setting.isQuick ? 1_000 : 10_000
    guard let once = measure(tests: count), let twice = measure(tests: count * 2) else {
      table.row(BenchRow("flow test", says: "generated tests failed"))
      return
    }
    let tests = "\(decimal(Double(count), 0)) small tests"
    table.row(BenchRow("flow test, \(tests)", once.wall, .seconds, setting.isQuick ? .none : .below(1)))
    table.row(BenchRow("flow test, CPU", once.processor, .seconds))
    table.row(
      BenchRow("flow test: time of twice the tests", twice.processor / once.processor, .times, .atMost(2.3)))
    guard let child = setting.runFlow(["test", setting.campaign, "--mutate", "-q"], quiet: true),
      child.exitCode == 0
    else {
      table.row(BenchRow("flow test --mutate", says: "`\(setting.flow) test \(setting.campaign)` failed"))
      return
    }
    table.row(BenchRow("flow test \(setting.campaign) --mutate", child.wallSeconds, .seconds))
  }

  /// The middle one of five, in seconds.
  private func measure(tests: Int) -> (wall: Double, processor: Double)? {
    let file = setting.folder.file("tests-\(tests).flow")
    defer { unlink(file) }
    guard setting.runOurselves(["generate", "tests", "--tests", "\(tests)", file])?.exitCode == 0 else {
      return nil
    }
    let children = (0..<5).compactMap { _ in setting.runFlow(["test", file, "-q"], quiet: true) }
    guard children.count == 5, children.allSatisfy({ $0.exitCode == 0 }) else { return nil }
    return (median(children.map(\.wallSeconds)), median(children.map(\.processorSeconds)))
  }
}
