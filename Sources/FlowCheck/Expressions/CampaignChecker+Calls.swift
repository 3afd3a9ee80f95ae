internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// Functions (language 5).
extension CampaignChecker {
  mutating func call(
    _ id: ExpressionID, _ name: Name, _ list: ExpressionList, _ expected: Expectation
  ) -> ValueType? {
    let arguments = tree[list]
    guard let index = names.functions[name.symbol] else {
      for argument in arguments { check(argument, .silent) }
      reportUnknownFunction(name)
      return nil
    }
    var function = BuiltinFunction.allCases[index]
    if function == .timeOf, arguments.count == 2 { function = .timeFromParts }
    references[Int(id.index)] = .function(function)
    if function == .communications { return countOfCommunications(arguments) }
    if function.isOfTests { return testFunction(id, name, function, arguments) }
    guard function.parameterCount.contains(arguments.count) else {
      for argument in arguments { check(argument, .silent) }
      reportArgumentCount(id, name, function, arguments.count)
      return nil
    }
    switch function {
    case .default, .min, .max: return choice(function, arguments, expected)
    case .if:
      let isRight = requireCondition(arguments[arguments.startIndex], "`if`")
      let type = choice(function, arguments.dropFirst(), expected)
      return isRight ? type : nil
    case .abs, .ceil, .floor, .round, .length, .lower, .upper, .trim, .slice, .text, .date, .timeOf,
      .timeFromParts, .datetime, .year, .month, .day, .weekday, .hour, .minute, .days, .hours,
      .communications, .runs, .rejected:
      return plainCall(function, arguments)
    }
  }

  /// A function whose parameters have types of their own.
  private mutating func plainCall(
    _ function: BuiltinFunction, _ arguments: ArraySlice<ExpressionID>
  ) -> ValueType? {
    var isRight = true
    var last: ValueType?
    for (position, argument) in arguments.enumerated() {
      let parameter = function.parameter(position)
      if isUnset(argument) {
        reportUnsetOperand(argument, "`\(function.spelling)(…)`")
        isRight = false
        continue
      }
      guard let type = check(argument, .none) else {
        isRight = false
        continue
      }
      last = type
      if !accepts(parameter, type) {
        reportArgument(argument, function, parameter, type)
        isRight = false
      }
    }
    guard isRight, let last else { return nil }
    return function.resultType(last)
  }

  private func accepts(_ parameter: Parameter, _ type: ValueType) -> Bool {
    switch parameter {
    case .anything: true
    case .number: isNumber(type)
    case .text: isText(type)
    case .dateOrDatetime: type == .date || type == .datetime
    case .datetimeOrTime: type == .datetime || type == .time
    case .exactly(let wanted): type == wanted
    }
  }

  /// A function that gives back one of its arguments: they need a type in common, and take it from each other.
  private mutating func choice(
    _ function: BuiltinFunction, _ arguments: ArraySlice<ExpressionID>, _ expected: Expectation
  ) -> ValueType? {
    let clear = clearArgument(arguments)
    let own = clear.map { Expectation($0.type) } ?? .none
    var joinedType: ValueType?
    var first: ExpressionID?
    var isRight = true
    for argument in arguments {
      if isUnset(argument) {
        if function == .min || function == .max {
          reportUnsetOperand(argument, "`\(function.spelling)(…)`")
          isRight = false
        }
        continue
      }
      let found =
        clear?.id == argument ? clear?.type : check(argument, expectation(of: argument, expected, own))
      guard let type = found else {
        isRight = false
        continue
      }
      guard let earlier = joinedType else {
        (joinedType, first) = (type, argument)
        continue
      }
      guard let both = joined(earlier, type) else {
        if let first { reportChoice(function, (first, earlier), (argument, type)) }
        return nil
      }
      joinedType = both
    }
    guard isRight, let type = joinedType else { return nil }
    if (function == .min || function == .max) && !isOrdered(type) {
      reportArgument(arguments[arguments.startIndex], function, .anything, type)
      return nil
    }
    return type
  }

  /// The first argument that needs no help of its place, checked before those that do.
  private mutating func clearArgument(
    _ arguments: ArraySlice<ExpressionID>
  ) -> (id: ExpressionID, type: ValueType?)? {
    guard arguments.contains(where: { needsPlace($0) }),
      let clear = arguments.first(where: { !needsPlace($0) && !isUnset($0) })
    else { return nil }
    return (clear, check(clear, .none))
  }

  /// What an argument is told: what the place of the call wants, else what its neighbour is.
  private func expectation(
    of argument: ExpressionID, _ expected: Expectation, _ own: Expectation
  ) -> Expectation {
    switch expected {
    case .none: return own
    case .silent: return .silent
    case .type(.enumeration(let wanted)):
      guard case .name(let symbol) = expressions[Int(argument.index)].kind,
        let known = names.cases[symbol], !has(wanted, CaseID(known)),
        case .type(.enumeration(let neighbour)) = own, has(neighbour, CaseID(known))
      else { return expected }
      return own
    case .type:
      // Where the neighbour is wrong, what the call gives back is not known to be wanted.
      if case .silent = own { return .silent }
      return expected
    }
  }
}
