import FlowCommand
import Foundation
import Testing

/// A file of `Tests/Spec/Command/cases`; its form is told in the README there.
struct TranscriptCase: CustomTestStringConvertible {
  let path: URL
  private(set) var commands: [Command] = []
  private(set) var files: [String: String] = [:]
  private(set) var input = ""
  private var head = ""

  var testDescription: String { path.deletingPathExtension().lastPathComponent }

  /// One command line and what it is to give.
  struct Command {
    var line: String
    var expected: [(section: String, text: String)] = []
  }

  struct Malformed: Error { let reason: String }

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Spec/Command/cases")

  static func all() throws -> [TranscriptCase] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "case" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
      .map { try TranscriptCase($0) }
  }

  init(_ path: URL) throws {
    self.path = path
    let text = try String(contentsOf: path, encoding: .utf8)
    var sections: [(title: String, body: String)] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      if line.hasPrefix("=== ") {
        sections.append((String(line.dropFirst(4)), ""))
      } else if sections.isEmpty {
        continue
      } else {
        sections[sections.count - 1].body += line + "\n"
      }
    }
    for (title, body) in sections { try take(title, body) }
    head = text.range(of: "=== run ").map { String(text[..<$0.lowerBound]) } ?? text
  }

  private mutating func take(_ title: String, _ body: String) throws {
    let words = title.split(separator: " ", maxSplits: 1).map(String.init)
    switch words.first {
    case "file": files[words[1]] = body
    case "input": input = body
    case "run": commands.append(Command(line: words[1]))
    case "exit", "output", "errors", "wrote":
      guard !commands.isEmpty else { throw Malformed(reason: "\(title) before any run") }
      commands[commands.count - 1].expected.append((title, body))
    case let word: throw Malformed(reason: "no section `\(word ?? "")`")
    }
  }

  /// The arguments of a command line; quotes hold words together.
  static func arguments(_ line: String) -> [String] {
    var words: [String] = []
    var isQuoted = false
    var isOpen = false
    for character in line {
      if character == "'" {
        isQuoted.toggle()
        if !isOpen { words.append("") }
        isOpen = true
      } else if character == " " && !isQuoted {
        isOpen = false
      } else {
        if !isOpen { words.append("") }
        isOpen = true
        words[words.count - 1].append(character)
      }
    }
    return words
  }

  /// What the sections of a command would have to be.
  func sections(of run: CommandRun, written: [String: String]) -> [(section: String, text: String)] {
    var result = [(section: "exit \(run.status.rawValue)", text: "")]
    if !run.output.isEmpty { result.append(("output", run.output)) }
    if !run.errors.isEmpty { result.append(("errors", run.errors)) }
    for (path, text) in written.sorted(by: { $0.key < $1.key }) { result.append(("wrote \(path)", text)) }
    return result
  }

  func rewritten(_ results: [[(section: String, text: String)]]) -> String {
    var text = head
    for (command, sections) in zip(commands, results) {
      text += "=== run \(command.line)\n"
      for section in sections { text += "=== \(section.section)\n\(section.text)" }
    }
    return text
  }
}
