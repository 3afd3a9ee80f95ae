internal import FlowCheck
internal import FlowSyntax

/// What holds where a condition came to one of some truth values (semantics K1, K2, K4).
extension Interpreter {
  /// The states in which a condition comes to one of the wanted truth values; none where it cannot.
  func refined(
    _ state: AbstractState, _ id: ExpressionID, _ file: FileView, to wanted: TruthSet
  ) -> [AbstractState] {
    switch file.kind(id) {
    case .parenthesized(let inner): return refined(state, inner, file, to: wanted)
    case .unary(.not, let inner): return refined(state, inner, file, to: wanted.negated)
    case .binary(.and, let left, let right):
      return conjunction(state, (left, right), file, wanted, isNegated: false)
    case .binary(.or, let left, let right):
      return conjunction(state, (left, right), file, wanted.negated, isNegated: true)
    case .binary(let sign, let left, let right):
      return comparison(state, Comparison(id, sign, left, right), file, wanted)
    case .membership(let operand, let isNegated, let list):
      let elements = Array(file.tree[list])
      return membership(state, id, operand, elements, file, isNegated ? wanted.negated : wanted)
    case .presence(let operand, let isNegated):
      return presence(state, id, operand, file, isNegated ? wanted.negated : wanted)
    case .call(_, let arguments): return call(state, id, Array(file.tree[arguments]), file, wanted)
    case .missing, .unset, .now, .today, .boolean, .integer, .numeric, .text, .date, .localDateTime, .instant,
      .time, .duration, .name, .member, .unary, .within:
      return truth(state, id, file, wanted)
    }
  }

  /// Which truth values a condition can have.
  func truths(_ id: ExpressionID, _ state: AbstractState, _ file: FileView) -> TruthSet {
    var result: TruthSet = []
    for truth in [TruthSet.yes, .no, .unknown] where !refined(state, id, file, to: truth).isEmpty {
      result.insert(truth)
    }
    return result
  }

  // MARK: And, or

  /// `a and b`; `a or b` is `not (not a and not b)`, also where something is unknown.
  private func conjunction(
    _ state: AbstractState, _ sides: (ExpressionID, ExpressionID), _ file: FileView, _ wanted: TruthSet,
    isNegated: Bool
  ) -> [AbstractState] {
    func first(_ truths: TruthSet) -> [AbstractState] {
      refined(state, sides.0, file, to: isNegated ? truths.negated : truths)
    }
    func both(_ left: TruthSet, _ right: TruthSet) -> [AbstractState] {
      first(left).flatMap { refined($0, sides.1, file, to: isNegated ? right.negated : right) }
    }
    let possible: TruthSet = [.yes, .unknown]
    let states: [AbstractState]
    switch wanted {
    case .all: states = [state]
    case []: states = []
    case .yes: states = both(.yes, .yes)
    case .no: states = first(.no) + both(possible, .no)
    case .unknown: states = both(.unknown, possible) + both(.yes, .unknown)
    case possible: states = both(possible, possible)
    case .notTrue: states = first(.notTrue) + both(.yes, .notTrue)
    case _: states = first(.no) + both(.yes, [.yes, .no]) + both(.unknown, .no)
    }
    return bounded(states)
  }

  /// The same states, of which the closest are made one where there are too many.
  private func bounded(_ states: [AbstractState]) -> [AbstractState] {
    guard states.count > StateSet.maximumCount else { return states }
    var set = StateSet()
    for state in states { set.add(state, table) }
    return set.states
  }

  // MARK: Whole conditions

  /// A boolean field or literal, or something that is not followed.
  private func truth(
    _ state: AbstractState, _ id: ExpressionID, _ file: FileView, _ wanted: TruthSet
  ) -> [AbstractState] {
    let value = value(id, state, file)
    guard let variable = table.variable(id, file) else {
      return TruthSet(value).isDisjoint(with: wanted) ? [] : [state]
    }
    return narrowed(state, variable, value, TruthSet(value), wanted)
  }

  /// Takes in that a variable of truth values has one of the wanted.
  private func narrowed(
    _ state: AbstractState, _ variable: Variable, _ value: ValueSet, _ possible: TruthSet, _ wanted: TruthSet
  ) -> [AbstractState] {
    let left = possible.intersection(wanted)
    guard !left.isEmpty else { return [] }
    guard left != possible else { return [state] }
    var state = state
    if value.isVague { state.isUncertain = true }
    var set = left.valueSet
    set.isVague = value.isVague
    state.narrow(variable, to: set)
    return [state]
  }

  private func call(
    _ state: AbstractState, _ id: ExpressionID, _ arguments: [ExpressionID], _ file: FileView,
    _ wanted: TruthSet
  ) -> [AbstractState] {
    switch file.reference(id) {
    case .function(.if) where arguments.count == 3:
      return refined(state, arguments[0], file, to: .yes).flatMap {
        refined($0, arguments[1], file, to: wanted)
      }
        + refined(state, arguments[0], file, to: .notTrue).flatMap {
          refined($0, arguments[2], file, to: wanted)
        }
    case .function(.default) where arguments.count == 2:
      return refined(state, arguments[0], file, to: wanted.subtracting(.unknown))
        + refined(state, arguments[0], file, to: .unknown).flatMap {
          refined($0, arguments[1], file, to: wanted)
        }
    case _: return truth(state, id, file, wanted)
    }
  }

  private func presence(
    _ state: AbstractState, _ id: ExpressionID, _ operand: ExpressionID, _ file: FileView, _ wanted: TruthSet
  ) -> [AbstractState] {
    let value = value(operand, state, file)
    var possible: TruthSet = []
    if value.canBeSet { possible.insert(.yes) }
    if value.canBeUnset { possible.insert(.no) }
    guard let variable = table.variable(operand.bare(file), file) else {
      return decided(state, id, file, possible, wanted, isVague: false).map { [$0] } ?? []
    }
    let left = possible.intersection(wanted)
    guard !left.isEmpty else { return [] }
    guard left != possible else { return [state] }
    var state = state
    if value.isVague { state.isUncertain = true }
    state.narrow(
      variable,
      to: left == .yes ? value.withoutUnset : ValueSet(.nothing, canBeUnset: true, isVague: value.isVague))
    return [state]
  }

  // MARK: Atoms

  /// Takes in what a condition came to that is remembered as a whole. `nil` where it cannot have come to that.
  func decided(
    _ state: AbstractState, _ id: ExpressionID, _ file: FileView, _ possible: TruthSet, _ wanted: TruthSet,
    isVague: Bool
  ) -> AbstractState? {
    guard let variable = table.atomVariable(id, file), let atom = table.atomOf(variable), !atom.isCount else {
      let left = possible.intersection(wanted)
      guard !left.isEmpty else { return nil }
      var state = state
      if left != possible, isVague { state.isUncertain = true }
      return state
    }
    let known = state[variable].map { TruthSet($0.set) }
    let possible = known.map { possible.intersection($0) } ?? possible
    let left = possible.intersection(wanted)
    guard !left.isEmpty else { return nil }
    var state = state
    if left != possible {
      // What was written decides what it comes to, and the analysis cannot say how.
      let isWritten = known == nil && atom.reads.contains { state[$0]?.isWritten ?? false }
      if isWritten || atom.readsTime && scope.doesTimePass { state.isUncertain = true }
    }
    if left != TruthSet.all { state.narrow(variable, to: left.valueSet) }
    return state
  }
}
