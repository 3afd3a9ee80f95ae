import FlowCommand
import FlowSyntax
import FlowText
import Foundation
import Testing

/// `flow test --write` on the samples without any of their tests, scripts and all.
@Suite struct ProposalTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    var name: String
    /// How many of its ports the proposed tests take.
    var covered: Int
    var all: Int

    init(_ name: String, _ covered: Int, of all: Int) {
      self.name = name
      self.covered = covered
      self.all = all
    }

    var testDescription: String { name }
  }

  static let samples = [
    Sample("appointment_reminder", 10, of: 10), Sample("best_hour", 6, of: 6),
    Sample("delivery_notice", 22, of: 22), Sample("event_invitation", 21, of: 22),
    Sample("lead_scoring", 22, of: 22), Sample("medication_adherence", 24, of: 24),
    Sample("payment_reminder", 20, of: 20), Sample("subscription_renewal", 16, of: 16),
    Sample("survey_call_back", 24, of: 24), Sample("welcome_series", 18, of: 18),
    Sample("win_back", 20, of: 20),
  ]

  @Test func allSamplesAreThere() {
    #expect(Self.samples.map(\.name) == SampleTests.names)
    // What is wanted of each: 95 of a hundred.
    for sample in Self.samples { #expect(sample.covered * 100 >= sample.all * 95, "\(sample.name)") }
  }

  @Test("tests that are proposed check, pass, are laid out, and come as far as before", arguments: samples)
  func proposes(_ sample: Sample) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "flow-proposal-\(sample.name)")
    try? FileManager.default.removeItem(at: folder)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Self.copyWithoutTests(sample.name, to: folder)
    let camp = folder.appending(path: sample.name).path
    let tests = "\(camp)/proposed.flow"

    let written = SampleTests.Run(["test", camp, "--write", tests, "--allow-python"])
    #expect(written.status == .fine, "\(written.errors)")
    #expect(SampleTests.Run(["fmt", "--check", tests]).status == .fine)
    #expect(SampleTests.Run(["check", camp]).status == .fine)
    let run = SampleTests.Run(["test", camp, "--coverage-format", "json", "--allow-python"])
    #expect(run.status == .fine, "\(run.errors)")
    let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    let campaign = try #require((document?["campaigns"] as? [[String: Any]])?.first)
    let figures = try #require(campaign["figures"] as? [String: [String: Int]])
    #expect(figures["ports"]?["covered"] == sample.covered && figures["ports"]?["all"] == sample.all)
    #expect(figures["nodes"]?["percent"] ?? 0 >= 95 && figures["triggers"]?["percent"] == 100)
  }

  /// A sample and what it uses, in a folder of its own.
  private static func copyWithoutTests(_ name: String, to folder: URL) throws {
    let files = FileManager.default
    for part in [name, "shared"] {
      let from = URL(filePath: SampleTests.folder).appending(path: part)
      let to = folder.appending(path: part)
      try files.createDirectory(at: to, withIntermediateDirectories: true)
      for file in try files.contentsOfDirectory(atPath: from.path) {
        var bytes = Array(try Data(contentsOf: from.appending(path: file)))
        if file.hasSuffix(".flow") { bytes = withoutTests(bytes) }
        try Data(bytes).write(to: to.appending(path: file))
      }
    }
  }

  private static func withoutTests(_ bytes: [UInt8]) -> [UInt8] {
    var symbols = SymbolTable()
    let source = SourceFile(id: FileID(0), name: "sample.flow", bytes: bytes)
    var result = bytes
    for case .test(let test) in parse(source, symbols: &symbols).tree.declarations.reversed() {
      result.removeSubrange(test.range.lower..<test.range.upper)
    }
    return result
  }
}
