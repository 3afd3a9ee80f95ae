import Foundation
import Testing

/// `flow repl` at a real terminal: keys, history, completion, paste, signals.
@Suite struct TerminalTests {
  private static let campaign = """
    campaign demo { timezone: "UTC" }
    participant { due: date  count: integer = 0 internal  status: enum(new, paid) = new internal }
    flow start { on participant created { update participant.status = paid } }

    """
  /// A flow that wakes itself every second: a year of it takes long.
  private static let endless = """
    flow tick {
      on from flow { update participant.count = participant.count + 1  to flow tock in 1s }
      on participant created { to flow tock in 1s }
    }
    flow tock { on from flow { to flow tick in 1s } }

    """

  /// A directory with a campaign, which is gone afterwards.
  private func inDirectory(_ body: (URL) throws -> Void) throws {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("flow-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: directory) }
    let camp = directory.appendingPathComponent("demo")
    try FileManager.default.createDirectory(at: camp, withIntermediateDirectories: true)
    try (Self.campaign + Self.endless).write(
      to: camp.appendingPathComponent("demo.flow"), atomically: true, encoding: .utf8)
    try body(directory)
  }

  private func terminal(
    _ directory: URL, _ arguments: [String] = ["repl", "demo", "--color", "never"], columns: UInt16 = 100
  ) throws -> TypedTerminal {
    try TypedTerminal(try #require(ProcessTests.binary), arguments, in: directory, columns: columns)
  }

  @Test func answersAndLeaves() throws {
    try inDirectory { directory in
      let terminal = try terminal(directory)
      try terminal.see("Flow 0")
      try terminal.see("demo> ")
      terminal.enter("40 + 2")
      try terminal.see("42 : integer")
      try terminal.see("demo> ")
      terminal.type("\u{4}")
      #expect(try terminal.finish() == 0)
    }
  }

  @Test func aBareCallIsTheRepl() throws {
    try inDirectory { directory in
      let terminal = try terminal(directory, [])
      try terminal.see("session>")
      terminal.enter(":quit")
      #expect(try terminal.finish() == 0)
    }
  }

  @Test func historyHasWholeEntriesAlsoAfterARestart() throws {
    try inDirectory { directory in
      let first = try terminal(directory)
      try first.see("demo> ")
      first.enter("length(")
      try first.see("… ")
      first.enter("\"abc\")")
      try first.see("3 : integer")
      try first.see("demo> ")
      first.type("\u{1B}[A")
      try first.see("\"abc\")")
      first.enter("")
      try first.see("3 : integer")
      try first.see("demo> ")
      first.type("\u{4}")
      #expect(try first.finish() == 0)
      let second = try terminal(directory)
      try second.see("demo> ")
      second.type("\u{1B}[A")
      try second.see("\"abc\")")
      second.enter("")
      try second.see("3 : integer")
      let history = directory.appendingPathComponent(".local/state/flow/history").path
      let mode = try FileManager.default.attributesOfItem(atPath: history)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      #expect(try String(contentsOfFile: history, encoding: .utf8) == "length(\\n\"abc\")\n")
    }
  }

  @Test func tabCompletes() throws {
    try inDirectory { directory in
      let terminal = try terminal(directory)
      try terminal.see("demo> ")
      terminal.type("participant.st\t")
      try terminal.see("participant.status")
      terminal.type(" == p\t")
      try terminal.see("paid")
      terminal.type("\u{3}")
      try terminal.see("demo> ")
      terminal.type(":load de\t")
      try terminal.see("demo/")
      terminal.type("\u{15}:rel\t")
      try terminal.see(":reload ")
      terminal.type("\u{15}participant.\t\t")
      let list = try terminal.see("timezone")
      #expect(list.contains("status") && !list.contains("participant.status"))
    }
  }

  @Test func aPastedBlockArrivesWhole() throws {
    try inDirectory { directory in
      let terminal = try terminal(directory)
      try terminal.see("demo> ")
      terminal.paste("length(\n  \"ab\tc\"\n)\n40 + 2")
      terminal.enter("")
      try terminal.see("4 : integer")
      try terminal.see("42 : integer")
      try terminal.see("demo> ")
    }
  }

  @Test func controlCDropsTheLine() throws {
    try inDirectory { directory in
      let terminal = try terminal(directory)
      try terminal.see("demo> ")
      terminal.type("length(")
      try terminal.see("length(")
      terminal.type("\u{3}")
      try terminal.see("^C")
      try terminal.see("demo> ")
      terminal.enter("upload {")
      try terminal.see("… ")
      terminal.type("\u{3}")
      try terminal.see("demo> ")
      terminal.enter("40 + 2")
      try terminal.see("42 : integer")
    }
  }

  @Test func controlCStopsARunAndComesBack() throws {
    try inDirectory { directory in
      let terminal = try terminal(directory)
      try terminal.see("demo> ")
      terminal.enter(":trace off")
      try terminal.see("demo> ")
      terminal.enter("upload { external_id = \"c1\" }")
      try terminal.see("demo> ")
      terminal.enter("advance 3000d")
      try terminal.see("3000d\r\n")
      // The session takes the line before it begins to play: Ctrl-C may come at any moment of that.
      terminal.type("\u{3}")
      try terminal.see("demo> ")
      terminal.enter("40 + 2")
      try terminal.see("42 : integer")
      try terminal.see("demo> ")
      terminal.type("\u{4}")
      #expect(try terminal.finish() == 0)
    }
  }

  /// Ctrl-C waits for no script: the statement is undone, and the prompt is back.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")))
  func controlCStopsAScript() throws {
    try inDirectory { directory in
      let terminal = try terminal(directory)
      try terminal.see("demo> ")
      terminal.paste(
        "flow loop { on participant created { python \"\"\"\n  while True: pass\n  \"\"\" timeout 60s } }")
      terminal.enter("")
      try terminal.see("flow `loop` added")
      try terminal.see("demo> ")
      terminal.enter("upload { external_id = \"c1\" }")
      try terminal.see("\r\n")
      terminal.type("\u{3}")
      try terminal.see("interrupted: nothing of `upload { external_id = \"c1\" }` was done")
      try terminal.see("demo> ")
      terminal.enter("runs(start) + 41")
      try terminal.see("41 : integer")
    }
  }

  @Test func aWindowOfAnotherSizeIsDrawnAnew() throws {
    try inDirectory { directory in
      let terminal = try terminal(directory, columns: 80)
      try terminal.see("demo> ")
      terminal.type("length(\"\(String(repeating: "abcdefghi ", count: 9))\")")
      try terminal.see("ghi \")")
      terminal.resize(columns: 40)
      try terminal.see("length(")
      terminal.enter("")
      try terminal.see("90 : integer")
    }
  }

  @Test func charactersAreEditedAsAWhole() throws {
    try inDirectory { directory in
      let terminal = try terminal(directory)
      try terminal.see("demo> ")
      // Back over the quote and the parenthesis, then one character less.
      terminal.type("length(\"é漢字\")\u{2}\u{2}\u{7F}")
      terminal.enter("")
      try terminal.see("2 : integer")
      terminal.enter("\"漢é\"")
      try terminal.see("\"漢é\" : string")
    }
  }

  @Test func colourIsThereWhereItIsWanted() throws {
    try inDirectory { directory in
      let painted = try terminal(directory, ["repl", "demo"])
      try painted.see("\u{1B}[1mdemo>\u{1B}[0m ")
      let plain = try terminal(directory, ["repl", "demo", "--color", "never"])
      let shown = try plain.see("demo> ")
      #expect(!shown.contains("\u{1B}[1m") && !shown.contains("\u{1B}[2m"))
      let unwanted = try TypedTerminal(
        try #require(ProcessTests.binary), ["repl", "demo"], in: directory, variables: ["NO_COLOR": "1"])
      #expect(!(try unwanted.see("demo> ")).contains("\u{1B}[1m"))
    }
  }
}
