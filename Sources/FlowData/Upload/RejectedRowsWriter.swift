public import FlowRuntime

/// Writes `rejected.csv`: row, field, value and reason, one line a mistake (semantics D5).
public struct RejectedRowsWriter: Sendable {
  private var csv = CSVWriter()

  public init() { csv.appendRow(["row", "field", "value", "reason"]) }

  public mutating func append(_ row: RejectedRow) {
    csv.append(row.rowNumber)
    csv.append(row.fieldName)
    csv.append(row.value)
    csv.append(row.reason)
    csv.endRow()
  }

  /// Takes out what has been written so far, the header with the first.
  public mutating func take() -> [UInt8] { csv.take() }
}
