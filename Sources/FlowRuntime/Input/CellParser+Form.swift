import FlowSchema
import FlowValues

/// The nine types of cells.
extension CellParser {
  /// What a trimmed cell is.
  enum CellForm {
    case empty
    case bits(Int64)
    case local(LocalDateTime)
    /// The trimmed cell is the normal form.
    case asIs
    /// The normal form is the digits of the trimmed cell.
    case digits
    /// The normal form lies in `scratch`.
    case rewritten
    case invalid(CellExpectation)
  }

  @inline(__always) mutating func form(of cell: UnsafeBufferPointer<UInt8>, as type: CellKind) -> CellForm {
    if cell.isEmpty { return .empty }
    switch type.type {
    case .string:
      return type.isTimezone && !isZone(cell) ? .invalid(.timezone) : .asIs
    case .integer: return integer(cell)
    case .numeric: return numeric(cell)
    case .boolean:
      return BooleanCell.parse(cell).map { .bits($0 ? 1 : 0) } ?? .invalid(.boolean)
    case .date:
      if let date = CivilDate.parse(cell) { return .bits(Int64(date.dayNumber)) }
      return .invalid(CellParser.hasShapeOfDate(cell) ? .existingDate : .date)
    case .datetime: return datetime(cell)
    case .email: return email(cell)
    case .phone: return Phone.hasDigit(cell) ? .digits : .invalid(.phone)
    case .enumeration:
      let number = type.cases._withUnsafeGuaranteedRef { $0[cell] }
      return number.map { .bits($0) } ?? .invalid(.enumerationCase)
    case .time, .duration: return .invalid(.field)
    }
  }

  /// What is said when a value is not even of the right kind.
  func expectation(of type: CellType) -> CellExpectation {
    switch type.type {
    case .string: type.isTimezone ? .timezone : .text
    case .integer: .integer
    case .numeric: .numeric
    case .boolean: .boolean
    case .date: .date
    case .datetime: .datetime
    case .email: .email
    case .phone: .phone
    case .enumeration: .enumerationCase
    case .time, .duration: .field
    }
  }

  private func integer(_ cell: UnsafeBufferPointer<UInt8>) -> CellForm {
    switch Int64.parseCell(cell) {
    case .value(let value): .bits(value)
    case .outOfRange: .invalid(.integerInRange)
    case .malformed: .invalid(.integer)
    }
  }

  private func numeric(_ cell: UnsafeBufferPointer<UInt8>) -> CellForm {
    switch Numeric.parse(cell) {
    case .value(let value): .bits(value.millionths)
    case .outOfRange: .invalid(.numericInRange)
    case .malformed: .invalid(.numeric)
    }
  }

  private func datetime(_ cell: UnsafeBufferPointer<UInt8>) -> CellForm {
    switch ParsedDateTime.parse(cell) {
    case .local(let local): .local(local)
    case .instant(let instant): .bits(instant.milliseconds)
    case .outOfRange: .invalid(.datetimeInRange)
    case .malformed: .invalid(.datetime)
    }
  }

  private mutating func email(_ cell: UnsafeBufferPointer<UInt8>) -> CellForm {
    if PlainEmail.isNormalForm(cell) { return .asIs }
    scratch.removeAll(keepingCapacity: true)
    return Email.appendNormalForm(cell, to: &scratch) ? .rewritten : .invalid(.email)
  }

  private static func hasShapeOfDate(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    cell.count == 10
      && cell.indices.allSatisfy { index in
        index == 4 || index == 7
          ? cell[index] == UInt8(ascii: "-") : (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(cell[index])
      }
  }
}
