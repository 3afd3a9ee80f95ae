import FlowCheck
import FlowSession
import FlowText
import FlowValues
import Testing

/// What is offered where. The place is the end of the text.
@Suite struct CompletionTests {
  static let campaign = """
    campaign demo { timezone: "UTC" }
    profile { language: enum(en, es) = en  opted_out: boolean = false }
    participant {
      due: date required
      amount: numeric
      status: enum(new, paid, lost) = new internal
      done: boolean = false internal
    }
    enum outcome (paid, refused)
    window office 09:00..20:00 mon..fri
    agent caller { channel voice north  channel voice south  results { outcome: outcome  note: string } }
    agent writer { channel email  channel whatsapp  results { opened: boolean } }
    flow start {
      on participant created {
        email HELLO by writer
        voice CALL by caller.north
        to flow follow_up
      }
    }
    flow follow_up { on from flow { stop } }
    flow other { on participant updated { stop } }
    """

  static let scene: CompletionScene = {
    let check = CampaignLoader.load(
      [CampaignFile(name: "demo.flow", bytes: Array(campaign.utf8))], zones: ZoneTable()
    ) { _ in .failure(FileReadFailure("")) }
    return CompletionScene(
      campaign: check.campaign, participantKeys: ["c1", "c2", "d1"], forkNames: ["before"]
    ) { folder in
      switch folder {
      case "":
        [("demo.flow", false), ("my camp", true), ("people.csv", false), (".git", true), ("x.txt", false)]
          .map { FolderEntry(name: $0.0, isFolder: $0.1) }
      case "my camp/": [FolderEntry(name: "tests.flow", isFolder: false)]
      default: []
      }
    }
  }()

