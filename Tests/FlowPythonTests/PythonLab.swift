import FlowRuntime
import FlowValues
import Foundation
import Testing

@testable import FlowPython

/// Calls scripts as the engine does, with a real interpreter.
final class PythonLab {
  /// `.limits`, and the sandbox where the machine has one.
  static let walls = Walls.available()
  static let interpreter = Result { () throws(Interpreter.Missing) in
    try Interpreter(searching: ProcessInfo.processInfo.environment["PATH"] ?? "")
  }
  /// Long enough for a machine with other work, where the time is not what is tested.
  static let patience = 20_000

  let host: PythonHost
  let runner: PythonRunner
  private var calls = 0

  init(
    _ scripts: [String], reads: [ScriptRead] = [], writes: [ScriptWrite] = PythonLab.allTypes,
    walls: Walls = .limits, memoryBytes: Int = ScriptLimits.memoryBytes,
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) throws {
    let sources = scripts.enumerated().map { number, text in
      ScriptSource(name: "script\(number).py", text: text, reads: reads, writes: writes)
    }
    host = PythonHost(
      PythonHost.Configuration(
        try PythonLab.interpreter.get(), walls: [walls], memoryBytes: memoryBytes,
        isInterrupted: isInterrupted),
      sources: [sources])
    runner = PythonRunner(host)
  }

  static let allTypes = zip(["s", "i", "n", "b", "d", "t"], ScriptType.allCases).map { key, type in
    ScriptWrite(keys: [key], type: type)
  }

  func call(
    _ script: Int = 0, values: [ScriptValue] = [], seed: UInt64 = 7, milliseconds: Int = PythonLab.patience
  ) -> ScriptOutcome {
    calls += 1
    return runner.run(
      ScriptCall(
        script: ScriptID(campaign: 0, index: script), values: values,
        now: Instant(milliseconds: 1_790_000_000_123) ?? .epoch, seed: seed,
        place: ScriptPlace(person: "c1", run: 1, call: calls), timeoutMilliseconds: milliseconds))
  }

  /// What a call writes, by key.
  func writes(
    _ script: Int = 0, values: [ScriptValue] = [], seed: UInt64 = 7
  ) throws -> [String: ScriptValue] {
    switch call(script, values: values, seed: seed) {
    case .failed(let failure): throw failure
    case .interrupted: throw Unexpected(words: "nobody has asked to stop")
    case .written(let writings):
      return Dictionary(
        uniqueKeysWithValues: writings.map { (host.sources[0][script].writes[$0.field].keys[0], $0.value) })
    }
  }

  func failure(_ script: Int = 0, milliseconds: Int = PythonLab.patience) throws -> ScriptFailure {
    guard case .failed(let failure) = call(script, milliseconds: milliseconds) else {
      throw Unexpected(words: "the script did not fail")
    }
    return failure
  }

  /// Whether none of the processes is there any more, not even as a zombie.
  static func areGone(_ processes: [Int32]) -> Bool {
    !processes.isEmpty && processes.allSatisfy { kill($0, 0) == -1 && errno == ESRCH }
  }
}

struct Unexpected: Error { var words: String }

extension ScriptFailure: Error {}
