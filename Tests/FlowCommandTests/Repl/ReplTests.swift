import FlowCommand
import Foundation
import Testing

/// `flow repl` in process: at a terminal that is scripted, and through a pipe.
@Suite struct ReplTests {
  private static let campaign = """
    campaign demo { timezone: "UTC" }
    participant { due: date  status: enum(new, paid) = new internal }
    flow start { on participant created { update participant.status = paid } }

    """
  private static let state = ["XDG_STATE_HOME": MemoryFileSystem.root + "/state"]

  private func files() -> MemoryFileSystem { MemoryFileSystem(["demo/demo.flow": Self.campaign]) }

  private func atTerminal(
    _ editor: ScriptedEditor, _ arguments: [String] = ["repl", "demo"], _ files: MemoryFileSystem? = nil,
    variables: [String: String] = state
  ) -> CommandRun {
    CommandRun(arguments, files: files ?? self.files(), variables: variables, editor: editor)
  }

  // MARK: At a terminal

  @Test func aBareCallAtATerminalIsTheRepl() {
    let editor = ScriptedEditor(lines: ":quit", "never")
    let run = atTerminal(editor, [])
    #expect(run.status == .fine)
    #expect(run.output.hasPrefix("Flow "))
    #expect(editor.prompts == ["session> "])
    let elsewhere = CommandRun([], files: files())
    #expect(elsewhere.status == .failure)
    #expect(elsewhere.errors.contains("expected a command, found nothing"))
  }

  @Test func thePromptNamesTheCampaignAndWaitsForTheEndOfAnEntry() {
    let editor = ScriptedEditor(lines: "upload {", "  external_id = \"c1\"", "}", "participant.status")
    let run = atTerminal(editor)
    #expect(run.errors == "")
    #expect(editor.prompts == ["demo> ", "    … ", "    … ", "demo> ", "demo> "])
    #expect(run.output.contains("paid"))
    #expect(run.status == .fine)
  }

  @Test func anErrorDoesNotEndIt() {
    let run = atTerminal(ScriptedEditor(lines: "advanc 3d", ":nothing", "1 + 1"))
    #expect(run.status == .fine)
    #expect(run.errors.contains("did you mean `advance`?"))
    #expect(run.errors.contains("expected a command, found `:nothing`"))
    #expect(run.output.contains("2"))
  }

  @Test func theMereWordOfACommandIsAnsweredWithItsColon() {
    let run = atTerminal(ScriptedEditor(lines: "help", "exit", "1 + 1"))
    #expect(run.errors.contains("a command begins with a colon: `:help`"))
    #expect(run.errors.contains("a command begins with a colon: `:quit`"))
    #expect(run.output.contains("2 : integer"))
  }

  @Test func wholeEntriesAreKeptAndRecalled() {
    let files = files()
    let block = "upload {\n  external_id = \"c\\n1\"\n}"
    let first = ScriptedEditor(lines: "upload {", "  external_id = \"c\\n1\"", "}", ":show", ":show")
    _ = atTerminal(first, ["repl", "demo"], files)
    #expect(first.remembered == [block, ":show"])
    let second = ScriptedEditor(lines: "today")
    _ = atTerminal(second, ["repl", "demo"], files)
    #expect(second.remembered == [block, ":show", "today"])
  }

