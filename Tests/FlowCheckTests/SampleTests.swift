import FlowCheck
import FlowDiagnostics
import FlowText
import Foundation
import Testing

@Suite struct SampleTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "samples")

  static let campaigns: [String] = {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
    return entries.filter { $0 != "shared" && !$0.contains(".") }.sorted()
  }()

  @Test func thereAreSamples() { #expect(!Self.campaigns.isEmpty) }

  @Test(arguments: campaigns) func isRight(_ campaign: String) throws {
    let folder = Self.root.appending(path: campaign)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".flow") }
      .map {
        CampaignFile(
          name: "\(campaign)/\($0)", bytes: [UInt8](try Data(contentsOf: folder.appending(path: $0))))
      }
    let result = CampaignLoader.load(files, zones: TestZones.all) { path in
      guard let data = try? Data(contentsOf: Self.root.appending(path: path)) else {
        return .failure(FileReadFailure("no such file"))
      }
      return .success([UInt8](data))
    }
    #expect(result.hasCampaign)
    let findings = FullRendererText.text(result)
    #expect(findings == "", "\(findings)")
  }
}
