import FlowRuntime
import FlowValues
import Foundation
import Testing

@testable import FlowPython

/// The same call gives the same result, whatever was called before it and in whichever worker.
@Suite struct DeterminismTests {
  static let drawing =
    "import random\nwrites['i'] = random.randrange(10**12)\nwrites['s'] = str(hash('flow'))"

  @Test func drawsDependOnTheSeedAlone() throws {
    let one = try PythonLab([Self.drawing, "import random\nrandom.seed()"])
    let first = try one.writes(seed: 1)
    #expect(try one.writes(1).isEmpty)
    let second = try one.writes(seed: 2)
    #expect(first["i"] != second["i"])
    let other = try PythonLab([Self.drawing])
    #expect(try other.writes(seed: 2) == second)
    #expect(try other.writes(seed: 1) == first)
  }

  @Test(arguments: PythonLab.walls) func wallsChangeNothing(_ walls: Walls) throws {
    let lab = try PythonLab([Self.drawing], walls: walls)
    #expect(try lab.writes(seed: 3) == PythonLab([Self.drawing]).writes(seed: 3))
  }

  @Test func nothingStaysInTheScriptsOwnNames() throws {
    let lab = try PythonLab(["writes['b'] = 'seen' in globals()\nseen = 1"])
    for _ in 0..<2 { #expect(try lab.writes() == ["b": .boolean(false)]) }
  }

  @Test(arguments: PythonLab.walls) func surroundingsAreBare(_ walls: Walls) throws {
    let script = """
      import os, time
      own = []
      for d in range(64):
          try: os.fstat(d); own.append(d)
          except OSError: pass
      writes["s"] = repr((dict(os.environ), own, time.localtime(0).tm_hour, __name__))
      """
    let lab = try PythonLab([script], walls: walls)
    #expect(try lab.writes() == ["s": .text("({'TZ': 'UTC'}, [0, 1, 2, 3, 4, 5], 0, '__main__')")])
  }

  @Test func sandboxHasNoFilesOfOurs() throws {
    guard let sandbox = PythonLab.walls.first(where: { $0 != .limits }) else { return }
    let script = """
      import os
      found = [p for p in ("/etc/passwd", "/proc/self", "/home", "/root", "/var") if os.path.exists(p)]
      open("/tmp/scratch", "w").write("x" * 1000)
      for place in ("/x", "/usr/x", "/dev/x"):
          try: open(place, "w")
          except OSError: pass
          else: found.append(place)
      writes["s"] = repr(found)
      """
    let lab = try PythonLab([script], walls: sandbox)
    #expect(try lab.writes() == ["s": .text("[]")])
    #expect(lab.host.remark?.contains("bubblewrap") == true)
  }

  /// What one leaves in the scratch the next does not see, in one worker, run ahead or not.
  @Test func scratchIsEmptyForEveryCall() throws {
    guard let sandbox = PythonLab.walls.first(where: { $0 != .limits }) else { return }
    let script = """
      import os
      writes["s"] = repr(os.listdir("/tmp"))
      os.makedirs("/tmp/a/b")
      open("/tmp/a/b/c", "w").write("x")
      os.symlink("/usr", "/tmp/link")
      os.chdir("/tmp/a")
      """
    let lab = try PythonLab([script], walls: sandbox)
    let empty: [String: ScriptValue] = ["s": .text("[]")]
    #expect(try lab.writes() == empty)
    let processes = lab.runner.processes
    for _ in 0..<3 { #expect(try lab.writes() == empty) }
    #expect(lab.runner.processes == processes)
    let calls = (0..<20).map { number in
      ScriptCall(
        script: ScriptID(campaign: 0, index: 0), values: [], now: .epoch, seed: UInt64(number),
        place: ScriptPlace(person: "c\(number)", run: 1, call: 1), timeoutMilliseconds: PythonLab.patience)
    }
    lab.runner.foresee(calls)
    for call in calls {
      #expect(lab.runner.run(call) == .written([ScriptWriting(field: 0, value: .text("[]"))]))
    }
  }

  /// Where too much is left, or it cannot be taken away, the next call has another worker.
  @Test(arguments: [
    "for n in range(200): open(f'/tmp/{n}', 'w')",
    "import os\nos.mkdir('/tmp/x')\nopen('/tmp/x/y', 'w')\nos.chmod('/tmp/x', 0)",
  ]) func scratchThatStaysFullCostsTheWorker(_ script: String) throws {
    guard let sandbox = PythonLab.walls.first(where: { $0 != .limits }) else { return }
    let lab = try PythonLab([script, "import os\nwrites['s'] = repr(os.listdir('/tmp'))"], walls: sandbox)
    for _ in 0..<2 {
      #expect(try lab.writes().isEmpty)
      #expect(try lab.writes(1) == ["s": .text("[]")])
    }
  }

  /// On a machine whose system calls nobody knows, the lower walls are said.
  @Test(arguments: PythonLab.walls) func unknownMachinesSaySo(_ walls: Walls) throws {
    var configuration = PythonHost.Configuration(try PythonLab.interpreter.get(), walls: [walls])
    configuration.machine = "abacus"
    let host = PythonHost(
      configuration,
      sources: [[ScriptSource(name: "a", text: "writes['s'] = 'x'", writes: PythonLab.allTypes)]])
    let call = ScriptCall(
      script: ScriptID(campaign: 0, index: 0), values: [], now: .epoch, seed: 0,
      place: ScriptPlace(person: "c1", run: 1, call: 1), timeoutMilliseconds: PythonLab.patience)
    #expect(host.makeRunner().run(call) == .written([ScriptWriting(field: 0, value: .text("x"))]))
    let said = walls == .limits ? "almost without walls" : "new processes are not refused"
    #expect(host.remark?.contains(said) == true, "\(host.remark ?? "")")
  }

  /// The text decides, not the name.
  @Test func changedScriptIsCompiledAgain() throws {
    for text in ["writes['i'] = 1", "writes['i'] = 2"] {
      let lab = try PythonLab([text])
      #expect(try lab.writes() == ["i": .integer(text.hasSuffix("1") ? 1 : 2)])
    }
  }

  @Test func mistakesAreFoundWithoutRunning() throws {
    let lab = try PythonLab([])
    let checks = lab.host.check(
      ["x = 1", "if True:\n    y = (1,\n", "import os\nos._exit(1)"].map { ScriptSource(name: "a", text: $0) }
    )
    guard checks.count == 3, case .fine = checks[0], case .mistake(let mistake) = checks[1],
      case .fine = checks[2]
    else { throw Unexpected(words: "\(checks)") }
    #expect(mistake.line == 2 && mistake.message.contains("never closed"), "\(mistake)")
  }
}
