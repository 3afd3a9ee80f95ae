import FlowCheck
import FlowDiagnostics
import FlowLint
import FlowText
import Foundation
import Testing

/// The samples are the measure of false alarms: they are clean, or say why not.
@Suite struct SampleTests {
  @Test(arguments: SampleCampaign.names) func isCleanOrSaysWhyNot(_ name: String) throws {
    let sample = try SampleCampaign(name)
    let open = sample.findings.filter { !sample.isSuppressed($0) }
    let text = FullRenderer(files: sample.result.sources).render(DiagnosticReport(open))
    #expect(open.isEmpty, "\(text)")
  }
}

/// A sample, checked and linted.
struct SampleCampaign {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "samples")

  static let names: [String] = {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
    return entries.filter { $0 != "shared" && !$0.contains(".") }.sorted()
  }()

  let result: CheckResult
  let findings: [Diagnostic]

  /// - Parameter mutate: Changes the text of each file before it is checked.
  init(_ name: String, mutate: (String) -> String = { $0 }) throws {
    let folder = Self.root.appending(path: name)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".flow") }
      .map { file in
        let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
        return CampaignFile(name: "\(name)/\(file)", bytes: Array(mutate(text).utf8))
      }
    result = CampaignLoader.load(files, zones: TestZones.all) { path in
      guard let data = try? Data(contentsOf: Self.root.appending(path: path)) else {
        return .failure(FileReadFailure("no such file"))
      }
      return .success([UInt8](data))
    }
    findings = result.hasErrors ? [] : Linter.lint(result.campaign, zones: TestZones.all)
  }

  /// Whether a comment on the line, or on lines above it that hold comments only, names the rule.
  func isSuppressed(_ finding: Diagnostic) -> Bool {
    guard let span = finding.primary?.span else { return false }
    let source = result.sources[span.file.index]
    let lines = String(decoding: source.bytes, as: UTF8.self).components(separatedBy: "\n")
    var line = String(decoding: source.bytes[..<span.range.lower], as: UTF8.self).filter { $0 == "\n" }.count
    if lines[0].hasPrefix("// flow: ignore-file[\(finding.name)]") { return true }
    let mark = "// flow: ignore[\(finding.name)]"
    if lines[line].contains(mark) { return true }
    // The statement may have begun above: its clauses stand on lines of their own.
    while line > 0, !lines[line - 1].trimmingCharacters(in: .whitespaces).hasSuffix("{"),
      !lines[line - 1].trimmingCharacters(in: .whitespaces).hasSuffix("}")
    {
      line -= 1
      if lines[line].contains(mark) { return true }
    }
    return false
  }
}
