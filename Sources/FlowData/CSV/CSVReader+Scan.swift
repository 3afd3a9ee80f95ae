extension CSVReader {
  /// What became of the record at hand when more bytes were asked for.
  enum Refill {
    case more
    /// There is more, but the record became too long: what was there is gone, and offsets begin anew.
    case dropped
    case end(dropped: Bool)

    var isAtEnd: Bool {
      switch self {
      case .more, .dropped: false
      case .end: true
      }
    }

    var hasDropped: Bool {
      switch self {
      case .more: false
      case .dropped: true
      case .end(let dropped): dropped
      }
    }
  }

  /// Reads on behind the bytes that are there, and keeps the record at hand in one piece.
  ///
  /// - Parameter offset: How far the record is scanned; where it is dropped, this byte becomes its first.
  mutating func refill(scannedTo offset: Int) throws -> Refill {
    let isDropping = offset > CSVReader.maximumRecordLength
    if isDropping {
      fault = fault ?? .recordTooLong
      recordStart += offset
    }
    guard try window.readMore(keepingFrom: &recordStart) else { return .end(dropped: isDropping) }
    return isDropping ? .dropped : .more
  }

  /// Goes to the first byte that is no line break; `false` at the end of the file.
  mutating func skipLineBreaks() throws -> Bool {
    recordStart = nextStart
    while true {
      while recordStart < window.count {
        let byte = window.base[recordStart]
        guard byte == CSVByte.lineFeed || byte == CSVByte.carriageReturn else { return true }
        if byte == CSVByte.carriageReturn || !isAfterReturn { nextLine += 1 }
        isAfterReturn = byte == CSVByte.carriageReturn
        recordStart += 1
      }
      nextStart = recordStart
      guard try window.readMore(keepingFrom: &recordStart) else { return false }
    }
  }

  /// Whether the record is one cell of blanks: a line that looks empty.
  var isBlankLine: Bool {
    guard cellCount == 1, fault == nil, !hasQuotes else { return false }
    return cell(0).allSatisfy { CSVByte.isBlank($0) }
  }

  /// Finds the cells of the record that begins at `recordStart`.
  mutating func scanRecord() throws {
    startRecord()
    var cellStart = 0
    var offset = 0
    while true {
      endPlainCells(&cellStart, &offset)
      let byte = window.base[recordStart + offset]
      if byte == separator.rawValue {
        endCell(from: cellStart, to: offset)
        offset += 1
        cellStart = offset
      } else if byte == CSVByte.lineFeed || byte == CSVByte.carriageReturn {
        endCell(from: cellStart, to: offset)
        return endRecord(at: offset, lineBreak: byte)
      } else if byte == CSVByte.quote, closedAt < 0, isBlank(from: cellStart, to: offset) {
        guard try scanQuoted(from: &offset) else { return endRecord(at: offset, lineBreak: nil) }
      } else if byte == 0, recordStart + offset == window.count {
        let refill = try refill(scannedTo: offset)
        if refill.hasDropped { restart(&cellStart, &offset) }
        if refill.isAtEnd {
          endCell(from: cellStart, to: offset)
          return endRecord(at: offset, lineBreak: nil)
        }
      } else {
        if byte == 0 { hasNUL = true }
        offset += 1
      }
    }
  }

  /// Ends cell after cell at its separator, up to the first byte that asks for more than that: the new offset.
  @inline(__always)
  private mutating func endPlainCells(_ cellStart: inout Int, _ offset: inout Int) {
    let text = UnsafePointer(window.base + recordStart)
    var block = offset
    // What closes a cell in quotes is no plain separator.
    let isPlain = closedAt < 0
    while true {
      var marks = scan.marks(text, at: block)
      while marks != 0 {
        offset = block &+ marks.trailingZeroBitCount >> 3
        guard isPlain, text[offset] == separator.rawValue else { return }
        append(
          Cell(start: Int32(truncatingIfNeeded: cellStart), end: Int32(truncatingIfNeeded: offset), copy: -1))
        cellStart = offset &+ 1
        marks &= marks &- 1
      }
      block &+= 8
    }
  }

  /// Counts from the record's new beginning, after what was there is dropped.
  private mutating func restart(_ cellStart: inout Int, _ offset: inout Int) {
    cellStart = 0
    offset = 0
    if closedAt >= 0 { closedAt = 0 }
  }

  private mutating func startRecord() {
    line = nextLine
    cellCount = 0
    fault = nil
    hasQuotes = false
    hasNUL = false
    closedAt = -1
    scan.forgetSeen()
    unescaped.removeAll()
  }

  /// - Parameter lineBreak: The byte that ended the record; `nil` at the end of the file.
  mutating func endRecord(at offset: Int, lineBreak: UInt8?) {
    recordLength = offset
    nextStart = recordStart + offset + (lineBreak == nil ? 0 : 1)
    isAfterReturn = lineBreak == CSVByte.carriageReturn
    isUnterminated = lineBreak == nil
    nextLine += lineBreak == nil ? 0 : 1
  }

  @inline(__always)
  private mutating func endCell(from start: Int, to end: Int) {
    if closedAt >= 0 { return endQuotedCell(at: end) }
    append(Cell(start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: end), copy: -1))
  }

  private mutating func endQuotedCell(at end: Int) {
    if fault == nil, !isBlank(from: closedAt, to: end) {
      fault =
        lineBreak(from: openedAt, to: end) == nil
        ? .textAfterQuote(column: cellCount + 1) : .lostQuote(line: openedLine, offset: openedAt)
    }
    closedAt = -1
    append(quotedCell)
  }

  @inline(__always)
  private mutating func append(_ cell: Cell) {
    if cellCount < CSVReader.maximumColumns { cells[cellCount] = cell }
    cellCount += 1
    if cell.end &- cell.start > CSVReader.maximumCellLength {
      fault = fault ?? .cellTooLong(column: cellCount)
    }
    if cellCount > CSVReader.maximumColumns { fault = fault ?? .tooManyColumns }
  }

  private func isBlank(from start: Int, to end: Int) -> Bool {
    for offset in start..<end where !CSVByte.isBlank(window.base[recordStart + offset]) { return false }
    return true
  }
}

/// Bytes that have a meaning in every CSV file.
enum CSVByte {
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let quote = UInt8(ascii: "\"")

  @inline(__always)
  static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
