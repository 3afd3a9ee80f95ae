/// Copies the refused rows of an upload as they stand in their file, below its header: a file that can be uploaded
/// once they are mended (semantics D5).
///
/// That a row is refused may be known only when its bytes have gone, so the file is read a second time; its rows
/// are counted then, not understood. Memory stays constant.
public struct RejectedRowsCopy: ~Copyable {
  private let source: ByteSource
  private let rows: RowNumbers
  private let sink: (UnsafeBufferPointer<UInt8>) -> Void

  /// - Parameters:
  ///   - source: The file from its beginning.
  ///   - rows: Numbers of rows as an `UploadReader` counts them.
  ///   - sink: Takes a piece of the copy, which holds for the call only.
  public init(
    _ source: ByteSource, rows: RowNumbers, to sink: @escaping (UnsafeBufferPointer<UInt8>) -> Void
  ) {
    self.source = source
    self.rows = rows
    self.sink = sink
  }

  /// Writes the header, where the file has one, and every wanted row, each with a line feed behind it. Rows too
  /// long to be held in memory are left out.
  ///
  /// - Throws: What the source throws.
  public func write() throws {
    var window = ByteWindow(source)
    guard case .text(let start) = try window.readSignature() else { return }
    if try window.beginsLikeJSON(from: start) {
      try copyLines(LineReader(window, start: start))
    } else {
      try copyRecords(CSVReader(window, start: start))
    }
  }

  private func copyRecords(_ reader: consuming CSVReader) throws {
    guard try reader.readHeader() else { return }
    if reader.declaresSeparator { writeLine(Array("sep=".utf8) + [reader.separator.rawValue]) }
    writeLine(reader.record)
    var number = 0
    for range in rows.ranges {
      while number < range.upperBound - 1 {
        guard try reader.next() else { return }
        number += 1
        if number < range.lowerBound { continue }
        if reader.fault != .recordTooLong { writeLine(reader.record) }
      }
    }
  }

  private func copyLines(_ reader: consuming LineReader) throws {
    var number = 0
    for range in rows.ranges {
      while number < range.upperBound - 1 {
        guard try reader.next() else { return }
        number += 1
        if number < range.lowerBound { continue }
        if !reader.isTooLong { writeLine(reader.line) }
      }
    }
  }

  private func writeLine(_ line: UnsafeBufferPointer<UInt8>) {
    sink(line)
    withUnsafePointer(to: CSVByte.lineFeed) { sink(UnsafeBufferPointer(start: $0, count: 1)) }
  }

  private func writeLine(_ line: [UInt8]) { line.withUnsafeBufferPointer { writeLine($0) } }
}

/// Numbers of rows in ascending order; neighbours take no room of their own.
public struct RowNumbers: Sendable {
  private(set) var ranges: [Range<Int>] = []

  public init() {}

  public var isEmpty: Bool { ranges.isEmpty }

  /// Several mistakes of one row name it several times.
  ///
  /// - Precondition: no greater number has been added.
  public mutating func add(_ number: Int) {
    guard let last = ranges.last, last.upperBound >= number else {
      return ranges.append(number..<number + 1)
    }
    if last.upperBound == number { ranges[ranges.count - 1] = last.lowerBound..<number + 1 }
  }
}
