import FlowCheck
import FlowSchema
import FlowSyntax
import FlowValues

extension ProgramParts {
  /// Compiles an expression so that its value, as `type`, comes to lie in `register`. Registers above it are free.
  mutating func compile(_ id: ExpressionID, into register: Int, as type: ValueType) {
    compileValue(id, into: register, as: type)
    // What stands in parentheses has become a numeric inside them.
    if case .parenthesized = tree[id].kind { return }
    if type == .numeric, facts.type(of: id) == .integer {
      emit(Instruction(.toNumeric, a: register, b: register))
    }
  }

  private mutating func compileValue(_ id: ExpressionID, into register: Int, as type: ValueType) {
    switch tree[id].kind {
    case .missing, .unset: emitConstant(.unset, into: register)
    case .now: emit(Instruction(.now, a: register))
    case .today: emit(Instruction(.today, a: register))
    case .boolean(let truth): emitConstant(Value(truth), into: register)
    case .integer(let number): emitConstant(Value(bits: number), into: register)
    case .numeric(let number): emitConstant(Value(bits: number.millionths), into: register)
    case .text(let text): emitConstant(literal(tree[text], as: facts.type(of: id)), into: register)
    case .date(let date): emitConstant(Value(bits: Int64(date.dayNumber)), into: register)
    case .localDateTime(let local):
      emitConstant(Value(bits: local.milliseconds, tag: .local), into: register)
    case .instant(let instant): emitConstant(Value(bits: instant.milliseconds), into: register)
    case .time(let time): emitConstant(Value(bits: Int64(time.milliseconds)), into: register)
    case .duration(let duration):
      emitConstant(Value(bits: duration.milliseconds, extra: duration.days), into: register)
    case .name, .member: compileReference(facts.reference(of: id), into: register)
    case .unary(let op, let operand): compile(op, operand, facts.type(of: id), into: register)
    case .binary(let op, let left, let right): compile(id, op, left, right, into: register)
    case .membership(let operand, let negated, let list):
      compileMembership(operand, Array(tree[list]), into: register)
      if negated { emit(Instruction(.not, a: register, b: register)) }
    case .presence(let operand, let negated):
      compile(operand, into: register, as: facts.type(of: operand) ?? .boolean)
      emit(Instruction(negated ? .isNotSet : .isSet, a: register, b: register))
    case .call(_, let arguments): compileCall(id, Array(tree[arguments]), into: register, as: type)
    case .within(let duration): compile(duration, into: register, as: .duration)
    case .parenthesized(let inner): compile(inner, into: register, as: type)
    }
  }

  /// A text literal that stands for an email or phone is in normal form, as a cell would be (semantics D3).
  private mutating func literal(_ text: String, as type: ValueType?) -> Value {
    constantText.value(of: LiteralText.normalForm(of: text, as: type))
  }

  private mutating func compileReference(_ reference: Reference, into register: Int) {
    switch reference {
    case .field(.profile, let index): emit(Instruction(.field, a: register, b: profileSlots[index]))
    case .field(.participant, let index): emit(Instruction(.field, a: register, b: firstSlot + index))
    case .result(let name): emit(Instruction(.result, a: register, b: name))
    case .communication(let property):
      emit(Instruction(.communicationProperty, flag: RuntimeProperty(property).rawValue, a: register))
    case .lastValue: emitConstant(lastValue, into: register)
    case .campaignName: emitConstant(nameText, into: register)
    case .enumerationCase(let id): emitConstant(Value(bits: number(of: id)), into: register)
    case .communicationName(let index): emitConstant(Value(bits: nameCases[index]), into: register)
    case .channel(let channel): emitConstant(Value(bits: channelCases[Int(channel.rawValue)]), into: register)
    case .status(let status): emitConstant(Value(bits: statusCases[Int(status.rawValue)]), into: register)
    case .none, .function, .flow, .runOutcome: emitConstant(.unset, into: register)
    }
  }

  private mutating func compile(
    _ op: UnaryOperator, _ operand: ExpressionID, _ type: ValueType?, into register: Int
  ) {
    switch op {
    case .not:
      compile(operand, into: register, as: .boolean)
      emit(Instruction(.not, a: register, b: register))
    case .minus:
      compile(operand, into: register, as: type ?? .integer)
      let operation: Operation =
        if type == .numeric { .negateNumeric } else if type == .duration { .durationNegate } else {
          .negateInteger
        }
      emit(Instruction(operation, a: register, b: register))
    }
  }

  private mutating func compile(
    _ id: ExpressionID, _ op: BinaryOperator, _ left: ExpressionID, _ right: ExpressionID, into register: Int
  ) {
    switch op {
    case .and, .or: compileLogic(op, left, right, into: register)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      compileComparison(id, op, left, right, into: register)
    case .contains, .startsWith, .endsWith:
      compile(left, into: register, as: .string)
      compile(right, into: register + 1, as: .string)
      let operation: Operation =
        if op == .contains { .contains } else if op == .startsWith { .startsWith } else { .endsWith }
      emit(Instruction(operation, a: register, b: register, c: register + 1))
    case .matches: compileMatches(left, right, into: register)
    case .add, .subtract, .multiply, .divide, .remainder:
      compileArithmetic(op, left, right, into: register, facts.type(of: id) ?? .integer)
    }
  }

  /// The left side decides where it can (semantics K4); else both sides count, with unknown (K2).
  private mutating func compileLogic(
    _ op: BinaryOperator, _ left: ExpressionID, _ right: ExpressionID, into register: Int
  ) {
    compile(left, into: register, as: .boolean)
    let jump = emit(.wide(op == .and ? .jumpIfFalse : .jumpIfTrue, a: register, 0))
    compile(right, into: register + 1, as: .boolean)
    emit(Instruction(op == .and ? .and : .or, a: register, b: register, c: register + 1))
    land(jump)
  }

