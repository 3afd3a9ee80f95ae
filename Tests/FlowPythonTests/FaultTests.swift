import FlowRuntime
import FlowValues
import Foundation
import Synchronization
import Testing

@testable import FlowPython

/// Whatever a script does to its process: one failed call, and the next is served (semantics P2).
@Suite struct FaultTests {
  struct Fault: Sendable, CustomTestStringConvertible {
    var name: String
    var script: String
    var reason: RunFailureReason
    /// The line of the script that the failure names; `nil` where nobody can tell.
    var line: Int?
    var says = ""
    var milliseconds = PythonLab.patience
    /// Whether the worker is lost with it.
    var losesWorker = true
    var testDescription: String { name }
  }

  static let faults = [
    Fault(
      name: "endless loop", script: "x = 1\nwhile True: x += 1", reason: .pythonTimeout, line: 2,
      says: "400 ms", milliseconds: 400),
    Fault(
      name: "endless loop within C", script: "import re\nre.match('(a*)*b', 'a' * 60)",
      reason: .pythonTimeout,
      line: 2, milliseconds: 400),
    Fault(
      name: "every exception caught",
      script: "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
      reason: .pythonTimeout, line: 3, milliseconds: 400),
    Fault(
      name: "signals swallowed",
      script: """
        import signal, faulthandler
        faulthandler.unregister(signal.SIGUSR1)
        for number in range(1, 65):
            try: signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError): pass
        while True: pass
        """, reason: .pythonTimeout, milliseconds: 600),
    Fault(
      name: "two gigabytes", script: "x = 'x' * 2_000_000_000", reason: .pythonMemory, line: 1,
      says: "MemoryError"),
    Fault(
      name: "a list that grows", script: "x = []\nwhile True:\n    x.append('x' * 1_000_000)",
      reason: .pythonMemory,
      line: 3),
    Fault(name: "os._exit", script: "import os\nos._exit(3)", reason: .pythonDied, says: "exit code 3"),
    Fault(
      name: "segmentation fault", script: "import ctypes\n\nctypes.string_at(0)", reason: .pythonDied,
      line: 3,
      says: "segmentation fault"),
    Fault(name: "abort", script: "import os\nos.abort()", reason: .pythonDied, line: 2),
    Fault(
      name: "its own group", script: "import os, signal\nos.killpg(0, signal.SIGKILL)", reason: .pythonFailed,
      line: 2,
      says: "PermissionError", losesWorker: false),
    Fault(
      name: "everybody", script: "import os, signal\nos.kill(-1, signal.SIGKILL)", reason: .pythonFailed,
      line: 2,
      says: "PermissionError", losesWorker: false),
    Fault(
      name: "fork bomb", script: "import os\nfor _ in range(6):\n    os.fork()", reason: .pythonFailed,
      line: 3,
      says: "PermissionError", losesWorker: false),
    Fault(
      name: "another program", script: "import subprocess\nsubprocess.run(['/bin/true'])",
      reason: .pythonFailed, line: 2,
      losesWorker: false),
    Fault(
      name: "garbage for an answer",
      script: "import os\nfor d in range(3, 9):\n    try: os.write(d, b'x' * 50)\n    except OSError: pass",
      reason: .pythonDied, says: "descriptors"),
    Fault(
      name: "descriptors closed", script: "import os\nos.closerange(0, 64)", reason: .pythonDied),
    Fault(
      name: "a forged answer",
      script: """
        import os, marshal
        body = marshal.dumps((1, 0, (), False), 2)
        for d in range(3, 9):
            try: os.write(d, len(body).to_bytes(4, "little") + body)
            except OSError: pass
        """, reason: .pythonDied),
    Fault(
      name: "a million frames",
      script: """
        import sys, threading
        sys.setrecursionlimit(10**8)
        def down(n): return 1 / n if n == 0 else down(n - 1)
        down(20_000)
        """, reason: .pythonFailed, line: 4, losesWorker: false),
    Fault(
      name: "a message of a million lines", script: "raise ValueError('line\\n' * 1_000_000)",
      reason: .pythonFailed,
      line: 1, says: "ValueError: line line", losesWorker: false),
    Fault(
      name: "a message that is not UTF-8",
      script: "raise ValueError(b'\\xff\\xfe'.decode('utf-8', 'surrogateescape'))",
      reason: .pythonFailed, line: 1, says: "ValueError: \\udcff\\udcfe", losesWorker: false),
    Fault(
      name: "a message that fails",
      script: "class Bad(Exception):\n    def __str__(self): raise SystemExit\nraise Bad()",
      reason: .pythonFailed,
      line: 3, says: "Bad", losesWorker: false),
    Fault(
      name: "sys.exit", script: "import sys\nsys.exit(0)", reason: .pythonFailed, line: 2, losesWorker: false),
    Fault(
      name: "a mistake of syntax", script: "x = 1\nif x = 2:\n    pass", reason: .pythonFailed, line: 2,
      says: "SyntaxError", losesWorker: false),
    Fault(
      name: "printing without end", script: "while True:\n    print('x' * 1000)", reason: .pythonTimeout,
      line: 2,
      milliseconds: 500),
    Fault(
      name: "a file", script: "open('/etc/flow-was-here', 'w')", reason: .pythonFailed, line: 1,
      losesWorker: false),
    Fault(
      name: "the network", script: "import socket\nsocket.create_connection(('127.0.0.1', 9), 1)",
      reason: .pythonFailed,
      line: 2, losesWorker: false),
  ]

