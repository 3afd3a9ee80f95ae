public import FlowText

/// The texts that labels point into. A label into a text that is not here is rendered without its source.
public struct SourceFiles: Sendable {
  private let files: [FileID: SourceFile]

  public init(_ files: [SourceFile]) {
    self.files = Dictionary(files.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  public subscript(id: FileID) -> SourceFile? { files[id] }
}

/// A span with the places of its ends, as machine formats write it.
struct LocatedSpan {
  let file: SourceFile
  let range: SourceRange
  let start: TextPosition
  let end: TextPosition

  init?(_ span: SourceSpan, in files: SourceFiles) {
    guard let file = files[span.file] else { return nil }
    self.file = file
    range = file.clamped(span.range)
    start = file.textPosition(at: range.lower)
    end = file.textPosition(at: range.upper)
  }
}

extension Severity {
  /// The word for it in every format: `error`, `warning` or `note`.
  public var word: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .note: "note"
    }
  }
}
