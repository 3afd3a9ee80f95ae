/// Where the lines of a text begin, to turn offsets into lines and columns at the edge.
///
/// A line ends with `\n`, `\r\n` or a lone `\r`.
public struct LineIndex: Sendable {
  /// The byte offset of each line's first byte; never empty.
  public let starts: [Int32]
  /// The length of the text, in bytes.
  public let byteCount: Int

  public init(bytes: [UInt8]) {
    var starts: [Int32] = [0]
    starts.reserveCapacity(bytes.count / 32 + 1)
    bytes.withUnsafeBufferPointer { buffer in
      var offset = 0
      while offset < buffer.count {
        let byte = buffer[offset]
        offset += 1
        if byte == UInt8(ascii: "\n") {
          starts.append(Int32(truncatingIfNeeded: offset))
        } else if byte == UInt8(ascii: "\r"),
          offset == buffer.count || buffer[offset] != UInt8(ascii: "\n")
        {
          starts.append(Int32(truncatingIfNeeded: offset))
        }
      }
    }
    self.starts = starts
    self.byteCount = bytes.count
  }

  /// The line of an offset, counted from 0.
  public func line(at offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(starts[middle]) <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The byte offset at which a line (counted from 0) begins.
  public func start(ofLine line: Int) -> Int { Int(starts[line]) }

  /// The bytes of a line (counted from 0) with its line break.
  public func range(ofLine line: Int) -> SourceRange {
    SourceRange(Int(starts[line]), line + 1 < starts.count ? Int(starts[line + 1]) : byteCount)
  }
}

extension SourceFile {
  /// Line and column of an offset, both counted from 1, the column in Unicode scalars.
  public func position(at offset: Int) -> (line: Int, column: Int) {
    let position = textPosition(at: offset)
    return (position.line, position.column)
  }
}