  @Test func aPastedBlockIsAsManyEntriesAsItHas() {
    let editor = ScriptedEditor([
      .line("upload { external_id = \"c1\" }\nadvance 1d\n:show\nflow x {"), .line("}"),
    ])
    _ = atTerminal(editor)
    #expect(
      editor.remembered == ["upload { external_id = \"c1\" }", "advance 1d", ":show", "flow x {\n}"])
  }

  @Test func anInterruptedEntryIsDropped() {
    let editor = ScriptedEditor([.line("upload {"), .interrupted, .line("1 + 1")])
    let run = atTerminal(editor)
    #expect(editor.prompts == ["demo> ", "    … ", "demo> ", "demo> "])
    #expect(run.output.contains("2"))
    #expect(editor.remembered == ["1 + 1"])
  }

  @Test func leavingInTheMiddleOfAnEntrySaysWhatIsMissing() {
    let run = atTerminal(ScriptedEditor(lines: "upload {"))
    #expect(run.errors.contains("found the end of the file"))
    #expect(run.status == .fine)
  }

  @Test func aHistoryThatCannotBeKeptIsOneWord() {
    let files = files()
    files.add("state/flow/history", .broken(.notPermitted))
    let run = atTerminal(ScriptedEditor(lines: "1 + 1", "2 + 2"), ["repl", "demo"], files)
    #expect(run.errors == "the history is not kept: no permission for `/\("work")/state/flow/history`\n")
    #expect(run.output.contains("4"))
  }

  @Test func completionSeesTheLinesBefore() {
    let editor = ScriptedEditor(lines: "flow x {", "  on participant cre", "created { } }", ":load de")
    _ = atTerminal(editor)
    #expect(editor.offers[1] == LineCompletion(start: 17, candidates: ["created"], isWord: true))
    #expect(editor.offers[3] == LineCompletion(start: 6, candidates: ["demo/"]))
  }

  // MARK: Through a pipe

  @Test func aPipeHasNoBannerNoPromptAndNoEcho() {
    let run = CommandRun(["repl"], files: files(), input: "1 + 1\n")
    #expect(run.status == .fine)
    #expect(run.errors == "")
    #expect(run.output.contains("2") && !run.output.contains("Flow") && !run.output.contains("1 + 1"))
  }

  /// What somebody who sits down is told, a script has not asked for.
  @Test func whatWasLoadedIsSaidAtATerminalAlone() {
    #expect(CommandRun(["repl", "demo"], files: files(), input: "1 + 1\n").output == "2 : integer\n")
    let greeted = atTerminal(ScriptedEditor(lines: "1 + 1"))
    #expect(greeted.output.contains("Ctrl-D leaves\ndemo: 1 flow, 0 communications\n2 : integer\n"))
    #expect(atTerminal(ScriptedEditor(lines: "1 + 1"), ["repl", "demo", "-q"]).output == "2 : integer\n")
    let asked = CommandRun(["repl"], files: files(), input: ":load demo\n")
    #expect(asked.output == "demo: 1 flow, 0 communications\n")
  }

  /// In a script the lines of messages are those of the script.
  @Test func aPipeCountsTheLinesOfItsInput() {
    let script = "// a session\n\n1 + 1\nupload {\n  external_id = \"c1\",\n  due = later\n}\n40 + 2\n"
    let run = CommandRun(["repl", "demo"], files: files(), input: script)
    #expect(run.output == "2 : integer\n")
    #expect(run.errors.contains(" --> <stdin>:6:9\n"), "\(run.errors)")
    #expect(run.errors.contains("\n6 |   due = later\n"), "\(run.errors)")
    #expect(run.errors.hasSuffix("stopped at line 4 of standard input\n"))
    let command = CommandRun(["repl", "demo"], files: files(), input: "1 + 1\n:laod demo\n")
    #expect(command.errors.contains(" --> <stdin>:2:1\n"), "\(command.errors)")
    let cut = CommandRun(["repl", "demo"], files: files(), input: "1 + 1\nfor \"c1\" {\n  participant.due\n")
    #expect(cut.errors.contains("<stdin>:3:18") && cut.errors.contains("2 | for \"c1\" {"), "\(cut.errors)")
    #expect(cut.errors.contains("expected `}`, found the end of the file"), "\(cut.errors)")
  }

  @Test func theFirstErrorEndsAPipe() {
    let run = CommandRun(["repl", "demo"], files: files(), input: "advanc 3d\n40 + 2\n")
    #expect(run.status == .findings)
    #expect(run.errors.contains("did you mean `advance`?"))
    #expect(!run.output.contains("42"))
  }

  @Test func halfAStatementAtTheEndIsAnError() {
    for input in ["upload {\n  external_id = \"c1\"", "upload {\n  external_id = \"c1\"\n"] {
      let run = CommandRun(["repl", "demo"], files: files(), input: input)
      #expect(run.status == .findings)
      #expect(
        run.errors.contains("expected `}`") || run.errors.contains("found the end of the file"),
        "\(run.errors)")
    }
  }

  @Test func bytesThatAreNoTextAreRefused() {
    let input = MemoryReader(
      Array("1 + 1\nupload { name = \"".utf8) + [0xFF, 0xFE] + Array("\" }\n40 + 2\n".utf8))
    let run = CommandRun(["repl", "demo"], files: files(), reader: input)
    #expect(run.status == .findings)
    #expect(run.errors.contains("expected UTF-8"))
    #expect(!run.output.contains("42"))
  }

  @Test func aVeryLongLineIsAnswered() {
    let text = String(repeating: "x", count: 1 << 20)
    let run = CommandRun(["repl"], files: files(), input: "length(\"\(text)\")\n")
    #expect(run.output.contains("1048576"))
    let names = CommandRun(["repl"], files: files(), input: text + "\n")
    #expect(names.status == .findings)
    #expect(names.errors.utf8.count < 10_000)
  }

  /// A campaign whose directory is gone stays at hand; what needs its files says so and changes nothing.
  @Test func aCampaignWhoseDirectoryIsGoneStaysAtHand() {
    let editor = ScriptedEditor(
      lines: "upload { external_id = \"c1\" }", ":reload", ":save-test \"x\"", "runs(start)")
    let files = files()
    editor.willRead = { number in if number == 1 { files.remove("demo") } }
    let run = atTerminal(editor, ["repl", "demo"], files)
    let refusals = run.errors.components(separatedBy: "cannot load `demo`: there is no such file")
    #expect(refusals.count == 3, "\(run.errors)")
    // The last line is the one on which the person has left.
    #expect(run.output.hasSuffix("1 : integer\n"), "\(run.output)")
    #expect(!files.contents.keys.contains { $0.hasPrefix("demo") })
  }

  @Test func quittingIsFine() {
    let run = CommandRun(["repl"], files: files(), input: ":quit\nadvanc 3d\n")
    #expect(run.status == .fine)
    #expect(run.errors == "")
  }

  @Test func whatCannotBeLoadedIsSaid() {
    let missing = CommandRun(["repl", "nowhere"], files: files(), input: "")
    #expect(missing.status == .failure)
    #expect(missing.errors.contains("`nowhere` does not exist"))
    let files = MemoryFileSystem(["bad/bad.flow": "campaign bad {\n"])
    let broken = CommandRun(["repl", "bad"], files: files, input: "1 + 1\n")
    #expect(broken.status == .findings)
    #expect(broken.errors.contains("expected `}`"))
  }
}
