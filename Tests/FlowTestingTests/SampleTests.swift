import FlowCheck
import Foundation
import Testing

/// The tests of the samples, as their users run them.
struct SampleTests {
  static let samples =
    (try? FileManager.default.contentsOfDirectory(atPath: TestedCampaign.root.appending(path: "samples").path)
      .filter { $0 != "shared" && !$0.contains(".") && $0 != runByScripts }.sorted()) ?? []

  /// All its flows begin with a script, and tests run none.
  private static let runByScripts = "best_hour"

  @Test func allAreThere() { #expect(Self.samples.count == 10) }

  @Test("tests of samples pass", arguments: samples)
  func pass(_ name: String) throws {
    let campaign = try TestedCampaign(TestedCampaign.files("samples/\(name)"))
    #expect(campaign.failures() == [])
    #expect(campaign.check.campaign.tests.count >= 5)
  }
}
