import FlowCommand
import Foundation
import Testing

/// The samples through the whole command, on the real file system.
@Suite struct SampleTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("samples").path

  static var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
      .filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)/\($0).flow") }.sorted()
  }

  struct Run {
    var status: CommandStatus
    var output: String
    var errors: String

    init(_ arguments: [String]) {
      let output = MemoryWriter()
      let errors = MemoryWriter()
      status = FlowTool.run(
        CommandEnvironment(
          arguments: arguments, files: PosixFileSystem(), standardInput: MemoryReader([]),
          output: OutputStream(output), errors: OutputStream(errors),
          variables: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""], currentDirectory: "/",
          python: .real))
      self.output = output.text
      self.errors = errors.text
    }
  }

  @Test func samplesAreThere() { #expect(SampleTests.names.count >= 10) }

  @Test func allCheck() {
    let run = Run(["check", SampleTests.folder])
    #expect(run.status == .fine, "\(run.output)")
    #expect(run.errors.hasPrefix("checked \(SampleTests.names.count) campaigns, "))
  }

  @Test(arguments: SampleTests.names)
  func run(_ name: String) throws {
    let camp = "\(SampleTests.folder)/\(name)"
    let events =
      FileManager.default.fileExists(atPath: "\(camp)/events.jsonl")
      ? ["--events", "\(camp)/events.jsonl"] : []
    let arguments =
      ["run", camp, "--participants", "\(camp)/participants.csv", "--format", "json"] + events
    let run = Run(arguments)
    #expect(run.status == .fine, "\(run.errors)")
    #expect(Run(arguments + ["--jobs", "3"]).output == run.output)

    let json = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    let summary = try #require(json)
    #expect(summary["campaign"] as? String == name)
    let rows = try #require(summary["rows"] as? [String: Int])
    #expect(rows["read"] == ["created", "updated", "rejected"].reduce(0) { $0 + (rows[$1] ?? 0) })
    #expect(try #require(summary["participants"] as? Int) > 0)
    for (communication, counts) in try #require(summary["communications"] as? [String: [String: Any]]) {
      let statuses = counts.filter { $0.key != "channel" && $0.key != "created" }
      #expect(statuses.count == 10)
      let total = statuses.values.reduce(0) { $0 + ($1 as? Int ?? 0) }
      #expect(counts["created"] as? Int == total, "\(communication)")
    }
  }

  /// The tests of samples, as their users run them: with real scripts, on any number of threads.
  @Test(arguments: SampleTests.names)
  func testsPass(_ name: String) throws {
    let run = Run(["test", "\(SampleTests.folder)/\(name)", "--jobs", "1", "-v"])
    #expect(run.status == .fine, "\(run.output)\(run.errors)")
    #expect(run.output.split(separator: "\n").count { $0.hasPrefix("passed: ") } >= 5)
    let again = Run(["test", "\(SampleTests.folder)/\(name)", "--jobs", "3", "-v"])
    #expect(again.output == run.output && again.errors == run.errors)
  }

  /// `json` has its members in the order of the design.
  @Test func membersAreInOrder() throws {
    let camp = "\(SampleTests.folder)/payment_reminder"
    let text = Run(["run", camp, "--participants", "\(camp)/participants.csv", "--format", "json"]).output
    var rest = text[...]
    let members = [
      "schemaVersion", "campaign", "from", "until", "rows", "read", "created", "updated", "rejected",
      "participants", "runs", "finished", "failed", "communications", "channel", "created", "planned",
      "started", "delivered", "read", "replied", "completed", "no_response", "failed", "canceled", "skipped",
      "fields", "unset", "events", "participant.created", "participant.updated", "communication.updated",
      "communication.ended", "session.incoming", "flow.from", "engine", "loadSeconds", "runSeconds",
      "eventsPerSecond", "peakMemoryBytes",
    ]
    for member in members {
      let found = try #require(rest.range(of: "\"\(member)\":"), "`\(member)` is missing or out of place")
      rest = rest[found.upperBound...]
    }
  }
}
