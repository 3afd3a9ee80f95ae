import Testing

@testable import FlowRuntime

/// Failures are told alike in whatever order they come, and in however many logs they were noted.
@Suite struct FailureLogTests {
  private static func failure(_ number: Int, kinds: Int) -> (FailurePlace, FailureCount) {
    let script = ScriptFailure(
      .pythonFailed, "E\(number % kinds): \(number)",
      frames: [ScriptFrame(file: "x.py", line: number % 3, function: "<module>")])
    let place = FailurePlace(
      campaign: 0, flow: 0, model: nil, span: nil, reason: .pythonFailed, fault: ScriptFault(script))
    let count = FailureCount(
      count: 1, firstPerson: number * 7 % 500, firstKey: "c\(number)", firstAt: Int64(number), firstRun: 1,
      firstScript: script)
    return (place, count)
  }

  private static func told(_ log: FailureLog) -> [String] {
    log.counts.map { "\($0.fault?.kind ?? "all") \($0.fault?.line ?? 0) \($1.count) \($1.firstKey)" }.sorted()
  }

  @Test(arguments: [(1, 3), (4, 12), (97, 1)]) func orderChangesNothing(_ kinds: Int, _ groups: Int) {
    let failures = (0..<600).map { Self.failure($0, kinds: kinds) }
    var one = FailureLog()
    for (place, count) in failures { one.add(place, count) }
    var halves = [FailureLog(), FailureLog()]
    for (index, (place, count)) in failures.reversed().enumerated() {
      halves[index * 7 / 3 % 2].add(place, count)
    }
    var both = FailureLog()
    for half in halves { both.add(half) }
    #expect(Self.told(one).count == groups, "\(Self.told(one).count)")
    #expect(Self.told(both) == Self.told(one))
    #expect(one.counts.values.reduce(0) { $0 + $1.count } == 600)
    #expect(one.manifold.isEmpty == (groups > 1))
  }
}