  private func complete(_ text: String) -> [String] {
    let completion = Completion(text, at: text.utf8.count, Self.scene)
    let typed = String(decoding: Array(text.utf8)[completion.range], as: UTF8.self)
    #expect(completion.range.upperBound == text.utf8.count)
    for candidate in completion.candidates { #expect(candidate.hasPrefix(typed)) }
    return completion.candidates
  }

  @Test func theCampaignChecks() { #expect(Self.scene.campaign?.flows.count == 3) }

  /// All that is offered, exactly.
  @Test(arguments: [
    // Commands.
    (":re", ":reload"), (":f", ":fork :forward"), (":show f", "fields flows for"), (":show runs ", "for"),
    (":why FIRST_REMINDER ", "for"),
    (":why not FIRST_REMINDER for ", "\"c1\" \"c2\" \"d1\""), (":why participant.status for \"c", "c1 c2"),
    (":trace for c", "c1 c2"),
    (":s", ":save-test :seed :show :switch"),
    (":graph ", "follow_up other start"), (":w not ", "CALL HELLO"),
    (":why participant.d", "participant.done participant.due"),
    (":why p", "participant. profile."), (":load ", "demo.flow"), (":load \"", "demo.flow my camp/"),
    (":load \"my camp/", "my camp/tests.flow"), (":load .", ".git/"), (":trace c", "c1 c2"),
    (":switch ", "before"),
    (":help key", "keys"), (":seed o", "off"), (":type participant.am", "amount"),
    (":type participant.status == ", "lost new paid"),
    (":save-test \"a\" ", "demo.flow my camp/"), (":reload ", ""), (":back ", ""), (":t x", ""),
    // Fields.
    ("participant.", "amount done due status timezone"), ("expect participant.st", "status"),
    ("result.", "note opened outcome"), ("communication.pl", "planned_at"), ("campaign.", "name"),
    ("update profile.l", "language"), ("upload { d", "due"), ("upload { due = 2026-01-01, am", "amount"),
    ("upload { participant.", "amount due timezone"), ("upload { profile.op", "opted_out"),
    // Values.
    ("expect participant.status == ", "lost new paid"),
    ("participant.status != p", "paid"),
    ("participant.status in (new, ", "lost new paid"), ("participant.status not in (", "lost new paid"),
    ("update participant.status = ", "lost new paid"), ("update participant.done = ", "false true"),
    ("update participant.status = if(participant.done, ", "lost new paid"),
    ("update participant.amount = 1, participant.status = default(result.outcome, ", "lost new paid"),
    ("default(participant.status, new) == ", "lost new paid"), ("upload { language = ", "en es"),
    ("communication.channel == ", "email telegram voice whatsapp"),
    ("communication.agent == ", "caller writer"),
    ("end CALL completed { outcome = ", "paid refused"), ("end CALL completed { ", "note outcome"),
    ("end HELLO completed { ", "opened"),
    // Names.
    ("end ", "CALL HELLO session"), ("end CALL ", "canceled completed failed no_response skipped"),
    ("progress session ", "delivered read replied started"), ("expect no ", "CALL HELLO"),
    ("expect H", "HELLO"), ("expect HELLO pl", "planned"),
    ("incoming session on ", "email telegram voice whatsapp"),
    ("incoming session by ", "caller writer"), ("runs(", "follow_up other start"),
    ("runs(start, ", "failed finished"),
    ("communications(H", "HELLO"), ("communications(HELLO, wi", "within"), ("flow ", "follow_up other start"),
    ("model ", "caller writer"), ("for \"c", "c1 c2"), ("upload { external_id = \"d", "d1"),
    ("upload \"", "my camp/ people.csv"),
    ("flow f { on participant created { to flow ", "follow_up"),
    ("flow f { on participant created { cancel flow ", "follow_up"),
    ("flow f { on participant created { voice X by ", "caller"),
    ("flow f { on participant created { email X by ", "writer"),
    ("flow f { on participant created { voice X by caller.", "north south"),
    ("flow f { on participant created { email X by writer within ", "fri mon office sat sun thu tue wed"),
    ("flow f { step one { stop } step two { go ", "one two"),
    ("flow f { on participant updated (", "amount done due status timezone"),
    ("flow f { on communication ended (c", "canceled completed"), ("participant { x: int", "integer"),
    ("participant { x: o", "outcome"),
    ("participant { x: string ", "internal required"), ("campaign x { reupload: ", "created updated"),
    // Words, which the parser knows.
    ("flow f { on ", "communication from incoming participant"),
    ("flow f { on participant ", "created updated"),
    ("flow f { o", "on"), ("flow f { on participant created { up", "update"),
    ("flow f { on participant created { email X by writer exp", "expires"),
    ("flow f { on participant created { email X by writer only ", "if"),
    ("flow f { on participant created { check participant.done { } el", "else"),
    ("agent a { ch", "channel"), ("agent a { channel ", "email telegram voice whatsapp"),
    ("incoming ", "session"),
    ("participant.due is ", "not set"), ("participant.due is not ", "set"), ("test \"x\" si", "simulated"),
    ("participant.status sta", "starts"), ("expect HELLO planned w", "with"), ("campaign x { re", "reupload"),
    ("ad", "advance"), ("wi", "window"), ("tes", "test"),
    // Nothing.
    ("12", ""), ("// par", ""), ("\"par", ""), ("upload { external_id = \"d1\"", ""), ("flow f { step ", ""),
    ("2026-01-05T0", ""),
    ("python \"\"\"\npar", ""), ("upload { due = 2026-01-20 } zz", ""),
  ])
  func offers(_ text: String, _ expected: String) {
    let found = complete(text)
    #expect(found.joined(separator: " ") == expected, "\(text)")
  }

  @Test func aValueMayBeAnything() {
    for text in ["expect ", "participant.amount + ", "advance ", "(", "", "only_one and "] {
      let found = complete(text)
      for word in ["participant.", "now", "communications(", "not"] {
        #expect(found.contains(word), "\(text)")
      }
    }
    #expect(complete("").contains("upload"))
    #expect(complete("expect ").contains("HELLO"))
  }

  @Test func theEndOfAStatementOffersItsClauses() {
    let found = complete("flow f { on participant created { email X by writer ")
    #expect(["at", "in", "on", "within", "expires", "only", "with"].allSatisfy(found.contains))
    #expect(!found.contains("update") && !found.contains("stop"))
    #expect(complete("flow f { on participant created {\n  email X by writer\n  ").contains("update"))
  }

  @Test func itWorksWithoutACampaign() {
    let empty = CompletionScene()
    for text in [
      "", "participant.", "end ", "upload { ", ":load ", "participant.status == ", "flow f { to flow ",
    ] {
      _ = Completion(text, at: text.utf8.count, empty)
    }
    #expect(Completion("participant.", at: 12, empty).candidates == [])
  }

  /// Whatever bytes stand there, and wherever it is asked: there is an answer, and it fits.
  @Test(arguments: 0..<300)
  func anythingIsAnswered(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let pieces = [
      "flow", "f", " ", " ", "{", "}", "(", ")", "on", "participant", ".", "status", "==", "=", "in", "\"",
      "\"\"\"", ",",
      ":", ":why", "not", "end", "CALL", "completed", "upload", "é漢", "\u{0}", "\n", "//", "12", "default",
      "if", "by",
      "communications", "runs", "\\", "\u{1B}", "..", "go", "step", "model", "with", "enum", "campaign",
      "e\u{301}",
    ]
    let text = (0..<Int.random(in: 0..<24, using: &generator))
      .map { _ in pieces.randomElement(using: &generator)! }.joined()
    let bytes = Array(text.utf8)
    for offset in [0, bytes.count, bytes.count + 5, Int.random(in: 0...bytes.count, using: &generator), -1] {
      let completion = Completion(text, at: offset, Self.scene)
      #expect(completion.range.upperBound <= bytes.count, "seed \(seed)")
      let typed = String(decoding: bytes[completion.range], as: UTF8.self)
      for candidate in completion.candidates { #expect(candidate.hasPrefix(typed), "seed \(seed)") }
    }
  }

  /// Words that the parser is asked about are really right there.
  @Test(arguments: 0..<100)
  func prefixesOfSamplesAreAnswered(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let text = try #require(EntryReadingTests.declarations.randomElement(using: &generator))
    let cut = Int.random(in: 0...text.utf8.count, using: &generator)
    let completion = Completion(text, at: cut, Self.scene)
    #expect(completion.range.upperBound <= cut, "seed \(seed)")
  }
}