  private mutating func compileMatches(_ left: ExpressionID, _ right: ExpressionID, into register: Int) {
    compile(left, into: register, as: .string)
    guard case .text(let id) = tree[right].kind,
      let pattern = try? Pattern(tree[id])
    else { return emitConstant(.unset, into: register) }
    emit(Instruction(.matches, a: register, b: register, c: append(pattern, to: \.patterns)))
  }

  // MARK: Comparisons

  private mutating func compileComparison(
    _ id: ExpressionID, _ op: BinaryOperator, _ left: ExpressionID, _ right: ExpressionID, into register: Int
  ) {
    let type = comparedType(left, right)
    compileOperand(left, into: register, comparedAs: type)
    compileOperand(right, into: register + 1, comparedAs: type)
    if observes, flow >= 0 {
      let comparison = ObservedComparison(
        flow: flow, file: file, expression: id, type: type, comparison: Self.comparison(op))
      emit(.wide(.observe, a: register, append(comparison, to: \.comparisons)))
    }
    emitComparison(Self.comparison(op), type, register, register + 1, into: register)
  }

  private static func comparison(of type: ValueType) -> Operation {
    switch type {
    case .string, .email, .phone: .compareText
    case .duration: .compareDuration
    case .integer, .numeric, .boolean, .date, .datetime, .time, .enumeration: .compareBits
    }
  }

  mutating func emitComparison(
    _ comparison: Comparison, _ type: ValueType, _ b: Int, _ c: Int, into register: Int
  ) {
    emit(Instruction(Self.comparison(of: type), flag: comparison.rawValue, a: register, b: b, c: c))
  }

  /// The type in which two sides are compared: numeric if either is, a date where a date meets a datetime
  /// (semantics T5).
  private func comparedType(_ left: ExpressionID, _ right: ExpressionID) -> ValueType {
    let a = facts.type(of: left)
    let b = facts.type(of: right)
    switch (a, b) {
    case (.numeric, _), (_, .numeric): return .numeric
    case (.date, .datetime), (.datetime, .date): return .date
    case (let type?, _), (nil, let type?): return type
    case (nil, nil): return .boolean
    }
  }

  private mutating func compileOperand(_ id: ExpressionID, into register: Int, comparedAs type: ValueType) {
    let own = facts.type(of: id)
    guard type == .date, own == .datetime else {
      return compile(id, into: register, as: own == .integer ? type : own ?? type)
    }
    compile(id, into: register, as: .datetime)
    emit(Instruction(.function, flag: RuntimeFunction.dateOfDatetime.rawValue, a: register, b: register))
  }

  private static func comparison(_ op: BinaryOperator) -> Comparison {
    switch op {
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    case .equal, .multiply, .divide, .remainder, .add, .subtract, .contains, .startsWith, .endsWith, .matches,
      .and, .or:
      .equal
    }
  }

  /// `a in (x, y)` is `a == x or a == y` (semantics K2), with `a` read once.
  private mutating func compileMembership(
    _ operand: ExpressionID, _ list: [ExpressionID], into register: Int
  ) {
    let subject = register + 1
    emitConstant(Value(false), into: register)
    var jumps: [Int] = []
    for element in list {
      let type = comparedType(operand, element)
      compileOperand(operand, into: subject, comparedAs: type)
      compileOperand(element, into: subject + 1, comparedAs: type)
      emitComparison(.equal, type, subject, subject + 1, into: subject + 1)
      emit(Instruction(.or, a: register, b: register, c: subject + 1))
      jumps.append(emit(.wide(.jumpIfTrue, a: register, 0)))
    }
    for jump in jumps { land(jump) }
  }

  // MARK: Arithmetic

  private mutating func compileArithmetic(
    _ op: BinaryOperator, _ left: ExpressionID, _ right: ExpressionID, into register: Int, _ type: ValueType
  ) {
    let a = facts.type(of: left) ?? type
    let b = facts.type(of: right) ?? type
    let operation = Self.operation(op, a, b, type)
    compile(left, into: register, as: operation.isNumeric ? .numeric : a)
    compile(right, into: register + 1, as: operation.isNumeric ? .numeric : b)
    emit(Instruction(operation, a: register, b: register, c: register + 1))
  }

  /// The rows of the table of operators (language 5), which the checker has seen to: the left side tells most.
  private static func operation(
    _ op: BinaryOperator, _ a: ValueType, _ b: ValueType, _ type: ValueType
  ) -> Operation {
    switch a {
    case .string, .email, .phone: .concatenate
    case .date: b == .date ? .dateDistance : op == .add ? .dateAdd : .dateSubtract
    case .datetime: b == .datetime ? .datetimeDistance : op == .add ? .datetimeAdd : .datetimeSubtract
    case .duration:
      b == .integer ? .durationMultiply : op == .add ? .durationAdd : .durationSubtract
    case .integer, .numeric, .boolean, .time, .enumeration: numberOperation(op, isNumeric: type == .numeric)
    }
  }

  private static func numberOperation(_ op: BinaryOperator, isNumeric: Bool) -> Operation {
    switch op {
    case .add: isNumeric ? .addNumeric : .addInteger
    case .subtract: isNumeric ? .subtractNumeric : .subtractInteger
    case .multiply: isNumeric ? .multiplyNumeric : .multiplyInteger
    case .remainder: isNumeric ? .remainderNumeric : .remainderInteger
    default: .divideNumeric
    }
  }
}

extension Operation {
  fileprivate var isNumeric: Bool {
    switch self {
    case .addNumeric, .subtractNumeric, .multiplyNumeric, .divideNumeric, .remainderNumeric: true
    default: false
    }
  }
}
