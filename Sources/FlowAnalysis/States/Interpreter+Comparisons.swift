internal import FlowCheck
internal import FlowSchema
internal import FlowSyntax
internal import FlowValues

/// A comparison as it stands in the text.
struct Comparison {
  var id: ExpressionID
  var sign: BinaryOperator
  var left: ExpressionID
  var right: ExpressionID
  /// Whether the sides are parts of those in the text: then what is remembered of the whole says nothing.
  var isPart = false

  init(_ id: ExpressionID, _ sign: BinaryOperator, _ left: ExpressionID, _ right: ExpressionID) {
    self.id = id
    self.sign = sign
    self.left = left
    self.right = right
  }
}

/// A variable with a constant added, in the unit in which it is compared.
struct ShiftedVariable {
  var variable: Variable
  /// In the unit of the variable.
  var offset: Int64
  /// Whether it is an integer compared with a numeric.
  var isScaled: Bool
}

extension Interpreter {
  func comparison(
    _ state: AbstractState, _ comparison: Comparison, _ file: FileView, _ wanted: TruthSet
  ) -> [AbstractState] {
    if let parts = defaultParts(comparison.left, file) {
      return split(state, parts, file) { state, part in
        var inner = comparison
        inner.left = part
        inner.isPart = true
        return self.comparison(state, inner, file, wanted)
      }
    }
    if let parts = defaultParts(comparison.right, file) {
      return split(state, parts, file) { state, part in
        var inner = comparison
        inner.right = part
        inner.isPart = true
        return self.comparison(state, inner, file, wanted)
      }
    }
    return plainComparison(state, comparison, file, wanted)
  }

  /// The two arguments of `default` where the first is a variable, so that both cases can be told apart.
  private func defaultParts(_ id: ExpressionID, _ file: FileView) -> (ExpressionID, ExpressionID)? {
    let id = id.bare(file)
    guard case .call(_, let list) = file.kind(id), file.reference(id) == .function(.default) else {
      return nil
    }
    let arguments = Array(file.tree[list])
    guard arguments.count == 2, table.variable(arguments[0].bare(file), file) != nil else { return nil }
    return (arguments[0], arguments[1])
  }

  private func split(
    _ state: AbstractState, _ parts: (ExpressionID, ExpressionID), _ file: FileView,
    _ body: (AbstractState, ExpressionID) -> [AbstractState]
  ) -> [AbstractState] {
    guard let variable = table.variable(parts.0.bare(file), file) else { return [] }
    let value = value(variable, state)
    var result: [AbstractState] = []
    if value.canBeSet {
      var set = state
      if value.canBeUnset { set.narrow(variable, to: value.withoutUnset) }
      result += body(set, parts.0)
    }
    if value.canBeUnset {
      var unset = state
      if value.canBeSet {
        unset.narrow(variable, to: ValueSet(.nothing, canBeUnset: true, isVague: value.isVague))
      }
      result += body(unset, parts.1)
    }
    return result
  }

  private func plainComparison(
    _ state: AbstractState, _ comparison: Comparison, _ file: FileView, _ wanted: TruthSet
  ) -> [AbstractState] {
    let (left, right) = comparedValues(comparison, state, file)
    let possible = Self.possible(comparison.sign, left, right)
    let isVague = left.isVague || right.isVague
    let decided: AbstractState?
    if comparison.isPart {
      decided = possible.isDisjoint(with: wanted) ? nil : state
    } else {
      decided = self.decided(state, comparison.id, file, possible, wanted, isVague: isVague)
    }
    guard var result = decided else { return [] }
    let truths = possible.intersection(wanted)
    if truths == possible { return [result] }
    if comparison.isPart, isVague { result.isUncertain = true }
    let sides = [
      (shifted(comparison.left, comparison.right, file), comparison.sign.ordered, right),
      (shifted(comparison.right, comparison.left, file), comparison.sign.mirrored, left),
    ]
    for (side, sign, other) in sides {
      guard let side else { continue }
      let narrowed = narrow(value(side.variable, result), side, sign, other, truths)
      if narrowed.isEmpty { return [] }
      if narrowed != value(side.variable, result) { result.narrow(side.variable, to: narrowed) }
    }
    return [result]
  }

  /// Both sides in one unit; `anything` where the analysis does not compare them.
  private func comparedValues(
    _ comparison: Comparison, _ state: AbstractState, _ file: FileView
  ) -> (ValueSet, ValueSet) {
    var left = value(comparison.left, state, file)
    var right = value(comparison.right, state, file)
    switch (file.type(comparison.left.bare(file)), file.type(comparison.right.bare(file))) {
    case (.numeric, .integer): right = right.scaled
    case (.integer, .numeric): left = left.scaled
    case (.date, .datetime), (.datetime, .date), (.email, _), (.phone, _), (_, .email), (_, .phone):
      left.content = left.content == .nothing ? .nothing : .anything
      right.content = right.content == .nothing ? .nothing : .anything
    case _: break
    }
    return (left, right)
  }

  // MARK: Sets

  /// What a comparison of two values can come to.
  static func possible(_ sign: BinaryOperator, _ left: ValueSet, _ right: ValueSet) -> TruthSet {
    var result: TruthSet = left.canBeUnset || right.canBeUnset ? .unknown : []
    guard left.canBeSet, right.canBeSet else { return result }
    if allows(sign, left.content, right.content) { result.insert(.yes) }
    if sign.opposite.map({ allows($0, left.content, right.content) }) ?? true { result.insert(.no) }
    return result
  }

