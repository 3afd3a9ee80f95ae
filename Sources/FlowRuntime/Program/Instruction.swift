import FlowCheck

/// One step of a compiled campaign: eight trivial bytes.
///
/// The program is a register machine. Expressions leave their value in register `a`; what they need stands
/// in registers `b` and `c` or in a table of the program. A statement is one or a few instructions.
struct Instruction: BitwiseCopyable {
  var operation: Operation
  var flag: UInt8
  var a: UInt16
  var b: UInt16
  var c: UInt16

  init(_ operation: Operation, flag: UInt8 = 0, a: Int = 0, b: Int = 0, c: Int = 0) {
    self.operation = operation
    self.flag = flag
    self.a = UInt16(truncatingIfNeeded: a)
    self.b = UInt16(truncatingIfNeeded: b)
    self.c = UInt16(truncatingIfNeeded: c)
  }

  /// `b` and `c` as one number: the target of a jump or the index of a constant or table entry.
  var wide: Int {
    get { Int(b) | Int(c) << 16 }
    set {
      b = UInt16(truncatingIfNeeded: newValue)
      c = UInt16(truncatingIfNeeded: newValue >> 16)
    }
  }

  static func wide(_ operation: Operation, flag: UInt8 = 0, a: Int = 0, _ wide: Int) -> Instruction {
    var instruction = Instruction(operation, flag: flag, a: a)
    instruction.wide = wide
    return instruction
  }
}

enum Operation: UInt8, CaseIterable {
  // Control. Jump targets are `wide`.
  /// Marks the beginning of statement `wide` for failures, traces and coverage.
  case node
  case jump
  case jumpIfNotTrue
  /// Jumps to `wide`, the Else port of a check, unless register `a` is true.
  case branch
  case jumpIfTrue
  case jumpIfFalse
  case jumpIfSet
  case stop

  // Loads into `a`.
  case constant
  /// The person's slot `b`.
  case field
  case result
  case communicationProperty
  case now
  case today
  case copy

  // Truth (semantics K2).
  case not
  case and
  case or
  case isSet
  case isNotSet

  // Comparisons of `b` with `c`; `flag` is a `Comparison`.
  case compareBits
  case compareText
  case compareDuration

  // Arithmetic (semantics D2, K4).
  case toNumeric
  case addInteger, subtractInteger, multiplyInteger, remainderInteger, negateInteger
  case addNumeric, subtractNumeric, multiplyNumeric, divideNumeric, remainderNumeric, negateNumeric
  case concatenate

  // Dates and durations.
  case dateAdd, dateSubtract, dateDistance
  case datetimeAdd, datetimeSubtract, datetimeDistance
  case durationAdd, durationSubtract, durationMultiply, durationNegate

  // Text tests of `b` with `c`; `matches` has the pattern's index in `c`.
  case contains, startsWith, endsWith, matches

  // Functions: `flag` is a `RuntimeFunction`, arguments from register `b` on.
  case function
  /// `communications(…)`: query `c`, its `within` duration in register `b`.
  case countCommunications

  /// Notes the sides of comparison `wide` in registers `a` and `a + 1`; only in deployments that observe.
  case observe

  // Statements.
  /// Plans communication `wide`; its arguments lie in registers from `a` on.
  case plan
  case cancel
  /// Slot `b` of the person becomes register `a`, of the kind `flag` (`StoreKind`).
  case store
  /// Ends an `update`: fires Participant Updated if the stores since `beginUpdate` changed anything.
  case beginUpdate
  case endUpdate
  /// Hand-over `wide`; its schedule's arguments from register `a` on.
  case handOver
  case cancelHandOvers
  /// Script `wide`; its time lies in register `a`.
  case python

  // Models.
  /// Report `wide` after the delay in registers `a` and `a + 1`; results from `a + 2` on.
  case report
  /// Jumps to `wide` unless the draw falls into the chance in register `a` (millionths of a percent).
  case chance

  /// Ends the code of a condition: the value is in register `a`.
  case yield
}

enum Comparison: UInt8 {
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual

  @inline(__always) func holds(_ a: Int64, _ b: Int64) -> Bool {
    switch self {
    case .equal: a == b
    case .notEqual: a != b
    case .less: a < b
    case .lessOrEqual: a <= b
    case .greater: a > b
    case .greaterOrEqual: a >= b
    }
  }
}

/// The functions of the language after types have told overloads apart.
enum RuntimeFunction: UInt8, CaseIterable {
  case absInteger, absNumeric
  case ceil, floor, round
  case length, lower, upper, trim, slice
  case textOfInteger, textOfNumeric, textOfBoolean, textOfDate, textOfDatetime, textOfTime, textOfDuration
  case textOfCase, textOfText
  case dateOfDatetime, timeOfDatetime, timeFromParts, datetimeFromParts
  case yearOfDate, monthOfDate, dayOfDate, weekdayOfDate
  case hourOfTime, minuteOfTime
  case daysOfDuration, hoursOfDuration
}

