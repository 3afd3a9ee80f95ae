internal import FlowSchema

/// What a parameter of a function takes.
enum Parameter {
  case anything
  case number
  case text
  case dateOrDatetime
  case datetimeOrTime
  case exactly(ValueType)

  var description: String {
    switch self {
    case .anything: "a value that can be ordered"
    case .number: "an `integer` or a `numeric`"
    case .text: "a `string`"
    case .dateOrDatetime: "a `date` or a `datetime`"
    case .datetimeOrTime: "a `datetime` or a `time`"
    case .exactly(let type):
      switch type {
      case .integer: "an `integer`"
      case .string: "a `string`"
      case .numeric: "a `numeric`"
      case .boolean: "a `boolean`"
      case .date: "a `date`"
      case .datetime: "a `datetime`"
      case .time: "a `time`"
      case .duration: "a `duration`"
      case .email: "an `email`"
      case .phone: "a `phone`"
      case .enumeration: "an enumeration"
      }
    }
  }
}

extension BuiltinFunction {
  /// The name as it stands in the text.
  var spelling: String { self == .timeFromParts ? "time" : rawValue }

  /// Whether only tests have it: it counts what happened to everybody.
  var isOfTests: Bool { self == .runs || self == .rejected }

  var parameterCount: ClosedRange<Int> {
    switch self {
    case .abs, .ceil, .floor, .round, .length, .lower, .upper, .trim, .text, .date, .year, .month, .day,
      .weekday, .hour, .minute, .days, .hours:
      1...1
    case .timeOf, .timeFromParts: 1...2
    case .datetime, .default: 2...2
    case .slice, .if: 3...3
    case .min, .max: 2...Int.max
    case .communications: 0...Int.max
    case .runs: 1...2
    case .rejected: 0...0
    }
  }

  /// - Parameter position: Counted from 0.
  func parameter(_ position: Int) -> Parameter {
    switch self {
    case .abs, .ceil, .floor, .round: .number
    case .length, .lower, .upper, .trim: .text
    case .slice: position == 0 ? .text : .exactly(.integer)
    case .text, .min, .max, .default, .if, .communications, .runs, .rejected: .anything
    case .date, .timeOf: .exactly(.datetime)
    case .timeFromParts: .exactly(.integer)
    case .datetime: .exactly(position == 0 ? .date : .time)
    case .year, .month, .day, .weekday: .dateOrDatetime
    case .hour, .minute: .datetimeOrTime
    case .days, .hours: .exactly(.duration)
    }
  }

  /// The type of the result, given that of the last argument.
  func resultType(_ argument: ValueType) -> ValueType {
    switch self {
    case .abs, .default, .if, .min, .max: argument
    case .ceil, .floor, .round, .length, .year, .month, .day, .weekday, .hour, .minute, .days, .hours,
      .communications, .runs, .rejected:
      .integer
    case .lower, .upper, .trim, .slice, .text: .string
    case .date: .date
    case .timeOf, .timeFromParts: .time
    case .datetime: .datetime
    }
  }

  /// How the function is written, for help.
  var usage: String {
    switch self {
    case .abs, .ceil, .floor, .round: "\(rawValue)(number)"
    case .min, .max: "\(rawValue)(a, b, …)"
    case .length, .lower, .upper, .trim: "\(rawValue)(text)"
    case .slice: "slice(text, from, length)"
    case .text: "text(value)"
    case .date: "date(datetime)"
    case .timeOf, .timeFromParts: "time(datetime)` or `time(hour, minute)"
    case .datetime: "datetime(date, time)"
    case .year, .month, .day, .weekday: "\(rawValue)(date)"
    case .hour, .minute: "\(rawValue)(time)"
    case .days, .hours: "\(rawValue)(duration)"
    case .default: "default(value, otherwise)"
    case .if: "if(condition, then, otherwise)"
    case .communications: "communications([NAME | CHANNEL] [, STATUS…] [, within DURATION])"
    case .runs: "runs(FLOW [, finished | failed])"
    case .rejected: "rejected()"
    }
  }
}
