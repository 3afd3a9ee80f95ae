internal import FlowCheck
internal import FlowRuntime
internal import FlowSyntax
internal import FlowText

/// How far a check was from going the other way, as search-based testing measures it: 0 is there.
struct PortDistance {
  private let campaign: CheckedCampaign
  private let comparisons: [ObservedComparison]
  /// By file and expression.
  private let numbers: [Place: Int]

  private struct Place: Hashable {
    var file: FileID
    var expression: ExpressionID
  }

  /// What is not known to change gradually counts as one step; what no value is known of as many.
  private static let step = 1.0
  private static let unknown = 24.0

  init(_ campaign: CheckedCampaign, _ comparisons: [ObservedComparison]) {
    self.campaign = campaign
    self.comparisons = comparisons
    numbers = Dictionary(
      comparisons.enumerated().map { (Place(file: $1.file, expression: $1.expression), $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// A check that was come to, the way it went, and what it compared.
  struct Visit {
    var node: JournalNode
    var distances: [Int: Int64?] = [:]
  }

  /// The checks of flows in a journal.
  static func visits(_ journal: [JournalEntry]) -> [Visit] {
    var visits: [Visit] = []
    var isOpen = false
    for entry in journal {
      switch entry {
      case .node(let node):
        isOpen = node.flow >= 0 && node.port != nil
        if isOpen { visits.append(Visit(node: node)) }
      case .observed(.comparison(let number, let distance)):
        if isOpen { visits[visits.count - 1].distances[number] = .some(distance) }
      case .runFinished, .runFailed: isOpen = false
      case .event, .runStarted, .fieldChanged, .communication, .handOver, .handOverCanceled, .scriptFailed,
        .modelFailed, .cascadeStopped, .reportIgnored, .observed:
        break
      }
    }
    return visits
  }

  /// How far a visit was from the other port.
  func toOtherPort(_ visit: Visit) -> Double {
    let tree = campaign.files[visit.node.file.index]
    guard case .check(let condition, _, _) = tree[visit.node.statement].kind else { return Self.unknown }
    return distance(condition, tree, visit, wanted: visit.node.port == .otherwise)
  }

  private func distance(_ id: ExpressionID, _ tree: SyntaxTree, _ visit: Visit, wanted: Bool) -> Double {
    switch tree[id].kind {
    case .parenthesized(let inner): return distance(inner, tree, visit, wanted: wanted)
    case .unary(.not, let inner): return distance(inner, tree, visit, wanted: !wanted)
    case .binary(let op, let left, let right) where op == .and || op == .or:
      var first = distance(left, tree, visit, wanted: wanted)
      // The right side is looked at only where the left one leaves it open (semantics K4).
      if first == Self.step, (op == .and) == wanted, isEvaluated(right, tree, visit) { first = 0 }
      let second = distance(right, tree, visit, wanted: wanted)
      return (op == .and) == wanted ? first + second : min(first, second)
    case .binary: return comparison(id, visit, wanted: wanted)
    case .missing, .unset, .now, .today, .boolean, .integer, .numeric, .text, .date, .localDateTime, .instant,
      .time,
      .duration, .name, .member, .unary, .membership, .presence, .call, .within:
      return Self.step
    }
  }

  /// Whether something in an expression is known to have been looked at.
  private func isEvaluated(_ id: ExpressionID, _ tree: SyntaxTree, _ visit: Visit) -> Bool {
    switch tree[id].kind {
    case .parenthesized(let inner), .unary(_, let inner): isEvaluated(inner, tree, visit)
    case .binary(let op, let left, let right) where op == .and || op == .or:
      isEvaluated(left, tree, visit) || isEvaluated(right, tree, visit)
    case .binary:
      numbers[Place(file: visit.node.file, expression: id)].map { visit.distances[$0] != nil } ?? false
    case .missing, .unset, .now, .today, .boolean, .integer, .numeric, .text, .date, .localDateTime, .instant,
      .time, .duration, .name, .member, .membership, .presence, .call, .within:
      false
    }
  }

  private func comparison(_ id: ExpressionID, _ visit: Visit, wanted: Bool) -> Double {
    guard let number = numbers[Place(file: visit.node.file, expression: id)] else { return Self.step }
    // What was not evaluated is not known, and neither is what an unset side will come to.
    guard let observed = visit.distances[number], let distance = observed else { return Self.unknown }
    let comparison = comparisons[number]
    let rest = wanted ? comparison.shortfall(distance) : comparison.surplus(distance)
    return Self.logarithm(rest)
  }

  /// Grows with the number of binary digits, and a little within them, so that days and millions are of one kind.
  private static func logarithm(_ number: UInt64) -> Double {
    guard number > 0 else { return 0 }
    let digits = UInt64.bitWidth - number.leadingZeroBitCount
    let fraction = Double(number) / Double(UInt64(1) << UInt64(digits - 1)) - 1
    return Double(digits) + fraction
  }
}
