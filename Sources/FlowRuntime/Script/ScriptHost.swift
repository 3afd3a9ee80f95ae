/// Who runs the scripts of `python` statements: an adapter to a real interpreter, a recording, or nobody.
///
/// The engine knows no process and no file. It hands a call over in the middle of a run, waits, and takes the
/// answer as part of that run (semantics P1, E4).
public protocol ScriptHost: AnyObject, Sendable {
  /// A runner for one thread. Making one costs nothing: what it needs begins with its first call.
  func makeRunner() -> any ScriptRunner

  /// Whether the language takes scripts: the first mistake of each, or the reason why nobody can tell.
  func check(_ sources: [ScriptSource]) -> [ScriptCheck]

  /// After scripts have run: a sentence for people about what ran them, and which walls stood around them.
  var remark: String? { get }
}

/// Runs scripts one after another, for one thread.
public protocol ScriptRunner: AnyObject {
  /// Runs a script to its end, or up to its time, or until somebody asks to stop; never longer than that and the time
  /// for making a new worker.
  func run(_ call: ScriptCall) -> ScriptOutcome
}

/// A runner that can run calls ahead, many at a time, which costs much less than one by one.
///
/// A call has the answer that it would have had in its turn: it depends on nothing but the call. An answer that is not
/// asked for in the end is dropped.
public protocol ForeseeingRunner: ScriptRunner {
  /// Whether that would gain anything at present: not with scripts that take long.
  var foresees: Bool { get }

  /// Runs calls and keeps those answers that are as good as those of calls by themselves: where a script has failed, died
  /// or left something behind, the call waits for its turn.
  func foresee(_ calls: [ScriptCall])

  /// The answer to a call that was run ahead; `run` gives the same.
  func foreseen(_ call: ScriptCall) -> ScriptOutcome?

  /// Drops all answers.
  func forget()
}

/// What there is to say of a script without running it.
public enum ScriptCheck: Sendable {
  case fine
  /// The language does not take the script.
  case mistake(ScriptMistake)
  /// Nobody can tell; why, in a sentence's words.
  case unknown(String)
}

/// Where a script is no script.
public struct ScriptMistake: Sendable, Hashable {
  public var message: String
  /// From 1, in the text of the script.
  public var line: Int
  /// From 1, in Unicode scalars.
  public var column: Int

  public init(message: String, line: Int, column: Int) {
    self.message = message
    self.line = line
    self.column = column
  }
}

/// A script as whoever runs it has to know it.
public struct ScriptSource: Sendable, Hashable {
  /// What tracebacks call it: the script's file, or the campaign's where it stands inline.
  public var name: String
  public var text: String
  /// The line of the file on which the text begins, from 1.
  public var firstLine: Int
  public var reads: [ScriptRead]
  public var writes: [ScriptWrite]

  public init(
    name: String, text: String, firstLine: Int = 1, reads: [ScriptRead] = [], writes: [ScriptWrite] = []
  ) {
    self.name = name
    self.text = text
    self.firstLine = firstLine
    self.reads = reads
    self.writes = writes
  }
}

/// A field that a script may read: `participant["visits"]`.
public struct ScriptRead: Sendable, Hashable {
  public var record: String
  public var field: String

  public init(record: String, field: String) {
    self.record = record
    self.field = field
  }
}

/// A field that a script may write.
public struct ScriptWrite: Sendable, Hashable {
  /// The keys in `writes` that mean it (semantics P1).
  public var keys: [String]
  public var type: ScriptType

  public init(keys: [String], type: ScriptType) {
    self.keys = keys
    self.type = type
  }
}

public enum ScriptType: UInt8, Sendable, Hashable, CaseIterable {
  /// A string, email, phone or the case of an enumeration.
  case text
  case integer
  case numeric
  case boolean
  case date
  case datetime
}