/// `communication.…` as one byte.
enum RuntimeProperty: UInt8 {
  case name, channel, agent, status, plannedAt, startedAt, endedAt

  init(_ property: CommunicationProperty) {
    self =
      switch property {
      case .name: .name
      case .channel: .channel
      case .agent: .agent
      case .status: .status
      case .plannedAt: .plannedAt
      case .startedAt: .startedAt
      case .endedAt: .endedAt
      }
  }
}

/// What a store has to see to beyond copying the value.
enum StoreKind: UInt8 {
  case plain
  /// The value is text: equality is by content.
  case text
  /// The name of an effective zone, which must exist (semantics T2).
  case timezone
  /// A profile field that tells who a row belongs to (semantics D4).
  case key
}

/// Why a run failed (semantics E4).
public enum RunFailureReason: UInt8, Sendable, CaseIterable {
  case unsetSchedule
  case integerOverflow
  case numericOutOfRange
  case divisionByZero
  case dateOutOfRange
  case durationOutOfRange
  case dateNeedsWholeDays
  case invalidTime
  case unknownTimezone
  case textTooLong
  case tooManyCommunications
  case pythonUnavailable
  case pythonForbidden
  case pythonFailed
  case pythonTimeout
  case pythonMemory
  case pythonDied
  case pythonUndeclaredWrite
  case pythonWrongType
  case pythonNotRecorded

  /// The stable name, as `runs.jsonl` and messages have it.
  public var name: String {
    switch self {
    case .unsetSchedule: "unset-schedule"
    case .integerOverflow: "integer-overflow"
    case .numericOutOfRange: "numeric-out-of-range"
    case .divisionByZero: "division-by-zero"
    case .dateOutOfRange: "date-out-of-range"
    case .durationOutOfRange: "duration-out-of-range"
    case .dateNeedsWholeDays: "date-needs-whole-days"
    case .invalidTime: "invalid-time"
    case .unknownTimezone: "unknown-timezone"
    case .textTooLong: "text-too-long"
    case .tooManyCommunications: "too-many-communications"
    case .pythonUnavailable: "python-unavailable"
    case .pythonForbidden: "python-forbidden"
    case .pythonFailed: "python-failed"
    case .pythonTimeout: "python-timeout"
    case .pythonMemory: "python-memory"
    case .pythonDied: "python-died"
    case .pythonUndeclaredWrite: "python-undeclared-write"
    case .pythonWrongType: "python-wrong-type"
    case .pythonNotRecorded: "python-not-recorded"
    }
  }

  /// What happened, in a sentence's words without a full stop.
  public var message: String {
    switch self {
    case .unsetSchedule: "the schedule or duration is unset"
    case .integerOverflow: "the result does not fit into a 64-bit integer"
    case .numericOutOfRange: "the result leaves the range of numeric, ±10^12"
    case .divisionByZero: "division by zero"
    case .dateOutOfRange: "the date lies outside the years 0001 to 9999"
    case .durationOutOfRange: "the duration is too long"
    case .dateNeedsWholeDays: "a date can only be moved by whole days"
    case .invalidTime: "there is no such time of day"
    case .unknownTimezone: "there is no time zone of this name"
    case .textTooLong: "the text is longer than \(EngineLimits.textBytes) bytes"
    case .tooManyCommunications:
      "the participant has \(EngineLimits.communicationsPerParticipant) communications already"
    case .pythonUnavailable: "there is no Python to run the script"
    case .pythonForbidden: "scripts are forbidden here"
    case .pythonFailed: "the script raised an exception"
    case .pythonTimeout: "the script took longer than its time"
    case .pythonMemory: "the script asked for more memory than it may have"
    case .pythonDied: "the script ended or disturbed the process it runs in"
    case .pythonUndeclaredWrite: "the script writes what its statement does not declare"
    case .pythonWrongType: "the script writes a value that the field cannot hold"
    case .pythonNotRecorded: "the recording has no result for this call of the script"
    }
  }
}

extension RunFailureReason {
  /// Whether a script says more about it.
  public var isOfScript: Bool {
    switch self {
    case .pythonUnavailable, .pythonForbidden, .pythonFailed, .pythonTimeout, .pythonMemory, .pythonDied,
      .pythonUndeclaredWrite, .pythonWrongType, .pythonNotRecorded:
      true
    case .unsetSchedule, .integerOverflow, .numericOutOfRange, .divisionByZero, .dateOutOfRange,
      .durationOutOfRange, .dateNeedsWholeDays, .invalidTime, .unknownTimezone, .textTooLong,
      .tooManyCommunications:
      false
    }
  }
}

/// What input can make large has a limit (style, habit 8).
public enum EngineLimits {
  /// The longest text that an expression or field can hold, in bytes.
  public static let textBytes = 65_536
  /// How many bytes of text a person's working memory holds before it is tidied.
  static let workingTextBytes = 1 << 20
  /// How many communications one participant can have.
  public static let communicationsPerParticipant = 100_000
  /// How many runs a participant has at one instant unless told otherwise (semantics E6).
  public static let runsPerInstant = 1_000
}
