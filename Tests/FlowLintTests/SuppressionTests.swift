import FlowCheck
import FlowDiagnostics
import FlowLint
import FlowSyntax
import FlowText
import Testing

/// Comments that leave findings out, levels, and what is said about both.
@Suite struct SuppressionTests {
  /// A finding of a review: its name, with `-` before it where it is suppressed.
  static func review(
    _ text: String, commandLine: [DiagnosticName: RuleLevel] = [:]
  ) -> [String] {
    let result = LintedCampaign(text).result
    #expect(result.diagnostics.isEmpty && result.hasCampaign, "\(text)")
    // Other rules may have an opinion about so small a campaign.
    let names = LintExplanations.remarks.map(\.name) + ["unused-step"]
    return Linter.review(result.campaign, zones: TestZones.all, commandLine: commandLine)
      .filter { names.contains($0.name) }
      .map { ($0.suppression == nil ? "" : "-") + $0.name.description }.sorted()
  }

  /// A campaign with a step that nothing leads to, and room for comments.
  static func campaign(
    head: String = "", lint: String = "", above: String = "", behindHead: String = "", inside: String = "",
    behind: String = "", below: String = ""
  ) -> String {
    """
    \(head)
    campaign demo { \(lint) }

    flow start {
      on participant created { stop }

      \(above)
      step later { \(behindHead)
        stop \(inside)
      } \(behind)
      \(below)
    }
    """
  }

  static let ignore = "// flow: ignore[unused-step] — later"

  static let cases: [(String, [String])] = [
    (campaign(), ["unused-step"]),
    (campaign(above: ignore), ["-unused-step"]),
    (campaign(behindHead: ignore), ["-unused-step"]),
    (campaign(behind: ignore), ["-unused-step"]),
    (campaign(head: "// flow: ignore-file[unused-step] -- all of it"), ["-unused-step"]),
    (campaign(head: "// The head.\n\(ignore)".replacing("ignore[", with: "ignore-file[")), ["-unused-step"]),
    // The title is part of what stands below.
    (campaign(above: ignore + "\n  /// Later"), ["-unused-step"]),
    (campaign(above: "/// Later\n  " + ignore), ["-unused-step"]),
    // What is inside is not about the outside.
    (campaign(inside: ignore), ["stale-suppression", "unused-step"]),
    (campaign(below: ignore), ["stale-suppression", "unused-step"]),
    (campaign(head: ignore), ["stale-suppression", "unused-step"]),
    // Separators.
    (campaign(above: "// flow: ignore[unused-step] -- why"), ["-unused-step"]),
    (campaign(above: "// flow: ignore[unused-step] - why"), ["-unused-step"]),
    (campaign(above: "// flow: ignore[unused-step]: why"), ["-unused-step"]),
    (campaign(above: "//flow:ignore[ unused-step , ]—why"), ["-unused-step"]),
    // What is wrong with them.
    (campaign(above: "// flow: ignore[unused-step]"), ["-unused-step", "suppression-without-reason"]),
    (
      campaign(above: "// flow: ignore[unused-step] because"), ["-unused-step", "suppression-without-reason"]
    ),
    (campaign(above: "// flow: ignore[unused-stpe] — why"), ["unknown-rule", "unused-step"]),
    (campaign(above: "// flow: ignore[unknown-field] — why"), ["unknown-rule", "unused-step"]),
    (
      campaign(above: "// flow: ignore[unused-step, unused-flow] — why"),
      ["-unused-step", "stale-suppression"]
    ),
    (campaign(above: "// flow: ignore unused-step — why"), ["malformed-suppression", "unused-step"]),
    (campaign(above: "// flow: ignore[] — why"), ["malformed-suppression", "unused-step"]),
    (campaign(above: "// flow: ignore[unused-step — why"), ["malformed-suppression", "unused-step"]),
    (campaign(above: "// flow: ignore-file[unused-step] — why"), ["malformed-suppression", "unused-step"]),
    // Prose.
    (campaign(above: "// flow: ignores everybody who has paid"), ["unused-step"]),
    (campaign(above: "// flow: the customer pays"), ["unused-step"]),
    (campaign(above: "/// flow: ignore[unused-step] — a title"), ["unused-step"]),
    // Levels of the block.
    (campaign(lint: "lint { unused-step: off }"), []),
    (campaign(lint: "lint { unused-step: off }", above: ignore), []),
    (campaign(lint: "lint { unused-step: error }", above: ignore), ["-unused-step"]),
    (campaign(lint: "lint { unused-stpe: off }"), ["unknown-rule", "unused-step"]),
    (campaign(lint: "lint { unused-step: of }"), ["unknown-level", "unused-step"]),
    (campaign(lint: "lint { stale-suppression: off }", below: ignore), ["unused-step"]),
  ]

