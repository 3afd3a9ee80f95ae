/// The first record of a file.
extension CSVReader {
  /// Reads the first record, and finds out from it what stands between cells; `false` if there is none.
  ///
  /// A first line `sep=;`, which spreadsheets write and read, says it outright and is no record.
  public mutating func readHeader() throws -> Bool {
    guard try skipLineBreaks() else { return false }
    let length = try firstLineLength()
    if let declared = declaredSeparator(length) {
      separator = declared
      declaresSeparator = true
      nextStart = recordStart + length
    } else {
      separator = likeliestSeparator(length)
      nextStart = recordStart
    }
    return try next()
  }

  /// The length of the line at hand, quoted line breaks included; as much of it as may be in memory.
  private mutating func firstLineLength() throws -> Int {
    var offset = 0
    var isQuoted = false
    while offset < CSVReader.maximumRecordLength {
      if recordStart + offset == window.count {
        guard try window.readMore(keepingFrom: &recordStart) else { break }
      }
      let byte = window.base[recordStart + offset]
      if byte == CSVByte.quote { isQuoted.toggle() }
      if !isQuoted, byte == CSVByte.lineFeed || byte == CSVByte.carriageReturn { break }
      offset += 1
    }
    return offset
  }

  private func declaredSeparator(_ length: Int) -> CSVSeparator? {
    let marker = Array("sep=".utf8)
    guard length == marker.count + 1,
      marker.indices.allSatisfy({ window.base[recordStart + $0] == marker[$0] })
    else { return nil }
    return CSVSeparator(rawValue: window.base[recordStart + marker.count])
  }

  /// The separator that occurs most often outside quotes; a comma where there is none.
  private func likeliestSeparator(_ length: Int) -> CSVSeparator {
    var counts: [CSVSeparator: Int] = [:]
    var isQuoted = false
    for offset in 0..<length {
      let byte = window.base[recordStart + offset]
      if byte == CSVByte.quote { isQuoted.toggle() }
      if !isQuoted, let separator = CSVSeparator(rawValue: byte) { counts[separator, default: 0] += 1 }
    }
    return CSVSeparator.allCases.reduce(.comma) { best, next in
      counts[next, default: 0] > counts[best, default: 0] ? next : best
    }
  }
}
