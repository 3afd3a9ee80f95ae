import FlowSchema
import FlowValues

/// Noting how near comparisons and schedules come to their bounds. Nothing here runs unless the deployment observes and
/// somebody is curious about the person at hand.
extension Engine {
  /// The sides of a comparison lie in two registers and are about to be compared.
  mutating func observe(_ instruction: Instruction) {
    let number = instruction.wide
    let (left, right) = (registers[Int(instruction.a)], registers[Int(instruction.a) + 1])
    let type = deployment.programs[campaign].comparisons[number].type
    let distance = left.isSet && right.isSet ? distance(left, right, type) : nil
    journal.entries.append(.observed(.comparison(number: number, distance: distance)))
  }

  private func distance(_ left: Value, _ right: Value, _ type: ValueType) -> Int64 {
    switch type {
    case .string, .email, .phone: isEqual(left, right) ? 0 : 1
    case .boolean, .enumeration: left.bits == right.bits ? 0 : 1
    case .duration: Self.difference(left.durationLength, right.durationLength)
    case .integer, .numeric, .date, .datetime, .time: Self.difference(left.bits, right.bits)
    }
  }

  private static func difference(_ left: Int64, _ right: Int64) -> Int64 {
    let (difference, isTooLarge) = left.subtractingReportingOverflow(right)
    return isTooLarge ? (left < right ? .min : .max) : difference
  }

  /// A statement asks for a start, in the present or in the future, and its window and expiry have their say.
  mutating func observe(_ plan: Int, asked: Int64, local: LocalDateTime?, start: Int64, expiry: Int64) {
    let program = deployment.programs[campaign]
    let node = program.nodes[program.plans[plan].node]
    if program.plans[plan].window != nil {
      let time = asked < now ? clock.local(now) : local ?? clock.local(asked)
      journal.entries.append(
        .observed(.window(file: node.file, statement: node.statement, asked: time)))
    }
    if program.plans[plan].hasExpiry {
      journal.entries.append(
        .observed(
          .expiry(
            file: node.file, statement: node.statement, distance: Self.difference(start, expiry))))
    }
  }
}

extension JournalEntry {
  var isNode: Bool { if case .node = self { true } else { false } }
}
