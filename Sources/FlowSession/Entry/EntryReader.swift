internal import FlowSyntax
internal import FlowText

/// Gathers lines into entries: what is typed, pasted or read from a pipe, a line at a time.
///
/// An entry is a command, or as many lines as the parser needs to see its end. Where several statements are pasted,
/// each is an entry of its own.
public struct EntryReader: Sendable {
  /// In bytes. From here on the lines of an entry are looked at only where one begins without indentation or much has
  /// been added, lest the time grow with the square of the text.
  static let eagerByteCount = 1 << 14

  /// The lines of an entry that is not whole yet.
  public private(set) var pending = ""
  /// The number of the line, from 1, on which the present entry begins.
  public private(set) var firstLine = 1
  private var lineCount = 0
  /// How many bytes the text had when it was last looked at.
  private var seenByteCount = 0

  public init() {}

  /// Whether the next line goes on with an entry.
  public var isOpen: Bool { !pending.isEmpty }

  /// Takes a line without its line break.
  ///
  /// - Returns: The entry that is whole with it.
  public mutating func take(_ line: String) -> TypedEntry? {
    lineCount += 1
    if !isOpen {
      firstLine = lineCount
      if line.allSatisfy(\.isWhitespace) { return nil }
    }
    pending += isOpen ? "\n" + line : line
    guard mayBeWhole(line) else { return nil }
    seenByteCount = pending.utf8.count
    var symbols = SymbolTable()
    let reading = EntryReading(SourceFile(name: "", text: pending), symbols: &symbols)
    return reading.isOpen ? nil : finish()
  }

  /// The lines that wait for more, where no more will come.
  public mutating func takeRest() -> TypedEntry? { isOpen ? finish() : nil }

  /// Forgets the lines that wait for more.
  public mutating func drop() { _ = finish() }

  private mutating func finish() -> TypedEntry {
    defer {
      pending = ""
      seenByteCount = 0
    }
    return TypedEntry(text: pending, firstLine: firstLine)
  }

  private func mayBeWhole(_ line: String) -> Bool {
    let byteCount = pending.utf8.count
    if byteCount <= Self.eagerByteCount || byteCount - seenByteCount > seenByteCount / 8 { return true }
    return line.first.map { !$0.isWhitespace } ?? false
  }
}

/// One entry as it was typed.
public struct TypedEntry: Sendable, Equatable {
  public var text: String
  /// Where it begins in what is read, from 1.
  public var firstLine: Int

  public init(text: String, firstLine: Int) {
    self.text = text
    self.firstLine = firstLine
  }
}
