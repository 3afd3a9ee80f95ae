import Foundation
import Testing

/// The transcripts of `Tests/Spec/Session` through a pipe: the real binary answers as the session does in process, up
/// to the first error, which ends it.
@Suite struct PipedTranscriptTests {
  struct Transcript: CustomTestStringConvertible, Sendable {
    var name: String
    /// What is typed, each with the lines of its answer.
    var entries: [(typed: String, answer: String)] = []

    var testDescription: String { name }

    static let all: [Transcript] = {
      let folder = ProcessTests.root.appendingPathComponent("Tests/Spec/Session")
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      return names.filter { $0.hasSuffix(".txt") }.sorted().compactMap { name in
        let text = try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        return text.map { Transcript(name, $0) }
      }
    }()

    init(_ name: String, _ text: String) {
      self.name = name
      for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
        if line.hasPrefix("> ") || line == ">" {
          entries.append((line.dropFirst(2) + "\n", ""))
        } else if entries.isEmpty {
          continue
        } else if line.hasPrefix(". ") || line == "." {
          entries[entries.count - 1].typed += line.dropFirst(2) + "\n"
        } else {
          entries[entries.count - 1].answer += line + "\n"
        }
      }
    }
  }

  @Test func thereAreTranscripts() { #expect(Transcript.all.count >= 10) }

  @Test(arguments: Transcript.all)
  func aPipeGivesTheSame(_ transcript: Transcript) throws {
    // What a session writes stays in memory there, and would be written here.
    let writes = transcript.entries.firstIndex { $0.typed.hasPrefix(":save") && $0.typed.contains(".flow") }
    let entries = transcript.entries[..<(writes ?? transcript.entries.count)]
    let failing = entries.firstIndex { $0.answer.hasPrefix("error[") || $0.answer.contains("\nerror[") }
    let script = entries.map(\.typed).joined()
    let run = try Piped(script)
    #expect(run.status == (failing == nil ? 0 : 1))
    let answers = entries.prefix(through: failing ?? entries.count - 1).map(\.answer)
    let errors = failing.map { entries[$0].answer } ?? ""
    let output = answers.dropLast(failing == nil ? 0 : 1).joined()
    #expect(run.output == output)
    #expect(Self.placeless(run.errors).hasPrefix(Self.placeless(errors)))
    guard let failing else { return }
    // There a place is one of the entry, here one of the script.
    let before = entries[..<failing].map(\.typed).joined().count { $0 == "\n" }
    #expect(run.errors.hasSuffix("stopped at line \(before + 1) of standard input\n"))
    if let place = Self.place(errors, of: "<entry>") {
      #expect(Self.place(run.errors, of: "<stdin>") == [before + place[0], place[1]], "\(run.errors)")
    }
  }

  /// Line and column behind the arrow.
  private static func place(_ text: String, of name: String) -> [Int]? {
    guard let start = text.range(of: "--> \(name):")?.upperBound else { return nil }
    return text[start...].prefix { $0 != "\n" }.split(separator: ":").compactMap { Int($0) }
  }

  /// Without places and the numbers of lines.
  private static func placeless(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      if line.contains("--> <entry>:") || line.contains("--> <stdin>:") { return "-->" }
      let rest = line.drop { $0 == " " || $0.isNumber }
      return rest.hasPrefix("|") || rest.hasPrefix("= ") ? String(rest) : String(line)
    }.joined(separator: "\n")
  }
}

/// `flow repl` with a script on its standard input, in the root of the repository.
struct Piped {
  var status: Int32
  var output: String
  var errors: String

  init(_ script: String, _ arguments: [String] = ["repl"]) throws {
    let folder = FileManager.default.temporaryDirectory
    let files = ["in", "out", "errors"].map {
      folder.appendingPathComponent("flow-\(UUID().uuidString).\($0)")
    }
    defer { for file in files { try? FileManager.default.removeItem(at: file) } }
    try script.write(to: files[0], atomically: true, encoding: .utf8)
    for file in files[1...] { try Data().write(to: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(ProcessTests.binary))
    process.arguments = arguments
    process.currentDirectoryURL = ProcessTests.root
    process.environment = ["PATH": "/usr/bin:/bin"]
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    status = process.terminationStatus
    output = try String(contentsOf: files[1], encoding: .utf8)
    errors = try String(contentsOf: files[2], encoding: .utf8)
  }
}
