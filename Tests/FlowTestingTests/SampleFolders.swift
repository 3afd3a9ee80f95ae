import Foundation

/// The samples, for what holds of their tests whether or not scripts run.
enum SampleFolders {
  static let names =
    (try? FileManager.default.contentsOfDirectory(atPath: TestedCampaign.root.appending(path: "samples").path)
      .filter { $0 != "shared" && !$0.contains(".") }.sorted()) ?? []
}
