internal import FlowData
internal import FlowRuntime

/// What was refused of one file: the first few mistakes to show, the number of rows, and all of it for
/// `--out`.
struct RejectionLog {
  /// How many mistakes are shown.
  static let shownCount = 10

  let fileName: String
  private(set) var first: [RejectedRow] = []
  /// Mistakes, of which a row can have several.
  private(set) var mistakeCount = 0
  private(set) var rowCount = 0
  private(set) var rows = RowNumbers()
  private var lastRow = 0
  /// Where all of it goes.
  var output: RejectedRowsFile?

  init(fileName: String) { self.fileName = fileName }

  mutating func add(_ row: RejectedRow) {
    mistakeCount += 1
    if row.rowNumber != lastRow { rowCount += 1 }
    lastRow = row.rowNumber
    rows.add(row.rowNumber)
    if first.count < Self.shownCount { first.append(row) }
    output?.add(row)
  }
}

/// `rejected.csv` of one campaign.
final class RejectedRowsFile {
  private var writer = RejectedRowsWriter()
  private let stream: OutputStream

  init(_ stream: OutputStream) { self.stream = stream }

  func add(_ row: RejectedRow) {
    writer.append(row)
    stream.write(writer.take())
  }

  func close() -> FileFailure? {
    stream.write(writer.take())
    stream.close()
    return stream.failure
  }
}
