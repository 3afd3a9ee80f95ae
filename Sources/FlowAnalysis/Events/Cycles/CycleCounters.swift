internal import FlowCheck
internal import FlowSchema
internal import FlowSyntax
internal import FlowValues

/// The numbers that a cycle moves by itself, in one field or through several (`a = b` in one flow, `b = a + 1` in another),
/// and how far they are from any number that a condition compares them with.
struct CycleCounters {
  /// What lies ahead where each further round shifts the counters as the last one did.
  enum Ahead {
    /// No condition turns out otherwise, however long it goes on.
    case nothing
    /// The states shortly before a condition may turn out otherwise.
    case later([AbstractState])
    /// Too near to tell, or no steady shift.
    case unknown
  }

  /// The states to begin with.
  let beginnings: [AbstractState]

  /// The numbers that each variable is compared with, ascending.
  private var marks: [Variable: [Int64]] = [:]
  /// Variables that are compared with what is no number in the text.
  private var entangled: Set<Variable> = []
  /// How far from its value at the end of a round a variable, or what is compared of it, may be within the round.
  private var reach: [Variable: Int64] = [:]

  init(_ scope: CycleScope, _ interpreter: Interpreter) {
    let writes = scope.effects.keys.sorted().flatMap { scope.effects[$0] ?? [] }.flatMap(\.writes)
      .filter { scope.followed.contains($0.target) }
    let connections = Self.connections(writes, interpreter)
    beginnings = Self.beginnings(connections, interpreter)
    for (id, file) in scope.conditions() { addMarks(id, file, interpreter) }
    for (variable, others) in connections {
      let own = writes.filter { $0.target == variable || others.contains($0.target) }
      reach[variable] = own.reduce(reach[variable] ?? 0) { ValueSet.plus($0, $1.reach) }
      // `min(x + 1, 5)` compares as well.
      marks[variable, default: []] += own.flatMap { [$0.reach, -$0.reach, 0] }
    }
    for variable in interpreter.scope.followed where interpreter.table.atomOf(variable)?.isCount ?? false {
      reach[variable] = ValueSet.plus(reach[variable] ?? 0, Int64(scope.links.count))
    }
    for variable in marks.keys { marks[variable]?.sort() }
  }

  // MARK: Beginnings

  /// The variables that each variable is computed from, at any distance, itself among them if it moves.
  private static func connections(
    _ writes: [FlowEffects.Write], _ interpreter: Interpreter
  ) -> [Variable: Set<Variable>] {
    var direct: [Variable: Set<Variable>] = [:]
    for write in writes where isNumber(write.target, interpreter) {
      direct[write.target, default: []].formUnion(write.sources.filter { isNumber($0, interpreter) })
    }
    var result: [Variable: Set<Variable>] = [:]
    for variable in direct.keys {
      var found: Set<Variable> = []
      var open = Array(direct[variable] ?? [])
      while let next = open.popLast() {
        if found.insert(next).inserted { open += direct[next] ?? [] }
      }
      result[variable] = found
    }
    return result
  }

  private static func isNumber(_ variable: Variable, _ interpreter: Interpreter) -> Bool {
    guard let field = interpreter.table.fieldOf(variable) else { return false }
    switch interpreter.analysis.campaign.schema.fields(field.level)[field.slot].type {
    case .integer, .numeric, .date: return true
    case .string, .boolean, .datetime, .time, .duration, .email, .phone, .enumeration: return false
    }
  }

  /// Counters are what they are in a new record, or a small or a large number where a row brings them; of all else nothing
  /// is known.
  private static func beginnings(
    _ connections: [Variable: Set<Variable>], _ interpreter: Interpreter
  ) -> [AbstractState] {
    let moving = connections.filter { $1.contains($0) }.map(\.key).sorted()
    var state = AbstractState()
    for variable in interpreter.scope.followed.sorted()
    where interpreter.table.atomOf(variable)?.isCount ?? false {
      interpreter.set(variable, .number(0), &state)
    }
    return [Size.small, .large].reduce(into: []) { states, size in
      var next = state
      for variable in moving {
        guard let field = interpreter.table.fieldOf(variable) else { continue }
        let declared = interpreter.analysis.campaign.schema.fields(field.level)[field.slot]
        interpreter.set(variable, beginning(declared, size, interpreter.numbers), &next)
      }
      if !states.contains(next) { states.append(next) }
    }
  }

  /// Numbers that a row may bring.
  private enum Size: Int64 {
    case small = 3
    case large = 1_000_000

    /// In days: some day of 1970, or of 2026.
    var date: Int64 { self == .small ? rawValue : 20_500 }
  }

  private static func beginning(_ field: Field, _ size: Size, _ numbers: ValueNumbers) -> ValueSet {
    if field.isInternal || (size == .small && field.defaultValue != nil) {
      return ValueSet.initial(of: field, numbers)
    }
    switch field.type {
    case .numeric: return ValueSet.number(size.rawValue).scaled
    case .date: return .number(size.date)
    case .integer, .string, .boolean, .datetime, .time, .duration, .email, .phone, .enumeration:
      return .number(size.rawValue)
    }
  }

  // MARK: Marks