  @Test(arguments: cases)
  func findings(_ text: String, _ expected: [String]) {
    #expect(Self.review(text) == expected)
  }

  /// Comments are about the same things in the one layout.
  @Test(arguments: cases)
  func formattingChangesNoFinding(_ text: String, _ expected: [String]) throws {
    var symbols = SymbolTable()
    let bytes = format(SourceFile(name: "test.flow", text: text), symbols: &symbols).bytes
    let formatted = String(decoding: try #require(bytes), as: UTF8.self)
    #expect(Self.review(formatted) == expected, "\(formatted)")
  }

  @Test func theCommandLineWins() {
    let suppressed = Self.campaign(lint: "lint { unused-step: off }", above: Self.ignore)
    #expect(Self.review(suppressed, commandLine: ["unused-step": .error]) == ["unused-step"])
    #expect(Self.review(Self.campaign(), commandLine: ["unused-step": .off]) == [])
  }

  @Test(arguments: [("off", nil), ("note", Severity.note), ("warning", .warning), ("error", .error)])
  func levelsAreSeverities(_ level: String, _ severity: Severity?) {
    let campaign = LintedCampaign(Self.campaign(lint: "lint { unused-step: \(level) }")).result.campaign
    #expect(Linter.review(campaign, zones: TestZones.all).first?.severity == severity)
  }

  /// The reason and the place of the comment go with the finding.
  @Test func theReasonIsKept() throws {
    let text = Self.campaign(above: "// flow: ignore[unused-step] — März: später  ")
    let result = LintedCampaign(text).result
    let finding = try #require(Linter.review(result.campaign, zones: TestZones.all).first)
    #expect(finding.suppression?.reason == "März: später")
    let range = try #require(finding.suppression?.span?.range)
    #expect(result.sources[0].text(range).hasPrefix("// flow: ignore"))
  }

  /// Taking stale comments away leaves no findings and a file that parses, whatever stands around them.
  @Test(arguments: cases)
  func fixesLeaveNothing(_ text: String, _ expected: [String]) {
    let result = LintedCampaign(text).result
    let found = Linter.review(result.campaign, zones: TestZones.all)
    let application = FixApplication(found, allowing: [.safe])
    let bytes = application.changes(in: result.sources).first?.bytes ?? result.sources[0].bytes
    let fixed = Self.review(String(decoding: bytes, as: UTF8.self))
    #expect(fixed == expected.filter { $0 != "stale-suppression" })
  }

  /// What is missing a reason is shown with its own rules.
  @Test func theHelpNamesTheRulesOfTheComment() throws {
    for comment in ["// flow: ignore[unused-step, unused-flow]", "// flow: ignore-file[unused-step]"] {
      let isHead = comment.contains("-file")
      let text = isHead ? Self.campaign(head: comment) : Self.campaign(above: comment)
      let found = Linter.review(LintedCampaign(text).result.campaign, zones: TestZones.all)
      let finding = try #require(found.first { $0.name.description == "suppression-without-reason" })
      #expect(finding.help.first?.contains("`\(comment) — why`") == true, "\(finding.help)")
    }
  }

  // MARK: Several places

  /// Three communications that one guard is missing for; a comment above each where there is one.
  private static func uploads(_ comments: [String]) -> String {
    let statements = zip(["FIRST", "SECOND", "THIRD"], comments).map { name, comment in
      "\(comment.isEmpty ? "" : "\(comment)\n")email \(name) by host within 09:00..18:00"
    }
    return """
      campaign demo { }
      profile { email: email required }
      agent host { channel email }
      flow start { on participant created {
      \(statements.joined(separator: "\n"))
      } }
      """
  }

  /// Any of several places can be left out: what is told is about the others, at the first of them, and no comment that
  /// leaves one out is stale.
  @Test(arguments: 0..<8) func eachPlaceIsLeftOutByItself(_ choice: Int) throws {
    let names = ["FIRST", "SECOND", "THIRD"]
    let isIgnored = names.indices.map { choice & 1 << $0 != 0 }
    let text = Self.uploads(isIgnored.map { $0 ? "// flow: ignore[duplicate-contact] — meant" : "" })
    let result = LintedCampaign(text).result
    let found = Linter.review(result.campaign, zones: TestZones.all)
    #expect(found.allSatisfy { $0.name == "duplicate-contact" }, "\(text)")
    let open = found.filter { $0.suppression == nil }
    let left = names.indices.filter { !isIgnored[$0] }.map { names[$0] }
    #expect(open.count == (left.isEmpty ? 0 : 1))
    for finding in open {
      #expect(names.filter { finding.message.contains("`\($0)`") } == left)
      #expect(try result.sources[0].text(#require(finding.primary?.span.range)) == left[0])
      let edits = finding.fixes.flatMap(\.edits)
      #expect(edits.count == 2 * left.count)
    }
    #expect(found.filter { $0.suppression != nil }.count == names.count - left.count)
  }

  /// The same of a rule that has one finding for a channel.
  @Test func eachCommunicationOfAChannelIsLeftOutByItself() {
    let text = """
      campaign demo { }
      agent host { channel voice }
      flow start { on incoming session {
        // flow: ignore[address-not-checked] — whoever has no telephone is not meant
        voice FIRST by host within 09:00..18:00
        voice SECOND by host within 09:00..18:00
      } }
      """
    let found = Linter.review(LintedCampaign(text).result.campaign, zones: TestZones.all)
    #expect(found.map(\.name) == ["address-not-checked", "address-not-checked"])
    #expect(found.map { $0.suppression != nil } == [true, false])
    #expect(found.last?.message.contains("`SECOND`") == true && found.last?.secondary.isEmpty == true)
  }

  /// One comment about all of them leaves out one finding.
  @Test func oneCommentLeavesOutAll() {
    let text = Self.uploads(["", "", ""]).replacing(
      "flow start", with: "// flow: ignore[duplicate-contact] — meant\nflow start")
    let found = Linter.review(LintedCampaign(text).result.campaign, zones: TestZones.all)
    #expect(found.map { $0.suppression?.reason } == ["meant"])
  }

  /// Where the rule is off or set by the command line, no comment is stale.
  @Test func levelsWinOverComments() {
    let text = Self.uploads(["", "// flow: ignore[duplicate-contact] — meant", ""])
    let campaign = LintedCampaign(text).result.campaign
    let found = Linter.review(campaign, zones: TestZones.all, commandLine: ["duplicate-contact": .note])
    #expect(found.map(\.severity) == [.note] && found[0].suppression == nil)
    #expect(found[0].message.contains("`SECOND`"))
  }

  @Test(arguments: LintExplanations.remarks) func wrongExampleGivesTheFinding(_ page: Explanation) {
    let findings = Self.review(page.wrong.text).filter { !$0.hasPrefix("-") }
    #expect(findings == [page.name.description])
    #expect(Self.review(page.right.text).allSatisfy { $0.hasPrefix("-") }, "\(page.name)")
  }

  @Test func everythingWithALevelIsKnownOnce() {
    let names = Linter.information.map(\.name.description)
    #expect(
      names == Set(names).sorted() && names.count == Linter.rules.count + LintExplanations.remarks.count)
  }
}
