import FlowCheck
import Foundation
import Testing

/// The tests of the samples, as their users run them.
struct SampleTests {
  static let samples =
    (try? FileManager.default.contentsOfDirectory(atPath: TestedCampaign.root.appending(path: "samples").path)
      .filter { $0 != "shared" && !$0.contains(".") }.sorted()) ?? []

  @Test func allAreThere() { #expect(Self.samples.count == 10) }

  @Test("tests of samples pass", arguments: samples)
  func pass(_ name: String) throws {
    let campaign = try TestedCampaign(TestedCampaign.files("samples/\(name)"))
    #expect(campaign.failures() == [])
    #expect(campaign.check.campaign.tests.count >= 5)
  }
}
