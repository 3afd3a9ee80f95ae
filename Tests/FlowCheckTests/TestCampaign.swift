import FlowCheck
import FlowDiagnostics
import FlowSyntax
import FlowText
import FlowValues
import Foundation

enum TestZones {
  static let all = ZoneTable { name in
    (try? Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/\(name)"))).map { [UInt8]($0) }
  }
}

/// Everything that was found, as people see it.
enum FullRendererText {
  static func text(_ result: CheckResult) -> String {
    FullRenderer(files: result.sources).render(DiagnosticReport(result.diagnostics))
  }
}

/// Checks texts as the files of one campaign.
func checked(_ text: String, used: [String: String] = [:]) -> CheckResult {
  CampaignLoader.load([CampaignFile(name: "test.flow", bytes: Array(text.utf8))], zones: TestZones.all) {
    path in
    used[path].map { .success(Array($0.utf8)) } ?? .failure(FileReadFailure("no such file"))
  }
}
