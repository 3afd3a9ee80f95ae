import FlowSchema
package import FlowValues

/// Takes in the values of one row after the other, wherever they come from, and keeps the mistakes.
///
/// Between `beginRow` and `endRow` every value is handed over once; a row with a mistake does not get into the
/// batch.
package struct RowIntake {
  package let fields: [InputField]
  package let names: FieldNames
  private let types: [CellType]
  private let memory = ImageMemory()
  /// What the path of every cell needs, at an address: nothing is retained on the way.
  private let codes: UnsafePointer<FieldCode>
  private let required: [Int]
  private var parser: CellParser
  /// How the data names a field, by its position in `fields`.
  package var givenNames: [String]

  /// The row that named a field last, and the one that filled it where it is required, by its position.
  private var namedIn: [Int]
  private var filledIn: [Int]
  private var hasKey = false
  private var isRefused = false
  /// The number of the row at hand, from 1.
  package private(set) var rowNumber = 0

  package init(_ fields: [InputField], zones: ZoneTable) {
    self.init(fields, FieldNames(fields), zones: zones)
  }

  /// With the names of the fields, which somebody has made before.
  init(_ fields: [InputField], _ names: FieldNames, zones: ZoneTable) {
    self.fields = fields
    self.names = names
    types = fields.map { CellType($0) }
    codes = memory.copy(
      zip(fields, types).map { field, type in
        FieldCode(kind: type.kind, slot: field.slot, isKey: field.key != nil, isRequired: field.isRequired)
      })
    required = fields.indices.filter { fields[$0].isRequired }
    parser = CellParser(zones: zones)
    givenNames = fields.map(\.name)
    namedIn = Array(repeating: 0, count: fields.count)
    filledIn = namedIn
  }

  private struct FieldCode {
    var kind: CellKind
    var slot: Int
    var isKey: Bool
    var isRequired: Bool
  }

  /// The fields that every row must fill and that are not among those given.
  package func missing(_ given: Set<Int>) -> [Int] { required.filter { !given.contains($0) } }

  /// Whether any of the fields tells whose row it is.
  package func hasKey(_ given: Set<Int>) -> Bool { given.contains { codes[$0].isKey } }

  package mutating func beginRow(_ batch: inout RowBatch) {
    rowNumber += 1
    hasKey = false
    isRefused = false
    batch.beginRow()
  }

  /// Takes in a cell of well-formed UTF-8.
  package mutating func take(
    _ cell: UnsafeBufferPointer<UInt8>, field: Int, into batch: inout RowBatch,
    rejected: inout [RejectedRow]
  ) {
    // What `CellParser.append` does, spelled out: this is the path of every cell of a CSV file.
    let trimmed = CellParser.trimmed(cell)
    let slot = codes[field].slot
    switch parser.form(of: trimmed, as: codes[field].kind) {
    case .empty: return
    case .bits(let bits): batch.append(slot: slot, bits: bits)
    case .local(let local): batch.append(slot: slot, local: local)
    case .asIs: batch.append(slot: slot, text: trimmed)
    case .digits: batch.append(slot: slot, digitsOf: trimmed)
    case .rewritten: parser.scratch.withUnsafeBufferPointer { batch.append(slot: slot, text: $0) }
    case .invalid(let expectation):
      let fault = parser.fault(expectation, types[field], found: trimmed)
      return refuse(cell: fault.reason, field: field, value: ScalarView.text(cell).spelling, &rejected)
    }
    noteFilled(field)
  }

  /// Takes in a value of JSON; `null` leaves the field as it is.
  package mutating func take(
    _ scalar: ScalarView, field: Int, into batch: inout RowBatch, rejected: inout [RejectedRow]
  ) {
    switch parser.append(scalar, as: types[field], slot: fields[field].slot, to: &batch) {
    case .empty: break
    case .filled: noteFilled(field)
    case .refused(let fault):
      refuse(cell: fault.reason, field: field, value: scalar.spelling, &rejected)
    }
  }

  /// Notes that the row names a field; `false` where it has done so before.
  package mutating func name(_ field: Int) -> Bool {
    defer { namedIn[field] = rowNumber }
    return namedIn[field] != rowNumber
  }

  /// Refuses the row, for a mistake that is none of a field's value.
  package mutating func refuse(
    _ reason: String, field: String = "", value: String = "", _ rejected: inout [RejectedRow]
  ) {
    isRefused = true
    rejected.append(
      RejectedRow(rowNumber: rowNumber, fieldName: field, value: value, reason: reason))
  }

  /// Refuses the row for the value of a field, which counts as filled.
  package mutating func refuse(
    cell reason: String, field: Int, value: String, _ rejected: inout [RejectedRow]
  ) {
    noteFilled(field)
    refuse(reason, field: givenNames[field], value: value, &rejected)
  }

  /// Ends a row whose values could be read one by one.
  package mutating func endRow(_ batch: inout RowBatch, rejected: inout [RejectedRow]) {
    for field in required where filledIn[field] != rowNumber {
      refuse("expected a value: the field is required", field: givenNames[field], &rejected)
    }
    if !hasKey {
      refuse("expected at least one of \(RowIntake.keyList) to be filled", &rejected)
    }
    if !isRefused { batch.endRow(number: rowNumber) }
  }

  /// Ends an edit, which need not fill anything. `false` where it was refused.
  mutating func endEdit(_ batch: inout RowBatch) -> Bool {
    if !isRefused { batch.endRow(number: rowNumber) }
    return !isRefused
  }

  @inline(__always)
  private mutating func noteFilled(_ field: Int) {
    if codes[field].isRequired { filledIn[field] = rowNumber }
    if codes[field].isKey { hasKey = true }
  }

  /// The fields that tell whose row it is, as messages list them.
  package static let keyList = SystemField.Profile.allCases.filter(\.isKey).map { "`\($0.name)`" }
    .joined(separator: ", ")
}
