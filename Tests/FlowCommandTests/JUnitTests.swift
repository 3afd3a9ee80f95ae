import FlowCommand
import Foundation
import Testing

/// `--junit-xml`, as a reader of somebody else understands it.
@Suite struct JUnitTests {
  private struct Report: Decodable, Equatable {
    struct Suite: Decodable, Equatable {
      var name: String
      var tests: Int
      var failures: Int
      var cases: [Case]
    }
    struct Case: Decodable, Equatable {
      var name: String
      var `class`: String
      var failures: [Failure]
    }
    struct Failure: Decodable, Equatable {
      var type: String
      var message: String
      var text: String
    }

    var tests: Int
    var failures: Int
    var suites: [Suite]
  }

  private static let campaign = """
    campaign camp { }
    participant { note: string }
    flow start { on participant created { stop } }

    """

  /// `nil` where the reader is not installed.
  private func report(_ campaigns: [String: String], _ options: [String] = []) throws -> Report? {
    let files = MemoryFileSystem(campaigns)
    _ = CommandRun(["test", ".", "--junit-xml", "report.xml"] + options, files: files)
    let xml = try #require(files.contents["report.xml"])
    let path = FileManager.default.temporaryDirectory.appending(path: "flow-\(UUID().uuidString).xml")
    try xml.write(to: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: path) }
    let script = ProcessTests.root.appending(path: "Tests/Spec/Command/read_junit.py").path
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", script, path.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    if process.terminationStatus == 3 { return nil }
    #expect(process.terminationStatus == 0)
    return try JSONDecoder().decode(Report.self, from: output)
  }

  @Test func failuresAreUnderstood() throws {
    let tests = #"""
      test "passes & <is> \"fine\"" { upload { external_id = "c1" } expect communications() == 0 }
      test "größer als 3 — 日本語 🎈\tand\na line" { upload { external_id = "c1" } expect communications() == 0 }
      test "control \u{1}\u{FFFE} ]]> \u{D}." { upload { external_id = "c1", note = "<ä\u{8}>" } expect participant.note == "x&y" }
      """#
    guard let report = try report(["camp/camp.flow": Self.campaign + tests]) else { return }
    #expect(report.tests == 3 && report.failures == 1 && report.suites.count == 1)
    let suite = try #require(report.suites.first)
    #expect(suite.name == "camp" && suite.tests == 3 && suite.failures == 1)
    #expect(
      suite.cases.map(\.name) == [
        "passes & <is> \"fine\"", "größer als 3 — 日本語 🎈\tand\na line", "control \u{FFFD}\u{FFFD} ]]> \r.",
      ])
    #expect(suite.cases.allSatisfy { $0.class == "camp" })
    let failure = try #require(suite.cases[2].failures.first)
    #expect(failure.type == "failed-expectation")
    #expect(failure.message == "expected `participant.note == \"x&y\"`, found it false")
    #expect(failure.text.contains("--> camp/camp.flow:6:"))
    #expect(failure.text.contains("\"<ä"))
    #expect(suite.cases[0].failures.isEmpty && suite.cases[1].failures.isEmpty)
  }

  /// A campaign without a test is there where its coverage is asked for.
  @Test func noTestsAreUnderstood() throws {
    let test = "test \"one\" { upload { external_id = \"c1\" } expect communications() == 0 }\n"
    let other = Self.campaign.replacing("campaign camp", with: "campaign empty")
    let files = ["camp/camp.flow": Self.campaign + test, "empty/empty.flow": other]
    guard let report = try report(files, ["--coverage"]) else { return }
    #expect(report.tests == 1 && report.failures == 0)
    #expect(report.suites.map(\.name) == ["camp", "empty"] && report.suites.map(\.tests) == [1, 0])
  }
}
