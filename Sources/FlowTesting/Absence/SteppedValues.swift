internal import FlowSchema
internal import FlowValues

/// The values of a field at so many steps from the one that there is: whole numbers, or days.
struct SteppedValues {
  /// Farther than this nobody looks.
  private static let farthest: Int64 = 1 << 32

  private enum Start {
    case number(Numeric)
    case day(CivilDate)
  }

  private let start: Start
  private let direction: Int64
  private let time: TimeOfDay?

  /// - Parameters:
  ///   - actual: As stories show it; where there is none, the steps begin at zero, or at the day of `local`.
  ///   - direction: 1 or -1.
  /// - Returns: `nil` for types whose values are in no such order.
  init?(_ type: ValueType, from actual: String?, direction: Int64, _ local: LocalDateTime) {
    self.direction = direction
    switch type {
    case .integer, .numeric:
      start = .number(actual.flatMap(Self.number) ?? .zero)
      time = nil
    case .date, .datetime:
      let day = actual.flatMap { TriedField.Candidate.magnitude(of: String($0.prefix(10))) }
      start = .day(day.flatMap { CivilDate(dayNumber: Int64($0)) } ?? local.date)
      time = type == .datetime ? local.time : nil
    case .string, .boolean, .time, .duration, .email, .phone, .enumeration: return nil
    }
  }

  private static func number(_ text: String) -> Numeric? {
    Array(text.utf8).withUnsafeBufferPointer { utf8 in
      if case .value(let number) = Numeric.parse(utf8) { number } else { nil }
    }
  }

  /// `nil` beyond what a value can be.
  subscript(steps: Int64) -> TriedField.Candidate? {
    guard steps <= Self.farthest else { return nil }
    switch start {
    case .number(let number):
      let (millionths, isOver) = number.millionths.addingReportingOverflow(direction * steps * 1_000_000)
      guard !isOver, let value = Numeric(millionths: millionths) else { return nil }
      return TriedField.Candidate(
        text: value.description, cell: value.description, magnitude: Double(millionths) / 1e6)
    case .day(let day):
      guard let date = CivilDate(dayNumber: Int64(day.dayNumber) + direction * steps) else { return nil }
      let text = time.map { LocalDateTime(date: date, time: $0).description } ?? date.description
      return TriedField.Candidate(text: text, cell: text, magnitude: Double(date.dayNumber))
    }
  }
}
