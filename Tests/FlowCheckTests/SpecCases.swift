import FlowCheck
import FlowDiagnostics
import FlowText
import Foundation
import Testing

/// One campaign with what is expected of it, as it stands in a file of `Tests/Spec/Check`.
///
/// Before the first `===` a file has what all of its cases begin with, and behind a line `...` what they end with.
/// Below a line of a case stand comments that say what is found there: carets with name and message, then
/// lines with `=` that give the rest of the diagnostic.
struct SpecCase: Sendable, CustomTestStringConvertible {
  var file: String
  var title: String
  var before: [String]
  var after: [String]
  /// The case with its comments.
  var lines: [String]

  var testDescription: String { "\(file): \(title)" }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Spec/Check")

  static let files: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".cases") }.sorted()

  static let all: [SpecCase] = files.flatMap { read($0) }

  static func read(_ file: String) -> [SpecCase] {
    let text = (try? String(contentsOf: folder.appending(path: file), encoding: .utf8)) ?? ""
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    let first = lines.firstIndex { $0.hasPrefix("===") } ?? lines.endIndex
    let dots = lines[..<first].firstIndex(of: "...") ?? first
    let before = Array(lines[..<dots])
    let after = Array(lines[min(dots + 1, first)..<first])
    var cases: [SpecCase] = []
    for line in lines[first...] {
      if line.hasPrefix("===") {
        let title = line.dropFirst(3).trimmingCharacters(in: .whitespaces)
        cases.append(SpecCase(file: file, title: title, before: before, after: after, lines: []))
      } else {
        cases[cases.count - 1].lines.append(line)
      }
    }
    return cases
  }

  static func isComment(_ line: String) -> Bool { line.hasPrefix("//") }

  /// The case without its comments.
  var source: String {
    (before + lines.filter { !Self.isComment($0) } + after).joined(separator: "\n") + "\n"
  }

  var result: CheckResult { checked(source, used: Self.used) }

  /// The case with comments as they would be right.
  var annotated: [String] {
    let result = result
    let own = lines.filter { !Self.isComment($0) }
    var comments = [[String]](repeating: [], count: own.count + 1)
    for diagnostic in result.diagnostics {
      let line = place(diagnostic, result).line - before.count
      comments[own.indices.contains(line) ? line + 1 : 0] += describe(diagnostic, result)
    }
    return comments[0] + own.indices.flatMap { [own[$0]] + comments[$0 + 1] }
  }

  private func place(_ diagnostic: Diagnostic, _ result: CheckResult) -> (line: Int, column: Int) {
    guard let span = diagnostic.primary?.span else { return (-1, 0) }
    if span.file.index != 0 { return (-1, 0) }
    let position = result.sources[0].position(at: span.range.lower)
    return (position.line - 1, position.column - 1)
  }

  private func describe(_ diagnostic: Diagnostic, _ result: CheckResult) -> [String] {
    let what = "\(diagnostic.name): \(diagnostic.message)"
    let column = place(diagnostic, result).column
    let width = diagnostic.primary.map { max(1, $0.span.range.count) } ?? 1
    // Carets under the first two columns would be hidden by the slashes.
    let isElsewhere = place(diagnostic, result).line < before.count
    var lines = [
      isElsewhere
        ? "// \(elsewhere(diagnostic, result)) \(what)"
        : column < 2
          ? "//<" + String(repeating: "^", count: width) + " \(what)"
          : "//" + String(repeating: " ", count: column - 2) + String(repeating: "^", count: width)
            + " \(what)"
    ]
    if let label = diagnostic.primary?.text, !label.isEmpty { lines.append("label: \(label)") }
    for label in diagnostic.secondary {
      let source = result.sources[label.span.file.index]
      lines.append("at `\(source.text(label.span.range))`: \(label.text)")
    }
    lines += diagnostic.notes.map { "note: \($0)" }
    lines += diagnostic.help.map { "help: \($0)" }
    for fix in diagnostic.fixes {
      lines.append("\(fix.safety) fix: \(fix.title)")
    }
    return [lines[0]] + lines.dropFirst().map { "//   = \($0)" }
  }

  private func elsewhere(_ diagnostic: Diagnostic, _ result: CheckResult) -> String {
    diagnostic.primary.map { "in \(result.sources[$0.span.file.index].name):" } ?? "nowhere:"
  }

  static let used = [
    "shared/customer.flow": "profile { plan: enum(free, gold) = free }\n",
    "shared/other_campaign.flow": "campaign other { }\n",
    "shared/left.flow": "use \"right.flow\"\n",
    "shared/right.flow": "use \"left.flow\"\n",
  ]
}
