import FlowCommand
import Foundation
import Testing

/// What README.md shows is what the commands do.
@Suite struct ReadmeTests {
  static let path = Readme.path

  @Test func consoleBlocksAreTrue() throws {
    let readme = try Readme()
    let files = MemoryFileSystem(readme.files)
    #expect(readme.commands.count >= 2)
    for command in readme.commands {
      let arguments = command.line.split(separator: " ").map(String.init)
      try #require(arguments.first == "flow")
      if arguments.count > 1, arguments[1] == "repl" {
        expectSession(arguments, command.output, files)
        continue
      }
      let run = CommandRun(Array(arguments.dropFirst()), files: files)
      let remarks = run.errors.hasPrefix("checked ") ? "" : run.errors
      #expect(Self.timeless(run.output + remarks) == Self.timeless(command.output), "\(command.line)")
    }
  }

  /// A session as a terminal shows it below the greeting: what stands behind a prompt is typed.
  private func expectSession(_ arguments: [String], _ shown: String, _ files: MemoryFileSystem) {
    var lines: [LineInput] = []
    var output = ""
    for line in shown.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      if let typed = line.firstMatch(of: /^(?:\w+>| +…) (.*)$/) {
        lines.append(.line(String(typed.1)))
      } else {
        output += line + "\n"
      }
    }
    #expect(lines.count > 5)
    let run = CommandRun(Array(arguments.dropFirst()), files: files, editor: ScriptedEditor(lines))
    #expect(run.output.drop { $0 != "\n" }.dropFirst() == output)
    #expect(run.errors == "")
  }

  /// Times and memory are the reader's own; the clock of a test stands still.
  private static func timeless(_ text: String) -> String {
    text.replacing(/events in [^\n]*/, with: "events in …")
  }

  /// Every block of Flow and every path that the page names is there.
  @Test func pathsExist() throws {
    let root = Readme.path.deletingLastPathComponent()
    let text = try String(contentsOf: Readme.path, encoding: .utf8)
    let links = text.matches(of: /\]\(([^)#:]+)\)/).map { String($0.1) }
    #expect(!links.isEmpty)
    for link in links {
      #expect(FileManager.default.fileExists(atPath: root.appendingPathComponent(link).path), "\(link)")
    }
  }
}

/// The blocks of README.md: files stand under a comment that names them, commands behind a `$`.
private struct Readme {
  static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("README.md")

  private(set) var files: [String: String] = [:]
  private(set) var commands: [(line: String, output: String)] = []

  init() throws {
    let text = try String(contentsOf: Self.path, encoding: .utf8)
    var fileName: String?
    var block: (language: String, body: String)?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if let open = block {
        guard line == "```" else {
          block = (open.language, open.body + line + "\n")
          continue
        }
        take(open.language, open.body, fileName)
        (block, fileName) = (nil, nil)
      } else if line.hasPrefix("```") {
        block = (String(line.dropFirst(3)), "")
      } else if line.hasPrefix("<!-- file: ") {
        fileName = derive(line.dropFirst(11).dropLast(4).components(separatedBy: ", "))
      }
    }
  }

  /// `name`, or `name, from other, old => new`: the other file with a change.
  private mutating func derive(_ parts: [String]) -> String {
    if parts.count == 3 {
      let source = files[String(parts[1].dropFirst(5))] ?? ""
      let change = parts[2].components(separatedBy: " => ")
      files[parts[0]] = source.replacingOccurrences(of: change[0], with: change[1])
    }
    return parts[0]
  }

  private mutating func take(_ language: String, _ body: String, _ fileName: String?) {
    switch language {
    case "console":
      let lines = body.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      commands.append((String(lines[0].dropFirst(2)), lines.count > 1 ? String(lines[1]) : ""))
    case "flow", "csv", "json": if let fileName { files[fileName] = body }
    default: break
    }
  }
}
