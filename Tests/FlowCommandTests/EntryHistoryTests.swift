import Testing

@testable import FlowCommand

/// What is kept of a REPL's entries between sessions.
@Suite struct EntryHistoryTests {
  private let home = MemoryFileSystem.root + "/me"
  private static let path = MemoryFileSystem.root + "/state/flow/history"

  private func history(_ files: MemoryFileSystem, _ variables: [String: String]) -> EntryHistory {
    let nothing = MemoryReader([])
    let output = OutputStream(MemoryWriter())
    var history = EntryHistory(
      CommandEnvironment(
        arguments: [], files: files, standardInput: nothing, output: output, errors: output,
        variables: variables))
    history.load()
    return history
  }

  private func history(_ files: MemoryFileSystem) -> EntryHistory {
    history(files, ["XDG_STATE_HOME": MemoryFileSystem.root + "/state", "HOME": home])
  }

  @Test func entriesOfSeveralLinesStayWhole() {
    let files = MemoryFileSystem([:])
    let entries = ["at 2026-01-01T09:00", "upload {\n  name = \"a\\n\\\\b\"\n}", "\\", "é漢\t"]
    var first = history(files)
    let added = entries.map { first.add($0) }
    #expect(added == [true, true, true, true])
    #expect(first.failure == nil)
    #expect(files.contents["state/flow/history"]?.split(separator: "\n").count == entries.count)
    #expect(history(files).entries == entries)
  }

  @Test func repetitionsEmptyAndHugeEntriesAreNotKept() {
    let files = MemoryFileSystem([:])
    var history = history(files)
    let huge = String(repeating: "x", count: EntryHistory.maximumEntryLength + 1)
    let added = ["a", "a", "", huge].map { history.add($0) }
    #expect(added == [true, false, false, false])
    #expect(files.contents["state/flow/history"] == "a\n")
  }

  @Test func theHomeDirectoryStandsIn() {
    let files = MemoryFileSystem([:])
    #expect(history(files, ["HOME": home]).path == MemoryFileSystem.root + "/me/.local/state/flow/history")
    #expect(
      history(files, ["HOME": home, "XDG_STATE_HOME": "state"]).path?.hasPrefix(home) == true)
    var nowhere = history(files, [:])
    #expect(nowhere.path == nil)
    _ = nowhere.add("a")
    #expect(nowhere.entries == ["a"])
    #expect(nowhere.failure == nil)
  }

  @Test func aCorruptFileLosesItsBadLinesOnly() {
    let files = MemoryFileSystem([:])
    files.add(
      Self.path, .file(Array("good\nbad\\x\nbad\\\n".utf8) + [0xFF, 0x0A, 0x00, 0x0A] + Array("end".utf8)))
    #expect(history(files).entries == ["good", "end"])
  }

  @Test func aFileThatCannotBeWrittenIsSaid() {
    let files = MemoryFileSystem([:])
    files.add(Self.path, .broken(.notPermitted))
    var history = history(files)
    #expect(history.failure == FileFailure(Self.path, .notPermitted))
    _ = history.add("a")
    #expect(history.entries == ["a"])
  }

  @Test func aLongFileIsCutToItsNewestEntries() {
    let files = MemoryFileSystem([:])
    let lines = (0..<3 * EntryHistory.maximumCount).map { "entry \($0)\n" }
    files.add(Self.path, .file(Array(lines.joined().utf8)))
    let entries = history(files).entries
    #expect(entries.count == EntryHistory.maximumCount)
    #expect(entries.last == "entry \(3 * EntryHistory.maximumCount - 1)")
    #expect(files.contents["state/flow/history"] == entries.map { $0 + "\n" }.joined())
  }
}