  private mutating func addMarks(_ condition: ExpressionID, _ file: FileView, _ interpreter: Interpreter) {
    file.eachInside(condition) { id in
      switch file.kind(id) {
      case .binary(let sign, let left, let right) where sign != .and && sign != .or:
        addMarks(of: [left, right], file, interpreter)
      case .membership(let operand, _, let list):
        for element in file.tree[list] { addMarks(of: [operand, element], file, interpreter) }
      case _: break
      }
    }
  }

  private mutating func addMarks(of sides: [ExpressionID], _ file: FileView, _ interpreter: Interpreter) {
    let variables = sides.map { side in
      var found: Set<Variable> = []
      file.eachInside(side) { if let one = interpreter.table.variable($0, file) { found.insert(one) } }
      return found
    }
    let all = variables.reduce(into: Set<Variable>()) { $0.formUnion($1) }
    guard all.count == 1, let variable = all.first,
      let constant = zip(sides, variables).first(where: { $1.isEmpty })?.0,
      let side = zip(sides, variables).first(where: { !$1.isEmpty })?.0
    else {
      if all.count > 1 { entangled.formUnion(all) }
      return
    }
    addMark(constant, comparedWith: side, variable, file, interpreter)
  }

  private mutating func addMark(
    _ constant: ExpressionID, comparedWith side: ExpressionID, _ variable: Variable, _ file: FileView,
    _ interpreter: Interpreter
  ) {
    var value = interpreter.value(constant, AbstractState(), file)
    switch (file.type(side.bare(file)), file.type(constant.bare(file))) {
    case (.numeric, .integer): value = value.scaled
    case (.integer, .numeric): value = value.halfOpen
    case _: break
    }
    guard !value.isVague, case .range(let low, let high) = value.content, low != .min, high != .max else {
      entangled.insert(variable)
      return
    }
    marks[variable, default: []] += [low, high]
    if let type = file.type(side.bare(file)) {
      reach[variable] = ValueSet.plus(reach[variable] ?? 0, file.numbersInside(side, as: type))
    }
  }

  // MARK: Shifts

  /// The variables whose values differ.
  func shifted(from before: [AbstractState], to after: [AbstractState]) -> Set<Variable> {
    Set(zip(before, after).flatMap { Self.shifts(from: $0, to: $1)?.map(\.variable) ?? [] })
  }

  /// What comes where so many rounds have led from some states to others.
  func ahead(from before: [AbstractState], to after: [AbstractState], rounds: Int) -> Ahead {
    guard before.count == after.count else { return .unknown }
    var distance = Int64.max
    var moves: [[Shift]] = []
    for (one, other) in zip(before, after) {
      guard let shifts = Self.shifts(from: one, to: other) else { return .unknown }
      for shift in shifts {
        guard !entangled.contains(shift.variable) else { return .unknown }
        distance = min(distance, self.distance(shift, rounds))
      }
      moves.append(shifts)
    }
    if distance == .max { return .nothing }
    guard distance > 0 else { return .unknown }
    return .later(zip(after, moves).map { Self.moved($0, $1, by: distance) })
  }

  private struct Shift {
    let variable: Variable
    let value: Int64
    let difference: Int64
  }

  /// `nil` where the states differ in anything but single numbers.
  private static func shifts(from before: AbstractState, to after: AbstractState) -> [Shift]? {
    guard before.entries.count == after.entries.count else { return nil }
    var shifts: [Shift] = []
    for (one, other) in zip(before.entries, after.entries) where one != other {
      guard one.variable == other.variable, let first = one.set.single, let second = other.set.single,
        one.set.isVague == other.set.isVague
      else { return nil }
      let (difference, isTooLarge) = second.subtractingReportingOverflow(first)
      if isTooLarge { return nil }
      // Written or not, as long as it stays where it is.
      if difference != 0 {
        shifts.append(Shift(variable: one.variable, value: second, difference: difference))
      }
    }
    return shifts
  }

  /// How often a shift can be made before a mark comes within reach; `Int64.max` where none lies ahead.
  private func distance(_ shift: Shift, _ rounds: Int) -> Int64 {
    let isUp = shift.difference > 0
    let step = abs(shift.difference)
    let margin = (1...max(1, rounds)).reduce(step) { sum, _ in
      ValueSet.plus(sum, reach[shift.variable] ?? 0)
    }
    let distances = (marks[shift.variable] ?? []).map { mark -> Int64 in
      let (ahead, isTooFar) =
        isUp
        ? mark.subtractingReportingOverflow(shift.value) : shift.value.subtractingReportingOverflow(mark)
      return isTooFar ? .max : ahead
    }
    guard margin < .max else { return 0 }
    guard let next = distances.filter({ $0 > -margin }).min(), next < .max else { return .max }
    return max(0, (next - margin) / step)
  }

  private static func moved(_ state: AbstractState, _ shifts: [Shift], by count: Int64) -> AbstractState {
    var state = state
    for shift in shifts {
      let (way, _) = shift.difference.multipliedReportingOverflow(by: count)
      state.narrow(shift.variable, to: .number(ValueSet.plus(shift.value, way)))
    }
    return state
  }
}

extension ValueSet {
  /// A numeric between two integers, as both.
  fileprivate var halfOpen: ValueSet {
    guard case .range(let low, let high) = content, low != .min, high != .max else { return self }
    return ValueSet(
      .range(low / Numeric.scale - 1, high / Numeric.scale + 1), canBeUnset: canBeUnset, isVague: isVague)
  }
}
