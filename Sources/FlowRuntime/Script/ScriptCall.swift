public import FlowValues

/// One call of a script: all that its answer may depend on.
public struct ScriptCall: Sendable, Hashable {
  public var script: ScriptID
  /// What the script's `reads` hold, in their order.
  public var values: [ScriptValue]
  public var now: Instant
  /// The seed of `random`, a function of the engine's seed and of `place`.
  public var seed: UInt64
  public var place: ScriptPlace
  public var timeoutMilliseconds: Int

  public init(
    script: ScriptID, values: [ScriptValue], now: Instant, seed: UInt64, place: ScriptPlace,
    timeoutMilliseconds: Int
  ) {
    self.script = script
    self.values = values
    self.now = now
    self.seed = seed
    self.place = place
    self.timeoutMilliseconds = timeoutMilliseconds
  }
}

/// A script of a deployment.
public struct ScriptID: Hashable, Sendable {
  /// The position of its campaign.
  public var campaign: Int
  /// The position in `Program.scripts`.
  public var index: Int

  public init(campaign: Int, index: Int) {
    self.campaign = campaign
    self.index = index
  }
}

/// Which call it is; with `now` it tells a call from every other of one simulation.
public struct ScriptPlace: Hashable, Sendable {
  /// `external_id`, else the first other key (semantics D4).
  public var person: String
  /// The run among those of the participant at this instant, from 1.
  public var run: Int
  /// The call among those of the run, from 1.
  public var call: Int

  public init(person: String, run: Int, call: Int) {
    self.person = person
    self.run = run
    self.call = call
  }
}

/// A value on its way to a script, or back. The case of an enumeration is a text.
public enum ScriptValue: Sendable, Hashable {
  case unset
  case text(String)
  case integer(Int64)
  case numeric(Numeric)
  case boolean(Bool)
  case date(CivilDate)
  case datetime(Instant)
}

extension ScriptValue {
  /// Texts are the same where their bytes are: to `String`, two ways of writing é are one; to the language, and to
  /// Python, they are two (semantics K3).
  public static func == (a: ScriptValue, b: ScriptValue) -> Bool {
    switch (a, b) {
    case (.unset, .unset): true
    case (.text(let a), .text(let b)): a.utf8.elementsEqual(b.utf8)
    case (.integer(let a), .integer(let b)): a == b
    case (.numeric(let a), .numeric(let b)): a == b
    case (.boolean(let a), .boolean(let b)): a == b
    case (.date(let a), .date(let b)): a == b
    case (.datetime(let a), .datetime(let b)): a == b
    case (.unset, _), (.text, _), (.integer, _), (.numeric, _), (.boolean, _), (.date, _), (.datetime, _):
      false
    }
  }

  public func hash(into hasher: inout Hasher) {
    switch self {
    case .unset: hasher.combine(0)
    case .text(let text): for byte in text.utf8 { hasher.combine(byte) }
    case .integer(let number): hasher.combine(number)
    case .numeric(let number): hasher.combine(number)
    case .boolean(let truth): hasher.combine(truth)
    case .date(let date): hasher.combine(date)
    case .datetime(let instant): hasher.combine(instant)
    }
  }
}

extension ScriptValue: CustomStringConvertible {
  /// As a campaign would write it; datetimes in UTC.
  public var description: String {
    switch self {
    case .unset: "unset"
    case .text(let text): "\"\(text)\""
    case .integer(let number): String(number)
    case .numeric(let number): number.description
    case .boolean(let truth): truth ? "true" : "false"
    case .date(let date): date.description
    case .datetime(let instant): instant.description
    }
  }
}

public enum ScriptOutcome: Sendable, Hashable {
  case written([ScriptWriting])
  case failed(ScriptFailure)
  /// Somebody has asked to stop: nobody knows what would have come of it.
  case interrupted
}

/// One entry that a script left in `writes`.
public struct ScriptWriting: Sendable, Hashable {
  /// The position in the script's `writes`.
  public var field: Int
  public var value: ScriptValue

  public init(field: Int, value: ScriptValue) {
    self.field = field
    self.value = value
  }
}

/// Why a call failed, in the script's own words.
public struct ScriptFailure: Sendable, Hashable {
  public var reason: RunFailureReason
  /// What was raised, or what happened to the worker: `ZeroDivisionError: division by zero`. May be empty.
  public var summary: String
  /// From the outermost call inwards; the first and the last few of many.
  public var frames: [ScriptFrame]
  /// How many frames between the first and the last are left out.
  public var omittedFrames: Int
  /// The last lines that the script printed.
  public var printed: [String]

  public init(
    _ reason: RunFailureReason, _ summary: String, frames: [ScriptFrame] = [], omittedFrames: Int = 0,
    printed: [String] = []
  ) {
    self.reason = reason
    self.summary = summary
    self.frames = frames
    self.omittedFrames = omittedFrames
    self.printed = printed
  }
}

/// One line of a traceback.
public struct ScriptFrame: Sendable, Hashable {
  public var file: String
  public var line: Int
  /// `<module>` for the script's own body.
  public var function: String

  public init(file: String, line: Int, function: String) {
    self.file = file
    self.line = line
    self.function = function
  }
}
