import FlowSchema
import FlowValues

/// Arithmetic and texts. An operation on unset gives unset (semantics K2); what leaves its range fails the run (K4).
extension Engine {
  mutating func calculate(_ instruction: Instruction) {
    let a = Int(instruction.a)
    let b = registers[Int(instruction.b)]
    let c = instruction.operation.isUnary ? b : registers[Int(instruction.c)]
    guard b.isSet, c.isSet else {
      registers[a] = .unset
      return
    }
    switch instruction.operation {
    case .addInteger: registers[a] = integer(b.bits.addingReportingOverflow(c.bits))
    case .subtractInteger: registers[a] = integer(b.bits.subtractingReportingOverflow(c.bits))
    case .multiplyInteger: registers[a] = integer(b.bits.multipliedReportingOverflow(by: c.bits))
    case .negateInteger: registers[a] = integer(Int64(0).subtractingReportingOverflow(b.bits))
    case .remainderInteger:
      if c.bits == 0 {
        run.failure = .divisionByZero
      } else {
        registers[a] = Value(bits: b.bits.remainderReportingOverflow(dividingBy: c.bits).partialValue)
      }
    case .toNumeric: registers[a] = numeric(Numeric(b.bits))
    case .negateNumeric: registers[a] = Value(bits: 0 - b.bits)
    default: registers[a] = numericOperation(instruction.operation, b, c)
    }
  }

  private mutating func numericOperation(_ operation: Operation, _ b: Value, _ c: Value) -> Value {
    guard let left = Numeric(millionths: b.bits), let right = Numeric(millionths: c.bits) else {
      run.failure = .numericOutOfRange
      return .unset
    }
    switch operation {
    case .addNumeric: return numeric(left.adding(right))
    case .subtractNumeric: return numeric(left.subtracting(right))
    case .multiplyNumeric: return numeric(left.multiplied(by: right))
    default:
      if c.bits == 0 {
        run.failure = .divisionByZero
        return .unset
      }
      return numeric(
        operation == .divideNumeric ? left.divided(by: right) : left.remainder(dividingBy: right))
    }
  }

  private mutating func integer(_ result: (partialValue: Int64, overflow: Bool)) -> Value {
    if result.overflow { run.failure = .integerOverflow }
    return Value(bits: result.partialValue)
  }

  private mutating func numeric(_ number: Numeric?) -> Value {
    guard let number else {
      run.failure = .numericOutOfRange
      return .unset
    }
    return Value(bits: number.millionths)
  }

  // MARK: Dates and durations

  mutating func calculateTime(_ instruction: Instruction) {
    let a = Int(instruction.a)
    let b = registers[Int(instruction.b)]
    let c = instruction.operation == .durationNegate ? b : registers[Int(instruction.c)]
    guard b.isSet, c.isSet else {
      registers[a] = .unset
      return
    }
    switch instruction.operation {
    case .dateAdd: registers[a] = date(b, movedBy: c, 1)
    case .dateSubtract: registers[a] = date(b, movedBy: c, -1)
    case .dateDistance: registers[a] = duration(days: b.bits - c.bits, milliseconds: 0)
    case .datetimeAdd: registers[a] = datetime(b.bits, c)
    case .datetimeSubtract: registers[a] = datetime(b.bits, Value(bits: 0 - c.bits, extra: 0 - c.extra))
    case .datetimeDistance: registers[a] = duration(days: 0, milliseconds: b.bits - c.bits)
    case .durationAdd:
      registers[a] = duration(days: Int64(b.extra) + Int64(c.extra), milliseconds: b.bits + c.bits)
    case .durationSubtract:
      registers[a] = duration(days: Int64(b.extra) - Int64(c.extra), milliseconds: b.bits - c.bits)
    case .durationNegate: registers[a] = Value(bits: 0 - b.bits, extra: 0 - b.extra)
    case .durationMultiply:
      let product = CalendarDuration(days: Int64(b.extra), milliseconds: b.bits)?.multiplied(by: c.bits)
      registers[a] = duration(product)
    default:
      let comparison = Comparison(rawValue: instruction.flag) ?? .equal
      registers[a] = Value(comparison.holds(b.durationLength, c.durationLength))
    }
  }

  private mutating func duration(days: Int64, milliseconds: Int64) -> Value {
    duration(CalendarDuration(days: days, milliseconds: milliseconds))
  }

  private mutating func duration(_ duration: CalendarDuration?) -> Value {
    guard let duration else {
      run.failure = .durationOutOfRange
      return .unset
    }
    return Value(bits: duration.milliseconds, extra: duration.days)
  }

  private mutating func date(_ date: Value, movedBy duration: Value, _ sign: Int64) -> Value {
    guard duration.bits == 0 else {
      run.failure = .dateNeedsWholeDays
      return .unset
    }
    guard let moved = CivilDate(dayNumber: date.bits + sign * Int64(duration.extra)) else {
      run.failure = .dateOutOfRange
      return .unset
    }
    return Value(bits: Int64(moved.dayNumber))
  }

  private mutating func datetime(_ milliseconds: Int64, _ duration: Value) -> Value {
    guard let moved = instant(milliseconds, plus: duration) else {
      run.failure = .dateOutOfRange
      return .unset
    }
    return Value(bits: moved)
  }

  // MARK: Texts (semantics K3)

  mutating func calculateText(_ instruction: Instruction) {
    let a = Int(instruction.a)
    let b = registers[Int(instruction.b)]
    let c = instruction.operation == .matches ? b : registers[Int(instruction.c)]
    guard b.isSet, c.isSet else {
      registers[a] = .unset
      return
    }
    switch instruction.operation {
    case .compareText:
      let comparison = Comparison(rawValue: instruction.flag) ?? .equal
      let order = comparison.isEquality ? (isEqual(b, c) ? 0 : 1) : TextFunctions.compare(bytes(b), bytes(c))
      registers[a] = Value(comparison.holds(Int64(order), 0))
    case .contains: registers[a] = Value(TextFunctions.contains(bytes(b), bytes(c)))
    case .startsWith: registers[a] = Value(TextFunctions.hasPrefix(bytes(b), bytes(c)))
    case .endsWith: registers[a] = Value(TextFunctions.hasSuffix(bytes(b), bytes(c)))
    case .matches: registers[a] = matches(b, pattern: Int(instruction.c))
    default: registers[a] = concatenation(b, c)
    }
  }

  private mutating func matches(_ value: Value, pattern: Int) -> Value {
    let text = bytes(value)
    return Value(deployment.programs[campaign].patterns[pattern].matches(text, scratch: patternScratch))
  }

  private mutating func concatenation(_ b: Value, _ c: Value) -> Value {
    guard Int(b.extra) + Int(c.extra) <= EngineLimits.textBytes else {
      run.failure = .textTooLong
      return .unset
    }
    // Appending may move the text, so both sides are found again after room has been made.
    person.text.reserve(person.text.count + Int(b.extra) + Int(c.extra))
    let start = person.text.count
    person.text.append(bytes(b))
    person.text.append(bytes(c))
    return Value(bits: Int64(start), extra: b.extra + c.extra)
  }
}

extension Operation {
  fileprivate var isUnary: Bool {
    self == .toNumeric || self == .negateInteger || self == .negateNumeric
  }
}

extension Comparison {
  fileprivate var isEquality: Bool { self == .equal || self == .notEqual }
}
