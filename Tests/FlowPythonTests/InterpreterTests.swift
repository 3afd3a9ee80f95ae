import FlowRuntime
import Foundation
import Testing

@testable import FlowPython

/// The search ends at a program, never at a script that chooses one.
@Suite struct InterpreterTests {
  @Test func shimsArePassedOver() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "flow-shims-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let shim = folder.appendingPathComponent("python3").path
    try "#!/bin/sh\nexec /usr/bin/python3 \"$@\"\n".write(toFile: shim, atomically: true, encoding: .utf8)
    chmod(shim, 0o755)
    let found = try Interpreter(searching: "\(folder.path):relative:")
    #expect(!found.path.hasPrefix(folder.path))
    let refusal = #expect(throws: Interpreter.Missing.self) { try Interpreter(chosen: shim) }
    #expect(refusal?.message.contains("a script that chooses an interpreter") == true)
  }

  @Test(arguments: [("python3", "absolute"), ("/nowhere/python3", "no such file"), ("/etc", "no file")])
  func wrongChoicesAreExplained(_ path: String, _ says: String) {
    let refusal = #expect(throws: Interpreter.Missing.self) { try Interpreter(chosen: path) }
    #expect(refusal?.message.contains(says) == true, "\(String(describing: refusal))")
  }

  @Test func anotherProgramIsNoInterpreter() throws {
    let host = PythonHost(
      PythonHost.Configuration(try Interpreter(chosen: "/bin/true")),
      sources: [[ScriptSource(name: "a", text: "")]])
    guard case .unknown(let reason)? = host.check([ScriptSource(name: "a", text: "")]).first else {
      throw Unexpected(words: "it checked")
    }
    #expect(reason.contains("/bin/true"))
  }
}
