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

/// Writes the refused rows as they stood in their file, below its header: a file that can be uploaded once they
/// are mended (semantics D5). Rows of JSON Lines have no header.
public struct MendableRowsWriter: Sendable {
  private var bytes: [UInt8] = []
  private var lastRow = 0

  /// - Parameter header: The file's header, without its line break; `nil` where it has none.
  public init(header: [UInt8]?) {
    if let header { appendLine(header) }
  }

  /// Appends a row as it stood in its file. Several mistakes of one row, which come one after the other, give it
  /// once.
  public mutating func append(rowNumber: Int, record: UnsafeBufferPointer<UInt8>) {
    guard rowNumber != lastRow else { return }
    lastRow = rowNumber
    appendLine(record)
  }

  /// Takes out what has been written so far.
  public mutating func take() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  private mutating func appendLine(_ line: some Sequence<UInt8>) {
    bytes.append(contentsOf: line)
    bytes.append(CSVByte.lineFeed)
  }
}
