import FlowRuntime
import FlowValues
import Testing

@testable import FlowPython

/// Calls that are run ahead, many at a time.
@Suite struct ForesightTests {
  private static func calls(_ script: Int, _ numbers: Range<Int>, milliseconds: Int = PythonLab.patience)
    -> [ScriptCall]
  {
    numbers.map { number in
      ScriptCall(
        script: ScriptID(campaign: 0, index: script), values: [.integer(Int64(number))],
        now: Instant(milliseconds: 1_790_000_000_123 + Int64(number)) ?? .epoch, seed: UInt64(number) * 977,
        place: ScriptPlace(person: "c\(number)", run: 1, call: 1), timeoutMilliseconds: milliseconds)
    }
  }

  private static let reads = [ScriptRead(record: "participant", field: "number")]
  private static let scripts = [
    "import random\nwrites['i'] = random.randrange(10**9)\nwrites['t'] = now",
    "from decimal import Decimal\nwrites['n'] = Decimal(participant['number']) / 8\nwrites['s'] = 'ñ' * participant['number']",
    "if participant['number'] % 3 == 0: raise ValueError('no')\nprint('said')\nwrites['i'] = participant['number']",
    "if participant['number'] % 3 == 0: print('lost')\nwrites['wrong' if participant['number'] % 4 == 0 else 'i'] = 1",
    "if x = 2: pass",
  ]

  @Test(arguments: PythonLab.walls, scripts.indices)
  func answersAreThoseOfSingleCalls(_ walls: Walls, _ script: Int) throws {
    let alone = try PythonLab(Self.scripts, reads: Self.reads, walls: walls)
    let ahead = try PythonLab(Self.scripts, reads: Self.reads, walls: walls)
    let calls = Self.calls(script, 0..<60)
    ahead.runner.foresee(calls)
    let foreseen = calls.filter { ahead.runner.foreseen($0) != nil }.count
    #expect(script == 4 ? foreseen == 0 : foreseen > 20, "\(foreseen)")
    for call in calls {
      let expected = alone.runner.run(call)
      #expect(ahead.runner.run(call) == expected)
      if case .failed = expected { #expect(ahead.runner.foreseen(call) == nil) }
    }
    ahead.runner.forget()
    #expect(calls.allSatisfy { ahead.runner.foreseen($0) == nil })
  }

  /// Whatever a script does to its process, it costs the others of its batch nothing but time.
  @Test(arguments: FaultTests.faults)
  func faultsAreSurvived(_ fault: FaultTests.Fault) throws {
    let lab = try PythonLab(
      [fault.script, "writes['i'] = participant['number']"], reads: Self.reads,
      walls: try #require(PythonLab.walls.first))
    let before = Self.calls(1, 0..<5, milliseconds: fault.milliseconds)
    let bad = Self.calls(0, 5..<6, milliseconds: fault.milliseconds)
    let after = Self.calls(1, 6..<12, milliseconds: fault.milliseconds)
    lab.runner.foresee(before + bad + after)
    #expect(lab.runner.foreseen(bad[0]) == nil)
    for call in before + after {
      #expect(lab.runner.run(call) == .written([ScriptWriting(field: 1, value: call.values[0])]))
    }
    guard case .failed(let failure) = lab.runner.run(bad[0]) else {
      throw Unexpected(words: "it did not fail")
    }
    #expect(failure.reason == fault.reason, "\(failure)")
    #expect(fault.says.isEmpty || failure.summary.contains(fault.says), "\(failure)")
  }

  /// Two ways of writing é are two texts, to a script as to the language.
  @Test func textsAreToldApartByTheirBytes() throws {
    let lab = try PythonLab(["writes['i'] = len(participant['number'])"], reads: Self.reads)
    let calls = ["caf\u{e9}", "cafe\u{301}"].map { text in
      var call = Self.calls(0, 1..<2)[0]
      call.values = [.text(text)]
      return call
    }
    lab.runner.foresee(calls)
    let lengths = calls.map { lab.runner.foreseen($0) }
    #expect(lengths == [4, 5].map { .written([ScriptWriting(field: 1, value: .integer($0))]) })
  }

  /// The precision of decimals is every call's own.
  @Test func precisionDoesNotStay() throws {
    let script = """
      import decimal
      writes['n'] = decimal.Decimal('123.456') * 3
      decimal.getcontext().prec = 2
      """
    let lab = try PythonLab([script], reads: Self.reads)
    let calls = Self.calls(0, 0..<4)
    lab.runner.foresee(calls)
    #expect(calls.allSatisfy { lab.runner.foreseen($0) == lab.runner.foreseen(calls[0]) })
    #expect(lab.runner.foreseen(calls[0]) == lab.call(values: [.integer(9)]))
  }

  @Test func slowScriptsAreNotRunAhead() throws {
    let lab = try PythonLab(["import time\ntime.sleep(0.006)", "writes['i'] = 1"])
    #expect(lab.runner.foresees)
    lab.runner.foresee(Self.calls(0, 0..<40))
    #expect(!lab.runner.foresees)
  }

  @Test func quickOnesInLargerAndLargerBatches() {
    var foresight = Foresight()
    let sizes = (0..<6).map { _ in
      foresight.take([], Array(repeating: nil, count: foresight.batchSize), took: .microseconds(100))
      return foresight.batchSize
    }
    #expect(sizes == [32, 64, 128, 128, 128, 128])
    foresight.slowDown()
    #expect(foresight.batchSize == 32)
  }
}
