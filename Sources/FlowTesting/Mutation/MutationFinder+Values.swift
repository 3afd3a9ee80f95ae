internal import FlowCheck
internal import FlowSchema
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// Values: another case, another literal, another operator.
extension MutationFinder {
  mutating func visitValue(_ id: ExpressionID, _ kind: MutationKind = .otherLiteral) {
    switch tree[id].kind {
    case .boolean(let truth): replace(kind, tree[id].range, by: truth ? "false" : "true")
    case .integer, .numeric, .text, .date, .localDateTime, .instant, .time, .duration:
      if let other = literal(id, by: 1) { replace(kind, tree[id].range, by: other) }
    case .name: if let other = otherCase(id) { replace(.otherCase, tree[id].range, by: other) }
    case .unary(_, let operand), .presence(let operand, _): visitValue(operand, kind)
    case .parenthesized(let inner): visitValue(inner, kind)
    case .binary(let op, let left, let right):
      visitOperator(op, left, right)
      visitValue(left, kind)
      visitValue(right, kind)
    case .membership(let element, _, let list):
      visitValue(element)
      for member in tree[list] { visitValue(member) }
    case .call(_, let arguments): visitCall(id, Array(tree[arguments]), kind)
    case .within(let duration): visitValue(duration)
    case .missing, .unset, .now, .today, .member: break
    }
  }

  private mutating func visitCall(_ id: ExpressionID, _ arguments: [ExpressionID], _ kind: MutationKind) {
    var arguments = arguments[...]
    if case .function(.if) = facts.reference(of: id), let condition = arguments.popFirst() {
      visitCondition(condition)
    }
    for argument in arguments { visitValue(argument, kind) }
  }

  private mutating func visitOperator(_ op: BinaryOperator, _ left: ExpressionID, _ right: ExpressionID) {
    let between = SourceRange(tree[left].range.upper, tree[right].range.lower)
    guard let other = op.counterpart, let token = tokens(in: between).first else { return }
    change(
      .otherOperator, token.range, to: other,
      place: tree[left].range.extended(to: tree[right].range),
      .replaced(by: "\(text(left)) \(other) \(text(right))"))
  }

  // MARK: Cases

  /// The next case of the enumeration.
  private func otherCase(_ id: ExpressionID) -> String? {
    guard case .enumeration(let enumeration) = facts.type(of: id) else { return nil }
    let schema = campaign.schema
    let cases = schema[enumeration].cases.map { schema[$0] }
    guard cases.count > 1, let index = cases.firstIndex(of: text(id)) else { return nil }
    return cases[(index + 1) % cases.count]
  }

  // MARK: Literals

  /// The literal that lies a step from one, if it is one: a number one more, a time an hour later, a date the next day, a
  /// text with a letter more.
  func literal(_ id: ExpressionID, by step: Int64) -> String? {
    switch tree[id].kind {
    case .integer(let number): String(number < .max && number > .min ? number + step : 0)
    case .numeric(let number):
      Numeric(millionths: number.millionths + step * 1_000_000).map(\.description)
    case .text: otherText(text(id))
    case .date(let date): date.adding(days: step).map(\.description)
    case .localDateTime(let local): local.date.adding(days: step).map { "\($0)" + text(id).dropFirst(10) }
    case .instant: nil
    case .time(let time): otherTime(time, step).description
    case .duration(let duration): duration.moved(by: step)?.description
    case .missing, .unset, .now, .today, .boolean, .name, .member, .unary, .binary, .membership, .presence,
      .call, .within, .parenthesized:
      nil
    }
  }

  /// A letter at the end; a digit where there are only digits, so that a number of a telephone stays one.
  private func otherText(_ literal: String) -> String {
    let isNumber = literal.dropFirst().dropLast().allSatisfy { "0"..."9" ~= $0 || $0 == "+" || $0 == " " }
    return literal.dropLast() + (isNumber && literal.count > 2 ? "0\"" : "x\"")
  }

  private func otherTime(_ time: TimeOfDay, _ step: Int64) -> TimeOfDay {
    let hour = (time.hour + Int(step) + 24) % 24
    return TimeOfDay(hour: hour, minute: time.minute) ?? time
  }
}

extension BinaryOperator {
  /// Addition for subtraction and so on.
  fileprivate var counterpart: String? {
    switch self {
    case .add: "-"
    case .subtract: "+"
    case .multiply: "/"
    case .divide: "*"
    case .remainder, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .contains,
      .startsWith,
      .endsWith, .matches, .and, .or:
      nil
    }
  }
}

extension CalendarDuration {
  /// One more, or less, of the smallest unit that it is written in; never below zero.
  fileprivate func moved(by step: Int64) -> CalendarDuration? {
    let unit: (days: Int64, milliseconds: Int64) =
      if milliseconds == 0 && days != 0 { (1, 0) } else if milliseconds % 3_600_000 == 0 {
        (0, 3_600_000)
      } else if milliseconds % 60_000 == 0 { (0, 60_000) } else { (0, 1000) }
    let (days, milliseconds) = (Int64(days) + step * unit.days, milliseconds + step * unit.milliseconds)
    guard days >= 0, milliseconds >= 0 else { return moved(by: -step) }
    return CalendarDuration(days: days, milliseconds: milliseconds)
  }
}
