import FlowCheck
import FlowDiagnostics
import FlowLint
import FlowText
import FlowValues
import Glibc

/// A sample as the corpus takes it: its files, what the checker says of them, and what the linter finds already.
struct CorpusSample {
  let name: String
  let files: [CampaignFile]
  let result: CheckResult
  let findings: [Diagnostic]
  private let folder: String

  init?(_ name: String, in folder: String) {
    self.name = name
    self.folder = folder
    files = Self.flowFiles("\(folder)/\(name)").compactMap { file in
      bytes(ofFile: "\(folder)/\(name)/\(file)").map { CampaignFile(name: "\(name)/\(file)", bytes: $0) }
    }
    result = Self.load(files, folder)
    guard !files.isEmpty, result.hasCampaign, !result.hasErrors else { return nil }
    findings = Linter.lint(result.campaign, zones: Self.zones)
  }

  static let zones = ZoneTable { bytes(ofFile: "/usr/share/zoneinfo/\($0)") }

  private static func flowFiles(_ folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".flow") { names.append(name) }
    }
    return names.sorted()
  }

  private static func load(_ files: [CampaignFile], _ folder: String) -> CheckResult {
    CampaignLoader.load(files, zones: zones) { path in
      bytes(ofFile: "\(folder)/\(path)").map { .success($0) } ?? .failure(FileReadFailure("no such file"))
    }
  }

  /// What the linter finds in the sample with a fault in it and did not find without; `nil` where it does not check.
  func newFindings(_ fault: Fault) -> [Diagnostic]? {
    var changed = files
    for index in changed.indices {
      var edits = TextEdits()
      let replacements = fault.edits.filter { $0.span.file.index == index }
        .map { TextEdits.Replacement($0.span.range, $0.replacement) }
      guard replacements.isEmpty || edits.add(replacements) else { return nil }
      changed[index].bytes = edits.applied(to: changed[index].bytes)
    }
    let result = Self.load(changed, folder)
    guard !result.hasErrors else { return nil }
    var known: [String: Int] = [:]
    for finding in findings { known[Self.key(finding), default: 0] += 1 }
    return Linter.lint(result.campaign, zones: Self.zones).filter { finding in
      if isIgnored(finding.name) { return false }
      let key = Self.key(finding)
      guard let count = known[key], count > 0 else { return true }
      known[key] = count - 1
      return false
    }
  }

  /// Whether a file of the sample asks to leave a rule out.
  private func isIgnored(_ rule: DiagnosticName) -> Bool {
    files.contains { String(decoding: $0.bytes, as: UTF8.self).contains("ignore-file[\(rule)]") }
  }

  /// Findings are the same where they say the same; where they stand, the fault may have moved.
  private static func key(_ finding: Diagnostic) -> String { "\(finding.name) \(finding.message)" }
}
