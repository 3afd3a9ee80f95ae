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
  /// Where the lines begin.
  public let lines: LineIndex
  /// The number of its first line: more than 1 where it is a part of a longer text.
  public let firstLine: Int

  public init(id: FileID, name: String, bytes: [UInt8], firstLine: Int = 1) {
    self.id = id
    self.name = name
    self.bytes = bytes
    self.lines = LineIndex(bytes: bytes)
    self.firstLine = firstLine
  }

  public convenience init(id: FileID = FileID(0), name: String, text: String, firstLine: Int = 1) {
    self.init(id: id, name: name, bytes: Array(text.utf8), firstLine: firstLine)
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
