internal import FlowDiagnostics
internal import FlowText

/// The optional parts of a statement or declaration in the order of the text, each with its rank in the one
/// order that `fmt` writes (language 2).
struct ClauseSlots {
  struct Slot {
    var rank: Int
    var range: SourceRange
  }

  var slots: [Slot] = []
  /// Whether the clauses cannot simply change places.
  var isFixable = true

  var firstOutOfOrder: Slot? {
    var highest = -1
    for slot in slots {
      if slot.rank < highest { return slot }
      highest = max(highest, slot.rank)
    }
    return nil
  }
}

extension Parser {
  /// Remembers a part that has been consumed; a second of the same rank is reported.
  mutating func take(_ rank: Int, _ what: String, _ range: SourceRange, _ slots: inout ClauseSlots) {
    if let first = slots.slots.first(where: { $0.rank == rank }) {
      return reportDuplicate(what, at: range, first: first.range)
    }
    slots.slots.append(.init(rank: rank, range: range))
  }

  /// Reports parts that stand in another order, with a fix that lets them change places. What stands between
  /// them, comments too, stays where it is.
  mutating func reportOrder(_ clauses: ClauseSlots, _ order: String) {
    guard let misplaced = clauses.firstOutOfOrder else { return }
    let sorted = clauses.slots.sorted { $0.rank < $1.rank }
    let edits = zip(clauses.slots, sorted).filter { $0.range != $1.range }
      .map { Edit(tree.span($0.range), text($1.range)) }
    report(
      .clauseOrder, "expected the order \(order), found `\(excerpt(misplaced.range))` after a later part",
      at: misplaced.range, fixes: clauses.isFixable ? [Fix("put the parts in order", .safe, edits)] : [])
  }
}
