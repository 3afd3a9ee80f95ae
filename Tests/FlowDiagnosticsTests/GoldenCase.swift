import FlowDiagnostics
import FlowText
import Foundation
import Testing

/// A file of `Tests/Spec/Diagnostics/cases`; its form is told in the README there.
struct GoldenCase: CustomTestStringConvertible {
  let path: URL
  /// Everything before the first expectation, as it stands in the file.
  private(set) var head = ""
  private(set) var files: [SourceFile] = []
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var expectations: [(format: String, text: String)] = []
  private var ranges: [Character: SourceSpan] = [:]

  var testDescription: String { path.deletingPathExtension().lastPathComponent }

  struct Malformed: Error { let reason: String }

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Spec/Diagnostics")

  static func all() throws -> [GoldenCase] {
    let cases = folder.appendingPathComponent("cases")
    return try FileManager.default.contentsOfDirectory(at: cases, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "case" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
      .map { try GoldenCase($0) }
  }

  init(_ path: URL) throws {
    self.path = path
    let text = try String(contentsOf: path, encoding: .utf8)
    var section: (title: String, lines: [String])?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("=== ") {
        try finish(section)
        section = (String(line.dropFirst(4)), [])
      } else {
        section?.lines.append(line)
      }
    }
    // What follows the last line break is no line.
    section?.lines.removeLast()
    try finish(section)
    head = text.range(of: "=== expect ").map { String(text[..<$0.lowerBound]) } ?? text
  }

  func rewritten(with renderings: [(format: String, text: String)]) -> String {
    head + renderings.map { "=== expect \($0.format)\n\($0.text)" }.joined()
  }

  private mutating func finish(_ section: (title: String, lines: [String])?) throws {
    guard let section else { return }
    let words = section.title.split(separator: " ", maxSplits: 1).map(String.init)
    guard words.count == 2 else { throw Malformed(reason: section.title) }
    switch words[0] {
    case "file": addFile(words[1], section.lines)
    case "expect": expectations.append((words[1], section.lines.map { $0 + "\n" }.joined()))
    default: try addDiagnostic(words[0], words[1], section.lines)
    }
  }

  private mutating func addFile(_ title: String, _ lines: [String]) {
    let name = title.replacingOccurrences(of: " without final newline", with: "")
    var marked = Array(lines.map { $0 + "\n" }.joined())
    if name != title, !marked.isEmpty { marked.removeLast() }
    var bytes: [UInt8] = []
    var starts: [Character: Int] = [:]
    var index = 0
    while index < marked.count {
      if marked[index] == "⟪" {
        starts[marked[index + 1]] = bytes.count
        index += 2
      } else if index + 1 < marked.count, marked[index + 1] == "⟫" {
        let range = SourceRange(starts[marked[index]] ?? 0, bytes.count)
        ranges[marked[index]] = SourceSpan(FileID(files.count), range)
        index += 2
      } else if marked[index] == "⟨" {
        bytes.append(UInt8(String(marked[index + 1...index + 2]), radix: 16) ?? 0)
        index += 4
      } else {
        bytes.append(contentsOf: String(marked[index]).utf8)
        index += 1
      }
    }
    files.append(SourceFile(id: FileID(files.count), name: name, bytes: bytes))
  }

  private mutating func addDiagnostic(_ severity: String, _ title: String, _ lines: [String]) throws {
    guard let severity = Severity.allCases.first(where: { $0.word == severity }),
      let colon = title.range(of: ": ")
    else { throw Malformed(reason: title) }
    var diagnostic = Diagnostic(
      DiagnosticName(String(title[..<colon.lowerBound])), severity, unescaped(title[colon.upperBound...]))
    for line in lines where !line.isEmpty {
      guard let colon = line.range(of: ": ") ?? line.range(of: ":") else { throw Malformed(reason: line) }
      let words = line[..<colon.lowerBound].split(separator: " ")
      try add(unescaped(line[colon.upperBound...]), as: words, to: &diagnostic)
    }
    diagnostics.append(diagnostic)
  }

  private func add(_ text: String, as words: [Substring], to diagnostic: inout Diagnostic) throws {
    func span() throws -> SourceSpan {
      guard let letter = words.last?.first, let span = ranges[letter] else {
        throw Malformed(reason: "no range `\(words.last ?? "")`")
      }
      return span
    }
    switch words.first {
    case "primary": diagnostic.primary = Label(try span(), text)
    case "secondary": diagnostic.secondary.append(Label(try span(), text))
    case "note": diagnostic.notes.append(text)
    case "help": diagnostic.help.append(text)
    case "suppressed": diagnostic.suppression = Suppression(reason: text, span: try span())
    case "fix":
      let parts = text.components(separatedBy: " => ")
      let edit = Edit(try span(), parts.count > 1 ? parts[1] : "")
      diagnostic.fixes.append(Fix(parts[0], words[1] == "safe" ? .safe : .unsafe, [edit]))
    default: throw Malformed(reason: text)
    }
  }

  private func unescaped(_ text: Substring) -> String {
    text.replacingOccurrences(of: "\\n", with: "\n").replacingOccurrences(of: "\\e", with: "\u{1B}")
  }
}
