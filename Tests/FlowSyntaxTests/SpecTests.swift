import FlowDiagnostics
import FlowSyntax
import FlowText
import Foundation
import Testing

/// One case of a file in `Tests/Spec/Syntax`: a text, and under its lines what is wrong with them.
///
/// A case begins with `--- title`. A line of carets and `name: message` is no part of the text: it says what is
/// wrong with the line above. `end: name: message` is about the end of the text.
struct SpecCase: CustomStringConvertible, Sendable {
  let file: URL
  let title: String
  let source: String
  /// The case as it stands in the file.
  let annotated: String

  var description: String { "\(file.lastPathComponent): \(title)" }

  static let files = Repository.files("Tests/Spec/Syntax", ending: ".spec.txt")
  static let all = files.flatMap(read)

  static func read(_ file: URL) -> [SpecCase] {
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.components(separatedBy: "--- ").dropFirst().map { part in
      let lines = part.components(separatedBy: "\n")
      let body = lines.dropFirst()
      let source = body.filter { $0.firstMatch(of: #/^( *\^+|end:) [a-z-]+: /#) == nil }
      return SpecCase(
        file: file, title: lines[0], source: trimmed(source), annotated: trimmed(Array(body)))
    }
  }

  /// The lines without the empty ones at the end, which part the cases.
  private static func trimmed(_ lines: [String]) -> String {
    var lines = lines
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The text with what the parser finds under its lines.
  func annotate() -> String {
    let parsed = ParsedFile(source)
    var result = ""
    let lines = source.components(separatedBy: "\n").dropLast()
    for (number, line) in lines.enumerated() {
      result += line + "\n"
      for diagnostic in parsed.diagnostics {
        guard let range = diagnostic.primary?.span.range, range.lower < source.utf8.count else { continue }
        let place = parsed.tree.source.position(at: range.lower)
        guard place.line == number + 1 else { continue }
        let width = parsed.tree.source.text(range).prefix { $0 != "\n" }.unicodeScalars.count
        result += String(repeating: " ", count: place.column - 1)
        result +=
          String(repeating: "^", count: max(1, width)) + " \(diagnostic.name): \(diagnostic.message)\n"
      }
    }
    for diagnostic in parsed.diagnostics where diagnostic.primary?.span.range.lower == source.utf8.count {
      result += "end: \(diagnostic.name): \(diagnostic.message)\n"
    }
    return result
  }
}

/// With `FLOW_UPDATE_GOLDENS=1` the files are rewritten with what is found, and the run fails all the same.
@Suite(.serialized) struct SpecTests {
  @Test func thereAreCases() { #expect(SpecCase.all.count > 80) }

  @Test("findings are those of the case", arguments: SpecCase.all)
  func findings(_ spec: SpecCase) {
    let found = spec.annotate()
    #expect(found == spec.annotated, "found:\n\(found)")
  }

  @Test("safe fixes mend what they are for", arguments: SpecCase.all)
  func fixes(_ spec: SpecCase) {
    let parsed = ParsedFile(spec.source)
    for diagnostic in parsed.diagnostics {
      for fix in diagnostic.fixes where fix.safety == .safe {
        let mended = ParsedFile(SpecTests.apply(fix, to: spec.source))
        #expect(
          mended.diagnostics.count < parsed.diagnostics.count,
          "\(diagnostic.message): \(fix.title)\n\(mended.tree.source.text(SourceRange(0, mended.tree.source.bytes.count)))\n\(mended.summary)"
        )
      }
    }
  }

  static func apply(_ fix: Fix, to text: String) -> String {
    var bytes = Array(text.utf8)
    for edit in fix.edits.sorted(by: { $0.span.range.lower > $1.span.range.lower }) {
      bytes.replaceSubrange(edit.span.range.lower..<edit.span.range.upper, with: edit.replacement.utf8)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func update() throws {
    guard ProcessInfo.processInfo.environment["FLOW_UPDATE_GOLDENS"] == "1" else { return }
    for file in SpecCase.files {
      let cases = SpecCase.read(file).map { "--- \($0.title)\n\($0.annotate())" }
      try cases.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
    }
    Issue.record("the cases were rewritten; read the difference")
  }
}
