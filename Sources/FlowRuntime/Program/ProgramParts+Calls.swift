import FlowCheck
import FlowSchema
import FlowSyntax
import FlowValues

extension ProgramParts {
  mutating func compileCall(
    _ id: ExpressionID, _ arguments: [ExpressionID], into register: Int, as wanted: ValueType
  ) {
    guard case .function(let function) = facts.reference(of: id) else {
      return emitConstant(.unset, into: register)
    }
    let type = facts.type(of: id) ?? wanted
    let first = arguments.first.flatMap { facts.type(of: $0) }
    switch function {
    case .default: compileDefault(arguments, into: register, as: type)
    case .if: compileIf(arguments, into: register, as: type)
    case .min, .max: compileExtreme(arguments, isLess: function == .min, into: register, as: type)
    case .communications: compileQuery(arguments, into: register)
    case .runs, .rejected: compileCount(function, arguments, into: register)
    case .abs: call(first == .numeric ? .absNumeric : .absInteger, arguments, [type], into: register)
    case .ceil: call(.ceil, arguments, [.numeric], into: register)
    case .floor: call(.floor, arguments, [.numeric], into: register)
    case .round: call(.round, arguments, [.numeric], into: register)
    case .length: call(.length, arguments, [.string], into: register)
    case .lower: call(.lower, arguments, [.string], into: register)
    case .upper: call(.upper, arguments, [.string], into: register)
    case .trim: call(.trim, arguments, [.string], into: register)
    case .slice: call(.slice, arguments, [.string, .integer, .integer], into: register)
    case .text: call(Self.text(of: first), arguments, [first ?? .string], into: register)
    case .date: call(.dateOfDatetime, arguments, [.datetime], into: register)
    case .timeOf: call(.timeOfDatetime, arguments, [.datetime], into: register)
    case .timeFromParts: call(.timeFromParts, arguments, [.integer, .integer], into: register)
    case .datetime: call(.datetimeFromParts, arguments, [.date, .time], into: register)
    case .year: callOnDate(.yearOfDate, arguments, first, into: register)
    case .month: callOnDate(.monthOfDate, arguments, first, into: register)
    case .day: callOnDate(.dayOfDate, arguments, first, into: register)
    case .weekday: callOnDate(.weekdayOfDate, arguments, first, into: register)
    case .hour: callOnTime(.hourOfTime, arguments, first, into: register)
    case .minute: callOnTime(.minuteOfTime, arguments, first, into: register)
    case .days: call(.daysOfDuration, arguments, [.duration], into: register)
    case .hours: call(.hoursOfDuration, arguments, [.duration], into: register)
    }
  }

  private mutating func call(
    _ function: RuntimeFunction, _ arguments: [ExpressionID], _ types: [ValueType], into register: Int
  ) {
    for (offset, argument) in arguments.enumerated() {
      compile(argument, into: register + offset, as: types[min(offset, types.count - 1)])
    }
    emit(Instruction(.function, flag: function.rawValue, a: register, b: register))
  }

  /// Functions of a date take a datetime too, by its local day.
  private mutating func callOnDate(
    _ function: RuntimeFunction, _ arguments: [ExpressionID], _ type: ValueType?, into register: Int
  ) {
    if type == .datetime {
      call(.dateOfDatetime, arguments, [.datetime], into: register)
      emit(Instruction(.function, flag: function.rawValue, a: register, b: register))
    } else {
      call(function, arguments, [.date], into: register)
    }
  }

  private mutating func callOnTime(
    _ function: RuntimeFunction, _ arguments: [ExpressionID], _ type: ValueType?, into register: Int
  ) {
    if type == .datetime {
      call(.timeOfDatetime, arguments, [.datetime], into: register)
      emit(Instruction(.function, flag: function.rawValue, a: register, b: register))
    } else {
      call(function, arguments, [.time], into: register)
    }
  }

  private static func text(of type: ValueType?) -> RuntimeFunction {
    switch type {
    case .integer: .textOfInteger
    case .numeric: .textOfNumeric
    case .boolean: .textOfBoolean
    case .date: .textOfDate
    case .datetime: .textOfDatetime
    case .time: .textOfTime
    case .duration: .textOfDuration
    case .enumeration: .textOfCase
    case .string, .email, .phone, nil: .textOfText
    }
  }

  private mutating func compileDefault(_ arguments: [ExpressionID], into register: Int, as type: ValueType) {
    guard arguments.count == 2 else { return emitConstant(.unset, into: register) }
    compile(arguments[0], into: register, as: type)
    let jump = emit(.wide(.jumpIfSet, a: register, 0))
    compile(arguments[1], into: register, as: type)
    land(jump)
  }

  private mutating func compileIf(_ arguments: [ExpressionID], into register: Int, as type: ValueType) {
    guard arguments.count == 3 else { return emitConstant(.unset, into: register) }
    compile(arguments[0], into: register, as: .boolean)
    let toSecond = emit(.wide(.jumpIfNotTrue, a: register, 0))
    compile(arguments[1], into: register, as: type)
    let end = emit(.wide(.jump, 0))
    land(toSecond)
    compile(arguments[2], into: register, as: type)
    land(end)
  }

  /// `min` and `max` of any ordered type; unset if any argument is (semantics K2).
  private mutating func compileExtreme(
    _ arguments: [ExpressionID], isLess: Bool, into register: Int, as type: ValueType
  ) {
    guard let first = arguments.first else { return emitConstant(.unset, into: register) }
    compile(first, into: register, as: type)
    for argument in arguments.dropFirst() {
      compile(argument, into: register + 1, as: type)
      let comparison: Comparison = isLess ? .lessOrEqual : .greaterOrEqual
      emitComparison(comparison, type, register, register + 1, into: register + 2)
      // Kept if it is the extreme; an unknown comparison leaves unset.
      let keep = emit(.wide(.jumpIfTrue, a: register + 2, 0))
      let take = emit(.wide(.jumpIfFalse, a: register + 2, 0))
      emitConstant(.unset, into: register)
      let end = emit(.wide(.jump, 0))
      land(take)
      emit(Instruction(.copy, a: register, b: register + 1))
      land(keep)
      land(end)
    }
  }

  private mutating func compileQuery(_ arguments: [ExpressionID], into register: Int) {
    var query = CommunicationsQuery(name: -1, channel: -1, statuses: 0, isWithin: false)
    for argument in arguments {
      if case .within(let duration) = tree[argument].kind {
        compile(duration, into: register, as: .duration)
        query.isWithin = true
        continue
      }
      switch facts.reference(of: argument) {
      case .communicationName(let index): query.name = index
      case .channel(let channel): query.channel = Int(channel.rawValue)
      case .status(let status): query.statuses |= 1 << UInt16(status.rawValue)
      case .none, .field, .result, .communication, .campaignName, .enumerationCase, .function, .flow,
        .runOutcome, .lastValue:
        break
      }
    }
    if query.statuses == 0 { query.statuses = .max }
    emit(Instruction(.countCommunications, a: register, b: register, c: append(query, to: \.queries)))
  }
}
