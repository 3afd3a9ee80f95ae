internal import FlowCheck
internal import FlowSchema
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// Finds the parts of conditions that states remember as a whole, and gives those of one meaning one number.
struct AtomBuilder {
  let campaign: CheckedCampaign
  let names: CampaignNames
  var table: VariableTable

  mutating func add(_ file: FileView) {
    for statement in file.statements {
      if case .check(let condition, _, _) = statement.kind { addCondition(condition, file) }
    }
    for communication in file.tree.communications {
      if let condition = communication.condition { addCondition(condition, file) }
    }
  }

  private mutating func addCondition(_ id: ExpressionID, _ file: FileView) {
    switch file.kind(id) {
    case .parenthesized(let inner), .unary(.not, let inner): addCondition(inner, file)
    case .binary(.and, let left, let right), .binary(.or, let left, let right):
      addCondition(left, file)
      addCondition(right, file)
    case .call(_, let arguments) where file.reference(id) == .function(.if):
      for argument in file.tree[arguments] { addCondition(argument, file) }
    case .binary(let sign, let left, let right):
      addCounts(id, file)
      if !isFollowed(sign, left, right, file) { addAtom(id, file) }
    case .membership(let operand, _, let list):
      addCounts(id, file)
      if !file.tree[list].allSatisfy({ isFollowed(.equal, operand, $0, file) }) { addAtom(id, file) }
    case .presence(let operand, _):
      addCounts(id, file)
      if table.variable(operand.bare(file), file) == nil { addAtom(id, file) }
    case .member, .boolean, .missing, .unset, .now, .today, .integer, .numeric, .text, .date, .localDateTime,
      .instant, .time, .duration, .name, .unary, .call, .within:
      break
    }
  }

  /// Whether the value sets of variables alone tell what a comparison comes to.
  private func isFollowed(
    _ sign: BinaryOperator, _ left: ExpressionID, _ right: ExpressionID, _ file: FileView
  ) -> Bool {
    switch file.type(left.bare(file)) ?? file.type(right.bare(file)) {
    case .email, .phone, .time, .duration: return false
    case .string where sign != .equal && sign != .notEqual: return false
    case .string, .boolean, .integer, .numeric, .date, .datetime, .enumeration, nil: break
    }
    return isOperand(left, file) && isConstant(right, file)
      || isOperand(right, file) && isConstant(left, file)
  }

  /// A variable, or one with a constant added.
  private func isOperand(_ id: ExpressionID, _ file: FileView) -> Bool {
    let id = id.bare(file)
    if table.variable(id, file) != nil { return true }
    switch file.kind(id) {
    case .binary(.add, let left, let right): return isOperand(left, file) && isConstant(right, file)
    case .binary(.subtract, let left, let right): return isOperand(left, file) && isConstant(right, file)
    case _: return false
    }
  }

  private func isConstant(_ id: ExpressionID, _ file: FileView) -> Bool {
    switch file.kind(id.bare(file)) {
    case .boolean, .integer, .numeric, .text, .date, .instant: true
    case .unary(.minus, let inner): isConstant(inner, file)
    case .name: true
    case .missing, .unset, .now, .today, .localDateTime, .time, .duration, .member, .unary, .binary,
      .membership,
      .presence, .call, .within, .parenthesized:
      false
    }
  }

  private mutating func addCounts(_ id: ExpressionID, _ file: FileView) {
    if case .call(_, let arguments) = file.kind(id), file.reference(id) == .function(.communications) {
      let filter = countFilter(arguments, file)
      table.note(id, file, Meaning.of(id, file)) { Atom(count: filter) }
      return
    }
    file.eachChild(id) { addCounts($0, file) }
  }

  private func countFilter(_ arguments: ExpressionList, _ file: FileView) -> CountFilter {
    var filter = CountFilter()
    for argument in file.tree[arguments] {
      switch file.reference(argument) {
      case .communicationName(let name): filter.name = name
      case .channel(let kind): filter.channel = kind
      case .status(let status): filter.statuses.insert(status)
      case .none, .field, .result, .communication, .campaignName, .enumerationCase, .function, .flow,
        .runOutcome, .lastValue:
        filter.isWithin = true
      }
    }
    return filter
  }

  private mutating func addAtom(_ id: ExpressionID, _ file: FileView) {
    var atom = Atom(reads: variables(in: id, file))
    file.eachInside(id) { inner in
      switch file.kind(inner) {
      case .now, .today: atom.readsTime = true
      case _: break
      }
    }
    table.note(id, file, Meaning.of(id, file)) { atom }
  }

  private func variables(in id: ExpressionID, _ file: FileView) -> [Variable] {
    var found: Set<Variable> = []
    file.eachInside(id) { inner in
      if let variable = table.variable(inner, file) { found.insert(variable) }
    }
    return found.sorted()
  }
}

/// What an expression means, apart from where it stands: equal for equal meanings (and else equal by no chance that
/// anybody will meet).
enum Meaning {
  static func of(_ id: ExpressionID, _ file: FileView) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    mix(id, file, &hash)
    return hash
  }

  private static func mix(_ id: ExpressionID, _ file: FileView, _ hash: inout UInt64) {
    let expression = file.expressions[Int(id.index)]
    if case .parenthesized(let inner) = expression.kind { return mix(inner, file, &hash) }
    var hasChildren = false
    file.eachChild(id) { child in
      hasChildren = true
      mix(child, file, &hash)
    }
    // A leaf is what its text says; of the others, the text between the children is the operator.
    if !hasChildren {
      for byte in file.tree.source.bytes[expression.range.lower..<expression.range.upper] {
        add(UInt64(byte), &hash)
      }
    }
    add(0x100 + sign(expression.kind), &hash)
  }

  private static func add(_ value: UInt64, _ hash: inout UInt64) {
    hash = (hash ^ value) &* 0x100_0000_01b3
    hash ^= hash >> 29
  }

  /// Tells the kinds with children apart.
  private static func sign(_ kind: Expression.Kind) -> UInt64 {
    switch kind {
    case .unary(let sign, _): sign == .not ? 1 : 2
    case .binary(let sign, _, _): 8 + UInt64(BinaryOperator.allCases.firstIndex(of: sign) ?? 0)
    case .membership(_, let isNegated, let list): (isNegated ? 64 : 65) + UInt64(list.count) << 16
    case .presence(_, let isNegated): isNegated ? 66 : 67
    case .call(let name, let list): UInt64(name.symbol.index) << 32 + UInt64(list.count) << 8 + 68
    case .within: 69
    case .missing, .unset, .now, .today, .boolean, .integer, .numeric, .text, .date, .localDateTime, .instant,
      .time, .duration, .name, .member, .parenthesized:
      0
    }
  }
}
