import FlowCommand
import Foundation
import Testing

/// What `flow lint` writes for machines, read by the programs of others.
@Suite struct LintDocumentTests {
  private static let root = ReadmeTests.path.deletingLastPathComponent()

  private static let clean = """
    campaign clean { timezone: "Europe/Madrid" }

    flow start {
      on participant created { stop }
    }
    """
  /// With a fix, a suppression, and text before the place that is no ASCII.
  private static let faulty = """
    campaign faulty "漢字" { timezone: "Europe/Madrid" }

    flow start "Größe 👩‍👩‍👧" {
      on participant created { stop }  // flow: ignore[unused-flow] — 漢字 {0} [a](b)

      // flow: ignore[unused-step] — später, mit "Größe" und {geschweiften} Klammern
      step later { stop }

      step even_later { stop }
    }
    """

  /// One thing that is wrong at three places, of which a comment leaves out the first.
  private static let shared = """
    campaign shared { timezone: "Europe/Madrid" }

    profile { email: email required }

    agent host "Host" { channel email }

    flow start {
      on participant created {
        // flow: ignore[duplicate-contact] — the receipt is meant to repeat
        email RECEIPT by host within 09:00..18:00
        email OFFER by host within 09:00..18:00
        email SURVEY by host within 09:00..18:00
      }
    }
    """

  private static func lint(_ text: String, _ format: String) -> CommandRun {
    CommandRun(
      ["lint", "camp", "--format", format],
      files: MemoryFileSystem(["camp/camp.flow": text, ".git/HEAD": ""]))
  }

  private static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }

  @Test func sarifIsValidAndReadByOthers() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("flow-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var paths: [String] = []
    for (name, text) in [("clean", Self.clean), ("faulty", Self.faulty), ("shared", Self.shared)] {
      let path = folder.appendingPathComponent("\(name).sarif").path
      try Self.lint(text, "sarif").output.write(toFile: path, atomically: true, encoding: .utf8)
      paths.append(path)
    }
    let script = Self.root.appendingPathComponent("Tests/Spec/Diagnostics/validate_sarif.py").path
    let validation = try Self.run(["python3", script] + paths)
    #expect(validation.status == 0, "\(validation.output)")

    let needs = "this test needs the Python package `sarif-tools`, which .ci/setup installs"
    let clean = try Self.run(["python3", "-m", "sarif", "summary", paths[0]])
    #expect(clean.status == 0 && clean.output.contains("warning: 0"), "\(needs): \(clean.output)")
    let faulty = try Self.run(["python3", "-m", "sarif", "summary", paths[1]])
    #expect(faulty.status == 0 && faulty.output.contains("stale-suppression"), "\(needs): \(faulty.output)")
  }

  @Test func sarifHasFixesAndSuppressions() throws {
    let first = try Self.sarif(Self.faulty)
    let results = try #require(first["results"] as? [[String: Any]])
    #expect(results.count == 3)
    let suppressions = results.map { ($0["suppressions"] as? [[String: Any]]) ?? [] }
    #expect(suppressions.map(\.count).sorted() == [0, 0, 1])
    let justification = suppressions.flatMap { $0 }.first?["justification"] as? String
    #expect(justification == "später, mit \"Größe\" und {geschweiften} Klammern")
    #expect(results.contains { $0["fixes"] != nil })
    let driver = (first["tool"] as? [String: Any])?["driver"] as? [String: Any]
    let rules = try #require(driver?["rules"] as? [[String: Any]])
    let rule = try #require(rules.first { $0["id"] as? String == "unused-step" })
    #expect((rule["defaultConfiguration"] as? [String: Any])?["level"] as? String == "warning")
    #expect((rule["help"] as? [String: Any])?["markdown"] as? String != nil)
  }

  /// The place that is left out is a result of its own, and the other result does not speak of it.
  @Test func sarifTellsWhichPlaceIsSuppressed() throws {
    let results = try #require(try Self.sarif(Self.shared)["results"] as? [[String: Any]])
    let told = results.map { result in
      let message = (result["message"] as? [String: Any])?["text"] as? String ?? ""
      return (
        message.split(separator: "\n")[0],
        (result["suppressions"] as? [[String: Any]])?.compactMap { $0["justification"] as? String }
      )
    }
    #expect(
      told.map(\.0) == [
        "every upload of the row creates `RECEIPT` again",
        "every upload of the row creates `OFFER` and `SURVEY` again",
      ])
    #expect(told.map(\.1) == [["the receipt is meant to repeat"], []])
  }

  /// The run of a document.
  private static func sarif(_ text: String) throws -> [String: Any] {
    let run = lint(text, "sarif")
    #expect(run.status == .findings)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    return try #require((document["runs"] as? [[String: Any]])?.first)
  }

  @Test func jsonSaysWhatIsSuppressed() throws {
    let run = Self.lint(Self.faulty, "json")
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let diagnostics = try #require(document["diagnostics"] as? [[String: Any]])
    let reasons = diagnostics.compactMap { ($0["suppression"] as? [String: Any])?["reason"] as? String }
    #expect(reasons == ["später, mit \"Größe\" und {geschweiften} Klammern"])
    #expect((document["counts"] as? [String: Int])?["warnings"] == 2)
  }

  @Test func aNewCampaignHasNoFindings() {
    let system = MemoryFileSystem([:])
    #expect(CommandRun(["new", "reminders"], files: system).status == .fine)
    let run = CommandRun(["lint", "reminders"], files: system)
    #expect(run.status == .fine, "\(run.output)")
  }

  @Test func allRulesAreListed() {
    let run = CommandRun(["lint", "--list-rules", "--rule", "unused-step=off"])
    #expect(run.status == .fine)
    let lines = run.output.split(separator: "\n")
    #expect(lines.count > 5 && lines.allSatisfy { $0.split(separator: " ").count > 3 })
    #expect(run.output.contains(#/unused-step +off/#))
    #expect(run.output.contains(#/unused-flow +warning/#))
  }
}
