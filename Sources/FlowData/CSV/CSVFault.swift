/// Why a record of a CSV file cannot be taken apart. The record is skipped, the file goes on behind it.
public enum CSVFault: Hashable, Sendable {
  /// The file ends inside a quoted cell: most likely it was cut off.
  case openQuote(line: Int)
  /// Something else than blanks and a separator follows the quote that ends a cell. Columns count from 1.
  case textAfterQuote(column: Int)
  /// A cell that goes over lines is closed where no cell ends, or not at all. The record ends with the line of its quote,
  /// which stands at an offset of the record.
  case lostQuote(line: Int, offset: Int)
  case cellTooLong(column: Int)
  case recordTooLong
  case tooManyColumns

  /// The reason as a report states it.
  public var reason: String {
    switch self {
    case .openQuote(let line):
      "the quote opened in line \(line) is never closed: the file may have been cut off"
    case .textAfterQuote(let column):
      "cell \(column) goes on after its closing quote: a quote inside a quoted cell is written twice"
    case .lostQuote(let line, _):
      "the quote opened in line \(line) is not closed where a cell ends: the lines below it are read as rows"
    case .cellTooLong(let column):
      "cell \(column) is longer than \(CSVReader.maximumCellLength) bytes"
    case .recordTooLong: "the row is longer than \(CSVReader.maximumRecordLength) bytes"
    case .tooManyColumns: "the row has more than \(CSVReader.maximumColumns) cells"
    }
  }
}

/// What stands between the cells of a row.
public enum CSVSeparator: UInt8, CaseIterable, Sendable {
  case comma = 0x2C
  case semicolon = 0x3B
  case tab = 0x09
}
