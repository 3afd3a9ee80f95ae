import FlowCommand
import FlowDiagnostics
import FlowText
import FlowValues
import Testing

@Suite struct CommandTests {
  static let campaign = "campaign a {}\nparticipant {\n  amount: numeric\n}\n"
  static let wrong = "campaign a {}\nflow f {\n  on participant created {\n    go nowhere\n  }\n}\n"

  @Test func aClosedPipeIsNoError() {
    let files = MemoryFileSystem(["a.flow": CommandTests.wrong])
    let run = CommandRun(["check", "a.flow"], files: files, outputLimit: (10, .closedPipe))
    #expect(run.status == .findings)
    #expect(run.errors.isEmpty)
  }

  @Test func aFullDiskIsAnError() {
    let files = MemoryFileSystem(["a.flow": CommandTests.wrong])
    let run = CommandRun(["check", "a.flow"], files: files, outputLimit: (10, .diskFull))
    #expect(run.status == .failure)
    #expect(run.errors.hasPrefix("error[output-failed]: no space is left for `standard output`\n"))
  }

  @Test func aReportThatCannotBeWrittenIsAnError() {
    let files = MemoryFileSystem(["a.flow": CommandTests.wrong])
    files.add("report.json", .broken(.notPermitted))
    let run = CommandRun(["check", "a.flow", "--format", "json", "--output", "report.json"], files: files)
    #expect(run.status == .failure)
    #expect(run.errors.hasPrefix("error[file-access]: no permission for `report.json`\n"))
  }

  @Test func directoriesThatLinkToEachOtherEnd() {
    let files = MemoryFileSystem(["all/one/a.flow": CommandTests.campaign])
    files.add("all/again", .link("all"))
    files.add("all/round", .link("all/round"))
    files.add("all/nowhere", .link("missing"))
    let run = CommandRun(["check", "all"], files: files)
    #expect(run.status == .fine)
    #expect(run.errors == "checked 1 campaign, 1 file: no errors\n")
  }

  @Test func aNamedLinkInACircleIsSaid() {
    let files = MemoryFileSystem([:])
    files.add("round", .link("round"))
    let run = CommandRun(["check", "round"], files: files)
    #expect(run.status == .failure)
    #expect(run.errors.contains("go round in circles"))
  }

  @Test func bytesThatAreNoTextAreFindings() {
    let files = MemoryFileSystem([:])
    files.add("a.flow", .file([0x63, 0xE9, 0xFF, 0x00]))
    let run = CommandRun(["check", "a.flow"], files: files)
    #expect(run.status == .findings)
    #expect(!run.output.isEmpty)
  }

  @Test func anUnreadableFileOfADirectoryIsAFailure() {
    let files = MemoryFileSystem(["camp/a.flow": CommandTests.campaign])
    files.add("camp/b.flow", .broken(.notPermitted))
    let run = CommandRun(["check", "camp"], files: files)
    #expect(run.status == .failure)
    #expect(run.errors.contains("no permission for `camp/b.flow`"))
  }

  @Test func aFlowFileThatIsALinkToNowhereIsAFailure() {
    let files = MemoryFileSystem(["camp/a.flow": CommandTests.campaign])
    files.add("camp/b.flow", .link("camp/missing"))
    let run = CommandRun(["check", "camp"], files: files)
    #expect(run.status == .failure)
    #expect(run.errors.hasPrefix("error[missing-file]: `camp/b.flow` does not exist\n"))
  }

  @Test func missingZoneDataIsSaid() {
    let files = MemoryFileSystem(["a.flow": "campaign a {\n  timezone: \"Europe/Paris\"\n}\n"])
    let missing = CommandRun(["check", "a.flow"], files: files, variables: ["TZDIR": "/nowhere"])
    #expect(missing.status == .failure)
    #expect(missing.errors.hasPrefix("error[missing-zone-data]"))
  }

  @Test(arguments: [
    (["--color", "auto"], true, [:], true), (["--color", "auto"], false, [:], false),
    (["--color", "always"], false, ["NO_COLOR": "1"], true), (["--color", "never"], true, [:], false),
    ([], true, ["NO_COLOR": "1"], false), ([], true, ["NO_COLOR": ""], true),
    ([], true, ["TERM": "dumb"], false),
  ])
  func color(_ arguments: [String], isTerminal: Bool, variables: [String: String], isColored: Bool) {
    let files = MemoryFileSystem(["a.flow": CommandTests.wrong])
    let run = CommandRun(
      ["check", "a.flow"] + arguments, files: files,
      terminal: Terminal(showsOutput: isTerminal, showsErrors: isTerminal), variables: variables)
    #expect(run.output.contains("\u{1B}[") == isColored)
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completions(_ shell: String) {
    let run = CommandRun(["completions", shell])
    #expect(run.status == .fine)
    #expect(run.output.contains("participants"))
  }

  @Test func everyCommandHasAnExample() {
    for name in ["check", "run", "explain", "new", "completions"] {
      let run = CommandRun([name, "--help"])
      #expect(run.status == .fine && run.errors.isEmpty)
      #expect(run.output.contains("Example:\n  flow \(name) "), "\(name)")
    }
  }

  @Test func sarifNamesItsRules() {
    let files = MemoryFileSystem(["a.flow": CommandTests.wrong])
    let run = CommandRun(["check", "a.flow", "--format", "sarif"], files: files)
    #expect(run.status == .findings)
    #expect(run.output.contains("\"ruleId\": \"unknown-step\""))
    #expect(run.output.contains("\"id\": \"unknown-step\""))
  }

  // MARK: Pages

  @Test func everyPageIsListedAndShown() {
    let listing = CommandRun(["explain", "--list"]).output.split(separator: "\n")
    #expect(listing.count == Explanations.all.count)
    for line in listing {
      let name = String(line.prefix { $0 != " " })
      let run = CommandRun(["explain", name])
      #expect(run.status == .fine && run.output.hasPrefix("\(name) — "))
    }
  }

  // MARK: Numbers and times

  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567"), (100_000, "100,000"),
  ])
  func thousands(_ number: Int, _ text: String) { #expect(Counted.number(number) == text) }

  @Test func nouns() {
    #expect(Counted.noun(1, "row") == "1 row")
    #expect(Counted.noun(2000, "row") == "2,000 rows")
  }

  @Test(arguments: [
    ("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"), ("2024-02-29T10:00:00Z", "2025-02-28T10:00:00Z"),
    ("9999-05-05T00:00:00Z", "9999-12-31T23:59:59.999Z"),
  ])
  func aYearAfter(_ from: String, _ until: String) throws {
    let instant = try #require(TimeArgument.instant(from, zone: .utc))
    #expect(TimeArgument.yearAfter(instant, zone: .utc).description == until)
  }

  @Test(arguments: [
    ("a/b/../c.flow", "a/c.flow"), ("./a", "a"), ("a/..", "."), ("../a", "../a"), ("/../a", "/a"),
    ("a//b/", "a/b"),
  ])
  func normalizedPaths(_ path: String, _ normal: String) { #expect(FilePath.normalized(path) == normal) }
}