  private static func allows(_ sign: BinaryOperator, _ left: ValueSet.Content, _ right: ValueSet.Content)
    -> Bool
  {
    switch (left, right) {
    case (.cases(let a), .cases(let b)):
      let isSame = a == b && a.nonzeroBitCount == 1 && a & ValueNumbers.others == 0
      return sign == .equal ? a & b != 0 : sign == .notEqual ? !isSame : true
    case (.range(let a, let b), .range(let c, let d)):
      switch sign {
      case .equal: return max(a, c) <= min(b, d)
      case .notEqual: return !(a == b && c == d && a == c)
      case .less: return a < d
      case .lessOrEqual: return a <= d
      case .greater: return b > c
      case .greaterOrEqual: return b >= c
      case .multiply, .divide, .remainder, .add, .subtract, .contains, .startsWith, .endsWith, .matches, .and,
        .or:
        return true
      }
    case (.nothing, _), (_, .nothing): return false
    case (.anything, _), (_, .anything), (.cases, .range), (.range, .cases): return true
    }
  }

  /// What is left of a variable's set where a comparison came to one of the truths.
  private func narrow(
    _ value: ValueSet, _ side: ShiftedVariable, _ sign: BinaryOperator?, _ other: ValueSet, _ truths: TruthSet
  ) -> ValueSet {
    var content = ValueSet.Content.nothing
    // Of `contains` and its like the text is not followed, but that there is one.
    guard let sign else {
      return truths == .unknown && !other.canBeUnset
        ? ValueSet(.nothing, canBeUnset: value.canBeUnset, isVague: value.isVague)
        : ValueSet(
          value.content, canBeUnset: value.canBeUnset && truths.contains(.unknown), isVague: value.isVague)
    }
    if truths.contains(.yes) {
      content = content.union(Self.region(value.content, side, sign, other.content))
    }
    if truths.contains(.no), let opposite = sign.opposite {
      content = content.union(Self.region(value.content, side, opposite, other.content))
    }
    if truths.contains(.unknown), other.canBeUnset { content = value.content }
    return ValueSet(
      content, canBeUnset: value.canBeUnset && truths.contains(.unknown), isVague: value.isVague)
  }

  /// The values of a variable for which a comparison can be true.
  private static func region(
    _ content: ValueSet.Content, _ side: ShiftedVariable, _ sign: BinaryOperator, _ other: ValueSet.Content
  ) -> ValueSet.Content {
    switch (sign, other) {
    case (.notEqual, .range(let low, let high)) where low == high && !side.isScaled:
      let value = ValueSet.number(low).shifted(by: -side.offset)
      return content.subtracting(value.content)
    case (.notEqual, .cases(let bits)) where bits.nonzeroBitCount == 1: return content.subtracting(other)
    case (.equal, .cases): return content.intersection(other)
    case (.equal, .range(let low, let high)): return content.intersection(side.range(low, high))
    case (.less, .range(_, let high)): return content.intersection(side.range(.min, ValueSet.plus(high, -1)))
    case (.lessOrEqual, .range(_, let high)): return content.intersection(side.range(.min, high))
    case (.greater, .range(let low, _)): return content.intersection(side.range(ValueSet.plus(low, 1), .max))
    case (.greaterOrEqual, .range(let low, _)): return content.intersection(side.range(low, .max))
    case (_, .nothing): return .nothing
    case _: return content
    }
  }

  // MARK: Sides

  /// A side of a comparison that is a variable, perhaps with a constant added.
  private func shifted(_ id: ExpressionID, _ other: ExpressionID, _ file: FileView) -> ShiftedVariable? {
    let id = id.bare(file)
    let type = file.type(id)
    let isScaled = type == .integer && file.type(other.bare(file)) == .numeric
    if let variable = table.variable(id, file) {
      return ShiftedVariable(variable: variable, offset: 0, isScaled: isScaled)
    }
    guard case .binary(let sign, let left, let right) = file.kind(id), sign == .add || sign == .subtract,
      let variable = table.variable(left.bare(file), file), file.type(left.bare(file)) == type, let type,
      case .range(let low, let high) = addend(right, as: type, file).content, low == high
    else { return nil }
    return ShiftedVariable(variable: variable, offset: sign == .add ? low : -low, isScaled: isScaled)
  }

  /// A constant in the unit of a sum.
  private func addend(_ id: ExpressionID, as type: ValueType, _ file: FileView) -> ValueSet {
    let value = value(id, AbstractState(), file)
    switch (type, file.type(id.bare(file))) {
    case (.integer, .integer), (.numeric, .numeric): return value
    case (.numeric, .integer): return value.scaled
    case (.date, .duration):
      guard case .duration(let duration) = file.kind(id.bare(file)), duration.milliseconds == 0 else { break }
      return .number(Int64(duration.days))
    case _: break
    }
    return ValueSet(.anything)
  }
}

extension ShiftedVariable {
  /// A range of the compared unit, in that of the variable.
  fileprivate func range(_ low: Int64, _ high: Int64) -> ValueSet.Content {
    let set = ValueSet(.range(low, high))
    return (isScaled ? set.unscaled : set).shifted(by: -offset).content
  }
}

extension BinaryOperator {
  /// What is true exactly where this is false; `nil` for what is no comparison of order or equality.
  fileprivate var opposite: BinaryOperator? {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    case .multiply, .divide, .remainder, .add, .subtract, .contains, .startsWith, .endsWith, .matches, .and,
      .or:
      nil
    }
  }

  /// The sign itself, if it compares by order or equality.
  fileprivate var ordered: BinaryOperator? { opposite == nil ? nil : self }

  /// The sign with the sides exchanged.
  fileprivate var mirrored: BinaryOperator? {
    switch self {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    case .multiply, .divide, .remainder, .add, .subtract, .contains, .startsWith, .endsWith, .matches, .and,
      .or:
      nil
    }
  }
}
