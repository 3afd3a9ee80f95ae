internal import FlowText

/// Which text an entry is a part of, so that messages count lines as whoever wrote it does.
public struct EntryPlace: Sendable, Equatable {
  /// What the text is called.
  public var name: String
  /// On which of its lines the entry begins, from 1.
  public var firstLine: Int

  public init(name: String, firstLine: Int) {
    self.name = name
    self.firstLine = firstLine
  }

  /// Typed by somebody, who sees no more lines than those of the entry.
  public static let prompt = EntryPlace(name: "<entry>", firstLine: 1)

  func source(_ text: String, _ id: FileID) -> SourceFile {
    SourceFile(id: id, name: name, bytes: Array(text.utf8), linesBefore: firstLine - 1)
  }
}
