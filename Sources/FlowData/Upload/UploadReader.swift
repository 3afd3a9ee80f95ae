public import FlowDiagnostics
public import FlowRuntime
public import FlowText
public import FlowValues

/// Reads one upload, CSV or JSON Lines, into rows of normal form (semantics D3, D5).
///
/// `open()` finds out what the file is and maps its header; then `readRows` fills one batch after the other. The
/// whole file is never in memory. Which format a file has is seen from its first byte: no header of CSV begins
/// with a brace or bracket.
public struct UploadReader: ~Copyable {
  public struct Options: Sendable {
    /// Whether columns that no field has the name of are passed over.
    public var ignoresUnknownColumns: Bool

    public init(ignoresUnknownColumns: Bool = false) {
      self.ignoresUnknownColumns = ignoresUnknownColumns
    }
  }

  public enum Format: Sendable { case csv, jsonLines }

  let fileName: String
  let fileID: FileID
  let options: Options
  var intake: RowIntake
  var source: ByteSource
  /// The reader of the file's format; the other one, and both before `open()`, read an empty file.
  var csv = CSVReader(ByteWindow(ByteSource([]), blockSize: 1), start: 0)
  var lines = LineReader(ByteWindow(ByteSource([]), blockSize: 1), start: 0)
  /// Whether the file can be read.
  private var isOpen = false
  var scanner = JSONScanner()
  /// The position of the field that a column fills, -1 where it is passed over.
  var columns: [Int] = []
  /// Why no row can be taken in, where that is so.
  var refusal: String?
  /// Whether the first line of JSON has been read to look at its names, and is still to be taken in.
  var hasPendingLine = false

  /// The header's text, for the labels of diagnostics: of CSV the header, of JSON Lines the first line.
  public internal(set) var header: SourceFile?
  public internal(set) var format = Format.csv

  /// - Parameters:
  ///   - fileName: As the user wrote it.
  ///   - fileID: What labels of diagnostics carry.
  ///   - fields: All fields of profile and participant that the campaign has, the internal ones too.
  public init(
    _ source: ByteSource, fileName: String, fileID: FileID = FileID(0), fields: [InputField],
    zones: ZoneTable, options: Options = Options()
  ) {
    self.source = source
    self.fileName = fileName
    self.fileID = fileID
    self.options = options
    intake = RowIntake(fields, zones: zones)
  }

  /// How many rows have been read, refused ones included.
  public var rowCount: Int { intake.rowNumber }

  /// Looks at the beginning of the file and maps its header.
  ///
  /// - Returns: Errors that make the file unusable, in which case there are no rows, and warnings.
  /// - Throws: What the source throws.
  public mutating func open() throws -> [Diagnostic] {
    try open(blockSize: ByteWindow.blockSize)
  }

  mutating func open(blockSize: Int) throws -> [Diagnostic] {
    var window = ByteWindow(source, blockSize: blockSize)
    let diagnostics = DataDiagnostics(fileName: fileName)
    switch try window.readSignature() {
    case .foreign(let format): return [diagnostics.foreign(format)]
    case .text(let start):
      format = try window.beginsLikeJSON(from: start) ? .jsonLines : .csv
      let found =
        switch format {
        case .csv: try openCSV(CSVReader(window, start: start), diagnostics)
        case .jsonLines: try openLines(LineReader(window, start: start), diagnostics)
        }
      isOpen = !found.contains { $0.severity == .error }
      return found
    }
  }

  /// Reads up to `limit` rows, those refused included.
  ///
  /// - Returns: Whether there may be more.
  /// - Throws: What the source throws; the rows read before stay in the batch.
  public mutating func readRows(
    into batch: inout RowBatch, limit: Int, rejected: inout [RejectedRow]
  ) throws -> Bool {
    guard isOpen else { return false }
    for _ in 0..<limit {
      let isRow =
        switch format {
        case .csv: try readRecord(into: &batch, &rejected)
        case .jsonLines: try readLine(into: &batch, &rejected)
        }
      guard isRow else { return false }
    }
    return true
  }
}

extension ByteWindow {
  /// Whether the first byte that is no blank begins a value of JSON.
  mutating func beginsLikeJSON(from start: Int) throws -> Bool {
    var offset = start
    while true {
      while offset < count, JSONByte.isBlank(base[offset]) { offset += 1 }
      if offset < count { return base[offset] == UInt8(ascii: "{") || base[offset] == UInt8(ascii: "[") }
      var kept = 0
      guard try readMore(keepingFrom: &kept) else { return false }
    }
  }
}
