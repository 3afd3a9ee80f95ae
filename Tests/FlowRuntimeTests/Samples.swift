import FlowCheck
import FlowText
import Foundation
import Testing

/// The campaigns under `samples`.
enum Samples {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "samples")

  /// Their names; without those that need Python.
  static let names: [String] = {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
    return entries.filter { $0 != "shared" && !$0.contains(".") }.sorted()
  }()

  static func campaign(_ name: String) throws -> CheckedCampaign {
    let folder = root.appending(path: name)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .filter { $0.hasSuffix(".flow") }
      .map {
        CampaignFile(name: "\(name)/\($0)", bytes: [UInt8](try Data(contentsOf: folder.appending(path: $0))))
      }
    let result = CampaignLoader.load(files, zones: World.zones) { path in
      guard let data = try? Data(contentsOf: Self.root.appending(path: path)) else {
        return .failure(FileReadFailure("no such file"))
      }
      return .success([UInt8](data))
    }
    return try World.right(result)
  }
}
