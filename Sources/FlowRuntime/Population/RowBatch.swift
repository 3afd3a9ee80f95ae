import FlowSchema
public import FlowValues

/// Rows of an upload, read and in normal form, on their way into the store.
///
/// A reader fills a batch row by row; the store then finds out whose rows they are and hands them to the
/// engine. Cells name the slot of the person's field that they fill (`InputField.slot`). A batch is reused.
public struct RowBatch: ~Copyable {
  struct Row: BitwiseCopyable {
    /// The number in its file, from 1 (semantics D5).
    var number: Int
    /// Its texts, in one piece.
    var firstText: Int
    var textCount: Int32
    var firstCell: Int32
    var cellCount: Int32
    /// Whom it belongs to, once that is known.
    var person: Int32
    /// Whether it has a local datetime that may lie outside the calendar, which only its person's zone can tell.
    var isDoubtful: Bool
  }

  struct Cell: BitwiseCopyable {
    var slot: Int32
    /// Of a key field (semantics D4), the hash of its text, which the reading thread has time for.
    var keyHash: UInt32 = 0
    var value: Value
  }

  var rows = Buffer<Row>(capacity: 1024)
  var cells = Buffer<Cell>(capacity: 8192)
  var text = Buffer<UInt8>(capacity: 65536)
  /// The keys of each row, once the batch has been read (`Simulation.gatherKeys`); their texts lie in `text`.
  var keys = Buffer<RowKeys>(capacity: 64)
  /// What was found out about them (`Simulation.lookUp`); empty where nobody has looked.
  var lookups = Buffer<RowLookup>(capacity: 64)

  /// Whether any row is doubtful.
  private(set) var hasDoubtfulRow = false

  public init() {}

  public var rowCount: Int { rows.count }

  public mutating func removeAll() {
    committedCells = 0
    committedText = 0
    hasDoubtfulRow = false
    rows.truncate(to: 0)
    cells.truncate(to: 0)
    text.truncate(to: 0)
    keys.truncate(to: 0)
    lookups.truncate(to: 0)
  }

  /// Begins a row; what was begun and not ended is dropped.
  public mutating func beginRow() {
    record = nil
    isDoubtful = false
    cells.truncate(to: committedCells)
    text.truncate(to: committedText)
  }

  /// Takes over the row as it stands in its file, in one piece: texts that lie in `bytes` are not copied again.
  ///
  /// - Parameter bytes: Stay where they are until the row ends.
  public mutating func adopt(_ bytes: UnsafeBufferPointer<UInt8>) {
    record = bytes.baseAddress
    recordCount = bytes.count
    recordOffset = text.count
    text.append(bytes)
  }

  /// An integer, numeric (millionths), boolean (0, 1), date (day number), instant (milliseconds) or
  /// enumeration case (its number in the deployment).
  @inline(__always) public mutating func append(slot: Int, bits: Int64) {
    cells.append(Cell(slot: Int32(slot), value: Value(bits: bits)))
  }

  /// A datetime without an offset: the person's effective zone makes it an instant (semantics D3).
  public mutating func append(slot: Int, local: LocalDateTime) {
    let time = local.milliseconds
    cells.append(Cell(slot: Int32(slot), value: Value(bits: time, tag: .local)))
    // No zone is two days from UTC.
    let margin = 2 * TimeOfDay.millisecondsPerDay
    if time < Instant.minimum.milliseconds + margin || time > Instant.maximum.milliseconds - margin {
      isDoubtful = true
    }
  }

  /// A string, email or phone in normal form.
  @inline(__always) public mutating func append(slot: Int, text bytes: UnsafeBufferPointer<UInt8>) {
    var offset = text.count
    if let start = bytes.baseAddress, let record, start >= record, start + bytes.count <= record + recordCount
    {
      offset = recordOffset + (start - record)
    } else {
      text.append(bytes: bytes)
    }
    appendCell(slot, at: offset, bytes)
  }

  /// A phone number, of which only the digits count.
  mutating func append(slot: Int, digitsOf bytes: UnsafeBufferPointer<UInt8>) {
    text.reserve(text.count + bytes.count)
    let start = text.base + text.count
    let count = Phone.writeDigits(of: bytes, to: start)
    let offset = text.count
    text.extend(by: count)
    appendCell(slot, at: offset, UnsafeBufferPointer(start: start, count: count))
  }

  @inline(__always)
  private mutating func appendCell(_ slot: Int, at offset: Int, _ bytes: UnsafeBufferPointer<UInt8>) {
    let isKey = slot < SystemField.Profile.keyCount
    cells.append(
      Cell(
        slot: Int32(truncatingIfNeeded: slot),
        keyHash: isKey ? UInt32(truncatingIfNeeded: KeyIndex.hash(bytes)) : 0,
        value: Value(
          bits: Int64(offset), extra: Int32(truncatingIfNeeded: bytes.count))))
  }

  /// Clears the field, as `null` in an event's `fields` does.
  public mutating func append(clearing slot: Int) {
    cells.append(Cell(slot: Int32(slot), value: .unset))
  }

  /// Ends the row that was begun.
  public mutating func endRow(number: Int) {
    let first = committedCells
    rows.append(
      Row(
        number: number, firstText: committedText, textCount: Int32(text.count - committedText),
        firstCell: Int32(first), cellCount: Int32(cells.count - first), person: -1,
        isDoubtful: isDoubtful))
    hasDoubtfulRow = hasDoubtfulRow || isDoubtful
    committedCells = cells.count
    committedText = text.count
  }

  /// The row as it stands in its file, and where its copy is in `text`.
  private var record: UnsafePointer<UInt8>?
  private var recordCount = 0
  private var recordOffset = 0
  private var isDoubtful = false
  private var committedCells = 0
  private var committedText = 0
}

/// The cells of one row with their texts, as the engine takes them: valid while the batch stays as it is.
struct RowContent: BitwiseCopyable {
  let cells: UnsafeBufferPointer<RowBatch.Cell>
  private let text: UnsafePointer<UInt8>
  /// Where the row's texts begin among those of the batch.
  let firstText: Int64
  private let textCount: Int

  init(
    _ row: RowBatch.Row, cells: UnsafePointer<RowBatch.Cell>, text: UnsafePointer<UInt8>
  ) {
    self.cells = UnsafeBufferPointer(start: cells + Int(row.firstCell), count: Int(row.cellCount))
    self.text = text
    firstText = Int64(row.firstText)
    textCount = Int(row.textCount)
  }

  /// The first row of a batch.
  init(_ batch: borrowing RowBatch) {
    self.init(batch.rows[0], cells: batch.cells.base, text: batch.text.base)
  }

  @inline(__always) func bytes(_ value: Value) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: text + Int(value.bits), count: Int(value.extra))
  }

  var allText: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: text + Int(firstText), count: textCount)
  }
}
