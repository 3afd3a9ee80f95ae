import FlowCommand
import Foundation

/// A command run in process over files in memory.
struct CommandRun: Equatable {
  var output: String
  var errors: String
  var status: CommandStatus

  /// - Parameter zoneinfo: The time zones are those of the system.
  init(
    _ arguments: [String], files: MemoryFileSystem = MemoryFileSystem([:]), input: String = "",
    terminal: Terminal = Terminal(), variables: [String: String] = [:],
    outputLimit: (count: Int, reason: FileFailure.Reason)? = nil, python: PythonSupport = .none,
    editor: (any LineEditor)? = nil, reader: MemoryReader? = nil
  ) {
    CommandRun.zones.copy(to: files)
    let output = MemoryWriter()
    let errors = MemoryWriter()
    output.limit = outputLimit
    let environment = CommandEnvironment(
      arguments: arguments, files: files, standardInput: reader ?? MemoryReader(Array(input.utf8)),
      output: OutputStream(output), errors: OutputStream(errors, flushesEachTime: true), terminal: terminal,
      variables: variables, currentDirectory: MemoryFileSystem.root, python: python, lineEditor: editor)
    status = FlowTool.run(environment)
    self.output = output.text
    self.errors = errors.text
  }

  private static let zones = ZoneFiles()
}

/// The few zones that tests use, read from the system once.
private struct ZoneFiles: Sendable {
  private var files: [String: [UInt8]] = [:]

  init() {
    for name in ["UTC", "Europe/Madrid", "Europe/Berlin", "America/New_York"] {
      let path = "/usr/share/zoneinfo/" + name
      if let data = FileManager.default.contents(atPath: path) { files[path] = Array(data) }
    }
  }

  func copy(to system: MemoryFileSystem) {
    for (path, bytes) in files { system.add(path, .file(bytes)) }
  }
}
