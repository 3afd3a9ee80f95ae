import FlowDiagnostics
import FlowSyntax
import FlowText
import Foundation

/// The folders of the repository, found from this file.
enum Repository {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The files of a folder and those below it whose names end so, by name.
  static func files(_ folder: String, ending: String) -> [URL] {
    let start = root.appending(path: folder)
    guard let walk = FileManager.default.enumerator(at: start, includingPropertiesForKeys: nil) else {
      return []
    }
    return walk.compactMap { $0 as? URL }.filter { $0.lastPathComponent.hasSuffix(ending) }
      .sorted { $0.path < $1.path }
  }

  static func bytes(_ file: URL) throws -> [UInt8] { Array(try Data(contentsOf: file)) }
}

extension ParsedFile {
  /// Parses bytes with a table of their own.
  init(_ bytes: [UInt8], name: String = "test.flow") {
    var symbols = SymbolTable()
    self = parse(SourceFile(id: FileID(0), name: name, bytes: bytes), symbols: &symbols)
  }

  init(_ text: String) { self.init(Array(text.utf8)) }

  /// The findings, each a line.
  var summary: String {
    diagnostics.map { diagnostic in
      let range = diagnostic.primary?.span.range ?? SourceRange(at: 0)
      let place = tree.source.position(at: range.lower)
      return "\(place.line):\(place.column): \(diagnostic.name): \(diagnostic.message)"
    }
    .joined(separator: "\n")
  }
}
