import Foundation
import Testing

/// Tables of test data under `Tests/Spec/Runtime`.
enum RuntimeSpec {
  /// A line of a table: the rule of its section, what is asked, what is to come out.
  struct Row: CustomTestStringConvertible, Sendable {
    var rule: String
    var line: Int
    /// The last line before it that began with `@`.
    var place: String
    var question: String
    var answer: String

    var testDescription: String { "\(rule): \(question) => \(answer)" }
  }

  /// The rows of a file: `## rule` begins a section, `# ` a comment; `@ ` a place, `question => answer` is a row.
  static func rows(_ name: String) throws -> [Row] {
    var (rule, place) = ("", "")
    var rows: [Row] = []
    let lines = try text(name).split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if line.hasPrefix("## ") { rule = String(line.dropFirst(3)) }
      if line.hasPrefix("@ ") { place = String(line.dropFirst(2)) }
      if line.hasPrefix("#") || line.hasPrefix("@") || line.isEmpty { continue }
      let separator = try #require(line.range(of: " =>"), "\(name):\(index + 1) has no =>")
      let answer = line[separator.upperBound...].drop { $0 == " " }
      rows.append(
        Row(
          rule: rule, line: index + 1, place: place, question: String(line[..<separator.lowerBound]).trimmed,
          answer: String(answer)))
    }
    try #require(!rows.isEmpty)
    return rows
  }

  static func text(_ name: String) throws -> String {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try String(contentsOf: folder.appending(path: "Spec/Runtime/\(name)"), encoding: .utf8)
  }
}

extension String {
  var trimmed: String { trimmingCharacters(in: .whitespaces) }
}

extension Sequence {
  /// In pieces of at most `count`.
  func pieces(of count: Int) -> [[Element]] {
    var pieces: [[Element]] = [[]]
    for element in self {
      if pieces[pieces.count - 1].count == count { pieces.append([]) }
      pieces[pieces.count - 1].append(element)
    }
    return pieces
  }
}
