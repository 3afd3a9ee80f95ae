import FlowSchema
import FlowValues

/// The functions of the language (language 5).
extension Engine {
  mutating func call(_ instruction: Instruction) {
    let a = Int(instruction.a)
    let first = Int(instruction.b)
    let function = RuntimeFunction(rawValue: instruction.flag) ?? .textOfText
    for argument in first..<first + function.argumentCount where !registers[argument].isSet {
      registers[a] = .unset
      return
    }
    let x = registers[first]
    switch function {
    case .absInteger:
      if x.bits == .min { run.failure = .integerOverflow } else { registers[a] = Value(bits: abs(x.bits)) }
    case .absNumeric: registers[a] = Value(bits: abs(x.bits))
    case .ceil: registers[a] = Value(bits: x.numeric.ceil())
    case .floor: registers[a] = Value(bits: x.numeric.floor())
    case .round: registers[a] = Value(bits: x.numeric.roundHalfEven())
    case .length: registers[a] = Value(bits: Int64(TextFunctions.length(bytes(x))))
    case .slice: registers[a] = slice(x, registers[first + 1].bits, registers[first + 2].bits)
    case .trim: registers[a] = trimmed(x)
    case .lower, .upper, .textOfInteger, .textOfNumeric, .textOfBoolean, .textOfDate, .textOfDatetime,
      .textOfTime, .textOfDuration, .textOfCase:
      registers[a] = rendered(function, x)
    case .textOfText: registers[a] = x
    case .dateOfDatetime: registers[a] = Value(bits: Int64(clock.local(x.bits).date.dayNumber))
    case .timeOfDatetime: registers[a] = Value(bits: Int64(clock.local(x.bits).time.milliseconds))
    case .timeFromParts: registers[a] = time(x.bits, registers[first + 1].bits)
    case .datetimeFromParts: registers[a] = datetime(date: x.bits, time: registers[first + 1].bits)
    case .yearOfDate: registers[a] = Value(bits: Int64(x.date.year))
    case .monthOfDate: registers[a] = Value(bits: Int64(x.date.month))
    case .dayOfDate: registers[a] = Value(bits: Int64(x.date.day))
    case .weekdayOfDate: registers[a] = Value(bits: Int64(x.date.weekday))
    case .hourOfTime: registers[a] = Value(bits: x.bits / 3_600_000)
    case .minuteOfTime: registers[a] = Value(bits: x.bits / 60_000 % 60)
    case .daysOfDuration: registers[a] = Value(bits: x.durationLength / TimeOfDay.millisecondsPerDay)
    case .hoursOfDuration: registers[a] = Value(bits: x.durationLength / 3_600_000)
    }
  }

  @inline(__always) private func slice(_ value: Value, _ from: Int64, _ length: Int64) -> Value {
    let range = TextFunctions.slice(bytes(value), from: Int(from), length: Int(length))
    return Value(bits: offset(value, by: range.lowerBound), extra: Int32(range.count))
  }

  @inline(__always) private func trimmed(_ value: Value) -> Value {
    let range = Blanks.trimmed(bytes(value))
    return Value(bits: offset(value, by: range.lowerBound), extra: Int32(range.count))
  }

  /// A place within a text: constants count downwards.
  @inline(__always) private func offset(_ value: Value, by distance: Int) -> Int64 {
    value.bits >= 0 ? value.bits + Int64(distance) : value.bits - Int64(distance)
  }

  private mutating func time(_ hour: Int64, _ minute: Int64) -> Value {
    guard let hour = Int(exactly: hour), let minute = Int(exactly: minute),
      let time = TimeOfDay(hour: hour, minute: minute)
    else {
      run.failure = .invalidTime
      return .unset
    }
    return Value(bits: Int64(time.milliseconds))
  }

  private mutating func datetime(date: Int64, time: Int64) -> Value {
    guard let local = LocalDateTime(milliseconds: date * TimeOfDay.millisecondsPerDay + time),
      let instant = clock.instant(local)
    else {
      run.failure = .dateOutOfRange
      return .unset
    }
    return Value(bits: instant)
  }

  /// Texts made of values. Rare beside everything else, so they go through an array that is kept.
  private mutating func rendered(_ function: RuntimeFunction, _ x: Value) -> Value {
    textScratch.removeAll(keepingCapacity: true)
    switch function {
    case .lower: TextFunctions.appendLower(bytes(x), to: &textScratch)
    case .upper: TextFunctions.appendUpper(bytes(x), to: &textScratch)
    case .textOfInteger: textScratch.append(contentsOf: String(x.bits).utf8)
    case .textOfNumeric: x.numeric.append(to: &textScratch)
    case .textOfBoolean: textScratch.append(contentsOf: (x.isTrue ? "true" : "false").utf8)
    case .textOfDate: x.date.append(to: &textScratch)
    case .textOfDatetime: clock.local(x.bits).append(to: &textScratch)
    case .textOfTime: x.time.append(to: &textScratch)
    case .textOfDuration: textScratch.append(contentsOf: x.duration.description.utf8)
    default: textScratch.append(contentsOf: deployment.caseNames[Int(x.bits)].utf8)
    }
    guard textScratch.count <= EngineLimits.textBytes else {
      run.failure = .textTooLong
      return .unset
    }
    return textScratch.withUnsafeBufferPointer { person.appendText($0) }
  }
}

extension RuntimeFunction {
  fileprivate var argumentCount: Int {
    switch self {
    case .slice: 3
    case .timeFromParts, .datetimeFromParts: 2
    case .absInteger, .absNumeric, .ceil, .floor, .round, .length, .lower, .upper, .trim, .textOfInteger,
      .textOfNumeric, .textOfBoolean, .textOfDate, .textOfDatetime, .textOfTime, .textOfDuration, .textOfCase,
      .textOfText, .dateOfDatetime, .timeOfDatetime, .yearOfDate, .monthOfDate, .dayOfDate, .weekdayOfDate,
      .hourOfTime, .minuteOfTime, .daysOfDuration, .hoursOfDuration:
      1
    }
  }
}
