import FlowCheck
import FlowDiagnostics
import FlowLint
import FlowText
import FlowValues
import Foundation

enum TestZones {
  static let all = ZoneTable { name in
    (try? Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/\(name)"))).map { [UInt8]($0) }
  }
}

/// A text that was checked and linted as the one file of a campaign.
struct LintedCampaign {
  let result: CheckResult
  let findings: [Diagnostic]

  init(_ text: String, name: String = "test.flow") {
    result = CampaignLoader.load([CampaignFile(name: name, bytes: Array(text.utf8))], zones: TestZones.all) {
      _ in
      .failure(FileReadFailure("no such file"))
    }
    findings =
      result.hasErrors || !result.hasCampaign ? [] : Linter.lint(result.campaign, zones: TestZones.all)
  }

  /// Errors and findings, as people see them.
  var report: String {
    FullRenderer(files: result.sources).render(DiagnosticReport(result.diagnostics + findings))
  }

  /// The text with the first fix of each finding made.
  func mended() -> String {
    let application = FixApplication(findings, allowing: [.safe, .unsafe])
    let bytes = application.changes(in: result.sources).first?.bytes ?? result.sources[0].bytes
    return String(decoding: bytes, as: UTF8.self)
  }
}
