import Foundation
import Testing

/// A table of test data under `Tests/Spec/Values`.
enum SpecFile {
  /// The rows, split at tabs, without comments; never empty.
  static func rows(_ name: String) throws -> [[String]] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: folder.appending(path: "Spec/Values/\(name)"), encoding: .utf8)
    let rows = text.split(separator: "\n").filter { !$0.hasPrefix("# ") }
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
    try #require(!rows.isEmpty)
    return rows
  }
}
