public import FlowRuntime
import Synchronization

/// Runs scripts with a real CPython, in processes that live on (semantics P).
public final class PythonHost: ScriptHost {
  public struct Configuration: Sendable {
    public var interpreter: Interpreter
    /// The walls to try, best first; those that stand are kept.
    public var walls: [Walls]
    public var memoryBytes: Int
    /// Asked often while a script runs, from any thread; after a yes no script goes on, and none begins.
    public var isInterrupted: @Sendable () -> Bool

    public init(
      _ interpreter: Interpreter, walls: [Walls] = Walls.available(),
      memoryBytes: Int = ScriptLimits.memoryBytes, isInterrupted: @escaping @Sendable () -> Bool = { false }
    ) {
      self.interpreter = interpreter
      self.walls = walls
      self.memoryBytes = memoryBytes
      self.isInterrupted = isInterrupted
    }
  }

  /// What is known once a worker has started.
  private struct Setup: Sendable {
    var walls: Walls
    var folders: [String]
    var version: String
    var forbidsCalls: Bool
  }

  private enum State: Sendable {
    case new
    case ready(Setup)
    case unusable(String)
  }

  private let configuration: Configuration
  /// By campaign, then by `Program.scripts`.
  let sources: [[ScriptSource]]
  private let state = Mutex(State.new)

  public init(_ configuration: Configuration, sources: [[ScriptSource]]) {
    self.configuration = configuration
    self.sources = sources
  }

  /// With a chosen interpreter, or the first along a search path.
  public convenience init(
    interpreter chosen: String?, searchPath: String, sources: [[ScriptSource]],
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) throws(Interpreter.Missing) {
    let interpreter =
      if let chosen { try Interpreter(chosen: chosen) } else { try Interpreter(searching: searchPath) }
    self.init(Configuration(interpreter, isInterrupted: isInterrupted), sources: sources)
  }

  public func makeRunner() -> any ScriptRunner { PythonRunner(self) }

  public func check(_ sources: [ScriptSource]) -> [ScriptCheck] {
    let runner = PythonRunner(self)
    return sources.map { runner.check($0) }
  }

  public var remark: String? {
    guard case .ready(let setup) = state.withLock({ $0 }) else { return nil }
    return "scripts ran in CPython \(setup.version) (\(configuration.interpreter.path)), "
      + setup.walls.description(forbidsCalls: setup.forbidsCalls)
  }

  // MARK: Starting workers

  enum Start {
    case worker(Worker)
    case impossible(String)
    case interrupted
  }

  /// A new worker. The first one finds out which walls stand; later ones stand behind the same, or do not start.
  func start() -> Start {
    state.withLock { state in
      switch state {
      case .unusable(let reason): return .impossible(reason)
      case .ready(let setup):
        for _ in 0..<2 {
          if let worker = newWorker(setup.walls, setup.folders), worker.greeting() != nil {
            return .worker(worker)
          }
        }
        return configuration.isInterrupted() ? .interrupted : .impossible("no new worker can be started")
      case .new:
        let first = firstStart()
        // Who was stopped at the start knows nothing of what stands.
        if case .impossible = first.start, configuration.isInterrupted() { return .interrupted }
        state = first.state
        return first.start
      }
    }
  }

  private func newWorker(_ walls: Walls, _ folders: [String]) -> Worker? {
    Worker(walls, command(walls, folders), isInterrupted: configuration.isInterrupted)
  }

  private func firstStart() -> (state: State, start: Start) {
    let path = configuration.interpreter.path
    // The system's own needs nothing that is not there anyway, and its first worker says what it is.
    if configuration.interpreter.isOfSystem, let (worker, setup) = firstWorker([], version: nil) {
      return (.ready(setup), .worker(worker))
    }
    guard let facts = InterpreterFacts(path) else {
      let reason = "`\(path)` does not run as a Python interpreter does"
      return (.unusable(reason), .impossible(reason))
    }
    if let objection = facts.objection {
      let reason = "expected CPython 3.9 or later, found \(objection) at `\(path)`"
      return (.unusable(reason), .impossible(reason))
    }
    if let (worker, setup) = firstWorker(facts.folders, version: facts.version) {
      return (.ready(setup), .worker(worker))
    }
    let reason = "`\(path)` cannot be started behind walls"
    return (.unusable(reason), .impossible(reason))
  }

  /// The first worker behind the best walls that stand; `nil` where none starts, or where nobody has asked for its version
  /// and it is none that can be used.
  private func firstWorker(_ folders: [String], version: String?) -> (Worker, Setup)? {
    for walls in configuration.walls {
      guard let worker = newWorker(walls, folders), let greeting = worker.greeting() else { continue }
      guard version != nil || greeting.isUsable else { return nil }
      let setup = Setup(
        walls: walls, folders: folders,
        version: version ?? greeting.version.map(String.init).joined(separator: "."),
        forbidsCalls: greeting.forbidsCalls)
      return (worker, setup)
    }
    return nil
  }

  /// Without the user's packages and the environment's wishes; the system's packages are there.
  private func command(_ walls: Walls, _ folders: [String]) -> [String] {
    let isSandbox = if case .sandbox = walls { true } else { false }
    return walls.command(
      [
        configuration.interpreter.path, "-s", "-B", "-c", WorkerScript.text, "\(configuration.memoryBytes)",
        isSandbox ? "walled" : "open",
      ], folders: folders)
  }
}
