import FlowDiagnostics
import FlowText
import Foundation
import Testing

@Suite struct SARIFSchemaTests {
  /// Every case, and no finding at all, is valid against the schema of OASIS.
  @Test func documentsAreValid() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "flow-sarif-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var paths: [String] = []
    func save(_ text: String, _ name: String) throws {
      let path = folder.appendingPathComponent(name + ".sarif")
      try Data(text.utf8).write(to: path)
      paths.append(path.path)
    }
    for golden in try GoldenCase.all() {
      try save(try GoldenTests.render(golden, "sarif"), golden.testDescription)
    }
    let nothing = SARIFRenderer(files: [], rules: [], toolVersion: "1").render(DiagnosticReport([]))
    try save(String(decoding: nothing, as: UTF8.self), "nothing")
    #expect(paths.count > 15)
    try validate(paths, expecting: 0)
    try save("{\"version\": \"2.1.0\"}", "broken")
    try validate([paths[paths.count - 1]], expecting: 1)
  }

  private func validate(_ paths: [String], expecting status: Int32) throws {
    let script = GoldenCase.folder.appendingPathComponent("validate_sarif.py").path
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", script] + paths
    let output = Pipe()
    process.standardError = output
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(
      process.terminationStatus == status,
      "this test needs `python3` with the package `jsonschema` (pip install jsonschema); it said: \(text)")
  }
}
