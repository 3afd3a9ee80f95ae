import FlowRuntime
import FlowSchema
import FlowValues

/// Takes in the values of one row after the other, whatever the format of their file, and keeps the mistakes.
struct RowIntake {
  let fields: [InputField]
  let names: FieldNames
  private let types: [CellType]
  private let isKey: [Bool]
  private var required: [Int]
  private var parser: CellParser
  /// How the file names a field, by its position.
  var givenNames: [String]

  /// The row that named a field last, and the one that filled it, by its position.
  private var namedIn: [Int]
  private var filledIn: [Int]
  private var hasKey = false
  private var isRefused = false
  private(set) var rowNumber = 0

  init(_ fields: [InputField], zones: ZoneTable) {
    self.fields = fields
    names = FieldNames(fields)
    types = fields.map { CellType($0) }
    isKey = fields.map { $0.key != nil }
    required = fields.indices.filter { fields[$0].isRequired }
    parser = CellParser(zones: zones)
    givenNames = fields.map(\.name)
    namedIn = Array(repeating: 0, count: fields.count)
    filledIn = namedIn
  }

  /// The fields that every row must fill and that are not among those given.
  func missing(_ given: Set<Int>) -> [Int] { required.filter { !given.contains($0) } }

  /// Whether any of the fields tells whose row it is.
  func hasKey(_ given: Set<Int>) -> Bool { given.contains { isKey[$0] } }

  mutating func beginRow(_ batch: inout RowBatch) {
    rowNumber += 1
    hasKey = false
    isRefused = false
    batch.beginRow()
  }

  mutating func take(
    _ cell: UnsafeBufferPointer<UInt8>, field: Int, into batch: inout RowBatch,
    rejected: inout [RejectedRow]
  ) {
    let outcome = parser.append(cell, as: types[field], slot: fields[field].slot, to: &batch)
    note(outcome, field, .text(cell), &rejected)
  }

  mutating func take(
    _ scalar: ScalarView, field: Int, into batch: inout RowBatch, rejected: inout [RejectedRow]
  ) {
    let outcome = parser.append(scalar, as: types[field], slot: fields[field].slot, to: &batch)
    note(outcome, field, scalar, &rejected)
  }

  /// Notes that the row names a field; `false` where it has done so before.
  mutating func name(_ field: Int) -> Bool {
    defer { namedIn[field] = rowNumber }
    return namedIn[field] != rowNumber
  }

  mutating func refuse(
    _ reason: String, field: String = "", value: String = "", _ rejected: inout [RejectedRow]
  ) {
    isRefused = true
    rejected.append(
      RejectedRow(rowNumber: rowNumber, fieldName: field, value: value, reason: reason))
  }

  /// Refuses a cell that was not even read; it counts as filled.
  mutating func refuse(cell reason: String, field: Int, value: String, _ rejected: inout [RejectedRow]) {
    filledIn[field] = rowNumber
    if isKey[field] { hasKey = true }
    refuse(reason, field: givenNames[field], value: value, &rejected)
  }

  /// Ends a row whose values could be read one by one.
  mutating func endRow(_ batch: inout RowBatch, rejected: inout [RejectedRow]) {
    for field in required where filledIn[field] != rowNumber {
      refuse("expected a value: the field is required", field: givenNames[field], &rejected)
    }
    if !hasKey {
      refuse("expected at least one of \(RowIntake.keyList) to be filled", &rejected)
    }
    if !isRefused { batch.endRow(number: rowNumber) }
  }

  @inline(__always)
  private mutating func note(
    _ outcome: CellOutcome, _ field: Int, _ value: ScalarView, _ rejected: inout [RejectedRow]
  ) {
    switch outcome {
    case .empty: return
    case .filled: break
    case .refused(let fault):
      return refuse(cell: fault.reason, field: field, value: value.spelling, &rejected)
    }
    filledIn[field] = rowNumber
    if isKey[field] { hasKey = true }
  }

  /// The fields that tell whose row it is.
  static let keyList = SystemField.Profile.allCases.filter(\.isKey).map { "`\($0.name)`" }
    .joined(separator: ", ")
}
