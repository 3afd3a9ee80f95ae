/// What holds at one place on one way there: sets of values for the variables that something is known of. Of all others
/// nothing is known.
public struct AbstractState: Hashable, Sendable {
  struct Entry: Hashable, Sendable {
    var variable: Variable
    var set: ValueSet
    /// Whether the run has written it.
    var isWritten: Bool
  }

  /// Ascending by variable.
  private(set) var entries: [Entry] = []
  /// Whether the way here took a turn that the analysis could not follow, so that nobody may ever come.
  public var isUncertain = false

  public init() {}

  private func place(_ variable: Variable) -> (index: Int, isThere: Bool) {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].variable < variable { low = middle + 1 } else { high = middle }
    }
    return (low, low < entries.count && entries[low].variable == variable)
  }

  subscript(variable: Variable) -> Entry? {
    let (index, isThere) = place(variable)
    return isThere ? entries[index] : nil
  }

  /// Takes in that a variable is one of a set; who wrote it stays as it is.
  mutating func narrow(_ variable: Variable, to set: ValueSet) {
    let (index, isThere) = place(variable)
    if isThere {
      entries[index].set = set
    } else {
      entries.insert(Entry(variable: variable, set: set, isWritten: false), at: index)
    }
  }

  mutating func write(_ variable: Variable, _ set: ValueSet) {
    let (index, isThere) = place(variable)
    let entry = Entry(variable: variable, set: set, isWritten: true)
    if isThere { entries[index] = entry } else { entries.insert(entry, at: index) }
  }

  mutating func removeAll(where isGone: (Variable) -> Bool) {
    if entries.contains(where: { isGone($0.variable) }) { entries.removeAll { isGone($0.variable) } }
  }

  /// The same with what another state knows of some variables.
  func with(entriesOf other: AbstractState, where isTaken: (Variable) -> Bool) -> AbstractState {
    var result = self
    result.entries = entries.filter { !isTaken($0.variable) } + other.entries.filter { isTaken($0.variable) }
    result.entries.sort { $0.variable < $1.variable }
    return result
  }

  /// What holds on either of two ways.
  func union(_ other: AbstractState, _ table: VariableTable) -> AbstractState {
    var result = AbstractState()
    result.isUncertain = isUncertain || other.isUncertain
    var left = entries[...]
    var right = other.entries[...]
    while let a = left.first, let b = right.first {
      if a.variable == b.variable {
        result.entries.append(
          Entry(variable: a.variable, set: a.set.union(b.set), isWritten: a.isWritten || b.isWritten))
        left.removeFirst()
        right.removeFirst()
      } else if a.variable < b.variable {
        result.keepIfWritten(a, table)
        left.removeFirst()
      } else {
        result.keepIfWritten(b, table)
        right.removeFirst()
      }
    }
    for entry in left { result.keepIfWritten(entry, table) }
    for entry in right { result.keepIfWritten(entry, table) }
    return result
  }

  /// Nothing is known of a variable on the other way; that it was written on this one has to stay known.
  private mutating func keepIfWritten(_ entry: Entry, _ table: VariableTable) {
    guard entry.isWritten else { return }
    entries.append(
      Entry(variable: entry.variable, set: table.top(entry.variable).union(entry.set), isWritten: true))
  }

  /// In how many variables two states differ.
  func distance(to other: AbstractState) -> Int {
    var count = 0
    var left = 0
    var right = 0
    while left < entries.count, right < other.entries.count {
      let a = entries[left]
      let b = other.entries[right]
      if a.variable != b.variable || a.set != b.set { count += 1 }
      if a.variable <= b.variable { left += 1 }
      if b.variable <= a.variable { right += 1 }
    }
    return count + (entries.count - left) + (other.entries.count - right)
  }
}

/// The states of the ways to one place: at most `maximumCount`, so that forty checks in a row stay forty checks.
public struct StateSet: Sendable {
  /// How many ways are told apart.
  static let maximumCount = 8

  public private(set) var states: [AbstractState] = []
  /// How far the states are apart, of each from each; kept once there are too many.
  private var distances: [[Int]] = []

  public init() {}

  public var isEmpty: Bool { states.isEmpty }

  mutating func add(_ state: AbstractState, _ table: VariableTable) {
    if states.contains(state) { return }
    states.append(state)
    if states.count > Self.maximumCount { mergeClosest(table) }
  }

  /// Makes one of the two that differ least.
  private mutating func mergeClosest(_ table: VariableTable) {
    while distances.count < states.count { measure(distances.count) }
    var closest = (first: 0, second: 1, distance: Int.max)
    for (first, row) in distances.enumerated() {
      for second in row.indices.dropFirst(first + 1) where row[second] < closest.distance {
        closest = (first, second, row[second])
      }
    }
    let merged = states[closest.first].union(states[closest.second], table)
    remove(closest.second)
    if states.contains(merged) {
      remove(closest.first)
    } else {
      states[closest.first] = merged
      measure(closest.first)
    }
  }

  /// Measures how far a state is from those that have been measured.
  private mutating func measure(_ index: Int) {
    if index == distances.count {
      for row in distances.indices { distances[row].append(0) }
      distances.append(Array(repeating: 0, count: index + 1))
    }
    for other in distances.indices where other != index {
      // What is certain stays apart from what is not, as long as there is another choice.
      let penalty = states[index].isUncertain == states[other].isUncertain ? 0 : 1 << 20
      let distance = states[index].distance(to: states[other]) + penalty
      distances[index][other] = distance
      distances[other][index] = distance
    }
  }

  private mutating func remove(_ index: Int) {
    states.remove(at: index)
    distances.remove(at: index)
    for row in distances.indices { distances[row].remove(at: index) }
  }
}
