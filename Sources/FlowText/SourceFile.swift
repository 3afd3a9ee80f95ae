/// One text that was handed to the tools: its name and its bytes, as they were read.
///
/// A source file is immutable and shared; ranges into it are byte offsets (`SourceRange`), and lines
/// and columns are computed only where somebody is to read them (`LineIndex`).
public final class SourceFile: Sendable {
  /// The largest text the tools take, in bytes. Offsets are 32 bits wide, and a campaign is far below this.
  public static let maximumByteCount = 64 << 20

  /// Which of the files of one compilation this is; labels carry it beside their range.
  public let id: FileID
  /// The name to show, as the user wrote it, with `/` between folders.
  public let name: String
  /// The UTF-8 text. It may hold malformed bytes: the lexer reports them.
  public let bytes: [UInt8]
  /// How many lines stand before the text where it is an excerpt: they count, and are not shown.
  public let linesBefore: Int
  /// Where the lines begin.
  public let lines: LineIndex

  public init(id: FileID, name: String, bytes: [UInt8], linesBefore: Int = 0) {
    self.id = id
    self.linesBefore = linesBefore
    self.name = name
    self.bytes = bytes
    self.lines = LineIndex(bytes: bytes)
  }

  public convenience init(id: FileID = FileID(0), name: String, text: String) {
    self.init(id: id, name: name, bytes: Array(text.utf8))
  }

  /// The text of a range; malformed bytes become U+FFFD.
  public func text(_ range: SourceRange) -> String {
    String(decoding: bytes[range.lower..<range.upper], as: UTF8.self)
  }
}

/// The position of a file in the list of files of one compilation.
public struct FileID: Hashable, Sendable, Comparable {
  public let index: Int

  public init(_ index: Int) { self.index = index }

  public static func < (a: FileID, b: FileID) -> Bool { a.index < b.index }
}
