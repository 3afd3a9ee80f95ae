import FlowCommand
import Foundation
import Testing

/// Files of the system are replaced as a whole, and nothing else about them changes.
@Suite struct FormatFileTests {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("flow-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private static let ugly = "agent   collector { channel email }"
  private static let canonical = "agent collector { channel email }\n"

  private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  private func write(_ name: String, _ text: String) throws {
    let url = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: url, atomically: false, encoding: .utf8)
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }

  private func number(_ name: String, _ key: FileAttributeKey) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path(name))[key] as? Int
  }

  @Test func permissionsStayAndNothingIsLeftBehind() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("a.flow", Self.ugly)
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path("a.flow"))
    #expect(SampleTests.Run(["fmt", folder.path]).status == .fine)
    #expect(try text("a.flow") == Self.canonical)
    #expect(try number("a.flow", .posixPermissions) == 0o640)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.flow"])
  }

  @Test func aCanonicalFileIsNotTouched() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("a.flow", Self.canonical)
    let before = try number("a.flow", .systemFileNumber)
    #expect(SampleTests.Run(["fmt", path("a.flow")]).status == .fine)
    #expect(try number("a.flow", .systemFileNumber) == before)
  }

  /// A link that is named is followed and stays; one inside of a directory is somebody else's.
  @Test func linksAreFollowedWhereTheyAreNamed() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("elsewhere/real.flow", Self.ugly)
    try write("camp/a.flow", Self.ugly)
    let link = path("camp/link.flow")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path("elsewhere/real.flow"))
    try FileManager.default.createSymbolicLink(
      atPath: path("camp/below"), withDestinationPath: path("elsewhere"))
    #expect(SampleTests.Run(["fmt", path("camp")]).status == .fine)
    #expect(try text("camp/a.flow") == Self.canonical)
    #expect(try text("elsewhere/real.flow") == Self.ugly)

    #expect(SampleTests.Run(["fmt", link]).status == .fine)
    #expect(try text("elsewhere/real.flow") == Self.canonical)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == path("elsewhere/real.flow"))
  }

  @Test func aFileThatMayNotBeWrittenStays() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("a.flow", Self.ugly)
    try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path("a.flow"))
    let run = SampleTests.Run(["fmt", path("a.flow")])
    // Whoever is root may write everything.
    guard getuid() != 0 else { return }
    #expect(run.status == .failure)
    #expect(try text("a.flow") == Self.ugly)
  }
}
