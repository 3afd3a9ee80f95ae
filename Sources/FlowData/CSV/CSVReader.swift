/// Takes a CSV file apart (RFC 4180, semantics D5), record by record and in constant memory.
///
/// After `next()` the cells are views into the file's block, or into a copy where a cell had doubled quotes;
/// they hold until the next call. In steady state nothing is allocated.
///
/// Beyond the RFC: a record ends with `\r\n`, `\n` or `\r`; lines that are empty or hold only blanks are no
/// records; blanks may stand around the quotes of a cell; a quote inside a cell without quotes is text.
public struct CSVReader: ~Copyable {
  /// In bytes; a record with a longer cell is skipped.
  public static let maximumCellLength = 1 << 20
  /// In bytes; a longer record is skipped without being held in memory.
  public static let maximumRecordLength = 16 << 20
  public static let maximumColumns = 4096

  /// A cell's place in its record.
  struct Cell: BitwiseCopyable {
    /// Offsets from the record's beginning, without the quotes.
    var start: Int32
    var end: Int32
    /// Where the copy without doubled quotes begins in `unescaped`; -1 where there is none.
    var copy: Int32
  }

  var window: ByteWindow
  /// The offset in `window` of the record at hand; what scans a record counts from its beginning.
  var recordStart = 0
  var recordLength = 0
  /// The offset in `window` behind the record and its line break.
  var nextStart = 0
  let cells: UnsafeMutablePointer<Cell>
  var unescaped = ByteStore()
  var scan = WordScan(separator: CSVSeparator.comma.rawValue)
  /// The cell in quotes that was read last, and the offset behind its closing quote until its separator comes.
  var quotedCell = Cell(start: 0, end: 0, copy: -1)
  var closedAt = -1
  /// Where the last cell in quotes was opened: the offset of its quote, and the line it stands in.
  var openedAt = 0
  var openedLine = 1
  var hasQuotes = false
  var hasNUL = false
  /// The line break before was a carriage return, so that a line feed now belongs to it.
  var isAfterReturn = false
  var nextLine = 1

  public internal(set) var separator = CSVSeparator.comma {
    didSet { scan = WordScan(separator: separator.rawValue) }
  }
  /// Whether a first line `sep=;` has said what stands between cells.
  public internal(set) var declaresSeparator = false
  /// How many cells the record has, those beyond `maximumColumns` included.
  public internal(set) var cellCount = 0
  /// Why the record's cells cannot be read; `nil` where they can.
  public internal(set) var fault: CSVFault?
  /// The line of the record's first byte, from 1.
  public internal(set) var line = 1
  /// Whether the file ended with this record, without a line break.
  public internal(set) var isUnterminated = false

  /// - Parameter start: Where the text begins in the window, behind a byte-order mark.
  init(_ window: consuming ByteWindow, start: Int) {
    self.window = window
    nextStart = start
    cells = .allocate(capacity: CSVReader.maximumColumns)
  }

  /// A reader of a whole file; a byte-order mark is dropped. The caller reads the header first.
  package init(_ source: ByteSource) throws {
    var window = ByteWindow(source)
    switch try window.readSignature() {
    case .text(let start): self.init(window, start: start)
    case .foreign: self.init(window, start: 0)
    }
  }

  deinit { cells.deallocate() }

  /// Goes to the next record; `false` when there is none.
  public mutating func next() throws -> Bool {
    repeat {
      guard try skipLineBreaks() else { return false }
      try scanRecord()
      leaveLostQuote()
    } while isBlankLine
    return true
  }

  /// A cell of the record as it stands in the file, but for its quotes: not trimmed.
  ///
  /// - Precondition: `fault` is `nil` and `index < cellCount`.
  public func cell(_ index: Int) -> UnsafeBufferPointer<UInt8> { cellView.cell(index) }

  /// The cells of the record at hand, until the next call of `next()`.
  @inline(__always) var cellView: CellView {
    CellView(cells: cells, text: window.base + recordStart, copies: unescaped.start)
  }

  /// Three addresses: who goes through all cells need not carry the reader along.
  struct CellView: BitwiseCopyable {
    fileprivate let cells: UnsafePointer<Cell>
    fileprivate let text: UnsafePointer<UInt8>
    fileprivate let copies: UnsafePointer<UInt8>

    fileprivate init(
      cells: UnsafeMutablePointer<Cell>, text: UnsafeMutablePointer<UInt8>, copies: UnsafePointer<UInt8>
    ) {
      self.cells = UnsafePointer(cells)
      self.text = UnsafePointer(text)
      self.copies = copies
    }

    @inline(__always) func cell(_ index: Int) -> UnsafeBufferPointer<UInt8> {
      let cell = cells[index]
      let start = cell.copy >= 0 ? copies + Int(cell.copy) : text + Int(cell.start)
      return UnsafeBufferPointer(start: start, count: Int(cell.end &- cell.start))
    }
  }

  /// Where a cell stands in `record`, without its quotes.
  func range(ofCell index: Int) -> Range<Int> { Int(cells[index].start)..<Int(cells[index].end) }

  /// The record as it stands in the file, without its line break. Of one too long to be held, the last piece.
  public var record: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: window.base + recordStart, count: recordLength)
  }

  /// Whether a cell may hold bytes that are not text, so that `TextFault.init?(in:)` must be asked.
  public var needsTextCheck: Bool { hasNUL || scan.hasSeenNonASCII }
}
