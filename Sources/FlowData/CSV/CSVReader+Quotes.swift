/// Cells in quotes.
extension CSVReader {
  /// Reads the cell whose opening quote stands at `offset` into `quotedCell`, and goes behind its closing quote;
  /// `false` where the file ends before there is one.
  ///
  /// Of a cell with doubled quotes the pieces between them are copied together.
  mutating func scanQuoted(from offset: inout Int) throws -> Bool {
    hasQuotes = true
    openedLine = nextLine
    openedAt = offset
    let copy = unescaped.count
    offset += 1
    var piece = offset
    var start = offset
    // A line feed here belongs to the carriage return before it.
    var behindReturn = -1
    while true {
      offset = scan.firstQuotedMark(window.base + recordStart, from: offset)
      let byte = window.base[recordStart + offset]
      let isQuote = byte == CSVByte.quote
      if recordStart + offset + (isQuote ? 1 : 0) >= window.count {
        if offset > CSVReader.maximumRecordLength, isLost(at: offset) { return false }
        let refill = try refill(scannedTo: offset)
        if refill.hasDropped {
          behindReturn = behindReturn == offset ? 0 : -1
          (offset, piece, start, openedAt) = (0, 0, 0, 0)
        }
        guard refill.isAtEnd else { continue }
        if !isQuote {
          if !isLost(at: offset) { fault = fault ?? .openQuote(line: openedLine) }
          return false
        }
      }
      if isQuote {
        guard window.base[recordStart + offset + 1] == CSVByte.quote else { break }
        copyPiece(from: piece, to: offset + 1)
        offset += 2
        piece = offset
      } else {
        count(byte, at: offset, behindReturn: &behindReturn)
        offset += 1
      }
    }
    closeQuoted(start: start, piece: piece, end: offset, copy: copy)
    offset += 1
    return true
  }

  /// Notes that the quote of a cell that goes over lines is closed nowhere up to an offset; `false` where the cell keeps to
  /// its line, or the record is at fault already.
  private mutating func isLost(at offset: Int) -> Bool {
    guard fault == nil, lineBreak(from: openedAt, to: offset) != nil else { return false }
    fault = .lostQuote(line: openedLine, offset: openedAt)
    return true
  }

  func lineBreak(from start: Int, to end: Int) -> Int? {
    (start..<max(start, end)).first {
      let byte = window.base[recordStart + $0]
      return byte == CSVByte.lineFeed || byte == CSVByte.carriageReturn
    }
  }

  /// Ends a record with the line in which a quote was opened that is not closed where a cell ends: most likely it was
  /// meant as text, and what follows are rows that would all be lost.
  mutating func leaveLostQuote() {
    guard case .lostQuote(let line, let offset) = fault,
      let end = lineBreak(from: offset, to: window.count - recordStart)
    else { return }
    endRecord(at: end, lineBreak: window.base[recordStart + end])
    nextLine = line + 1
  }

  private mutating func copyPiece(from start: Int, to end: Int) {
    // What is reported is not read.
    if fault == nil { unescaped.append(window.base + recordStart + start, count: end - start) }
  }

  private mutating func closeQuoted(start: Int, piece: Int, end: Int, copy: Int) {
    let isCopied = unescaped.count > copy
    if isCopied { copyPiece(from: piece, to: end) }
    quotedCell = Cell(
      start: Int32(truncatingIfNeeded: start),
      end: Int32(truncatingIfNeeded: isCopied ? start + unescaped.count - copy : end),
      copy: Int32(truncatingIfNeeded: isCopied ? copy : -1))
    closedAt = end + 1
  }

  /// Counts the lines that a cell goes over.
  private mutating func count(_ byte: UInt8, at offset: Int, behindReturn: inout Int) {
    if byte == 0 { hasNUL = true }
    if byte == CSVByte.carriageReturn {
      nextLine += 1
      behindReturn = offset + 1
    } else if byte == CSVByte.lineFeed, behindReturn != offset {
      nextLine += 1
    }
  }
}
