import FlowCommand
import Foundation
import Synchronization
import Testing

/// `flow test --watch`: in memory, where changes come while it waits, and on a real terminal.
@Suite(.serialized) struct WatchTests {
  static let campaign = """
    campaign camp { }
    participant { amount: numeric }
    flow start { on participant created { stop } }

    """
  static let test =
    "test \"one\" { upload { external_id = \"c1\", amount = 1 } expect participant.amount == 1 }\n"

  /// Plays a change each time that it waits, and Ctrl-C after the last.
  private final class World: Sendable {
    let files: MemoryFileSystem
    let rest: Mutex<[@Sendable (MemoryFileSystem) -> Void]>
    let isOver = Atomic<Bool>(false)

    init(_ files: [String: String], _ changes: [@Sendable (MemoryFileSystem) -> Void]) {
      self.files = MemoryFileSystem(files)
      rest = Mutex(changes)
    }

    func pause() {
      let next = rest.withLock { $0.isEmpty ? nil : $0.removeFirst() }
      if let next { next(files) } else { isOver.store(true, ordering: .relaxed) }
    }

    func run(_ arguments: [String]) -> (status: CommandStatus, output: String, errors: String) {
      let (output, errors) = (MemoryWriter(), MemoryWriter())
      for name in ["UTC"] {
        let path = "/usr/share/zoneinfo/" + name
        if let data = FileManager.default.contents(atPath: path) { files.add(path, .file(Array(data))) }
      }
      let status = FlowTool.run(
        CommandEnvironment(
          arguments: arguments, files: files, standardInput: MemoryReader([]), output: OutputStream(output),
          errors: OutputStream(errors, flushesEachTime: true), currentDirectory: MemoryFileSystem.root,
          machine: Machine(pause: { _ in self.pause() }),
          interruption: Interruption(listen: {}, rearm: {}, { self.isOver.load(ordering: .relaxed) })))
      return (status, output.text, errors.text)
    }
  }

  private static func put(_ path: String, _ text: String) -> @Sendable (MemoryFileSystem) -> Void {
    { $0.add(path, .file(Array(text.utf8))) }
  }

  @Test func everyChangeIsARound() {
    let world = World(
      ["camp/camp.flow": Self.campaign, "camp/tests.flow": Self.test],
      [
        { _ in },
        Self.put("camp/tests.flow", Self.test.replacing("== 1", with: "== 2")),
        Self.put("camp/camp.flow", "campaign camp {"),
        Self.put("camp/camp.flow", Self.campaign),
        Self.put("camp/tests.flow", Self.test),
        Self.put("camp/more.flow", Self.test.replacing("one", with: "two")),
      ])
    let run = world.run(["test", "camp", "--watch"])
    #expect(run.status == .fine)
    let summaries = run.output.split(separator: "\n").filter { $0.contains("passed") }.map(String.init)
    #expect(
      summaries == [
        "1 test: 1 passed", "1 test: 0 passed, 1 failed", "1 test: 0 passed, 1 failed", "1 test: 1 passed",
        "2 tests: 2 passed",
      ])
    #expect(run.errors.contains("— camp/tests.flow has changed —\n"))
    #expect(run.errors.contains("error["))
    #expect(run.errors.contains("— camp has changed —\n"))
    #expect(run.errors.hasSuffix("watching; Ctrl-C ends it\n"))
  }

  /// What a test uploads is watched as well, whether or not it is there.
  @Test func uploadedFilesAreWatched() {
    let test = "test \"two\" { upload \"people.csv\" expect communications() == 0 }\n"
    let world = World(
      ["camp/camp.flow": Self.campaign, "camp/tests.flow": test],
      [Self.put("camp/people.csv", "external_id,amount\nc1,1\n"), Self.put("camp/people.csv", "wrong\n1\n")])
    let run = world.run(["test", "camp", "--watch", "-q"])
    #expect(run.status == .findings && run.errors == "")
    #expect(run.output.contains("there is no such file") && run.output.contains("1 test: 1 passed\n"))
    #expect(run.output.hasSuffix("1 test: 0 passed, 1 failed\n"))
  }

  @Test func theLastRoundDecides() {
    let gone = World(
      ["camp/camp.flow": Self.campaign + Self.test], [Self.put("camp/camp.flow", Self.campaign)])
    #expect(gone.run(["test", "camp", "--watch"]).status == .failure)
    let usage = World([:], []).run(["test", "-", "--watch"])
    #expect(usage.status == .failure && usage.errors.contains("expected `--watch` without `-`, found both"))
  }

  /// A real terminal, real files, and Ctrl-C as it is typed.
  @Test func onATerminal() throws {
    let script = ProcessTests.root.appending(path: "Tests/Spec/Command/watch_terminal.py").path
    let run = try ProcessTests.Shell(script, program: ["/usr/bin/env", "python3"])
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output.hasSuffix("watched\n"))
  }
}