  @Test(arguments: PythonLab.walls, faults)
  func isSurvived(_ walls: Walls, _ fault: Fault) throws {
    let lab = try PythonLab([fault.script, "writes['i'] = 42"], walls: walls)
    #expect(try lab.writes(1) == ["i": .integer(42)])
    let processes = lab.runner.processes
    let failure = try lab.failure(milliseconds: fault.milliseconds)
    #expect(failure.reason == fault.reason, "\(failure)")
    #expect(fault.says.isEmpty || failure.summary.contains(fault.says), "\(failure)")
    let lines = failure.frames.filter { $0.file == "script0.py" && $0.function != "down" }.map(\.line)
    if let line = fault.line { #expect(lines.last == line, "\(failure)") }
    // The next is served, by a fresh worker where that one was lost.
    #expect(try lab.writes(1) == ["i": .integer(42)])
    if fault.losesWorker {
      #expect(PythonLab.areGone(processes), "\(processes)")
    } else {
      #expect(lab.runner.processes == processes)
    }
    let last = lab.runner.processes
    lab.runner.end()
    #expect(PythonLab.areGone(last), "\(last)")
  }

  /// Whoever asks to stop waits for no script, whatever it does; what is asked for afterwards is served.
  @Test(arguments: PythonLab.walls)
  func isStoppedOnRequest(_ walls: Walls) throws {
    let questions = Questions()
    let script = "while True:\n    try:\n        while True: print('x')\n    except BaseException: pass"
    let lab = try PythonLab([script, "writes['i'] = 42"], walls: walls) { questions.next() }
    #expect(try lab.writes(1) == ["i": .integer(42)])
    let processes = lab.runner.processes
    questions.sayYes(after: 5)
    #expect(lab.call() == .interrupted)
    #expect(PythonLab.areGone(processes), "\(processes)")
    #expect(lab.call(1) == .interrupted)
    questions.sayYes(after: .max)
    #expect(try lab.writes(1) == ["i": .integer(42)])
  }

  /// Somebody who wants to stop once they have been asked so often.
  private final class Questions: Sendable {
    private let left = Atomic<Int>(.max)

    func sayYes(after count: Int) { left.store(count, ordering: .relaxed) }
    func next() -> Bool { left.subtract(1, ordering: .relaxed).newValue < 0 }
  }

  /// What is kept of a traceback has an end, and says how much is left out.
  @Test func tracebacksAreBounded() throws {
    let lab = try PythonLab(["def down(n):\n    return 1 // n if n == 0 else down(n - 1)\ndown(500)"])
    let failure = try lab.failure()
    #expect(failure.frames.count == 16)
    #expect(failure.omittedFrames == 502 - 16)
  }

  /// Bytes that a script leaves on the wire are not taken for the next answer: the next call is made again elsewhere.
  @Test(arguments: PythonLab.walls)
  func whatIsLeftOnTheWireHitsNobodyElse(_ walls: Walls) throws {
    let later = """
      import os, threading, time
      def write():
          time.sleep(0.2)
          for d in range(3, 9):
              try: os.write(d, b"y" * 9)
              except OSError: pass
      threading.Thread(target=write, daemon=True).start()
      """
    let lab = try PythonLab([later, "import time\ntime.sleep(0.4)\nwrites['i'] = 1"], walls: walls)
    #expect(try lab.writes(0).isEmpty)
    #expect(try lab.writes(1) == ["i": .integer(1)])
  }

  @Test func whatIsLeftBehindCostsTheWorker() throws {
    let thread =
      "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()"
    let alarm = "import signal\nsignal.alarm(1)"
    let stream = "import sys\nsys.stdout.close()"
    let lab = try PythonLab([thread, alarm, stream, "writes['i'] = 1"])
    for script in 0..<3 {
      #expect(try lab.writes(3) == ["i": .integer(1)])
      let before = lab.runner.processes
      #expect(try lab.writes(script).isEmpty)
      #expect(PythonLab.areGone(before))
    }
  }

  @Test func printingIsNoAnswer() throws {
    let lab = try PythonLab(["print('hello')\nwrites['i'] = 1", "print('before')\n1 / 0"])
    #expect(try lab.writes() == ["i": .integer(1)])
    #expect(try lab.failure(1).printed == ["before"])
  }

  @Test func missingPythonFailsTheCall() throws {
    let lab = PythonHost(
      PythonHost.Configuration(Interpreter(unchecked: "/nowhere/python3")),
      sources: [[ScriptSource(name: "a", text: "")]])
    let call = ScriptCall(
      script: ScriptID(campaign: 0, index: 0), values: [], now: .epoch, seed: 0,
      place: ScriptPlace(person: "c1", run: 1, call: 1), timeoutMilliseconds: 1000)
    guard case .failed(let failure) = lab.makeRunner().run(call) else { throw Unexpected(words: "it ran") }
    #expect(failure.reason == .pythonUnavailable)
    #expect(failure.summary.contains("/nowhere/python3"))
    #expect(lab.remark == nil)
  }
}
