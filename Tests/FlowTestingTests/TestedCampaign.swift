import FlowCheck
import FlowDiagnostics
import FlowRuntime
import FlowTesting
import FlowValues
import Foundation
import Testing

/// A campaign from a text, and what became of its tests.
struct TestedCampaign {
  let check: CheckResult
  let run: TestRun

  static let zones = ZoneTable { name in
    FileManager.default.contents(atPath: "/usr/share/zoneinfo/\(name)").map { Array($0) }
  }
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  init(
    _ text: String, name: String = "test.flow", observes: Bool = false,
    location: SourceLocation = #_sourceLocation
  ) throws {
    try self.init(
      [CampaignFile(name: name, bytes: Array(text.utf8))], observes: observes, location: location)
  }

  init(_ files: [CampaignFile], observes: Bool = false, location: SourceLocation = #_sourceLocation) throws {
    check = CampaignLoader.load(files, zones: Self.zones) { path in
      FileManager.default.contents(atPath: path).map { .success(Array($0)) }
        ?? .failure(FileReadFailure("no such file"))
    }
    let text = FullRenderer(files: check.sources).render(DiagnosticReport(check.diagnostics))
    let isRight = !check.hasErrors
    try #require(isRight, "\(text)", sourceLocation: location)
    let deployment = try Deployment([check.campaign], zones: Self.zones, observes: observes)
    var run = TestRun(check.campaign, deployment) { path, file in
      let folder = URL(filePath: file).deletingLastPathComponent()
      return FileManager.default.contents(atPath: folder.appending(path: path).path)
        .map { .success(Array($0)) } ?? .failure(FileReadFailure("no such file"))
    }
    if observes { run.coverage = CoverageMap(check.campaign, deployment) }
    self.run = run
  }

  func results(jobs: Int = 1) -> [TestResult] { run.run(check.campaign.tests, jobs: jobs) }

  /// The failures as they are shown, each behind the name of its test.
  func failures() -> [String] {
    results().compactMap { result in
      result.failure.map {
        "\(result.test.name)\n" + FullRenderer(files: check.sources).render($0.diagnostic)
      }
    }
  }

  /// The `.flow` files of a folder of the repository.
  static func files(_ folder: String) throws -> [CampaignFile] {
    let directory = root.appending(path: folder)
    return try FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "flow" }
      .sorted { $0.path < $1.path }
      .map { CampaignFile(name: $0.path, bytes: Array(try Data(contentsOf: $0))) }
  }
}
