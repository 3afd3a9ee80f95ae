import FlowCheck
import FlowRuntime
import FlowSession
import FlowText
import FlowValues
import Foundation

/// The repository's files, with those that a session writes or a test puts in their place kept in memory.
final class MemorySurroundings: SessionSurroundings {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  static let allZones = ZoneTable { name in
    FileManager.default.contents(atPath: "/usr/share/zoneinfo/\(name)").map { Array($0) }
  }

  var files: [String: [UInt8]] = [:]
  /// Directories that are gone.
  var missing: Set<String> = []
  /// How often it may be asked before the user interrupts; `nil` for never.
  var patience: Int?
  /// How often a file is asked for.
  private(set) var readCount = 0

  var style: TextStyle { .plain }
  var zones: ZoneTable { Self.allZones }
  var isInterrupted: Bool {
    guard let patience else { return false }
    self.patience = max(patience - 1, 0)
    return patience <= 0
  }

  func loadCampaign(_ path: String) -> Result<[CampaignFile], FileReadFailure> {
    if missing.contains(path) { return .failure(FileReadFailure("there is no such file")) }
    if path.hasSuffix(".flow") {
      return readFile(path).map { [CampaignFile(name: path, bytes: $0)] }
    }
    let onDisk = try? FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: path).path)
    let inMemory = files.keys.filter { $0.hasPrefix(path + "/") }.map { String($0.dropFirst(path.count + 1)) }
    let names = Set((onDisk ?? []) + inMemory).filter { $0.hasSuffix(".flow") }.sorted()
    if names.isEmpty { return .failure(FileReadFailure("there is no such file")) }
    return .success(
      names.compactMap { name in
        (try? readFile(path + "/" + name).get()).map { CampaignFile(name: path + "/" + name, bytes: $0) }
      })
  }

  func readFile(_ path: String) -> Result<[UInt8], FileReadFailure> {
    readCount += 1
    if let bytes = files[path] { return .success(bytes) }
    return FileManager.default.contents(atPath: Self.root.appending(path: path).path)
      .map { .success(Array($0)) } ?? .failure(FileReadFailure("no such file"))
  }

  func writeFile(_ path: String, _ bytes: [UInt8]) -> FileReadFailure? {
    if path.hasPrefix("/") { return FileReadFailure("permission denied") }
    files[path] = bytes
    return nil
  }

  func scripts(of program: Program, _ sources: [SourceFile]) -> SessionScripts {
    SessionScripts(
      host: AnsweringHost(sources: program.scripts.map { $0.source(name: "", text: "", firstLine: 1) }))
  }
}
