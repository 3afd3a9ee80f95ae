/// Writes CSV (RFC 4180) into bytes that are taken out as they grow: values with a separator, quote or line break
/// stand in quotes, all else as it is.
public struct CSVWriter: Sendable {
  /// What has been written and not yet taken.
  public private(set) var bytes: [UInt8] = []
  private let separator: UInt8
  private let lineEnd: [UInt8]
  private var isFirst = true

  public enum LineEnd: Sendable {
    /// What the tools of a shell expect.
    case lineFeed
    /// What the RFC says.
    case carriageReturnLineFeed
  }

  public init(separator: CSVSeparator = .comma, lineEnd: LineEnd = .lineFeed) {
    self.separator = separator.rawValue
    switch lineEnd {
    case .lineFeed: self.lineEnd = [CSVByte.lineFeed]
    case .carriageReturnLineFeed: self.lineEnd = [CSVByte.carriageReturn, CSVByte.lineFeed]
    }
  }

  public mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append($0) }
  }

  /// Appends the next value of the row.
  public mutating func append(_ value: UnsafeBufferPointer<UInt8>) {
    separate()
    guard value.contains(where: needsQuotes) else {
      bytes.append(contentsOf: value)
      return
    }
    bytes.append(CSVByte.quote)
    for byte in value {
      if byte == CSVByte.quote { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(CSVByte.quote)
  }

  public mutating func append(_ number: Int) {
    separate()
    bytes.append(contentsOf: String(number).utf8)
  }

  public mutating func endRow() {
    bytes.append(contentsOf: lineEnd)
    isFirst = true
  }

  public mutating func appendRow(_ values: [String]) {
    for value in values { append(value) }
    // A row of one empty value would else be an empty line, which is no row.
    if values == [""] { bytes.append(contentsOf: [CSVByte.quote, CSVByte.quote]) }
    endRow()
  }

  /// Takes out what has been written so far.
  public mutating func take() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  private mutating func separate() {
    if !isFirst { bytes.append(separator) }
    isFirst = false
  }

  private func needsQuotes(_ byte: UInt8) -> Bool {
    byte == separator || byte == CSVByte.quote || byte == CSVByte.lineFeed || byte == CSVByte.carriageReturn
  }
}
